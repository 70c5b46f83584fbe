"""Who signed: found on a list, on none, or with a certificate that proves nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop_app.core.evidence import Evidence, Says, Strength
from desktop_app.evidence.trust.lists import ListKind, TrustLists
from tests.evidence.credentials.checks import only
from tests.support.authority import Authority
from tests.support.signing import (
    TODAY,
    Action,
    Part,
    action,
    ai_made,
    authority,
    captured,
    opened,
    placed,
    sign,
    signer,
    trust_list,
    trusted,
)

NO_LISTS = TrustLists()


def _signer(found: Evidence) -> str:
    return dict(found.detail)["Signer"]


def _assert_unconfirmed(found: Evidence, reason: str) -> None:
    """It is intact, its statement is repeated as its own, and its signer's name is never a fact."""
    assert (found.strength, found.says, found.verified) == (Strength.SIGNED, Says.CAPTURED, False)
    assert found.words.startswith("Its Content Credentials say that it was taken with a digital camera; ")
    assert reason in found.words
    assert "Lens Works" not in found.words
    assert _signer(found).startswith("It says it is signed by Lens Works; ")


def test_without_a_list_nobody_is_confirmed() -> None:
    found = only(captured(), NO_LISTS)
    _assert_unconfirmed(found, "wasn't checked against a list")
    assert _signer(found).endswith("not checked against a list.")


def test_a_signer_on_no_list() -> None:
    stranger = Authority("Somebody Else").signer("Lens Works")
    found = only(sign(action(source="digitalCapture"), by=stranger))
    _assert_unconfirmed(found, "is on no trust list")
    assert "not found on the official C2PA trust list of" in _signer(found)


def test_a_certificate_made_for_something_else() -> None:
    wrong = authority().signer(usage=ExtendedKeyUsageOID.CODE_SIGNING)
    found = only(sign(action(source="digitalCapture"), by=wrong))
    _assert_unconfirmed(found, "isn't made for signing them")


def test_an_expired_certificate_without_a_time_stamp() -> None:
    old = authority().signer(ended=dt.timedelta(days=30))
    found = only(sign(action(source="digitalCapture"), by=old))
    _assert_unconfirmed(found, "has expired")
    assert dict(found.detail)["Certificate"].startswith("Expired, and no trusted time stamp")


@pytest.mark.parametrize("organisation", ["O\u202epenAI\x1b[2J", "O" * 5000])
def test_a_signers_name_is_made_harmless(organisation: str) -> None:
    named = authority().signer(organisation[:60]) if len(organisation) > 60 else authority().signer(organisation)
    found = only(sign(action(source="digitalCapture"), by=named, tool=organisation))
    for text in (found.words, *(text for _, text in found.detail)):
        assert "\u202e" not in text
        assert "\x1b" not in text
        assert len(text) < 400


def test_authorities_for_time_stamps_vouch_for_no_signer() -> None:
    stamps_alone = TrustLists(trust_list(Authority("Other").pem, timestamps=authority().pem))
    _assert_unconfirmed(only(captured(), stamps_alone), "is on no trust list")


def test_authorities_for_time_stamps_take_nothing_from_a_listed_signer() -> None:
    both = TrustLists(trust_list(authority().pem, timestamps=authority().pem))
    assert all(only(captured(), both).verified for _ in range(20))  # which anchor the library names is chance


def test_a_signer_on_the_official_list() -> None:
    found = only(captured())
    assert found.verified
    assert found.words == "Signed by Lens Works: it was taken with a digital camera."
    assert _signer(found) == f"Lens Works, vouched for by the official C2PA trust list of {TODAY}."
    assert dict(found.detail)["Certificate"] == "In date today; when it was signed isn't known."


def test_a_signer_on_the_older_list_alone() -> None:
    lists = TrustLists(
        trust_list(Authority("Other").pem),
        trust_list(authority().pem, ListKind.INTERIM, fetched=dt.date(2026, 1, 1)),
    )
    found = only(captured(), lists)
    assert found.verified
    assert found.words == "Signed by Lens Works (on the older list): it was taken with a digital camera."
    assert "the older interim trust list of 2026-01-01" in _signer(found)


