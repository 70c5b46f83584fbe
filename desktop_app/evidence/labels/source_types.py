"""IPTC's vocabulary of digital sources (cv.iptc.org/newscodes/digitalsourcetype), in words."""

from __future__ import annotations

from desktop_app.core.evidence import Says

_MEANINGS: dict[str, tuple[Says, str]] = {
    "trainedAlgorithmicMedia": (Says.MADE_BY_AI, "it was made by an AI tool"),
    "compositeWithTrainedAlgorithmicMedia": (Says.EDITED_WITH_AI, "a part of it was made by an AI tool"),
    "compositeSynthetic": (Says.EDITED_WITH_AI, "it was put together with parts made by AI"),
    "digitalCapture": (Says.CAPTURED, "it was taken with a digital camera"),
    "computationalCapture": (Says.CAPTURED, "it was taken with a digital camera that computes pictures"),
    "compositeCapture": (Says.CAPTURED, "it was put together from several captures"),
    "negativeFilm": (Says.CAPTURED, "it was digitised from a film negative"),
    "positiveFilm": (Says.CAPTURED, "it was digitised from a film positive"),
    "print": (Says.NOTHING, "it was digitised from a print"),
    "screenCapture": (Says.SCREENSHOT, "it is a screenshot"),
    "composite": (Says.COMPOSITE, "it was put together from several pictures"),
    "humanEdits": (Says.SOFTWARE, "people edited it without AI tools"),
    "minorHumanEdits": (Says.SOFTWARE, "people edited it without AI tools"),
    "algorithmicallyEnhanced": (Says.SOFTWARE, "software enhanced it"),
    "algorithmicMedia": (Says.SOFTWARE, "a program computed it, without a trained model"),
    "dataDrivenMedia": (Says.SOFTWARE, "a program drew it from data"),
    "digitalCreation": (Says.SOFTWARE, "a person made it with software"),
    "digitalArt": (Says.SOFTWARE, "a person drew it with software"),
    "softwareImage": (Says.SOFTWARE, "software made it"),
    "virtualRecording": (Says.SOFTWARE, "it was recorded in a virtual scene"),
}
_VOCABULARIES = (
    "http://cv.iptc.org/newscodes/digitalsourcetype/",
    "https://cv.iptc.org/newscodes/digitalsourcetype/",
)


def meaning(value: str) -> tuple[Says, str] | None:
    """Return what a DigitalSourceType says and in which words ("it was …"), None for a value of no vocabulary.

    Args:
        value: the term's address as the standard wants it, or the bare term that some programs write.
    """
    for start in _VOCABULARIES:
        value = value.removeprefix(start)
    return _MEANINGS.get(value)
