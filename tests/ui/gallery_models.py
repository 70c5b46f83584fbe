"""The settings' page of the offline models, for the gallery."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir

from desktop_app.ui.window import Window
from tests.support.onnx_files import put, red_logit


def settings(window: Window) -> None:
    """Own models, one of them chosen, others that can't be."""
    folder = Path(gettempdir()) / "telltale-gallery" / "my models"
    put(folder, red_logit(), "reds", title="Reds and other colours", version="2.1", licence="Apache-2.0")
    put(folder, red_logit(), "second", name="cifake", title="A second CIFAKE model")
    (put(folder, red_logit(), "third").parent / "third.json").unlink()
    _open(window, str(folder), "reds")


def no_folder(window: Window) -> None:
    """As most people find it."""
    _open(window, "", "auto")


def lost_folder(window: Window) -> None:
    """The folder is gone, and the model with it."""
    _open(window, "/media/stick/models", "reds")


def _open(window: Window, folder: str, model: str) -> None:
    window.preferences.change(models_folder=folder, model=model)
    window.flow.open().show_offline()


SCENES = {"models": settings, "models-none": no_folder, "models-lost": lost_folder}
