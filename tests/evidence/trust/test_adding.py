"""Lists from a file or by one click, and what people are told about them."""

from __future__ import annotations

import datetime as dt
import hashlib
import ssl

import pytest

from desktop_app.core.errors import LinkUnreachableError, TrustListError
from desktop_app.evidence.trust import ListKind, fetch_official, list_from_bytes
from desktop_app.evidence.trust.adding import HOST, OFFICIAL_LIST, OFFICIAL_TIMESTAMPS
from tests.evidence.credentials.checks import only
from tests.support.authority import Authority
from tests.support.signing import TODAY, authority, captured, signer

PEM = authority().pem.encode()


def test_a_failed_download_stays_the_fetchers_error() -> None:
    def fetch(_: str) -> bytes:
        raise LinkUnreachableError

    with pytest.raises(LinkUnreachableError):
        fetch_official(fetch, TODAY)


def test_a_page_instead_of_a_list_is_refused() -> None:
    with pytest.raises(TrustListError, match="no certificates"):
        fetch_official(lambda _: b"<html>Not Found</html>", TODAY)


def test_single_signers_are_no_official_list() -> None:
    with pytest.raises(TrustListError, match="names authorities alone"):
        list_from_bytes(signer().pem.encode(), ListKind.OFFICIAL, source="a.pem", today=TODAY)


def test_the_official_list_comes_from_its_pinned_addresses() -> None:
    clock = Authority("Clock").pem
    stamps = clock.encode() + PEM  # one that is for signers, too
    answers = {OFFICIAL_LIST: PEM, OFFICIAL_TIMESTAMPS: stamps}
    found = fetch_official(answers.__getitem__, TODAY)
    assert all(address.startswith(f"https://{HOST}/") for address in answers)
    assert (found.kind, found.count, found.fetched, found.source) == (ListKind.OFFICIAL, 1, TODAY, OFFICIAL_LIST)
    assert found.sha256 == hashlib.sha256(PEM + stamps).hexdigest()
    assert found.timestamps == clock


def test_a_picked_file_becomes_a_list_that_works() -> None:
    from desktop_app.evidence.trust import TrustLists

    found = list_from_bytes(PEM, ListKind.INTERIM, source="C:\\lists\\\u202emep.pem", today=TODAY)
    assert "\u202e" not in found.source
    assert only(captured(), TrustLists(interim=found)).verified


def test_its_date_hash_and_source_are_told() -> None:
    found = list_from_bytes(PEM, ListKind.INTERIM, source="anchors.pem", today=TODAY, issued=dt.date(2026, 1, 1))
    about = found.describe(dt.date(2026, 3, 1))
    assert about[0] == "The older interim trust list: 1 certificate, issued on 2026-01-01, from anchors.pem."
    assert about[1] == f"SHA-256: {hashlib.sha256(PEM).hexdigest()}"
    assert len(about) == 2


@pytest.mark.parametrize(("days", "stale"), [(0, False), (183, False), (184, True)])
def test_a_list_is_old_after_six_months(days: int, *, stale: bool) -> None:
    found = list_from_bytes(PEM, ListKind.OFFICIAL, source="list.pem", today=TODAY)
    later = TODAY + dt.timedelta(days=days)
    assert found.is_stale(later) is stale
    assert any("older than six months" in sentence for sentence in found.describe(later)) is stale


def test_the_pem_that_is_kept_is_what_others_read_too() -> None:
    found = list_from_bytes(PEM, ListKind.OFFICIAL, source="list.pem", today=TODAY)
    assert ssl.PEM_cert_to_DER_cert(found.anchors.strip()) == ssl.PEM_cert_to_DER_cert(PEM.decode().strip())
