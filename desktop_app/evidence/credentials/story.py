"""How a picture came to be, by its credentials: every manifest on the way is walked, from this picture back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from desktop_app.core.evidence import Says
from desktop_app.evidence.credentials.actions import (
    AI,
    PART_BY_AI,
    actions,
    are_complete,
    is_watermark,
    program,
    statement,
    step,
)
from desktop_app.evidence.credentials.facts import Facts, ingredient_facts
from desktop_app.evidence.credentials.report import Ingredient, Manifest, Report
from desktop_app.evidence.objects import short

_DEEPEST = 100
_MOST_NAMES = 24
_SOFT_BINDING = "c2pa.soft-binding"
_PARENT, _INPUT = "parentOf", "inputTo"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one manifest says about how the picture, or a part of it, came to be.

    Attributes:
        what: "it was made by an AI tool".
        label: of the manifest that says so.
        facts: about that manifest, or about the first on the way to it that isn't verified.
    """

    says: Says
    what: str
    label: str
    facts: Facts


@dataclass(slots=True)
class Story:
    """All that the credentials tell, this picture's first.

    Attributes:
        statements: about its origin and edits.
        steps: what was done, in short words; foreign names among them are plain and short.
        tools: names of the programs, foreign, plain and short.
        watermarks: watermarks that it declares: their names, foreign, plain and short, or empty.
        unknown_part: it was made from something that came without credentials.
        broken_part: it was made from something whose credentials are broken; nothing of those counts.
        complete: the credential says that all actions are recorded.
        capture_over_ai: it says *captured* of a picture made from something that was made by AI.
    """

    statements: list[Statement] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    tools: list[str] = field(default_factory=list)
    watermarks: list[str] = field(default_factory=list)
    unknown_part: bool = False
    broken_part: bool = False
    complete: bool = False
    capture_over_ai: bool = False


def read_story(report: Report, facts: Facts) -> Story:
    """Return what the manifests reached from the active one tell.

    Args:
        report: a store whose active manifest holds.
        facts: about that manifest.
    """
    walk = _Walk(report, facts)
    walk.story.statements = walk.visit(report.active_manifest or "", facts, ())
    walk.story.complete = report.active is not None and are_complete(report.active)
    return walk.story


class _Walk:
    def __init__(self, report: Report, facts: Facts) -> None:
        self.story = Story()
        self._report = report
        self._facts = facts
        self._seen: set[str] = set()

    def visit(self, label: str, facts: Facts, way: tuple[Ingredient, ...]) -> list[Statement]:
        """Return the statements of a manifest and those that it takes over from its ingredients.

        What it takes over is known no better than it is: anybody can name any picture as an earlier version.
        """
        manifest = self._report.manifests.get(label)
        if manifest is None or label in self._seen:
            return []
        self._seen.add(label)
        self._collect(manifest)
        said = (statement(action) for action in actions(manifest))
        own = [Statement(says, what, label, facts) for says, what in filter(None, said)]
        inherited = [found for ingredient in manifest.ingredients for found in self._inherit((*way, ingredient))]
        if _says(own, {Says.CAPTURED}) and _says(inherited, AI):
            self.story.capture_over_ai = True
        if not facts.verified:
            inherited = [replace(found, facts=facts) for found in inherited]
        return own + inherited

    def _inherit(self, way: tuple[Ingredient, ...]) -> Iterator[Statement]:
        ingredient = way[-1]
        if ingredient.relationship == _INPUT:
            return  # what an AI tool was shown says nothing about what it made
        label = ingredient.active_manifest
        if not label or label not in self._report.manifests or len(way) >= _DEEPEST:
            self.story.unknown_part = True
            return
        facts = ingredient_facts(self._report, way, self._facts)
        if not facts.holds:
            self.story.broken_part = True
            return
        for found in self.visit(label, facts, way):
            if ingredient.relationship == _PARENT:
                yield found
            elif found.says in AI:
                yield replace(found, says=Says.EDITED_WITH_AI, what=PART_BY_AI)

    def _collect(self, manifest: Manifest) -> None:
        story = self.story
        _add(story.tools, _tools(manifest))
        for action in actions(manifest):
            if is_watermark(action):
                _add(story.watermarks, [program(action)])
            else:
                _add(story.steps, [step(action)])
        for assertion in manifest.assertions:
            if assertion.label.startswith(_SOFT_BINDING) and isinstance(assertion.data, dict):
                _add(story.watermarks, [short(assertion.data.get("alg", ""))])


def _says(statements: Iterable[Statement], what: Iterable[Says]) -> bool:
    return any(found.says in what for found in statements)


def _add(known: list[str], found: list[str]) -> None:
    known += [text for text in dict.fromkeys(found) if text not in known][: _MOST_NAMES - len(known)]


def _tools(manifest: Manifest) -> list[str]:
    infos = manifest.claim_generator_info
    names = [short(info.get("name", "")) for info in infos] if infos else [short(manifest.claim_generator or "")]
    return [name for name in (*names, *map(program, actions(manifest))) if name]
