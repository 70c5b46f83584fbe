"""A test authority and its signers: certificates as Content Credentials want them, and some as they don't.

The library refuses to sign with a certificate that has expired or is made for something else, so
:meth:`Authority.signer` has it sign with a good one of the same key and length, and puts the bad one in its place
in what is signed and in the finished file.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CLAIM_SIGNING = x509.ObjectIdentifier("1.3.6.1.4.1.62558.2.1")
_NOW = dt.datetime.now(dt.UTC)
_YEAR = dt.timedelta(days=365)
_USAGES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


@dataclass(frozen=True)
class Signer:
    """A certificate, its chain and a way to sign with it.

    Attributes:
        pem: the certificate and its authority's.
        swap: what is signed and written in place of what; empty when the certificate is a good one.
    """

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    pem: str
    swap: tuple[bytes, bytes] | None = None

    def sign(self, data: bytes) -> bytes:
        """Return an ES256 signature."""
        first, second = decode_dss_signature(self.key.sign(self.swapped(data), ec.ECDSA(hashes.SHA256())))
        return first.to_bytes(32, "big") + second.to_bytes(32, "big")

    def swapped(self, data: bytes) -> bytes:
        """Return ``data`` with the bad certificate in place of the good one."""
        if self.swap is None:
            return data
        assert data.count(self.swap[0]) == 1
        return data.replace(*self.swap)


class Authority:
    """Issues certificates for signers; ``pem`` is what a trust list would hold of it."""

    def __init__(self, organisation: str = "Test Authority") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(organisation, f"{organisation} Root")
        builder = _builder(self._name, self._name, self._key, _NOW - 2 * _YEAR, _NOW + 2 * _YEAR)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        self.pem = _pem(builder.sign(self._key, hashes.SHA256()))

    def signer(
        self,
        organisation: str = "Lens Works",
        *,
        usage: x509.ObjectIdentifier = CLAIM_SIGNING,
        ended: dt.timedelta | None = None,
    ) -> Signer:
        """Return a signer.

        Args:
            organisation: its name, which anybody may choose.
            usage: what its certificate is made for.
            ended: how long ago the certificate's time was over.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        good = self._leaf(key, organisation, ExtendedKeyUsageOID.EMAIL_PROTECTION, _NOW + _YEAR)
        if usage == CLAIM_SIGNING and ended is None:
            good = self._leaf(key, organisation, usage, _NOW + _YEAR)
            return Signer(key, good, _pem(good) + self.pem)
        if usage == CLAIM_SIGNING:
            usage = ExtendedKeyUsageOID.EMAIL_PROTECTION  # as good for the library, and as long as any other
        bad = good
        while bad == good or len(_der(bad)) != len(_der(good)):  # signatures in certificates differ in length
            bad = self._leaf(key, organisation, usage, _NOW - ended if ended else _NOW + _YEAR)
        return Signer(key, bad, _pem(good) + self.pem, (_der(good), _der(bad)))

    def _leaf(
        self,
        key: ec.EllipticCurvePrivateKey,
        organisation: str,
        usage: x509.ObjectIdentifier,
        end: dt.datetime,
    ) -> x509.Certificate:
        builder = _builder(_name(organisation, "Signer"), self._name, key, _NOW - _YEAR, end)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(_usage(digital_signature=True), critical=True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return builder.add_extension(above, critical=False).sign(self._key, hashes.SHA256())


def _name(organisation: str, common: str) -> x509.Name:
    parts = {NameOID.ORGANIZATION_NAME: organisation, NameOID.COMMON_NAME: common}
    return x509.Name([x509.NameAttribute(kind, text) for kind, text in parts.items()])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, start: dt.datetime, end: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number() | 1 << 158)  # always as long
        .not_valid_before(min(start, end - _YEAR))
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(**allowed: bool) -> x509.KeyUsage:
    return x509.KeyUsage(**dict.fromkeys(_USAGES, False) | allowed)


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
