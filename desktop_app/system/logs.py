"""A small rotating log file, so that a fault can be reported; never the pictures, never a secret."""

from __future__ import annotations

import logging
import logging.handlers

from desktop_app.system.paths import log_dir

_MAX_BYTES = 1_000_000


def start_logging(*, verbose: bool = False) -> None:
    """Log what is worth a line (all with ``verbose``) to the log file; without a writable folder, to nowhere."""
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    try:
        folder = log_dir()
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "telltale.log", maxBytes=_MAX_BYTES, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    root.addHandler(handler)
