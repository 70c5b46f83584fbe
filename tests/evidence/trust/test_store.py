"""Kept lists: what is damaged vouches for nobody, and is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.core.errors import TrustListError
from desktop_app.evidence.trust import ListKind, TrustLists, forget_list, load_lists, save_list
from desktop_app.evidence.trust.store import trust_dir
from tests.support.authority import Authority
from tests.support.signing import TODAY, authority, signer, trust_list

OFFICIAL = trust_list(authority().pem)
INTERIM = trust_list(Authority("Older").pem, ListKind.INTERIM, fetched=dt.date(2026, 1, 1))


def test_without_any_there_is_none_and_nothing_to_say(tmp_path: Path) -> None:
    assert load_lists(TODAY, tmp_path / "nowhere") == (TrustLists(), ())


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda _: "",
        lambda _: "null",
        lambda text: text.replace("BEGIN CERT", "BEGIN CART"),
        lambda text: text.replace('"official"', '"interim"'),
        lambda text: text.replace('"anchors"', '"ankers"'),
        lambda text: text.replace(str(TODAY), "yesterday"),
        lambda _: "[" * 100_000,
    ],
)
def test_a_damaged_list_is_not_used_and_said(tmp_path: Path, damage: Callable[[str], str]) -> None:
    path = save_list(OFFICIAL, tmp_path)
    path.write_text(damage(path.read_text()))
    save_list(INTERIM, tmp_path)
    lists, problems = load_lists(TODAY, tmp_path)
    assert (lists.official, lists.interim) == (None, INTERIM)
    assert len(problems) == 1
    assert "the official C2PA trust list" in problems[0]


def test_a_folder_that_cant_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TrustListError, match="can't be kept"):
        save_list(OFFICIAL, tmp_path / "file" / "trust")


def test_a_list_that_cant_be_removed(tmp_path: Path) -> None:
    (tmp_path / "official.json").mkdir()
    with pytest.raises(TrustListError, match="can't be removed"):
        forget_list(ListKind.OFFICIAL, tmp_path)


def test_a_single_signer_smuggled_into_the_official_list_is_left_out(tmp_path: Path) -> None:
    save_list(trust_list(authority().pem, allowed=signer().pem), tmp_path)
    lists, _ = load_lists(TODAY, tmp_path)
    assert lists.official is not None
    assert lists.official.allowed == ""


def test_certificates_that_ended_since_are_no_longer_taken(tmp_path: Path) -> None:
    save_list(OFFICIAL, tmp_path)
    lists, problems = load_lists(TODAY + dt.timedelta(days=3650), tmp_path)
    assert not lists
    assert problems


def test_both_lists_come_back_as_they_were(tmp_path: Path) -> None:
    save_list(OFFICIAL, tmp_path)
    save_list(INTERIM, tmp_path)
    assert load_lists(TODAY, tmp_path) == (TrustLists(OFFICIAL, INTERIM), ())


def test_a_newer_list_takes_the_place_of_the_older(tmp_path: Path) -> None:
    save_list(OFFICIAL, tmp_path)
    newer = trust_list(Authority("Newer").pem)
    save_list(newer, tmp_path)
    assert load_lists(TODAY, tmp_path)[0].official == newer
    assert len(list(tmp_path.iterdir())) == 1


def test_a_forgotten_list_is_gone_and_forgetting_twice_is_fine(tmp_path: Path) -> None:
    save_list(OFFICIAL, tmp_path)
    forget_list(ListKind.OFFICIAL, tmp_path)
    forget_list(ListKind.OFFICIAL, tmp_path)
    assert load_lists(TODAY, tmp_path) == (TrustLists(), ())


def test_lists_lie_in_the_users_data_folder(own_home: Path) -> None:
    assert save_list(OFFICIAL).parent == trust_dir() == own_home / "data" / "trust"
    assert load_lists(TODAY)[0].official == OFFICIAL
