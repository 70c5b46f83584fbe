"""What a shipped detector says of whole pictures that were kept for measuring, through the program.

`models.training.evaluate --field-card` prints it. Nothing is fitted here. Pictures as found go through ``telltale
scan``, and once more through the program's decoder and detector in this process, which must say the same; treated
ones take the second way. The words are the program's; beside them stand AUROC and what is found at the score that
5 % of these photographs reach, which don't depend on the bands. A picture that the flat rule puts out of range
keeps its score and counts as not answered.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from desktop_app.detectors.contradictions import AUTO_EXPERIMENTAL
from desktop_app.imaging.reading import read_picture
from models.training.field import FieldPicture, field_pictures
from models.training.ordinary.card import SHORTEST
from models.training.ordinary.scan import scanned
from models.training.ordinary.scored import ACCUSED, Scored, eras, figures, share
from models.training.ordinary.treatments import HARMLESS, SHARING, Treatment
from models.training.scoring import Answer, Scorer

AS_FOUND = "as found"


def treated(content: bytes, treat: Treatment) -> bytes:
    """The picture as the program reads it, treated, in a format that loses nothing."""
    stream = io.BytesIO()
    treat(read_picture(content).image).save(stream, "BMP")
    return stream.getvalue()


def score(pictures: Sequence[FieldPicture], scorer: Scorer, treat: Treatment) -> Scored:
    """Score treated pictures in this process."""
    answers = [scorer.score(treated(picture.content, treat)) for picture in pictures]
    return Scored.of(pictures, answers)


def harmless(photographs: Sequence[FieldPicture], scorer: Scorer, found: Scored) -> dict[str, dict[str, Any]]:
    """Part of the photographs accused after each harmless treatment, and what that adds to those `found`."""
    before = share(found.said(ACCUSED))
    result = {AS_FOUND: {**before, "added": 0.0}}
    for name, treat in HARMLESS.items():
        after = share(score(photographs, scorer, treat).said(ACCUSED))
        result[name] = {**after, "added": round(after["share"] - before["share"], 4)}
    return result


def agreement(scan: Sequence[Answer], here: Sequence[Answer]) -> dict[str, Any]:
    """How far two ways through the program differ: the largest difference of P(AI), and how many words."""
    pairs = list(zip(scan, here, strict=True))
    return {
        "pictures": len(pairs),
        "largest_difference": max(abs(one.p - other.p) for one, other in pairs),
        "other_words": sum(one.words != other.words for one, other in pairs),
    }


def evaluate(card: Path, archive: Path, *, bundled: bool = False) -> dict[str, Any]:
    """Everything that is measured, as JSON-ready numbers.

    Args:
        card: of the shipped file beside it.
        archive: tar of labelled pictures, its CSV beside it.
        bundled: whether this is a card that the program finds by itself; then what it says where the size
            decides (``--model auto-experimental``) is measured, too.
    """
    pictures = list(field_pictures(archive))
    answers = scanned(pictures, str(card))
    is_large = np.array([answer.shorter >= SHORTEST for answer in answers])
    scored = Scored.of(pictures, answers)
    found = scored.part(is_large)
    result = {"test": archive.stem, AS_FOUND: figures(found), "eras": eras(found)}
    if bundled:
        result["auto"] = figures(Scored.of(pictures, scanned(pictures, AUTO_EXPERIMENTAL)).part(is_large))
    if (scored.ai & ~is_large).any():
        result["smaller"] = figures(scored.part(~scored.ai | ~is_large))
    large = [picture for picture, chosen in zip(pictures, is_large, strict=True) if chosen]
    with Scorer(card) as scorer:
        result["agreement"] = agreement(answers, [scorer.score(picture.content) for picture in pictures])
        result |= {name: figures(score(large, scorer, treat)) for name, treat in SHARING.items()}
        photographs = [picture for picture in large if not picture.ai]
        result["harmless"] = harmless(photographs, scorer, found.part(~found.ai))
    return result


def evaluate_beside(card: Path, archive: Path) -> dict[str, Any]:
    """What another model says of the same pictures as found and after sharing, whatever its range."""
    large = []
    with Scorer(card) as scorer:
        for picture in field_pictures(archive):
            answer = scorer.score(picture.content)
            if answer.shorter >= SHORTEST:
                large.append((picture, answer))
        pictures = [picture for picture, _ in large]
        result = {AS_FOUND: figures(Scored.of(pictures, [answer for _, answer in large]))}
        result |= {name: figures(score(pictures, scorer, treat)) for name, treat in SHARING.items()}
    return result
