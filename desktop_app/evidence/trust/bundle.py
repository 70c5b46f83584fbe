"""A file of certificates (PEM, RFC 7468), read strictly: what is half understood vouches for nobody."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.core.errors import TrustListError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

MAX_BYTES = 4 * 1024 * 1024
"""Most bytes of a list; the official one has 60 kB."""

_MOST_CERTIFICATES = 2_000
_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \1-----", re.DOTALL)
_CERTIFICATE = "CERTIFICATE"
_HINT = "Fetch the list again, or pick the file (PEM) that its publisher offers."


@dataclass(frozen=True, slots=True)
class Bundle:
    """Certificates sorted by what they may do, each as PEM, without what stood between them.

    Attributes:
        authorities: may sign other certificates.
        signers: single signers' own certificates.
    """

    authorities: tuple[str, ...]
    signers: tuple[str, ...]


def parse_bundle(data: bytes, today: dt.date) -> Bundle:
    """Return the certificates of a PEM file. Text between them is allowed; anything else in armour is not.

    Args:
        data: the file.
        today: certificates that had ended before this day are left out.

    Raises:
        TrustListError: with a sentence that says what is wrong; one bad certificate spoils the whole list.
    """
    from cryptography import x509  # noqa: PLC0415  # 30 ms, for lists alone
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  # the same

    authorities: dict[str, None] = {}
    signers: dict[str, None] = {}
    for number, block in enumerate(_blocks(data), start=1):
        try:
            certificate = x509.load_pem_x509_certificate(block.encode())
            is_authority = _is_authority(certificate)
        except (
            ValueError,
            x509.InvalidVersion,
            x509.DuplicateExtension,
            x509.UnsupportedGeneralNameType,
            UnsupportedAlgorithm,
        ) as error:  # the library's own have no common ancestor
            raise TrustListError(f"Certificate number {number} of this list can't be read.", _HINT) from error
        if certificate.not_valid_after_utc.date() >= today:
            (authorities if is_authority else signers)[block] = None
    if not authorities and not signers:
        raise TrustListError("There is no certificate in this file that is still in date.", _HINT)
    return Bundle(tuple(authorities), tuple(signers))


def _blocks(data: bytes) -> Iterator[str]:
    if len(data) > MAX_BYTES:
        raise TrustListError(f"This file is too large for a trust list ({len(data) / 1_000_000:.0f} MB).", _HINT)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TrustListError("This file is not a list of certificates in text form (PEM).", _HINT) from None
    blocks = list(_BLOCK.finditer(text))
    if not blocks:
        raise TrustListError("There are no certificates in this file.", _HINT)
    if len(blocks) > _MOST_CERTIFICATES:
        raise TrustListError(f"There are more than {_MOST_CERTIFICATES} certificates in this file.", _HINT)
    if "-----BEGIN " in _BLOCK.sub("", text) or "-----END " in _BLOCK.sub("", text):
        raise TrustListError("A certificate in this file is cut off.", _HINT)
    for block in blocks:
        if block.group(1) != _CERTIFICATE:
            raise TrustListError("There is something other than certificates in this file.", _HINT)
        yield f"{block.group(0)}\n"


def _is_authority(certificate: Certificate) -> bool:
    """Whether it may sign others. Raises what the library does for extensions that can't be read."""
    from cryptography.x509 import BasicConstraints, ExtensionNotFound  # noqa: PLC0415  # loaded already

    try:
        return bool(certificate.extensions.get_extension_for_class(BasicConstraints).value.ca)
    except ExtensionNotFound:
        return False
