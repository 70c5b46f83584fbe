"""Links in the window: private hosts, pages, typing."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop_app.core.items import ItemState
from desktop_app.core.sources import LinkSource
from desktop_app.intake.paths import sources_from_paths
from desktop_app.system.settings import Settings
from desktop_app.ui.actions import Do
from desktop_app.ui.dialogs.add_link import AddLinkDialog
from desktop_app.ui.theme import Theme
from desktop_app.ui.window import Window
from tests.support.webserver import WebServer, body, web_server
from tests.ui.cloud_window import cloud_window
from tests.ui.fakes import FakeWorld


@pytest.fixture(autouse=True)
def _environment(plain_environment: None) -> None:
    """No key and no proxy of ours."""


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as started:
        yield started


def png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (48, 36), "teal").save(out, "PNG")
    return out.getvalue()


def test_a_private_host_is_refused_until_it_is_allowed_once_for_all_its_links(
    qtbot: QtBot, theme: Theme, server: WebServer
) -> None:
    links = [server.serve(f"/{number}.png", body(png())) for number in range(2)]
    with cloud_window(qtbot, theme, Settings(jobs=1, theme="light")) as cloud:
        cloud.window.add(sources_from_paths(links))
        cloud.wait(lambda: cloud.finished(2))
        assert cloud.states() == {ItemState.FAILED}
        assert not server.seen
        cloud.select(1)
        box = cloud.window.work.detail.one.error
        assert box.way_out.text() == "Allow 127.0.0.1"
        box.way_out.click()
        cloud.wait(lambda: cloud.finished(2) and cloud.states() == {ItemState.DONE})
        assert cloud.saved[-1].allowed_hosts == ("127.0.0.1",)


def test_a_page_offers_the_picture_that_it_names(qtbot: QtBot, theme: Theme, server: WebServer) -> None:
    picture = server.serve("/cat.png", body(png()))
    page = f'<html><head><meta property="og:image" content="{picture}"></head><body>cats</body></html>'
    link = server.serve("/cats", body(page.encode(), "text/html"))
    settings = Settings(jobs=1, theme="light", allowed_hosts=("127.0.0.1",))
    with cloud_window(qtbot, theme, settings) as cloud:
        cloud.window.add(sources_from_paths([link]))
        cloud.wait(lambda: cloud.finished(1))
        cloud.select(1)
        box = cloud.window.work.detail.one.error
        assert box.way_out.text() == "Check the page's picture"
        box.way_out.click()
        cloud.wait(lambda: cloud.finished(2))
        assert cloud.items()[1].state is ItemState.DONE
        assert cloud.items()[1].source == LinkSource(picture)


def test_hosts_that_were_allowed_can_be_forgotten(qtbot: QtBot, theme: Theme) -> None:
    with cloud_window(qtbot, theme, Settings(theme="light", allowed_hosts=("nas.local",))) as cloud:
        dialog = cloud.window.flow.open(cloud=True)
        assert dialog.cloud is not None
        assert "nas.local" in dialog.cloud._hosts.text()
        dialog.cloud.forget.click()
        assert "nas.local" not in dialog.cloud._hosts.text()
        dialog.accept()
        assert cloud.saved[-1].allowed_hosts == ()
        assert not cloud.window.office.cloud.permissions.may_reach("nas.local")


def test_links_are_typed_one_a_line_and_what_is_none_is_said(window: Window, world: FakeWorld) -> None:
    window.actions_of[Do.ADD_LINK].trigger()
    (dialog,) = window.findChildren(AddLinkDialog)
    assert not dialog.add.isEnabled()
    dialog.field.setPlainText("https://example.org/a.jpg\nno link")
    dialog.add.click()
    assert dialog.problem.endswith("no link")
    assert dialog.isVisible()
    dialog.field.setPlainText(" https://example.org/a.jpg\n\nexample.org/b.jpg\n")
    assert dialog.problem == ""
    dialog.add.click()
    (call,) = world.queue.named("add")
    assert call[1] == (LinkSource("https://example.org/a.jpg"), LinkSource("https://example.org/b.jpg"))
