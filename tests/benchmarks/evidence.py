"""What reading a file's own marks costs: a file, with and without a manifest, and its share of a whole check."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from desktop_app.core.picture import ViewRule
from desktop_app.imaging.decoder import Decoder
from desktop_app.imaging.process import worker_command
from tests.benchmarks.support.photos import photos
from tests.benchmarks.support.report import heading, median, table
from tests.support import marks, signing

_COUNT = 40
_ROUNDS = 5
_VIEWS = (ViewRule(32, 32),)


def run() -> None:
    """Measure the decoding process: decode, then look, one file after the other."""
    heading(f"evidence: {_COUNT} JPEGs of 1600x1200, milliseconds a file, in the decoding process")
    plain = [path.read_bytes() for path in photos(_COUNT, 1600, 1200)]
    generated = marks.png_with(
        marks.text("parameters", "a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1")
    )
    made: dict[str, Sequence[bytes]] = {
        "no marks": plain,
        "camera facts": [_behind_start(data, marks.exif_segment(marks.camera_exif())) for data in plain],
        "a generator's mark (small PNG)": [generated] * _COUNT,
        "signed": [signing.sign(signing.action(source="trainedAlgorithmicMedia"), picture=data) for data in plain],
    }
    with Decoder(command=worker_command("desktop_app.evidence.worker")) as decoder:
        rows = [_row(name, files, decoder) for name, files in made.items()]
    table(("", "decode, median", "look, median", "look, 95 %", "look / both"), rows)


def _row(name: str, files: Sequence[bytes], decoder: Decoder) -> tuple[str, ...]:
    decodes: list[float] = []
    looks: list[float] = []
    _measure(decoder, files[:1], [], [])
    for _ in range(_ROUNDS):
        _measure(decoder, files, decodes, looks)
    worst = sorted(looks)[int(len(looks) * 0.95)]
    share = sum(looks) / (sum(looks) + sum(decodes))
    return name, f"{median(decodes):.2f}", f"{median(looks):.2f}", f"{worst:.2f}", f"{share:.1%}"


def _measure(decoder: Decoder, files: Sequence[bytes], decodes: list[float], looks: list[float]) -> None:
    for data in files:
        start = perf_counter()
        facts = decoder.decode(data, views=_VIEWS).facts
        decoded = perf_counter()
        decoder.look(data, facts)
        looks.append((perf_counter() - decoded) * 1000)
        decodes.append((decoded - start) * 1000)


def _behind_start(data: bytes, segment: bytes) -> bytes:
    return data[:2] + segment + data[2:]
