"""Starting the program under a probe and reading what the probe says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.support.processes import ROOT

_LIMIT = 900.0
STARTED = "TELLTALE_BENCHMARK_STARTED"
"""The variable with the time (``time.monotonic_ns``) just before the process was started."""


def probe(
    name: str, arguments: Sequence[Path | str] = (), variables: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Run a probe in a process and a home of its own, and return the figures that it prints."""
    words = [sys.executable, "-m", f"tests.benchmarks.probes.{name}", *map(str, arguments)]
    with tempfile.TemporaryDirectory(prefix="telltale-benchmark-") as home:
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TELLTALE_HOME": home} | dict(variables or {})
        environment[STARTED] = str(time.monotonic_ns())
        done = subprocess.run(
            words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=_LIMIT, check=False
        )
    try:
        figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    except (IndexError, ValueError):
        raise RuntimeError(f"the probe {name} failed ({done.returncode}): {done.stderr[-2000:]}") from None
    return figures
