"""``uv run python -m tests.benchmarks [NAME …]``: run by hand, prints ratios measured in one run.

Absolute times say little on a shared machine; the ratios in one run are what counts.
"""

from __future__ import annotations

import sys
from importlib import import_module

from tests.benchmarks.support.report import machine, say

NAMES = ("startup", "throughput", "small", "field", "stability", "evidence", "memory", "heartbeat", "cloud")


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all."""
    unknown = set(names) - set(NAMES)
    if unknown:
        say(f"unknown: {' '.join(sorted(unknown))}; there are {' '.join(NAMES)}")
        return 2
    for name in names or NAMES:
        say(f"\n[{machine()}]")
        import_module(f"tests.benchmarks.{name}").run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
