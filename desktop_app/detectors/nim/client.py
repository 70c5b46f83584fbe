"""One question to the service until it is answered: pace, retries, pending answers."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import NoReturn

from desktop_app.core.errors import (
    AnswerError,
    KeyRejectedError,
    ServiceFaultError,
    ServiceTimeoutError,
    ServiceUnreachableError,
)
from desktop_app.detectors.nim.exchange import Exchange, Reply
from desktop_app.detectors.nim.options import NimOptions
from desktop_app.detectors.nim.rate import Pacer
from desktop_app.detectors.nim.statuses import Again, Failure, failure_of

_MOST_FAULTS = 2
_MOST_REFUSALS = 6
_FAULT_PAUSE = 0.25  # of the pause after a 429; doubled for the second fault
_JITTER = 0.5
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_JSON = {"Content-Type": "application/json", "Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Question:
    """One picture for one model.

    Attributes:
        url: where it is asked.
        body: the JSON.
        key: goes with it as the bearer's token; None sends none.
        leaving: called in a thread each time just before the body's first byte goes.
        headers: further ones.
    """

    url: str
    body: bytes = field(repr=False)
    key: str | None = field(repr=False)
    leaving: Callable[[], None] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def authorization(key: str | None) -> dict[str, str]:
    """Return the header that carries the key, none without a key.

    Raises:
        KeyRejectedError: it holds what no header may hold; httpx would quote the whole key in its complaint.
    """
    if key is None:
        return {}
    if not key.isascii() or not key.isprintable() or " " in key:
        raise KeyRejectedError("This key holds characters that no key from NVIDIA has.")
    return {"Authorization": f"Bearer {key}"}


class NimClient:
    """Asks, waits, asks again. To be used in the network's loop alone."""

    def __init__(
        self, options: NimOptions, exchange: Exchange, pacer: Pacer, *, most_refusals: int = _MOST_REFUSALS
    ) -> None:
        self._most_refusals = most_refusals
        self._options = options
        self._exchange = exchange
        self._pacer = pacer
        self._random = random.Random()  # noqa: S311  # jitter, no secret

    async def ask(self, question: Question) -> bytes:
        """Return the body of the 200 that answers.

        Raises:
            CloudError: one of its leaves, see :mod:`.statuses`; after at most two retries of a fault and six
                pauses for a 429.
        """
        faults = refusals = 0
        while True:
            started = await self._pacer.turn()
            outcome = await self._once(question)
            if isinstance(outcome, bytes):
                self._pacer.went_well()
                return outcome
            if outcome.again is Again.PACED:
                self._pacer.slow_down(started, refusals, outcome.retry_after)
                refusals += 1
            elif outcome.again is Again.SOON:
                faults += 1
            if outcome.again is Again.NEVER or faults > _MOST_FAULTS or refusals > self._most_refusals:
                _give_up(outcome)
            if outcome.again is Again.SOON:
                await asyncio.sleep(self._fault_pause(faults - 1))

    async def _once(self, question: Question) -> bytes | Failure:
        headers = {**_JSON, **question.headers, **authorization(question.key)}
        try:
            reply = await self._exchange.send(
                "POST", question.url, headers=headers, body=question.body, leaving=question.leaving
            )
        except ServiceUnreachableError as error:
            return Failure(error, Again.SOON)
        if reply.status == HTTPStatus.ACCEPTED:
            return await self._pending(reply, question.key)
        return reply.body if reply.status == HTTPStatus.OK else failure_of(reply, question.key)

    async def _pending(self, reply: Reply, key: str | None) -> bytes | Failure:
        """Ask for a pending answer until it is there; a fault here doesn't send the picture again."""
        request_id = reply.header("nvcf-reqid")
        if not _REQUEST_ID.fullmatch(request_id):
            return Failure(AnswerError("The detection service took the picture but gave it no number to ask for."))
        url = f"{self._options.functions_base}/v2/nvcf/pexec/status/{request_id}"
        try:
            async with asyncio.timeout(self._options.pending_seconds):
                return await self._poll(url, key)
        except TimeoutError:
            return Failure(ServiceTimeoutError())

    async def _poll(self, url: str, key: str | None) -> bytes | Failure:
        faults = refusals = 0
        while True:
            await asyncio.sleep(self._options.poll_seconds)
            outcome = await self._look(url, key)
            if isinstance(outcome, bytes):
                return outcome
            if outcome is None:
                continue
            if outcome.again is Again.PACED:
                self._pacer.slow_down(asyncio.get_running_loop().time(), refusals, outcome.retry_after)
                refusals += 1
                await self._pacer.pause_over()
            elif outcome.again is Again.SOON:
                faults += 1
            if outcome.again is Again.AFRESH:
                return Failure(outcome.error, Again.SOON)
            if outcome.again is Again.NEVER or faults > _MOST_FAULTS or refusals > self._most_refusals:
                return Failure(outcome.error)

    async def _look(self, url: str, key: str | None) -> bytes | Failure | None:
        """Return the answer, why there is none, or None while it is pending."""
        try:
            reply = await self._exchange.send(
                "GET", url, headers={"Accept": _JSON["Accept"], **authorization(key)}
            )
        except ServiceUnreachableError as error:
            return Failure(error, Again.SOON)
        if reply.status == HTTPStatus.OK:
            return reply.body
        if reply.status == HTTPStatus.ACCEPTED:
            return None
        if reply.status == HTTPStatus.NOT_FOUND:
            # Finished answers are handed out once: ours was lost on the way. The model itself exists.
            lost = ServiceFaultError("The detection service no longer has the answer for this picture.")
            return Failure(lost, Again.AFRESH)
        return failure_of(reply, key)

    def _fault_pause(self, times: int) -> float:
        seconds = self._options.backoff_seconds * _FAULT_PAUSE * 2.0**times
        return seconds * self._random.uniform(1 - _JITTER, 1 + _JITTER)


def _give_up(failure: Failure) -> NoReturn:
    raise failure.error
