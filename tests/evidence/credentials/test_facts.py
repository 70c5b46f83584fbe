"""Four facts from codes, including some that no test file can be made to give."""

from __future__ import annotations

import pytest

from desktop_app.evidence.credentials.facts import Facts, Signer, ingredient_facts, picture_facts
from desktop_app.evidence.credentials.native import LISTS, TIMESTAMPS
from desktop_app.evidence.credentials.report import Codes, Delta, Ingredient, Manifest, Report, Results, Status
from desktop_app.evidence.trust.lists import ListKind

OFFICIAL, INTERIM = LISTS[ListKind.OFFICIAL], LISTS[ListKind.INTERIM]
GOOD = ("claimSignature.insideValidity", "claimSignature.validated", "assertion.dataHash.match")
_ADDRESS = "self#jumbf=/c2pa/{}/c2pa.signature"


def _statuses(codes: tuple[str, ...], label: str, found_in: str = OFFICIAL) -> tuple[Status, ...]:
    explanation = f"signing certificate trusted, found in [{found_in}] trust anchors"
    return tuple(Status(code, _ADDRESS.format(label), explanation) for code in codes)


def _facts(
    *failures: str, success: tuple[str, ...] = GOOD, informational: tuple[str, ...] = (), found_in: str = OFFICIAL
) -> Facts:
    codes = Codes(
        _statuses(success, "this", found_in), _statuses(informational, "this"), _statuses(failures, "this")
    )
    return picture_facts(Report("this", {"this": Manifest()}, Results(codes)))


def test_nothing_at_all_is_nothing() -> None:
    facts = picture_facts(Report())
    assert not facts.same_picture
    assert not facts.intact
    assert not facts.verified


@pytest.mark.parametrize(
    "code",
    ["some.code.of.tomorrow", "general.error", "claim.missing", "assertion.missing", "assertion.cbor.invalid", ""],
)
def test_a_failure_that_isnt_known_counts_against_the_signature(code: str) -> None:
    assert not _facts(code).intact


@pytest.mark.parametrize(
    "code", ["assertion.dataHash.mismatch", "assertion.bmffHash.malformed", "assertion.boxesHash.unknownBox"]
)
def test_a_failure_of_the_pictures_hash(code: str) -> None:
    facts = _facts(code)
    assert (facts.same_picture, facts.intact, facts.holds) == (False, True, False)


def test_inside_validity_is_no_proof_of_anything() -> None:
    assert not _facts("signingCredential.expired").in_date
    assert not _facts(success=("claimSignature.insideValidity", "assertion.dataHash.match")).intact


def test_a_picture_without_any_hash_that_fits_is_not_the_same() -> None:
    assert not _facts(success=("claimSignature.validated",)).same_picture


@pytest.mark.parametrize(
    ("code", "signer"),
    [
        ("signingCredential.untrusted", Signer.UNLISTED),
        ("signingCredential.invalid", Signer.UNSUITABLE),
        ("signingCredential.ocsp.revoked", Signer.REVOKED),
    ],
)
def test_what_is_wrong_with_a_signer_goes_before_any_list(code: str, signer: Signer) -> None:
    facts = _facts(code, success=(*GOOD, "signingCredential.trusted"))
    assert (facts.signer, facts.holds, facts.verified) == (signer, True, False)


@pytest.mark.parametrize(
    "code", ["cawg.ica.did_unavailable", "timeStamp.mismatch", "signingCredential.ocsp.unknown"]
)
def test_what_others_added_spoils_nothing(code: str) -> None:
    assert _facts(code, success=(*GOOD, "signingCredential.trusted")).verified


@pytest.mark.parametrize(
    ("name", "signer"),
    [
        (OFFICIAL, Signer.OFFICIAL),
        (INTERIM, Signer.INTERIM),
        ("", Signer.INTERIM),
        (TIMESTAMPS, Signer.STAMPS),
        ("system_anchors", Signer.UNLISTED),
    ],
)
def test_the_list_is_told_by_its_name(name: str, signer: Signer) -> None:
    assert _facts(success=(*GOOD, "signingCredential.trusted"), found_in=name).signer is signer


def test_a_trusted_without_the_lists_name_is_on_none() -> None:
    codes = Codes((Status("signingCredential.trusted"),))
    assert picture_facts(Report("this", {}, Results(codes))).signer is Signer.UNLISTED


def test_parts_that_the_signature_leaves_out_are_noticed() -> None:
    assert _facts(informational=("assertion.dataHash.additionalExclusionsPresent",)).partial


# ---------------------------------------------------------------- earlier versions and parts


def _earlier(recorded: Codes, differing: Codes, *, old: tuple[Status, ...] | None = None) -> Facts:
    ingredient = Ingredient("part", "parentOf", "earlier", Results(recorded), old)
    results = Results(Codes(), (Delta(differing),))
    report = Report("this", {"this": Manifest(ingredients=(ingredient,)), "earlier": Manifest()}, results)
    return ingredient_facts(report, [ingredient], _facts(success=(*GOOD, "signingCredential.trusted")))


def _codes(*success: str, failure: tuple[str, ...] = ()) -> Codes:
    return Codes(_statuses(success, "earlier"), (), _statuses(failure, "earlier"))


def test_an_earlier_signature_that_nobody_found_valid() -> None:
    assert not _earlier(Codes(), Codes()).holds


def test_an_earlier_failure_counts_whoever_found_it() -> None:
    bad = _codes(failure=("claimSignature.mismatch",))
    assert not _earlier(_codes(*GOOD), bad).holds
    assert not _earlier(bad, _codes(*GOOD)).holds
    assert not _earlier(Codes(), _codes(*GOOD), old=(Status("assertion.hashedURI.mismatch"),)).holds


def test_what_the_later_signer_trusted_is_not_trusted_here() -> None:
    trusted, untrusted = ("signingCredential.trusted",), ("signingCredential.untrusted",)
    assert _earlier(_codes(*GOOD, *trusted), _codes(failure=untrusted)).signer is Signer.UNLISTED


def test_what_the_later_signer_didnt_know_may_be_on_a_list_here() -> None:
    recorded = _codes(*GOOD, failure=("signingCredential.untrusted",))
    assert _earlier(recorded, _codes("signingCredential.trusted")).signer is Signer.OFFICIAL


def test_no_difference_means_the_same_result_here() -> None:
    assert _earlier(_codes(*GOOD, "signingCredential.trusted"), Codes()).signer is Signer.OFFICIAL
    assert _earlier(_codes(*GOOD), Codes()).signer is Signer.UNLISTED


@pytest.mark.parametrize(
    ("code", "holds", "signer"),
    [
        ("signingCredential.untrusted", True, Signer.UNLISTED),
        ("claimSignature.mismatch", False, Signer.OFFICIAL),
        ("assertion.dataHash.mismatch", False, Signer.OFFICIAL),
    ],
)
def test_what_a_later_signer_found_otherwise_counts(code: str, holds: bool, signer: Signer) -> None:  # noqa: FBT001  # a column of the table
    recorded = Results(_codes(*GOOD, "signingCredential.trusted"))
    otherwise = Results(Codes(), (Delta(_codes(failure=(code,))),))
    way = [
        Ingredient("later", "parentOf", "later", otherwise),
        Ingredient("part", "parentOf", "earlier", recorded),
    ]
    facts = ingredient_facts(Report("this"), way, _facts(success=(*GOOD, "signingCredential.trusted")))
    assert (facts.holds, facts.signer) == (holds, signer)
