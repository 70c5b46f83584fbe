"""Where things lie: hides whether the program runs from a checkout, a wheel or a bundle."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def models_dir() -> Path:
    """The folder of the bundled models and their cards."""
    return _data_dir("models")


def resources_dir() -> Path:
    """The folder of icons, styles and samples."""
    return _data_dir("resources")


def config_dir() -> Path:
    """The folder of the settings; ``TELLTALE_HOME`` moves it (tests, portable use)."""
    home = os.environ.get("TELLTALE_HOME")
    if home:
        return Path(home) / "config"
    from platformdirs import user_config_path  # noqa: PLC0415  # 10 ms that the decoder worker needn't pay

    return user_config_path("telltale", appauthor=False)


def data_dir() -> Path:
    """The folder of what is kept, such as the list of what was sent; ``TELLTALE_HOME`` moves it."""
    home = os.environ.get("TELLTALE_HOME")
    if home:
        return Path(home) / "data"
    from platformdirs import user_data_path  # noqa: PLC0415  # as above

    return user_data_path("telltale", appauthor=False)


def log_dir() -> Path:
    """The folder of the log files; ``TELLTALE_HOME`` moves it."""
    home = os.environ.get("TELLTALE_HOME")
    if home:
        return Path(home) / "logs"
    from platformdirs import user_log_path  # noqa: PLC0415  # as above

    return user_log_path("telltale", appauthor=False)


def _data_dir(name: str) -> Path:
    # Wheel: hatchling's force-include maps both folders into the package. Bundle: PyInstaller unpacks beside
    # _MEIPASS. Checkout (also an editable install): the repository's top level.
    bundle = getattr(sys, "_MEIPASS", None)
    places = [_PACKAGE / "_data" / name, _PACKAGE.parent / name]
    if bundle:
        places.insert(0, Path(bundle) / name)
    return next((place for place in places if place.is_dir()), places[-1])
