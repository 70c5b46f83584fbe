"""What the panel and the clipboard say of a cloud answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF

from desktop_app.core.errors import (
    CreditsError,
    KeyForbiddenError,
    KeyMissingError,
    KeyRejectedError,
    ModelMissingError,
    ModelRetiredError,
    TelltaleError,
    UploadNotAcceptedError,
)
from desktop_app.core.estimates import Estimate, Face, Mode
from desktop_app.core.events import PauseChanged
from desktop_app.core.items import Item
from desktop_app.ui.cards.face import face_of
from desktop_app.ui.detail.face_boxes import box_in
from desktop_app.ui.detail.sent import faces_words, sent_words
from desktop_app.ui.phrases import hedged
from desktop_app.ui.window import Window
from tests.ui.fakes import SENT, FakeWorld, done
from tests.ui.gallery_cloud import cloud_item
from tests.ui.showing import show


def estimate_of(item: Item) -> Estimate:
    assert item.estimate is not None
    return item.estimate


def test_a_copy_is_said_to_be_one_on_the_card_in_the_panel_and_on_the_clipboard() -> None:
    item = cloud_item(1, reencoded=True)
    assert face_of(item).badge == "Cloud · Hive · re-encoded"
    sent = estimate_of(item).sent
    assert sent is not None
    assert "re-encoded for sending, which can move the score. Only JPEG and PNG can be sent" in sent_words(sent)
    assert "from the cloud; a re-encoded copy was sent, which can move the score" in hedged(item)


def test_an_original_is_said_to_be_one_without_its_metadata() -> None:
    what = "98\u00a0kB as JPEG, 1,600 × 1,200 pixels, to ai.api.nvidia.com."
    assert sent_words(SENT) == f"{what} It was the original, without its metadata."
    assert "from the cloud; the original was sent without its metadata" in hedged(cloud_item(1))


def test_faces_that_were_not_looked_for_not_found_or_not_answered_are_three_things() -> None:
    estimate = estimate_of(cloud_item(1))
    assert faces_words(estimate) == ""
    assert faces_words(replace(estimate, faces=())) == "No face to check."
    failed = replace(estimate, faces_problem="The service has a fault.")
    assert faces_words(failed) == "The check of faces failed: The service has a fault."
    face = Face(0, 0, 10, 10, 100, 100, 0.94)
    assert faces_words(replace(estimate, faces=(face,) * 30)).endswith("… and 10 more")


def test_a_box_never_leaves_the_picture_whatever_the_service_says() -> None:
    place = QRectF(10, 20, 200, 100)
    assert box_in(place, Face(25, 25, 75, 75, 100, 100, 0.5)) == QRectF(60, 45, 100, 50)
    assert box_in(place, Face(-500, -500, 5000, 5000, 100, 100, 0.5)) == place


def test_offline_says_nothing_of_sending(window: Window) -> None:
    show(window, [done(1)])
    window.desk.listing.select([1])
    assert window.work.detail.one.cloud.isHidden()


@pytest.mark.parametrize(
    ("error", "buttons"),
    [
        (KeyMissingError(), {"Enter key…", "Check offline instead", "Continue"}),
        (KeyRejectedError(), {"Enter key…", "Check offline instead", "Continue"}),
        (KeyForbiddenError(), {"Enter key…", "Check offline instead", "Continue"}),
        (UploadNotAcceptedError(), {"Agree…", "Check offline instead"}),
        (CreditsError(), {"Check offline instead", "Continue"}),
        (ModelMissingError(), {"Settings…", "Check offline instead", "Continue"}),
        (ModelRetiredError(), {"Check offline instead", "Continue"}),
    ],
)
def test_the_banner_offers_what_fits_and_goes_when_the_queue_goes_on(
    window: Window, world: FakeWorld, error: TelltaleError, buttons: set[str]
) -> None:
    banner = window.office.banner
    window.desk.take([PauseChanged(paused=True, error=error)])
    all_buttons = (banner.enter_key, banner.agree, banner.settings, banner.offline, banner.go_on)
    assert {button.text() for button in all_buttons if button.isVisible()} == buttons
    assert error.message in banner.text
    if banner.go_on.isVisible():
        banner.go_on.click()
        assert world.queue.named("resume")
    window.desk.take([PauseChanged(paused=False)])
    assert not banner.isVisible()


def test_a_pause_by_hand_shows_no_banner(window: Window) -> None:
    window.desk.take([PauseChanged(paused=True)])
    assert not window.office.banner.isVisible()


def test_a_key_that_is_entered_in_the_settings_lets_the_queue_go_on_too(window: Window, world: FakeWorld) -> None:
    window.desk.take([PauseChanged(paused=True, error=KeyRejectedError())])
    window.office.keys.saved.emit()
    assert world.queue.named("resume") == [("resume",)]


def test_modes_keep_their_names_apart() -> None:
    assert face_of(done(1, mode=Mode.CLOUD)).badge == "Cloud · Hive"
