"""Where else a picture can be looked up: services that the browser opens on a click; nothing is handed over."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


class Step(Enum):
    """A service; the value is its address. Neither picture nor link is ever part of it."""

    CREDENTIALS = "https://verify.contentauthenticity.org/"
    OPENAI = "https://openai.com/verify"
    GOOGLE = "https://gemini.google.com/"
    TINEYE = "https://tineye.com/"
    LENS = "https://lens.google.com/"


def step_title(step: Step) -> str:
    """Its name for a button."""
    return {
        Step.CREDENTIALS: translate("Steps", "Content Credentials Verify"),
        Step.OPENAI: translate("Steps", "OpenAI's checker"),
        Step.GOOGLE: translate("Steps", "Google Gemini"),
        Step.TINEYE: translate("Steps", "TinEye"),
        Step.LENS: translate("Steps", "Google Lens"),
    }[step]


def step_about(step: Step) -> str:
    """What it looks for."""
    return {
        Step.CREDENTIALS: translate("Steps", "Shows signed Content Credentials, those kept elsewhere too."),
        Step.OPENAI: translate("Steps", "Looks for OpenAI's signature and invisible watermark."),
        Step.GOOGLE: translate("Steps", "Ask it whether the picture has Google's invisible watermark (SynthID)."),
        Step.TINEYE: translate("Steps", "Finds where the picture was published, and when first."),
        Step.LENS: translate("Steps", "Finds the picture and others like it."),
    }[step]


def promise() -> str:
    """Who uploads, and who doesn't."""
    return translate(
        "Steps",
        "These open in your browser. Telltale doesn't upload your picture; you would upload it there yourself.",
    )
