"""What the user chose, remembered: one typed table of defaults, one small JSON file, written atomically."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from desktop_app.core.errors import SettingsError
from desktop_app.system.atomic import replace_file
from desktop_app.system.paths import config_dir

_log = logging.getLogger(__name__)
_FILE = "settings.json"


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings with their defaults.

    Attributes:
        max_megapixels: pictures with more are refused before decoding.
        picture_seconds: hard limit for decoding one picture.
        max_file_mb: files with more mebibytes are refused before reading.
        jobs: pictures decoded at the same time; 0 lets the program choose (one a processor).
        mode: detector for new items.
        model: the offline model: ``auto``, the name in a card, or the path of a card or a model.
        models_folder: folder of the user's own models; empty for none.
        thumbnail_px: side of a card's thumbnail in logical pixels.
        window_geometry, splitter_state: Qt's own blobs, base64.
        nim_url: base address of another NIM than NVIDIA's hosted one; empty for that.
        nim_needs_key: whether the address in ``nim_url`` is asked like the hosted one, with the key.
        nim_concurrency: pictures under way to the cloud at the same time.
        nim_faces, nim_faces_url: the second check, for swapped faces, and its address when self-hosted.
        ai_one_in: one in how many of the user's pictures is AI, as they guess.
        upload_accepted: the user has agreed that cloud mode sends pictures away.
        max_download_mb: most mebibytes that are downloaded through a link.
        allowed_hosts: hosts in private networks that links may lead to.
    """

    max_megapixels: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 100
    picture_seconds: Annotated[float, msgspec.Meta(ge=1, le=600)] = 20.0
    max_file_mb: Annotated[int, msgspec.Meta(ge=1, le=4096)] = 512
    jobs: Annotated[int, msgspec.Meta(ge=0, le=64)] = 0
    mode: Literal["offline", "cloud"] = "offline"
    model: Annotated[str, msgspec.Meta(min_length=1, max_length=4096)] = "auto"
    models_folder: Annotated[str, msgspec.Meta(max_length=4096)] = ""
    view: Literal["grid", "table"] = "grid"
    sort_by: str = "added"
    sort_descending: bool = False
    thumbnail_px: Annotated[int, msgspec.Meta(ge=64, le=512)] = 160
    detail_open: bool = True
    theme: Literal["system", "light", "dark"] = "system"
    window_geometry: str = ""
    splitter_state: str = ""
    last_folder: str = ""
    ai_one_in: Literal[2, 20, 100] = 20
    nim_url: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    nim_needs_key: bool = False
    nim_concurrency: Annotated[int, msgspec.Meta(ge=1, le=64)] = 3
    nim_connect_seconds: Annotated[float, msgspec.Meta(ge=1, le=600)] = 10.0
    nim_read_seconds: Annotated[float, msgspec.Meta(ge=1, le=3600)] = 100.0
    nim_write_seconds: Annotated[float, msgspec.Meta(ge=1, le=3600)] = 60.0
    nim_asset_upload: bool = False
    nim_faces: bool = False
    nim_faces_url: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    upload_accepted: bool = False
    max_download_mb: Annotated[int, msgspec.Meta(ge=1, le=1024)] = 25
    allowed_hosts: tuple[str, ...] = ()


def settings_path() -> Path:
    """Where the settings lie."""
    return config_dir() / _FILE


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings; never fails.

    A missing file gives the defaults. A broken file is set aside (``settings.broken.json``), never deleted. One
    value out of its range costs that value alone.
    """
    path = path or settings_path()
    try:
        raw = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        _log.info("settings can't be read: %s", error)
        return Settings()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        _set_aside(path)
        return Settings()
    return _known(raw)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Write the settings atomically; keys that a newer version wrote are kept.

    Raises:
        SettingsError: the disk is full or the folder can't be written.
    """
    path = path or settings_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        merged = _raw(path) | {name: _encodable(value) for name, value in msgspec.to_builtins(settings).items()}
        replace_file(path, msgspec.json.format(msgspec.json.encode(merged)))
    except OSError as error:
        raise SettingsError from error


def _known(raw: dict[str, Any]) -> Settings:
    good: dict[str, Any] = {}
    for field in msgspec.structs.fields(Settings):
        if field.name in raw:
            with contextlib.suppress(msgspec.ValidationError):
                good[field.name] = msgspec.convert(raw[field.name], field.type)
    return Settings(**good)


def _raw(path: Path) -> dict[str, Any]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}


def _encodable(value: Any) -> Any:  # noqa: ANN401  # JSON
    # A folder's name that is not UTF-8 can't be remembered, and must not cost the other settings.
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def _set_aside(path: Path) -> None:
    _log.info("the settings file is broken; it was set aside")
    with contextlib.suppress(OSError):
        path.replace(path.with_name("settings.broken.json"))
