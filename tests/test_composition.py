"""What is put together: lists of signers as the window asks for them, and the offline models."""

from __future__ import annotations

import queue
from pathlib import Path

import pytest

from desktop_app import composition
from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import Cancelled, TrustListError
from desktop_app.core.events import Event, ItemChanged
from desktop_app.detectors.card import load_card
from desktop_app.evidence.trust import ListKind, TrustLists, adding
from desktop_app.intake.paths import sources_from_paths
from desktop_app.system.paths import models_dir
from desktop_app.system.settings import Settings
from tests.support import pictures
from tests.support.signing import authority


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TELLTALE_HOME", str(tmp_path))
    return tmp_path


def test_a_list_that_cannot_be_fetched_is_said_with_the_other_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "OFFICIAL_LIST", "https://127.0.0.1:9/list.pem")
    with pytest.raises(TrustListError, match="can't be fetched") as caught:
        composition.fetch_trust_list(CancelToken())
    assert "add it from the file" in caught.value.hint
    assert composition.trust_lists() == (TrustLists(), ())


def test_fetching_can_be_given_up_before_anything_is_asked() -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        composition.fetch_trust_list(cancel)


def test_a_list_is_added_found_and_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "list.pem"
    path.write_text(authority().pem)
    added = composition.add_trust_list([path], ListKind.OFFICIAL)
    (lists, problems) = composition.trust_lists()
    assert (lists.official, problems) == (added, ())
    composition.forget_trust_list(ListKind.OFFICIAL)
    assert composition.trust_lists() == (TrustLists(), ())


def test_only_one_host_is_ever_asked() -> None:
    for address in (adding.OFFICIAL_LIST, adding.OFFICIAL_TIMESTAMPS):
        assert address.startswith(f"https://{adding.HOST}/")


def test_outside_the_range_the_model_that_was_left_out_is_named(tmp_path: Path) -> None:
    path = tmp_path / "ordinary.png"
    path.write_bytes(pictures.png(640, 480))
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    pipeline = composition.start_pipeline(Settings(), events.put, jobs=1)
    try:
        pipeline.add(sources_from_paths([path]))
        assert pipeline.wait_idle(60)
    finally:
        pipeline.close()
    seen = [events.get() for _ in range(events.qsize())]
    items = [event.item for event in seen if isinstance(event, ItemChanged)]
    assert items[-1].estimate is not None
    left_out = load_card(models_dir() / "field.json").experimental
    assert ("The Field detector is for pictures of this size" in items[-1].estimate.range_reason) == left_out
