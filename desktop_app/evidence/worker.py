"""The decoding process of the program: it decodes, and reads what files say about their own origin.

``python -I -m desktop_app.evidence.worker``; see :mod:`desktop_app.imaging.worker`. Marks are read where the
pixels are: hostile metadata then meet the same walls, and a file crosses the pipe once.
"""

from __future__ import annotations

import datetime as dt
import sys
from functools import cache

from desktop_app.core.evidence import Evidence, Findings
from desktop_app.core.picture import Raster
from desktop_app.evidence.credentials import read_credentials
from desktop_app.evidence.credentials.presence import find_store
from desktop_app.evidence.reader import read_findings
from desktop_app.evidence.trust import TrustLists, load_lists
from desktop_app.imaging import wire, worker


def main() -> int:
    """Serve until stdin ends; return the exit status."""
    return worker.main(look=look)


def look(data: bytes, errand: wire.Look, raster: Raster | None) -> Findings:
    """Read one file; see :func:`desktop_app.evidence.reader.read_findings`."""
    return read_findings(
        data,
        errand.format,
        raster=raster,
        credentials=_credentials,
        size=(errand.width, errand.height),
        name=errand.name,
        re_encoded=errand.re_encoded,
    )


def _credentials(data: bytes, format_name: str) -> tuple[Evidence, ...]:
    # Most pictures have none, and to read the lists takes 0.2 s.
    return read_credentials(data, format_name, _lists() if find_store(data, format_name) else None)


@cache
def _lists() -> TrustLists:
    # Once, for as long as this process lives: the program starts another one when the lists change.
    return load_lists(dt.datetime.now(dt.UTC).date())[0]


if __name__ == "__main__":
    sys.exit(main())
