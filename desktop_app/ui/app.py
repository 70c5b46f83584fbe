"""The window's entry: one application, one window, until it is closed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop_app import __version__
from desktop_app.core.events import Event
from desktop_app.system.settings import Settings
from desktop_app.ui.crash import CrashReporter
from desktop_app.ui.icons import app_icon
from desktop_app.ui.memory import calm_collector
from desktop_app.ui.ports import Services, TrustServices
from desktop_app.ui.qtlog import log_qt_message
from desktop_app.ui.signals import PoliteSignals
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import Window

if TYPE_CHECKING:
    from desktop_app.composition import Cloud
    from desktop_app.pipeline.pipeline import Pipeline

_CLOSING_SECONDS = 0.8
# Well after the first paint, which loading a model in a thread would hold up.
_WARM_UP_MS = 400
# How long another thread may keep Python's lock while the window wants it, in seconds. Measured at a drop of 2,000
# files: with 5 ms, the default, the longest gap was 115 ms, with this 75 ms, at no cost in pictures a second.
_SWITCH_INTERVAL = 0.0005


def run(paths: Sequence[str], *, argv: Sequence[str] = ()) -> int:
    """Open the window, check ``paths`` once it is painted, and return the exit status."""
    from desktop_app import composition  # noqa: PLC0415  # the window's modules must not need the rest to load

    qInstallMessageHandler(log_qt_message)
    sys.setswitchinterval(_SWITCH_INTERVAL)
    app = make_application(argv)
    crashes = CrashReporter(app)
    crashes.install()
    settings = composition.load_settings()
    theme = Theme(settings.theme, app)
    theme.apply()

    def start_pipeline(settings: Settings, emit: Callable[[Event], None], cloud: Cloud) -> Pipeline:
        pipeline = composition.start_pipeline(settings, emit, cloud=cloud)
        QTimer.singleShot(_WARM_UP_MS, app, pipeline.warm_up)
        return pipeline

    services = Services(
        start_pipeline,
        composition.detector_choices,
        composition.model_facts,
        composition.save_settings,
        composition.Cloud,
        composition.offline_models,
        TrustServices(
            composition.trust_lists,
            composition.fetch_trust_list,
            composition.add_trust_list,
            composition.forget_trust_list,
        ),
    )
    window = Window(services, settings, theme)
    signals = PoliteSignals(window.close, app)
    signals.install()
    window.show()
    QTimer.singleShot(0, window, lambda: window.start(paths))
    calm_collector()
    status = app.exec()
    if window.closing is not None:
        window.closing.join(_CLOSING_SECONDS)
    signals.remove()
    crashes.remove()
    return status


def make_application(argv: Sequence[str] = ()) -> QApplication:
    """The application with its names, its style and its icon."""
    app = QApplication(["telltale", *argv])
    app.setApplicationName("telltale")
    app.setApplicationDisplayName("Telltale")
    app.setApplicationVersion(__version__)
    app.setOrganizationName("telltale")
    app.setDesktopFileName("telltale")
    app.setStyle("fusion")
    app.setWindowIcon(app_icon())
    return app
