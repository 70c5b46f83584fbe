"""The cloud detector: Hive's model on NVIDIA NIM, hosted by NVIDIA or by the user.

On the way of a picture: :mod:`.prepare` (what is sent, with :mod:`.strip` and :mod:`.ladder`), :mod:`.rate`
(when), :mod:`.client` and :mod:`.exchange` (how), :mod:`.statuses` (what went wrong), :mod:`.answers` and
:mod:`.faces` (what it said); :mod:`.inquiry` puts them in a row. Nothing could be tried against the live service:
what NVIDIA documents, what clients have recorded and what is only likely is acted out by ``tests/support/nim``.
httpx is imported with the first picture, not before.
"""

from desktop_app.detectors.nim.detector import NimDetector
from desktop_app.detectors.nim.keycheck import check_key
from desktop_app.detectors.nim.options import NimOptions, Upload

__all__ = ["NimDetector", "NimOptions", "Upload", "check_key"]
