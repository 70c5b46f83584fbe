"""When the next request may start: one pace for the whole pool, slower after a 429, faster again with time.

The pace is a leaky bucket (the "generic cell rate algorithm" of ATM, in seconds). It halves when the service says
429 and grows by a little with every answer: quickly enough up to what was refused last, very slowly beyond it. All
of it runs in the network's loop, so nothing is locked against threads.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections import deque
from collections.abc import Callable

from desktop_app.core.errors import TooFastError

LONGEST_PAUSE_SECONDS = 600.0
"""A service that asks for more is not waited for: the item fails and can be retried."""

_SLOWEST = 4.0  # requests a minute
_GROWTH, _GROWTH_BEYOND = 0.25, 0.02  # requests a minute more for each answer, below and beyond the last refusal
_JITTER = 0.25
_RETRY_AFTER_JITTER = 0.1
_RECENT_SECONDS, _RECENT_MOST = 60.0, 512
_MINUTE = 60.0


class Pacer:
    """Hands out turns, first come first served.

    Args:
        rate_per_minute: turns a minute to begin with; infinity for no limit until the first 429.
        burst: turns that may be taken at once after a rest.
        backoff_seconds: first pause after a 429; doubled with each further one of the same request.
        say_wait: hears the seconds of each pause, and 0 when it is over.
    """

    def __init__(
        self, rate_per_minute: float, burst: int, backoff_seconds: float, say_wait: Callable[[float], None]
    ) -> None:
        self._rate = rate_per_minute
        self._burst = max(1, burst)
        self._backoff = backoff_seconds
        self._say_wait = say_wait
        self._refused_rate = math.inf
        self._next_at = 0.0  # when the bucket would be empty: the algorithm's "theoretical arrival time"
        self._paused_until = 0.0
        self._slowed_at = -math.inf
        self._starts: deque[float] = deque(maxlen=_RECENT_MOST)
        self._queue = asyncio.Lock()
        self._random = random.Random()  # noqa: S311  # jitter, no secret

    @property
    def rate_per_minute(self) -> float:
        """The pace now; infinity when there is none."""
        return self._rate

    async def turn(self) -> float:
        """Wait for a turn; returns the loop's time at which it began.

        Raises:
            TooFastError: the service wants a longer pause than anybody would wait for.
        """
        async with self._queue:
            while (seconds := self._due() - _now()) > 0:
                self._raise_if_too_long()
                await asyncio.sleep(seconds)
            now = _now()
            self._next_at = max(now, self._next_at) + self._interval
            self._starts.append(now)
            return now

    async def pause_over(self) -> None:
        """Wait until no pause is on, without taking a turn.

        Raises:
            TooFastError: as in :meth:`turn`.
        """
        while (seconds := self._paused_until - _now()) > 0:
            self._raise_if_too_long()
            await asyncio.sleep(seconds)

    def slow_down(self, started: float, times: int, retry_after: float | None) -> None:
        """Take note of a 429 for a request that began at ``started``; its ``times``-th before were 429, too.

        Args:
            started: what :meth:`turn` returned.
            times: 0 for the request's first 429.
            retry_after: seconds, if the service named any.
        """
        now = _now()
        if started >= self._slowed_at:  # those that were under way when the pace was cut knew nothing of it
            self._cut_pace(now)
        self._paused_until = max(self._paused_until, now + self._pause(times, retry_after))
        # No burst after the pause: the first turn is due at its end, the next one interval later.
        self._next_at = max(self._next_at, self._paused_until + self._tolerance)
        seconds = self._paused_until - now
        if seconds <= LONGEST_PAUSE_SECONDS:
            self._say_wait(seconds)
            asyncio.get_running_loop().call_at(self._paused_until, self._say_when_over)

    def went_well(self) -> None:
        """Take note of an answer: a little faster."""
        if self._rate < math.inf:
            self._rate += _GROWTH if self._rate < self._refused_rate else _GROWTH_BEYOND

    @property
    def _interval(self) -> float:
        return _MINUTE / self._rate

    @property
    def _tolerance(self) -> float:
        return (self._burst - 1) * self._interval

    def _due(self) -> float:
        return max(self._paused_until, self._next_at - self._tolerance)

    def _cut_pace(self, now: float) -> None:
        pace = self._rate if self._rate < math.inf else self._recent_pace(now)
        self._refused_rate = pace
        self._rate = max(_SLOWEST, pace / 2)
        self._slowed_at = now

    def _recent_pace(self, now: float) -> float:
        recent = [start for start in self._starts if now - start < _RECENT_SECONDS]
        span = max(1.0, now - recent[0]) if recent else 1.0
        return max(1, len(recent)) / span * _MINUTE

    def _pause(self, times: int, retry_after: float | None) -> float:
        if retry_after is not None:
            return retry_after * self._random.uniform(1, 1 + _RETRY_AFTER_JITTER)
        return self._backoff * 2.0**times * self._random.uniform(1 - _JITTER, 1 + _JITTER)

    def _raise_if_too_long(self) -> None:
        seconds = self._paused_until - _now()
        if seconds > LONGEST_PAUSE_SECONDS:
            raise TooFastError(hint=f"It asks for a pause; retry in {math.ceil(seconds / _MINUTE)} minutes.")

    def _say_when_over(self) -> None:
        if _now() >= self._paused_until:
            self._say_wait(0)


def _now() -> float:
    return asyncio.get_running_loop().time()
