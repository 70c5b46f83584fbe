from itertools import pairwise
from xml.etree import ElementTree as ET

import numpy as np

from models.training.reliability import EDGES, diagram, spans


def test_every_picture_is_in_one_span_and_one_belongs_to_the_last() -> None:
    p = np.array([0.0, 0.01, 0.5, 0.99, 1.0])
    ai = np.array([False, False, True, True, True])
    counted = spans(p, ai)
    assert [(span["low"], span["high"]) for span in counted] == list(pairwise(EDGES))
    by_low = {span["low"]: (span["photographs"], span["ai"]) for span in counted}
    assert by_low[0.0] == (1, 0)
    assert by_low[0.01] == (1, 0)
    assert by_low[0.5] == (0, 1)
    assert by_low[0.99] == (0, 2)
    assert sum(span["photographs"] + span["ai"] for span in counted) == 5


def test_the_diagram_has_a_mark_for_every_span_with_pictures() -> None:
    p = np.linspace(0, 1, 400)
    ai = np.random.default_rng(0).random(400) < p
    counted = spans(p, ai)
    drawn = ET.fromstring(diagram(counted, "Reliability"))  # noqa: S314  # made above
    marks = drawn.findall("{http://www.w3.org/2000/svg}circle")
    assert len(marks) == sum(span["photographs"] + span["ai"] > 0 for span in counted)
    # On the diagonal: the middle of a span lies about as high as it lies far to the right.
    for mark in marks[4:-4]:
        assert abs((float(mark.get("cx", 0)) - 56) / 300 - (324 - float(mark.get("cy", 0))) / 300) < 0.25


def test_a_diagram_of_nothing_is_still_a_picture() -> None:
    nothing = spans(np.array([]), np.array([], bool))
    ET.fromstring(diagram(nothing, "Nothing"))  # noqa: S314  # as above
