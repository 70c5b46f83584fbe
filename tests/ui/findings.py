"""What files may say of themselves, made up."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.evidence import Evidence, EvidenceKind, Findings, Says, Strength
from desktop_app.core.items import Item

FOUR_FACTS = (
    ("Same picture as signed", "Yes."),
    ("Signature intact", "Yes."),
    ("Signer", "Example AI Ltd, vouched for by the official C2PA trust list of 2026-08-21."),
    ("Certificate", "In date when it was signed."),
    ("It says", "made by an AI tool"),
    ("Made with", "example-image 2.0"),
    ("Steps", "created; converted"),
    ("Watermark", "It declares an invisible watermark, which Telltale can't read."),
)
PROMPT = (
    "a harbour at dawn, fishing boats, soft fog, 35mm, film grain, (masterpiece:1.2), best quality, gulls over "
    "the water, an old man with a red cap mending his nets on the quay"
)
SIGNED_AI = Evidence(
    EvidenceKind.C2PA,
    Strength.SIGNED,
    Says.MADE_BY_AI,
    "Signed by Example AI Ltd: made by an AI tool.",
    FOUR_FACTS,
    where="JUMBF in APP11",
    verified=True,
)
SIGNED_CAPTURE = replace(
    SIGNED_AI,
    says=Says.CAPTURED,
    words="Signed by Example Cameras: captured with a camera.",
    detail=(*FOUR_FACTS[:2], ("Signer", "Example Cameras, vouched for by the official C2PA trust list.")),
)
UNCONFIRMED = replace(
    SIGNED_AI,
    words=(
        "Its Content Credentials say that it was made by an AI tool; the signer wasn't checked against a list."
    ),
    verified=False,
    detail=(
        *FOUR_FACTS[:2],
        ("Signer", "It says it is signed by Example AI Ltd; not checked against a list."),
        ("Certificate", "In date today; when it was signed isn't known."),
    ),
)
BROKEN = Evidence(
    EvidenceKind.C2PA,
    Strength.LABEL,
    Says.NOTHING,
    "Its Content Credentials don't match this picture, which may have been changed after signing: nothing they "
    "say counts.",
    (("Same picture as signed", "No."), ("Signature intact", "Yes.")),
    where="PNG caBX",
)
LABEL_AI = Evidence(
    EvidenceKind.GENERATOR_MARK,
    Strength.LABEL,
    Says.MADE_BY_AI,
    "It carries the settings of AUTOMATIC1111, an AI image generator (unsigned).",
    (("Generator", "AUTOMATIC1111"), ("Model", "example-xl")),
    (("Prompt", PROMPT), ("Settings", "Steps: 30, Sampler: Euler a, CFG scale: 7, Seed: 12345, Size: 1024x768")),
    where="PNG tEXt parameters",
)
CAMERA = Evidence(
    EvidenceKind.CAMERA,
    Strength.CAMERA,
    Says.CAPTURED,
    "It has a camera's tags: Example X100, with lens and exposure (unsigned).",
    (
        ("Camera", "Example X100"),
        ("Lens", "23 mm f/2"),
        ("Taken", "2026:05:31 14:05:11"),
        ("Exposure", "1/250 s, f/5.6, ISO 200"),
        ("Maker notes", "present"),
        ("Thumbnail", "shows the same picture"),
    ),
    where="EXIF in APP1",
)
CONTRADICTION = Evidence(
    EvidenceKind.CONTRADICTION,
    Strength.CONTRADICTION,
    Says.NOTHING,
    "A camera's tags and a mark of AI are in the same file: one of them was copied from elsewhere, or a "
    "photograph was made over with AI.",
    (("On one side", CAMERA.words), ("On the other", LABEL_AI.words)),
    where="EXIF in APP1; PNG tEXt parameters",
)
NOTHING = Findings(
    absence=(
        "It is named as WhatsApp names pictures, and WhatsApp removes metadata; this means nothing either way.",
        "Its metadata says nothing of its origin; this means nothing either way.",
    )
)
HOSTILE = "<b>bold</b><img src=x>\u202e" + "w" * 600


def saying(item: Item, *evidence: Evidence, notes: tuple[str, ...] = ()) -> Item:
    """The same item, whose file says this."""
    return replace(item, findings=Findings(evidence, notes))


def silent(item: Item) -> Item:
    """The same item, whose file says nothing."""
    return replace(item, findings=NOTHING)
