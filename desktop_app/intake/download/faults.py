"""What servers and connections do, in words."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlsplit

from desktop_app.core.errors import (
    LinkAddressError,
    LinkError,
    LinkRedirectsError,
    LinkStatusError,
    LinkTimeoutError,
    LinkTooLargeError,
    LinkUnreachableError,
)
from desktop_app.core.text import plain
from desktop_app.system import http

_OPEN_IN_BROWSER = "Open the link in a browser, save the picture and drop the file."
_LATER = "Retry later, or save the picture in a browser and drop the file."
_CERTIFICATE = "The server can't prove who it is: {}."
_BE_CAREFUL = "Open the link in a browser to see more; be careful with what it shows."
# OpenSSL's X509_V_ERR numbers.
_CERTIFICATE_FAULTS = {
    10: "its certificate has expired",
    18: "its certificate is signed by nobody but itself",
    19: "its certificate is signed by somebody this computer doesn't trust",
    20: "its certificate is signed by somebody this computer doesn't trust",
    62: "its certificate is for another name",
    64: "its certificate is for another name",
}
_STATUS_WORDS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "This picture is behind a login (401).",
    HTTPStatus.PAYMENT_REQUIRED: "The server wants to be paid for this picture (402).",
    HTTPStatus.FORBIDDEN: "The server doesn't give this picture to other programs (403).",
    HTTPStatus.NOT_FOUND: "There is nothing at this address (404).",
    HTTPStatus.PROXY_AUTHENTICATION_REQUIRED: "The proxy in between asks for a login (407).",
    HTTPStatus.GONE: "This picture was taken away (410).",
    HTTPStatus.TOO_MANY_REQUESTS: "The server was asked too often and wants a pause (429).",
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS: "This picture is blocked for legal reasons (451).",
}
_CHECK_LINK = "Check the link; the picture may have been moved or deleted."


def status_error(status: int) -> LinkStatusError:
    """Return the error for an answer other than 200; 429 and 5xx are worth another try."""
    server_fault = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    usual = (
        f"The server has a fault ({status})." if server_fault else f"The server would not give it out ({status})."
    )
    hint = _OPEN_IN_BROWSER
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        hint = _CHECK_LINK
    error = LinkStatusError(_STATUS_WORDS.get(status, usual), hint)
    if server_fault or status == HTTPStatus.TOO_MANY_REQUESTS:
        error.retryable, error.hint = True, _LATER
    return error


def too_large(max_bytes: int, promised: int | None = None) -> LinkTooLargeError:
    """Return the error with the limit, and the size where the server told it, in mebibytes."""
    limit = f"the download limit is {max_bytes / 2**20:,.0f} MB."
    if promised is None:
        return LinkTooLargeError(f"The picture behind this link is larger than it may be: {limit}")
    return LinkTooLargeError(f"The file behind this link has {promised / 2**20:,.0f} MB; {limit}")


def too_slow(seconds: float) -> LinkTimeoutError:
    """Return the error for a download that took longer than it may altogether."""
    return LinkTimeoutError(f"The download was not finished within {seconds:,.0f} seconds.")


def packed() -> LinkStatusError:
    """Return the error for an answer in spite of ``Accept-Encoding: identity``."""
    return LinkStatusError("The server sends this file compressed, although it was asked not to.")


def redirect_error() -> LinkRedirectsError:
    """Return the error for a redirect to something that is not opened."""
    return LinkRedirectsError("This link leads on to an address that Telltale doesn't open.")


def connection_error(error: Exception, link: str) -> LinkError:
    """Return the error for what httpx or the proxy's settings raised while ``link`` was fetched."""
    if isinstance(error, http.ProxySettingsError):
        return LinkUnreachableError(str(error), "Correct the proxy or remove it, then restart Telltale.")
    if isinstance(error, http.InvalidURL | http.UnsupportedProtocol):
        return LinkAddressError()
    if isinstance(error, http.TimeoutException):
        return LinkTimeoutError()
    if isinstance(error, http.ConnectError):
        return _connect_error(error, _host(error) or urlsplit(link).hostname or link)
    return _protocol_error(error)


def _protocol_error(error: Exception) -> LinkError:
    if isinstance(error, http.ProxyError):
        return LinkUnreachableError("The proxy in between would not connect to this server.")
    if isinstance(error, http.RemoteProtocolError) and "location header" in str(error):
        return redirect_error()
    return LinkUnreachableError("The connection was cut before the whole picture had arrived.")


def _connect_error(error: Exception, host: str) -> LinkError:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            fault = _CERTIFICATE_FAULTS.get(getattr(cause, "verify_code", 0), "its certificate is not valid")
            return LinkUnreachableError(_CERTIFICATE.format(fault), _BE_CAREFUL)
        if isinstance(cause, ssl.SSLError):
            return LinkUnreachableError("A protected connection (https) to this server can't be made.")
        if isinstance(cause, socket.gaierror):
            shown = plain(host, 100)
            return LinkUnreachableError(f"There is no server called {shown}, or you are not connected.")
    return LinkUnreachableError()


def _host(error: http.ConnectError) -> str:
    try:
        return error.request.url.host
    except RuntimeError:  # httpx knows no request for it
        return ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen = 0
    while error is not None and seen < 20:  # noqa: PLR2004  # no chain of causes is that long; none is a circle
        yield error
        error, seen = error.__cause__ or error.__context__, seen + 1
