"""A finished item as plain data: what JSON Lines say, and what the rows of a CSV are made from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from desktop_app.core.errors import TelltaleError
from desktop_app.core.estimates import Estimate, Mode, ScoreCounts, Stability
from desktop_app.core.evidence import Evidence, Findings
from desktop_app.core.items import Item

_MILLISECOND_DIGITS = 1


def record(item: Item, *, private: bool = False) -> dict[str, Any]:
    """Return a finished item as plain data: the JSON that the command line promises. Absent parts are None.

    ``private`` adds what people keep to themselves: the prompts and settings that generators leave in their files.
    """
    facts = item.facts
    return {
        "source": item.source.location or item.name,
        "sha256": item.sha256,
        "width": facts.width if facts else None,
        "height": facts.height if facts else None,
        "format": facts.format if facts else None,
        "state": item.state.value,
        "estimate": _estimate(item.estimate) if item.estimate else None,
        "evidence": _evidence(item.findings, private=private) if item.findings else None,
        "evidence_notes": list(item.findings.notes) if item.findings else None,
        "error": _error(item.error) if item.error else None,
        "elapsed_ms": round(item.elapsed_ms, _MILLISECOND_DIGITS),
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    data: dict[str, Any] = {
        "detector": estimate.detector,
        "model_sha256": estimate.model_sha256 or None,
        "p_ai": estimate.p_ai,
        "words": estimate.words.value,
        "in_range": estimate.in_range,
        "sources": [{"name": source.name, "p": source.p} for source in estimate.sources],
        "counts": _counts(estimate.counts) if estimate.counts else None,
        "stability": _stability(estimate.stability) if estimate.stability else None,
        "stability_problem": estimate.stability_problem or None,
        "model_choice": estimate.chosen or None,
    }
    if estimate.mode is Mode.CLOUD:
        data["sent"] = asdict(estimate.sent) if estimate.sent else None
        data["faces"] = None if estimate.faces is None else [asdict(face) for face in estimate.faces]
        data["faces_problem"] = estimate.faces_problem or None
    return data


def _evidence(findings: Findings, *, private: bool) -> list[dict[str, Any]]:
    return [_mark(item, private=private) for item in findings.evidence]


def _mark(item: Evidence, *, private: bool) -> dict[str, Any]:
    data = {
        "kind": item.kind.value,
        "strength": item.strength.value,
        "says": item.says.value,
        "words": item.words,
        "verified": item.verified,
        "detail": _by_heading(item.detail),
        "where": item.where,
    }
    return data | {"private": _by_heading(item.private)} if private else data


def _by_heading(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return texts by their headings; those under one heading become one text."""
    texts: dict[str, list[str]] = {}
    for heading, text in pairs:
        texts.setdefault(heading, []).append(text)
    return {heading: "; ".join(parts) for heading, parts in texts.items()}


def _counts(counts: ScoreCounts) -> dict[str, Any]:
    return {
        "low": counts.low,
        "high": counts.high,
        "photographs": counts.photographs,
        "ai": counts.ai,
        "all_photographs": counts.all_photographs,
        "all_ai": counts.all_ai,
    }


def _stability(stability: Stability) -> dict[str, Any]:
    return {
        "low": stability.low,
        "high": stability.high,
        "flips": stability.flips,
        "quick": stability.quick,
        "variants": [asdict(variant) for variant in stability.variants],
    }


def _error(error: TelltaleError) -> dict[str, str]:
    return {"code": error.code, "message": error.message, "hint": error.hint}
