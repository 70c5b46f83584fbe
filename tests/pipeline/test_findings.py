"""What the file says, on its way through the pipeline."""

import sys
from pathlib import Path

from desktop_app.core.evidence import Says
from desktop_app.core.items import ItemState
from desktop_app.core.sources import FileSource
from desktop_app.imaging.process import worker_command
from desktop_app.pipeline.pipeline import Pipeline
from tests.pipeline.test_pipeline import Pictures, Start, files, finish
from tests.support import signing
from tests.support.collector import Collector


def check_signed(start: Start, path: Path) -> Pipeline:
    """Check a picture that is signed as made by AI, with a decoder that reads what files say."""
    path.write_bytes(signing.ai_made())
    pipeline = start(command=worker_command("desktop_app.evidence.worker"))
    pipeline.add([FileSource(path)])
    finish(pipeline)
    return pipeline


def test_what_the_file_says_stands_beside_the_estimate(start: Start, heard: Collector, tmp_path: Path) -> None:
    check_signed(start, tmp_path / "signed.jpg")
    item = heard.items()[1]
    assert item.state is ItemState.DONE
    assert item.estimate is not None
    assert item.findings is not None
    assert item.findings.evidence[0].says is Says.MADE_BY_AI


def test_marks_that_kill_their_reader_cost_the_marks_alone(
    start: Start, heard: Collector, pictures: Pictures
) -> None:
    program = (
        "import os, sys; sys.path.append('.')\n"
        "from desktop_app.imaging import worker\n"
        "worker.main(look=lambda data, errand, raster: os.abort())"
    )
    pipeline = start(command=[sys.executable, "-c", program])
    pipeline.add(files(pictures(3)))
    finish(pipeline)
    for item in heard.items().values():
        assert item.state is ItemState.DONE
        assert item.findings is not None
        assert "could not be read safely" in item.findings.notes[0]


def test_a_re_check_forgets_what_the_file_said(start: Start, heard: Collector, tmp_path: Path) -> None:
    path = tmp_path / "signed.jpg"
    pipeline = check_signed(start, path)
    path.write_bytes(b"no picture any more")
    pipeline.retry([1])
    finish(pipeline)
    item = heard.items()[1]
    assert item.state is ItemState.FAILED
    assert item.findings is None
