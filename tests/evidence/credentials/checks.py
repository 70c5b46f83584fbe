"""What the tests of credentials ask for."""

from __future__ import annotations

from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.evidence.credentials import read_credentials
from desktop_app.evidence.trust.lists import TrustLists
from desktop_app.imaging.sniff import sniff
from tests.support.signing import TODAY, trusted


def read(data: bytes, trust: TrustLists | None = None) -> tuple[Evidence, ...]:
    """Everything that a file's credentials say; with the usual list unless another is given."""
    return read_credentials(data, sniff(data), trusted() if trust is None else trust, TODAY)


def only(data: bytes, trust: TrustLists | None = None) -> Evidence:
    """The one thing that a file's credentials say."""
    (found,) = read(data, trust)
    assert found.kind is EvidenceKind.C2PA
    return found


def assert_says_nothing(found: Evidence, words: str) -> None:
    """Nothing of the credential is repeated, and the sentence has ``words`` in it."""
    assert words in found.words
    assert found.words.endswith(".")
    assert (found.says, found.strength, found.verified) == (Says.NOTHING, Strength.LABEL, False)
    assert not any("Lens Works" in text or "AI tool" in text for _, text in found.detail)
