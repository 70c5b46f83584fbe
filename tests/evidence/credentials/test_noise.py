"""Whatever the library reports, reading it ends in evidence that can be shown, or in a refusal to decode it."""

from __future__ import annotations

from contextlib import suppress

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.text import plain
from desktop_app.evidence.credentials.facts import Facts, Signer, picture_facts
from desktop_app.evidence.credentials.report import Report
from desktop_app.evidence.credentials.story import read_story
from desktop_app.evidence.credentials.wording import Credential, evidence_of
from desktop_app.evidence.trust.lists import TrustLists
from tests.support.signing import IPTC, TODAY

JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["c2pa.created", "c2pa.opened", "c2pa.placed", "c2pa.watermarked.bound", "c2pa.edited"])
SOURCES = st.sampled_from([f"{IPTC}trainedAlgorithmicMedia", f"{IPTC}digitalCapture", f" {IPTC}composite "])
ACTION = st.fixed_dictionaries(
    {}, optional={"action": NAMES | JSON, "digitalSourceType": SOURCES | JSON, "softwareAgent": JSON}
)
DATA = st.fixed_dictionaries({}, optional={"actions": st.lists(ACTION | JSON, max_size=3) | JSON, "alg": JSON})
LABELS = st.sampled_from(["a", "b", "c"])
MANIFEST = st.fixed_dictionaries(
    {},
    optional={
        "claim_generator_info": st.lists(st.dictionaries(st.just("name"), JSON, max_size=1), max_size=2),
        "claim_generator": st.text(max_size=9),
        "ingredients": st.lists(
            st.fixed_dictionaries(
                {"relationship": st.sampled_from(["parentOf", "componentOf", "inputTo", ""])},
                optional={"active_manifest": LABELS | st.none()},
            ),
            max_size=3,
        ),
        "assertions": st.lists(
            st.fixed_dictionaries(
                {"label": st.sampled_from(["c2pa.actions.v2", "c2pa.actions__1", "c2pa.soft-binding", "other"])},
                optional={"data": DATA | JSON},
            ),
            max_size=3,
        ),
        "signature_info": st.dictionaries(st.sampled_from(["issuer", "common_name", "time"]), st.text(max_size=9)),
    },
)
REPORT = st.fixed_dictionaries(
    {"active_manifest": LABELS, "manifests": st.dictionaries(LABELS, MANIFEST, max_size=3)},
    optional={"validation_results": JSON},
)
HOLDING = Facts(same_picture=True, intact=True, signer=Signer.OFFICIAL, in_date=True, timestamped=False)


@settings(max_examples=200)
@given(REPORT)
def test_any_report_becomes_words(noise: object) -> None:
    with suppress(msgspec.ValidationError):
        report = msgspec.convert(noise, Report)
        picture_facts(report)
        if report.active is None:
            return
        story = read_story(report, HOLDING)
        for found in evidence_of(Credential(report, HOLDING, story, TrustLists(), "here", TODAY)):
            for text in (found.words, *(text for _, text in found.detail)):
                assert text
                assert text == plain(text, 1_000)


def test_manifests_that_lead_to_each_other_are_walked_once() -> None:
    ring = {
        name: {"ingredients": [{"relationship": "parentOf", "active_manifest": other}] * 3}
        for name, other in (("a", "b"), ("b", "a"))
    }
    report = msgspec.convert({"active_manifest": "a", "manifests": ring}, Report)
    assert read_story(report, HOLDING).statements == []
