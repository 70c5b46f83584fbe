"""What signed and marked files say, from the file to the card, through the program's own pipeline and decoder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL.PngImagePlugin import PngInfo
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app import composition
from desktop_app.core.items import Item
from desktop_app.evidence.trust import ListKind
from desktop_app.intake.paths import sources_from_paths
from desktop_app.system.settings import Settings
from desktop_app.ui.actions import Do
from desktop_app.ui.cards.face import Face, face_of
from desktop_app.ui.fact_words import short_words
from desktop_app.ui.listing.marks import Mark
from desktop_app.ui.ports import Services, TrustServices
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import Window
from tests.support import marks, signing
from tests.support.pictures import encode, photo
from tests.ui.fakes import FakeWorld
from tests.ui.showing import reveal

_MS = 20_000


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A window over all of the program, with a home of its own."""
    monkeypatch.setenv("TELLTALE_HOME", str(tmp_path / "home"))
    services = Services(
        lambda settings, emit, cloud: composition.start_pipeline(settings, emit, cloud=cloud),
        composition.detector_choices,
        composition.model_facts,
        lambda _settings: None,
        FakeWorld().make_cloud,
        composition.offline_models,
        TrustServices(
            composition.trust_lists,
            composition.fetch_trust_list,
            composition.add_trust_list,
            composition.forget_trust_list,
        ),
    )
    made = Window(services, Settings(jobs=1, theme="light"), theme)
    made.show()
    made.start()
    yield made
    made.close()
    if made.closing is not None:
        made.closing.join(10)
    made.deleteLater()
    qtbot.wait(1)


def items(window: Window) -> list[Item]:
    store = window.desk.listing.store
    return [item for item in map(store.get, store.all_ids()) if item is not None]


def check(window: Window, qtbot: QtBot, *files: tuple[Path, bytes]) -> list[Face]:
    """Write files, check them and return their cards' faces."""
    for path, data in files:
        path.write_bytes(data)
    window.add(sources_from_paths([path for path, _ in files]))
    return faces(window, qtbot, len(files))


def faces(window: Window, qtbot: QtBot, count: int) -> list[Face]:
    def finished() -> bool:
        return len(items(window)) == count and all(item.state.finished for item in items(window))

    qtbot.waitUntil(finished, timeout=_MS)
    return [face_of(item) for item in items(window)]


def test_a_plain_picture_has_no_fact_and_says_why(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    (face,) = check(window, qtbot, (tmp_path / "IMG-20260101-WA0001.jpg", encode(photo(48, 36), "JPEG")))
    assert (face.fact, face.contradiction) == (None, None)
    window.desk.listing.select([items(window)[0].id])
    says = window.work.detail.one.says
    says.why.click()
    assert "WhatsApp" in says.text()


def test_a_broken_signature_says_nothing(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    (face,) = check(window, qtbot, (tmp_path / "a.jpg", signing.ai_made() + b"appended"))
    assert face.fact is not None
    assert short_words(face.fact) == "No usable credential"
    assert not face.set_aside


def test_a_list_that_is_added_makes_an_unconfirmed_signer_a_confirmed_one(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (face,) = check(window, qtbot, (tmp_path / "a.jpg", signing.ai_made()))
    assert face.fact is not None
    assert "the signer wasn't checked against a list" in face.fact.words
    assert not face.set_aside
    listed = tmp_path / "list.pem"
    listed.write_text(signing.authority().pem)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(listed)], ""))
    page = window.flow.open(trust=True).trust
    assert page is not None
    row = page.rows[ListKind.OFFICIAL]
    qtbot.waitUntil(row.add.isEnabled, timeout=_MS)
    row.add.click()
    qtbot.waitUntil(lambda: "1 certificate," in row.text(), timeout=_MS)
    window.desk.listing.select([items(window)[0].id])
    window.actions_of[Do.RECHECK].trigger()
    qtbot.waitUntil(lambda: face_of(items(window)[0]).set_aside, timeout=_MS)
    again = face_of(items(window)[0])
    assert again.fact is not None
    assert again.fact.words.startswith("Signed by Lens Works: ")
    qtbot.waitUntil(lambda: window.work.detail.one.set_aside.isVisibleTo(window), timeout=_MS)


def test_marks_reach_cards_filter_and_detail(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    prompt = "a lighthouse, oil painting\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 64x48"
    camera = encode(photo(48, 36), "JPEG", exif=b"Exif\0\0" + marks.exif(marks.CAMERA, marks.CAPTURE))
    generated = encode(photo(64, 48), "PNG", pnginfo=_text(prompt))
    made, taken = check(window, qtbot, (tmp_path / "made.png", generated), (tmp_path / "taken.jpg", camera))
    assert made.fact is not None
    assert taken.fact is not None
    window.filters.evidence.action_of(Mark.AI).trigger()
    (shown,) = window.desk.listing.store.order
    assert items(window)[0].id == shown
    window.desk.listing.select([shown])
    box = window.work.detail.one.says.boxes[0]
    assert "lighthouse" not in box.text()
    reveal(box)
    assert "lighthouse" in box.text()


def _text(prompt: str) -> PngInfo:
    info = PngInfo()
    info.add_text("parameters", prompt)
    return info