def test_a_single_signer_that_the_older_list_allows() -> None:
    pem = signer().pem.split("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n"
    lists = TrustLists(interim=trust_list("", ListKind.INTERIM, allowed=pem))
    found = only(captured(), lists)
    assert found.verified
    assert "(on the older list)" in found.words


def test_both_lists_the_official_one_counts() -> None:
    lists = TrustLists(trust_list(authority().pem), trust_list(authority().pem, ListKind.INTERIM))
    assert all("official" in _signer(only(captured(), lists)) for _ in range(20))


def test_a_list_older_than_six_months_says_so() -> None:
    old = TrustLists(trust_list(authority().pem, fetched=TODAY - dt.timedelta(days=200)))
    assert _signer(only(captured(), old)).endswith("which is older than six months.")


def test_a_statement_that_an_unlisted_signer_made_is_not_verified_by_the_next() -> None:
    stranger = Authority("Somebody Else").signer()
    found = only(sign(opened(), parts=[Part(sign(action(source="trainedAlgorithmicMedia"), by=stranger))]))
    assert (found.says, found.strength, found.verified) == (Says.MADE_BY_AI, Strength.SIGNED, False)
    assert found.words.endswith("made by an AI tool; whoever signed that part is on no list that was asked.")


def test_that_the_older_list_knows_an_earlier_signer_is_not_denied() -> None:
    older = Authority("Older")
    lists = TrustLists(trust_list(authority().pem), trust_list(older.pem, ListKind.INTERIM))
    made = sign(action(source="trainedAlgorithmicMedia"), by=older.signer("Maker AI"))
    found = only(sign(opened(), by=authority().signer("Editor Inc"), parts=[Part(made)]), lists)
    assert found.words.endswith("whoever signed that part is on no list that was asked.")
    assert _signer(found).startswith("Editor Inc, vouched for by the official")


def test_an_earlier_certificate_that_has_expired_is_not_taken_for_this_pictures() -> None:
    old = authority().signer(ended=dt.timedelta(days=30))
    found = only(sign(opened(), parts=[Part(sign(action(source="trainedAlgorithmicMedia"), by=old))]))
    assert found.words.endswith("the certificate of whoever signed that part has expired.")


def test_a_stranger_between_two_listed_signers_spoils_what_he_passes_on() -> None:
    stranger = Authority("Somebody Else").signer()
    borrowed = sign(opened(), by=stranger, parts=[Part(ai_made())])
    found = only(sign(opened(), parts=[Part(borrowed)]))
    assert (found.says, found.verified) == (Says.MADE_BY_AI, False)
    assert found.words.endswith("whoever signed that part is on no list that was asked.")


def test_a_statement_of_a_listed_signer_passed_on_by_an_unlisted_one_is_not_verified() -> None:
    stranger = Authority("Somebody Else").signer()
    found = only(sign(opened(), by=stranger, parts=[Part(ai_made())]))
    assert (found.says, found.verified) == (Says.MADE_BY_AI, False)


def test_a_statement_of_an_earlier_version_by_a_listed_signer_is_verified() -> None:
    found = only(sign(opened(), parts=[Part(ai_made())]), trusted())
    assert found.verified
    assert found.words == "Signed by Lens Works: it was made by an AI tool."


@pytest.mark.parametrize(
    ("steps", "relationship", "words"),
    [
        ([opened()], "parentOf", "it was made by an AI tool (said by an earlier version, signed by Maker AI)."),
        (
            [action(source="composite"), placed()],
            "componentOf",
            "a part of it was made by an AI tool (said by an earlier version or a part, signed by Maker AI).",
        ),
    ],
)
def test_a_statement_is_laid_to_the_signer_who_made_it(steps: list[Action], relationship: str, words: str) -> None:
    made = sign(action(source="trainedAlgorithmicMedia"), by=authority().signer("Maker AI"))
    data = sign(*steps, by=authority().signer("Editor Inc"), parts=[Part(made, relationship)])
    found = only(data)
    assert (found.verified, found.words) == (True, f"Signed by Editor Inc: {words}")
