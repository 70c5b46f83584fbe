"""Where the service is and how hard it may be asked; what is noted of every upload."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

HOSTED_URL = "https://ai.api.nvidia.com"
_FUNCTIONS_URL = "https://api.nvcf.nvidia.com"
_NVIDIA = ".nvidia.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class NimOptions:
    """All that can be set.

    Attributes:
        base_url: ``http(s)://host[:port][/path]``, without the model's path.
        self_hosted: the user's own NIM container, or many behind one address: ``{base_url}/v1/infer``, no key.
        model_path: the hosted model's path.
        functions_url: where pending answers and assets are asked for; empty takes NVIDIA's for an address of
            NVIDIA's and ``base_url`` for any other, so that the key goes to no third host.
        concurrency: pictures in flight at once.
        connect_seconds, read_seconds, write_seconds: cold starts of 30 to 90 s are on record, hence the read time.
        start_rate_per_minute: requests a minute to begin with, hosted only (NVIDIA's limit is about 40,
            unofficial); a self-hosted NIM is asked as fast as it answers until it says 429.
        poll_seconds: between two questions for a pending answer; the contract says at most one a second.
        pending_seconds: how long an answer may stay pending.
        backoff_seconds: first pause after a 429; doubled each time.
        asset_upload: send originals that are too large by way of NVIDIA's asset store (deprecated there).
        deepfake: ask the second model about faces, too.
        deepfake_path: its path when hosted.
        deepfake_url: base URL of a second container when self-hosted (one container serves one model).
    """

    base_url: str = HOSTED_URL
    self_hosted: bool = False
    model_path: str = "/v1/cv/hive/ai-generated-image-detection"
    functions_url: str = ""
    concurrency: int = 3
    connect_seconds: float = 10.0
    read_seconds: float = 100.0
    write_seconds: float = 60.0
    start_rate_per_minute: float = 40.0
    poll_seconds: float = 1.0
    pending_seconds: float = 300.0
    backoff_seconds: float = 2.0
    asset_upload: bool = False
    deepfake: bool = False
    deepfake_path: str = "/v1/cv/hive/deepfake-image-detection"
    deepfake_url: str = ""

    @property
    def infer_url(self) -> str:
        """Where pictures go."""
        return _joined(self.base_url, "/v1/infer" if self.self_hosted else self.model_path)

    @property
    def faces_url(self) -> str:
        """Where pictures go for the check of faces; empty when there is no such place or it is off."""
        if not self.deepfake:
            return ""
        if not self.self_hosted:
            return _joined(self.base_url, self.deepfake_path)
        return _joined(self.deepfake_url, "/v1/infer") if self.deepfake_url else ""

    @property
    def functions_base(self) -> str:
        """Where pending answers and assets are asked for, without a slash at the end."""
        parts = urlsplit(self.base_url)
        if self.functions_url:
            return self.functions_url.rstrip("/")
        if (parts.hostname or "").endswith(_NVIDIA):
            return _FUNCTIONS_URL
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def host(self) -> str:
        """The host and port that get the pictures."""
        return urlsplit(self.base_url).netloc

    def problem(self) -> str:
        """Return one sentence that says why these addresses can't be used, empty when they can."""
        urls = [self.base_url]
        if self.functions_url:
            urls.append(self.functions_url)
        if self.self_hosted and self.deepfake_url:
            urls.append(self.deepfake_url)
        return next((problem for url in urls if (problem := _problem(url, with_key=not self.self_hosted))), "")


@dataclass(frozen=True, slots=True)
class Upload:
    """One picture leaving this computer, noted just before its first byte does; a retry is another one.

    Attributes:
        time: seconds since 1970, UTC.
        name: the item's harmless name.
        host: who gets it (host and port).
        bytes: size of the picture file sent, before base64.
        sha256: hex hash of these bytes.
        picture_sha256: hex hash of the picture as it was dropped.
        width, height, format, reencoded: as in :class:`desktop_app.core.estimates.Sent`.
    """

    time: float
    name: str
    host: str
    bytes: int
    sha256: str
    picture_sha256: str
    width: int
    height: int
    format: str
    reencoded: bool


def _joined(base: str, path: str) -> str:
    return f"{base.rstrip('/')}/{path.lstrip('/')}"


def _problem(url: str, *, with_key: bool) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return "The service's address is not a web address."
    if not usable:
        return "The service's address must begin with https:// or http:// and name a computer."
    if parts.username is not None or parts.password is not None:
        return "The service's address holds a name or a password; it must hold neither."
    if with_key and parts.scheme == "http" and not _is_this_computer(parts):
        return "The service's address begins with http://, so anybody on the way could read your key."
    return ""


def _is_this_computer(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
