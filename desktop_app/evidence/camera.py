"""What a camera writes into its files: facts about a capture, unsigned, so anybody can write them."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.evidence import Evidence, EvidenceKind, Says, Strength
from desktop_app.core.picture import Raster
from desktop_app.evidence.likeness import thumbnail_likeness
from desktop_app.evidence.metadata import Metadata
from desktop_app.evidence.objects import named, short
from desktop_app.evidence.tags import exif as tags
from desktop_app.evidence.tags.exif import Exif

ALIKE = 0.9
"""A thumbnail that correlates with its picture so much matches it."""

FOREIGN = 0.5
"""One that correlates less than this shows something else; between the two nothing is said."""

_MOST = 512
_NO_LENS = frozenset({"", "N/A", "----", "Unknown"})
# Generators write their names, graphs and settings into names' places; cameras don't (see generators/).
_NO_CAMERA = ("prompt:", "workflow:", "ideogram ai")
_NO_NAME = ("{", "Steps: ")
_LONGEST_NAME = 64
_OF_A_CAPTURE = (tags.EXPOSURE, tags.F_NUMBER, tags.SENSITIVITY, tags.FOCAL_LENGTH, tags.MAKER_NOTE)


def camera_facts(metadata: Metadata, picture: Raster | None) -> Iterator[Evidence]:
    """Yield the camera's facts, and the contradiction of a thumbnail that shows another picture.

    Args:
        metadata: the file's.
        picture: the upright picture at any size; None leaves thumbnails uncompared.
    """
    for exif in metadata.exif:
        camera = _camera(exif)
        likeness = thumbnail_likeness(exif.thumbnail, picture) if picture and exif.thumbnail else None
        if camera:
            yield _facts(exif, camera, likeness)
        if likeness is not None and likeness < FOREIGN:
            yield _foreign_thumbnail(exif)


def _camera(exif: Exif) -> str:
    """Return "maker model"; many models begin with their maker's name already."""
    maker, model = (short(exif.text(tag, _MOST)) for tag in (tags.MAKE, tags.MODEL))
    if not (_is_name(maker) and _is_name(model)):
        return ""
    if not maker or model.casefold().startswith(maker.casefold().split()[0]):
        return model
    return f"{maker} {model}".strip()


def _is_name(text: str) -> bool:
    """Whether a text may be a name; a prompt shown as one would be in every export."""
    return (
        len(text) <= _LONGEST_NAME
        and not text.casefold().startswith(_NO_CAMERA)
        and not any(sign in text for sign in _NO_NAME)
    )


def _program(exif: Exif) -> str:
    text = short(exif.text(tags.SOFTWARE, _MOST))
    return text if _is_name(text) else ""


def _facts(exif: Exif, camera: str, likeness: float | None) -> Evidence:
    captured = any(tag in exif for tag in _OF_A_CAPTURE)
    words = (
        f"Carries camera facts: {camera} (unsigned; anybody can write them)."
        if captured
        else f"Names a camera or scanner, {camera}, without facts of a capture (unsigned)."
    )
    return Evidence(
        EvidenceKind.CAMERA,
        Strength.CAMERA,
        Says.CAPTURED if captured else Says.NOTHING,
        words,
        named(
            ("Camera", camera),
            ("Lens", _lens(exif)),
            ("Taken", short(exif.text(tags.TAKEN, _MOST))),
            ("Exposure", _exposure(exif)),
            ("Maker notes", "present" if tags.MAKER_NOTE in exif else ""),
            ("Thumbnail", _thumbnail(exif, likeness)),
            ("Program", _program(exif)),
        ),
        where=exif.where,
    )


def _lens(exif: Exif) -> str:
    maker, model = (short(exif.text(tag, _MOST)) for tag in (tags.LENS_MAKE, tags.LENS_MODEL))
    if model in _NO_LENS:
        return ""
    return model if model.startswith(maker) else f"{maker} {model}".strip()


def _exposure(exif: Exif) -> str:
    seconds, aperture = exif.ratio(tags.EXPOSURE), exif.ratio(tags.F_NUMBER)
    length, sensitivity = exif.ratio(tags.FOCAL_LENGTH), exif.number(tags.SENSITIVITY)
    parts = (
        _seconds(seconds) if seconds else "",
        f"f/{aperture:.3g}" if aperture else "",
        f"ISO {sensitivity}" if sensitivity else "",
        f"{length:.3g} mm" if length else "",
    )
    return ", ".join(part for part in parts if part)


def _seconds(seconds: float) -> str:
    return f"1/{1 / seconds:.0f} s" if seconds < 0.4 else f"{seconds:.3g} s"  # noqa: PLR2004  # as cameras show it


def _thumbnail(exif: Exif, likeness: float | None) -> str:
    if not exif.thumbnail:
        return ""
    if likeness is None:
        return "present, not compared"
    if likeness >= ALIKE:
        return "matches the picture"
    return "shows another picture" if likeness < FOREIGN else "resembles the picture"


def _foreign_thumbnail(exif: Exif) -> Evidence:
    return Evidence(
        EvidenceKind.CONTRADICTION,
        Strength.CONTRADICTION,
        Says.NOTHING,
        "The thumbnail in the file shows something else than the picture: "
        "it was cropped, edited or replaced after the thumbnail was made.",
        where=f"thumbnail of {exif.where}",
    )
