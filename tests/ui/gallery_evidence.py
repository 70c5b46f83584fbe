"""Evidence on cards and in the detail panel, for the gallery."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtTest import QTest

from desktop_app.core.errors import TrustListError
from desktop_app.core.estimates import Mode, Words
from desktop_app.core.items import Item
from desktop_app.evidence.trust import ListKind, TrustLists
from desktop_app.ui.actions import Do
from desktop_app.ui.listing.marks import Mark
from desktop_app.ui.window import Window
from tests.ui.fakes import FakeLists, done, failed, trust_list
from tests.ui.findings import (
    BROKEN,
    CAMERA,
    CONTRADICTION,
    LABEL_AI,
    SIGNED_AI,
    SIGNED_CAPTURE,
    UNCONFIRMED,
    saying,
    silent,
)
from tests.ui.gallery_cloud import show


def pictures() -> list[Item]:
    """One of every sort."""
    return [
        saying(done(1, 0.97, Words.STRONG, "harbour.png"), SIGNED_AI),
        saying(done(2, 0.81, Words.SOME, "fog.png"), LABEL_AI),
        saying(done(3, 0.04, Words.FEW, "DSC00417.jpg"), CAMERA),
        saying(done(4, 0.03, Words.FEW, "boats.png"), UNCONFIRMED),
        saying(done(5, 0.97, Words.STRONG, "cap.jpg"), SIGNED_CAPTURE),
        saying(done(6, 0.52, Words.CANT_TELL, "nets.png"), LABEL_AI, CAMERA, CONTRADICTION),
        saying(done(7, 0.03, Words.FEW, "mole.png"), LABEL_AI, CAMERA, CONTRADICTION),
        saying(done(8, name="cropped.jpg"), BROKEN),
        saying(done(9, name="quay.jpg"), CAMERA, notes=("Its XMP metadata was damaged and was not read.",)),
        saying(failed(10, "truncated.jpg"), SIGNED_AI),
        silent(done(11, 0.97, Words.STRONG, "IMG-20260101-WA0007.jpg")),
        done(12, 0.88, Words.SOME, "gull.webp"),
        saying(done(13, 0.9, Words.SOME, "sail.png", Mode.CLOUD), UNCONFIRMED),
        *(silent(done(number)) for number in range(14, 24)),
    ]


def cards(window: Window) -> None:
    """All of them."""
    show(window, pictures(), chosen=12)


def menu(window: Window) -> None:
    """Only what contradicts itself."""
    show(window, pictures())
    window.filters.evidence.action_of(Mark.CONTRADICTION).trigger()


def table(window: Window) -> None:
    """The same as lines."""
    show(window, pictures())
    window.actions_of[Do.TABLE].trigger()
    window.actions_of[Do.DETAIL].setChecked(False)


def _detail(number: int, *, anyway: bool = False, unfold: bool = False) -> Callable[[Window], None]:
    def play(window: Window) -> None:
        show(window, pictures(), chosen=number)
        one = window.work.detail.one
        if anyway:
            one.set_aside.button.click()
        if unfold:
            one.says.why.click()
            for box in one.says.boxes:
                if box.reveal is not None:
                    box.reveal.click()
        window.work.detail.ensureWidgetVisible(one.elsewhere)

    return play


def trust_none(window: Window) -> None:
    """The page of the lists of signers as most people find it."""
    window.flow.open(trust=True)


def trust(window: Window) -> None:
    """Both lists are here, one of them old, and the last try to fetch it failed."""
    found = TrustLists(trust_list(ListKind.OFFICIAL, 190), trust_list(ListKind.INTERIM, 3))
    error = TrustListError("The list can't be fetched. The server behind this link took too long.")
    _fetching(window, FakeLists(found, error=error))


def trust_busy(window: Window) -> None:
    """While the official list is fetched."""
    lists = FakeLists()
    lists.gate.clear()
    _fetching(window, lists)


def _fetching(window: Window, lists: FakeLists) -> None:
    window.flow._trust._services = lists.services()
    page = window.flow.open(trust=True).trust
    assert page is not None
    QTest.qWait(100)  # until the page has its lists
    page.rows[ListKind.OFFICIAL].fetch.click()


TRUST_SCENES: dict[str, Callable[[Window], None]] = {
    "trust": trust,
    "trust-none": trust_none,
    "trust-busy": trust_busy,
}
SCENES: dict[str, Callable[[Window], None]] = {
    "cards": cards,
    "filtered": menu,
    "table": table,
    "signed": _detail(1),
    "anyway": _detail(1, anyway=True),
    "label": _detail(2, unfold=True),
    "camera": _detail(9),
    "disagree": _detail(5),
    "contradiction": _detail(7, unfold=True),
    "broken": _detail(8),
    "none": _detail(11, unfold=True),
}
