"""What ``telltale scan`` was asked for, and whether that can be done."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from desktop_app.core.estimates import Mode
from desktop_app.core.text import plain
from desktop_app.system.settings import Settings

if TYPE_CHECKING:
    from desktop_app.composition import Cloud

NIM_URL_VARIABLE = "TELLTALE_NIM_URL"

_TERMS = (
    " (the model is Hive's, a third party; the trial service is for evaluation; don't send confidential or "
    "personal pictures)"
)


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """What the command line asked for; ``jobs`` 0 lets the program choose, an empty ``model`` is the settings'."""

    mode: Mode = Mode.OFFLINE
    format_name: str = "table"
    jobs: int = 0
    nim_url: str = ""
    accept_upload: bool = False
    model: str = ""
    stability: bool = False
    prompts: bool = False


def chosen(settings: Settings, options: ScanOptions) -> Settings:
    """Return the user's settings as the command line changes them for this run."""
    nim_url = options.nim_url or os.environ.get(NIM_URL_VARIABLE, "")
    if nim_url:
        settings = msgspec.structs.replace(settings, nim_url=nim_url, nim_needs_key=False)
    return msgspec.structs.replace(settings, model=options.model) if options.model else settings


def usage_problem(options: ScanOptions, settings: Settings, cloud: Cloud) -> str:
    """Return why nothing can be checked so, in one sentence; empty when it can."""
    if options.prompts and options.format_name != "jsonl":
        return "--prompts needs --format jsonl; the other formats have no room for them"
    if options.mode is Mode.CLOUD:
        return _cloud_problem(options, settings, cloud)
    if options.nim_url:
        return "--nim-url needs --mode cloud; offline mode asks nobody"
    if not options.model:
        return ""
    from desktop_app.composition import model_problem  # noqa: PLC0415  # the command line starts light

    return plain(model_problem(settings))


def _cloud_problem(options: ScanOptions, settings: Settings, cloud: Cloud) -> str:
    from desktop_app.composition import nim_options  # noqa: PLC0415  # as above

    if options.stability:
        return "--stability needs --mode offline; in cloud mode every change would be one more upload"
    if options.model:
        return "--model needs --mode offline; in cloud mode the service's own model answers"
    service = nim_options(settings)
    if problem := service.problem():
        return problem
    if not cloud.permissions.upload:
        receiver = service.host if settings.nim_url else f"NVIDIA{_TERMS}"
        return f"cloud mode sends pictures to {receiver}. To agree, add --accept-upload"
    return ""
