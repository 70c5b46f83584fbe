"""Pictures through the command that people run: what ``telltale scan`` says of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.training.field import FieldPicture
from models.training.scoring import Answer


def scanned(pictures: Sequence[FieldPicture], model: str) -> list[Answer]:
    """What the command line says of each picture, in their order, as files in a temporary folder.

    Args:
        pictures: the files.
        model: a name or a card, as ``--model`` takes it.

    Raises:
        RuntimeError: a picture got no answer.
    """
    with tempfile.TemporaryDirectory() as folder:
        names = [str(Path(folder) / f"{number:06}") for number in range(len(pictures))]
        for name, picture in zip(names, pictures, strict=True):
            Path(name).write_bytes(picture.content)
        rows = {row["source"]: row for row in _rows(names, model, home=Path(folder) / "home")}
    return [_answer(rows[name]) for name in names]


def _rows(names: Sequence[str], model: str, home: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "desktop_app", "scan", "--format", "jsonl", "--model", model, "-"]
    environment = os.environ | {"TELLTALE_HOME": str(home)}  # nobody's own settings
    done = subprocess.run(  # noqa: S603  # the program itself
        command, input="\n".join(names), text=True, stdout=subprocess.PIPE, env=environment, check=False
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if len(rows) < len(names):
        raise RuntimeError(f"telltale scan answered {len(rows)} of {len(names)} pictures")
    return rows


def _answer(row: dict[str, Any]) -> Answer:
    estimate = row["estimate"]
    if estimate is None:
        raise RuntimeError(f"telltale scan gave no answer to a picture: {row['error']}")
    return Answer(estimate["p_ai"], estimate["words"], min(row["width"], row["height"]))
