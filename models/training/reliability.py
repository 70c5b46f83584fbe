"""Does the number mean what it says? Counts by span of scores, and their picture."""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from models.training.metrics import Flags, Floats, wilson

# Narrow at the ends, where nearly all scores are.
EDGES = (0.0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)

_SIDE, _LEFT, _TOP = 300, 56, 24
_UPWARDS = "how many were AI"
_STYLE = (
    "text{font:12px sans-serif;fill:#5b6472}.axis{stroke:#9aa3af;fill:none}.ideal{stroke:#9aa3af;"
    "stroke-dasharray:4 4}.bar{stroke:#0072b2;stroke-width:2}.dot{fill:#0072b2}"
)


class Span(TypedDict):
    """How many pictures of each kind got a calibrated P(AI) from `low` on and under `high`; 1 is in the last."""

    low: float
    high: float
    photographs: int
    ai: int
    mean: float


def spans(p: Floats, ai: Flags) -> list[Span]:
    """Count the pictures in each span of scores.

    Args:
        p: Calibrated P(AI), shape (N,).
        ai: The truth, shape (N,).
    """
    index = np.clip(np.searchsorted(EDGES, p, side="right") - 1, 0, len(EDGES) - 2)
    return [_span(place, p[index == place], ai[index == place]) for place in range(len(EDGES) - 1)]


def _span(place: int, p: Floats, ai: Flags) -> Span:
    low, high = EDGES[place], EDGES[place + 1]
    mean = float(p.mean()) if len(p) else (low + high) / 2
    return Span(low=low, high=high, photographs=int((~ai).sum()), ai=int(ai.sum()), mean=round(mean, 5))


def diagram(counted: list[Span], title: str) -> str:
    """Draw mean score against share of AI pictures with 95 % intervals, as an SVG; on the diagonal it means it."""
    width, height = _SIDE + _LEFT + 24, _SIDE + _TOP + 56
    right, bottom = _LEFT + _SIDE, _TOP + _SIDE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-label="{title}">',
        f"<title>{title}</title><style>{_STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<rect class="axis" x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}"/>',
        f'<line class="ideal" x1="{_LEFT}" y1="{bottom}" x2="{right}" y2="{_TOP}"/>',
        *_ticks(),
        f'<text x="{_LEFT + _SIDE / 2}" y="{bottom + 40}" text-anchor="middle">what the model said</text>',
        f'<text transform="translate(14 {_TOP + _SIDE / 2}) rotate(-90)" text-anchor="middle">{_UPWARDS}</text>',
        *(_mark(span) for span in counted if span["photographs"] + span["ai"]),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _ticks() -> list[str]:
    lines = []
    for percent in (0, 25, 50, 75, 100):
        x, y = _place(percent / 100, percent / 100)
        lines.append(f'<text x="{x:.1f}" y="{_TOP + _SIDE + 18}" text-anchor="middle">{percent} %</text>')
        lines.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{percent} %</text>')
    return lines


def _mark(span: Span) -> str:
    total = span["photographs"] + span["ai"]
    low, high = wilson(span["ai"], total)
    x, y = _place(span["mean"], span["ai"] / total)
    top, bottom = _place(0, high)[1], _place(0, low)[1]
    return (
        f'<line class="bar" x1="{x:.1f}" y1="{bottom:.1f}" x2="{x:.1f}" y2="{top:.1f}"/>'
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3.5"><title>{total} pictures</title></circle>'
    )


def _place(x: float, y: float) -> tuple[float, float]:
    return _LEFT + x * _SIDE, _TOP + (1 - y) * _SIDE
