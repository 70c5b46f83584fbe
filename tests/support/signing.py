"""Pictures signed by a test authority, so that no test needs a credential of somebody else's.

Signing takes some 10 ms; what is asked for twice is made once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import c2pa

from desktop_app.evidence.trust.lists import ListKind, TrustList, TrustLists
from tests.support import pictures
from tests.support.authority import CLAIM_SIGNING, Authority, Signer

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
TODAY = dt.datetime.now(dt.UTC).date()
_MIME = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "TIFF": "image/tiff",
    "AVIF": "image/avif",
}
FORMATS = tuple(_MIME)
"""Formats that can carry a credential and that Pillow can write."""

_SETTINGS = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_after_sign": False},
    "core": {"allowed_network_hosts": [], "decode_identity_assertions": False},
    "builder": {"thumbnail": {"enabled": False}},
}

Action = dict[str, Any]


@cache
def authority() -> Authority:
    """The authority of most tests."""
    return Authority()


@cache
def signer() -> Signer:
    """The signer of most tests: "Lens Works"."""
    return authority().signer()


def trust_list(
    pem: str,
    kind: ListKind = ListKind.OFFICIAL,
    *,
    allowed: str = "",
    timestamps: str = "",
    fetched: dt.date = TODAY,
) -> TrustList:
    """Return a list of what is given."""
    digest = hashlib.sha256(pem.encode()).hexdigest()
    return TrustList(kind, pem, 1, digest, fetched, "test.pem", allowed=allowed, timestamps=timestamps)


@cache
def trusted() -> TrustLists:
    """The official list of most tests: it holds :func:`authority`."""
    return TrustLists(official=trust_list(authority().pem))


def action(name: str = "c2pa.created", source: str = "", **more: Any) -> Action:
    """Return an action; ``source`` is IPTC's bare term or a whole address."""
    if not source:
        return {"action": name, **more}
    return {"action": name, "digitalSourceType": source if ":" in source else IPTC + source, **more}


@dataclass(frozen=True)
class Part:
    """An ingredient: the file, and what it is to the picture (``parentOf``, ``componentOf``, ``inputTo``)."""

    data: bytes
    relationship: str = "parentOf"
    format: str = "JPEG"


def sign(
    *actions: Action,
    picture: bytes | None = None,
    format_name: str = "JPEG",
    by: Signer | None = None,
    parts: Sequence[Part] = (),
    assertions: Sequence[dict[str, Any]] = (),
    tool: str = "Test Tool",
    version: int = 2,
    remote: str = "",
    complete: bool = False,
) -> bytes:
    """Return a signed picture.

    Args:
        actions: what was done; an ``opened`` action is added for a parent where there is none.
        picture: the picture to sign; one of :mod:`tests.support.pictures` unless given.
        format_name: its format, one of :data:`FORMATS`.
        by: who signs.
        parts: what it was made from.
        assertions: further statements.
        tool: the program's name.
        version: of the claim, 1 or 2.
        remote: keep the credential at this address, and only the address in the file.
        complete: say that all actions are recorded.
    """
    by = by or signer()
    kind = "c2pa.actions.v2" if version > 1 else "c2pa.actions"
    data: dict[str, Any] = {"actions": list(actions)}
    if complete:
        data["allActionsIncluded"] = True
    definition = {
        "claim_version": version,
        "claim_generator_info": [{"name": tool, "version": "1"}],
        "title": "picture",
        "assertions": [{"label": kind, "data": data}, *assertions] if actions else list(assertions),
    }
    settings = json.loads(json.dumps(_SETTINGS))
    settings["trust"] = {"trust_config": CLAIM_SIGNING.dotted_string}
    builder = c2pa.Builder(json.dumps(definition), context=c2pa.Context.from_dict(settings))
    for number, part in enumerate(parts):
        entry = {"title": f"part {number}", "relationship": part.relationship, "label": f"part-{number}"}
        builder.add_ingredient(entry, _MIME[part.format], BytesIO(part.data))
    if remote:
        builder.set_remote_url(remote)
        builder.set_no_embed()
    destination = BytesIO()
    seal = c2pa.Signer.from_callback(by.sign, c2pa.C2paSigningAlg.ES256, by.pem, None)
    builder.sign(seal, _MIME[format_name], BytesIO(picture or plain_picture(format_name)), destination)
    return destination.getvalue() if by.swap is None or remote else by.swapped(destination.getvalue())


def opened(part: int = 0) -> Action:
    """The action that begins with a part."""
    return {"action": "c2pa.opened", "parameters": {"ingredientIds": [f"part-{part}"]}}


def placed(part: int = 0, source: str = "") -> Action:
    """The action that puts a part into the picture."""
    return action("c2pa.placed", source, parameters={"ingredientIds": [f"part-{part}"]})


@cache
def plain_picture(format_name: str = "JPEG") -> bytes:
    """A small picture without any credential."""
    return pictures.encode(pictures.photo(64, 48), format_name, **({"speed": 10} if format_name == "AVIF" else {}))


@cache
def ai_made(format_name: str = "JPEG") -> bytes:
    """A picture made by an AI tool, signed by somebody on :func:`trusted`."""
    return sign(action(source="trainedAlgorithmicMedia"), format_name=format_name)


@cache
def captured() -> bytes:
    """A picture taken with a camera."""
    return sign(action(source="digitalCapture"))


def draft() -> bytes:
    """A picture with a credential of the time before version 1: hashes of contents instead of boxes."""
    data = bytearray(sign(action(source="digitalCapture"), version=1))
    label = data.index(b"c2pa.actions")
    at = data.index(b"cbor\xa1", label) - 4  # the content's box, behind its description
    (length,) = struct.unpack_from(">I", data, at)
    digest = hashlib.sha256(data[at + 8 : at + length]).digest()
    place = data.index(b"dhashX\x20", data.index(b"c2pa.assertions/c2pa.actions")) + 7
    data[place : place + 32] = digest
    return bytes(data)


def flipped(data: bytes, at: int) -> bytes:
    """Return ``data`` with one bit turned; negative places count from the end."""
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)
