"""A stand-in for NVIDIA's NIM and its asset store: an HTTP(S) server on loopback, with a switch for every fault.

By hand, so that anybody can try cloud mode without a key: ``uv run python -m tests.support.nim --help``.
"""

from tests.support.nim.faults import FAULTS, Cut, Fault
from tests.support.nim.model import answer_for, faces_for
from tests.support.nim.records import Recorded
from tests.support.nim.standin import KEY, StandIn

__all__ = ["FAULTS", "KEY", "Cut", "Fault", "Recorded", "StandIn", "answer_for", "faces_for"]
