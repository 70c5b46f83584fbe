from __future__ import annotations

import threading
from dataclasses import replace

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.events import Event, ItemChanged, ItemsAdded, Warned
from desktop_app.core.items import ItemState
from desktop_app.ui.bridge import EventBridge
from tests.ui.fakes import waiting


def collected(bridge: EventBridge) -> list[Event]:
    taken: list[Event] = []
    bridge.arrived.connect(taken.extend)
    return taken


def test_a_closed_bridge_drops_what_still_comes(qapp: QApplication) -> None:
    bridge = EventBridge()
    taken = collected(bridge)
    bridge.post(Warned("before"))
    bridge.close()
    bridge.post(Warned("after"))
    qapp.processEvents()
    assert taken == []


def test_five_thousand_emits_survive(qtbot: QtBot) -> None:
    """PySide6 6.12.0 aborts on Python 3.11 after about 600 emits: see ``resources/decisions``."""
    bridge = EventBridge()
    counted = []
    bridge.arrived.connect(lambda events: counted.append(len(events)))
    for number in range(5000):
        bridge.arrived.emit([Warned(str(number))])
        bridge._woken.emit()
    bridge.post(Warned("last"))
    qtbot.waitUntil(lambda: sum(counted) == 5001, timeout=5000)


def test_events_from_many_threads_all_arrive_in_the_gui_thread(qtbot: QtBot) -> None:
    bridge = EventBridge()
    taken, threads = collected(bridge), set()
    bridge.arrived.connect(lambda _events: threads.add(QThread.currentThread()))

    def post(first: int) -> None:
        for number in range(first, first + 500):
            bridge.post(Warned(str(number)))

    posters = [threading.Thread(target=post, args=(first,)) for first in range(0, 4000, 500)]
    for poster in posters:
        poster.start()
    qtbot.waitUntil(lambda: len(taken) == 4000, timeout=5000)
    for poster in posters:
        poster.join()
    messages = [event.message for event in taken if isinstance(event, Warned)]
    assert sorted(map(int, messages)) == list(range(4000))
    assert threads == {QApplication.instance().thread()}  # type: ignore[union-attr]


def test_only_the_newest_snapshot_in_a_chunk_is_handed_over_and_order_is_kept(qtbot: QtBot) -> None:
    bridge = EventBridge()
    taken = collected(bridge)
    item = waiting(1)
    newest = replace(item, state=ItemState.CHECKING)
    for event in (
        ItemsAdded((item,)),
        ItemChanged(replace(item, state=ItemState.READING)),
        Warned("between"),
        ItemChanged(newest),
    ):
        bridge.post(event)
    qtbot.waitUntil(lambda: len(taken) == 3, timeout=2000)
    assert taken == [ItemsAdded((item,)), ItemChanged(newest), Warned("between")]


def test_a_large_addition_is_cut_into_small_ones(qtbot: QtBot) -> None:
    bridge = EventBridge()
    taken = collected(bridge)
    bridge.post(ItemsAdded(tuple(waiting(n) for n in range(3000))))
    bridge.post(Warned("after"))
    qtbot.waitUntil(lambda: Warned("after") in taken, timeout=2000)
    pieces = [event for event in taken if isinstance(event, ItemsAdded)]
    assert len(pieces) > 5
    assert [item.id for piece in pieces for item in piece.items] == list(range(3000))
    assert taken[-1] == Warned("after")
