import pytest

from desktop_app.core.cancel import CancelToken
from desktop_app.core.errors import Cancelled


def test_a_fresh_token_lets_work_go_on() -> None:
    CancelToken().raise_if_cancelled()


def test_a_cancelled_token_stops_work() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        token.raise_if_cancelled()


def test_listeners_hear_of_a_cancellation_once_also_when_they_come_late() -> None:
    token, heard = CancelToken(), list[str]()
    token.on_cancel(lambda: heard.append("early"))
    token.cancel()
    token.cancel()
    token.on_cancel(lambda: heard.append("late"))
    assert heard == ["early", "late"]
