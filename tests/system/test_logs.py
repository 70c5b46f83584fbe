import logging
from pathlib import Path

from desktop_app.system.logs import start_logging


def test_records_reach_the_log_file(own_home: Path) -> None:
    start_logging()
    logging.getLogger("desktop_app.x").info("a line for the log")
    assert "a line for the log" in (own_home / "logs" / "telltale.log").read_text()


def test_without_a_writable_place_the_program_still_starts(own_home: Path) -> None:
    own_home.touch()
    start_logging()
    logging.getLogger("desktop_app.x").info("lost, and nobody minds")
