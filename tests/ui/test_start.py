from __future__ import annotations

import subprocess
import sys

_HEAVY = ("httpx", "onnxruntime", "keyring", "numpy")


def test_the_window_loads_nothing_heavy_before_it_is_shown() -> None:
    code = f"import sys, desktop_app.ui.app; print([name for name in {_HEAVY} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert answer.stdout.strip() == "[]"


def test_starting_the_pipeline_loads_nothing_heavy_either() -> None:
    code = (
        "import sys; from desktop_app import composition; from desktop_app.system.settings import Settings;"
        "pipeline = composition.start_pipeline(Settings(), print); composition.detector_choices(Settings());"
        f"print([name for name in {_HEAVY} if name in sys.modules]); pipeline.close()"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert answer.stdout.strip() == "[]"
