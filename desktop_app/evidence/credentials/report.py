"""What the library reports of a manifest store, as types: nothing in it is ours, so everything may be missing."""

from __future__ import annotations

from typing import Any

import msgspec


class Status(msgspec.Struct, frozen=True):
    """One result of validation (C2PA 2.2, 15.2): a code, the JUMBF address of what it is about, an explanation."""

    code: str = ""
    url: str | None = None
    explanation: str | None = None

    @property
    def label(self) -> str:
        """The label of the manifest it is about; empty when it doesn't say."""
        _, found, rest = (self.url or "").partition("jumbf=/c2pa/")
        return rest.partition("/")[0] if found else ""


class Codes(msgspec.Struct, frozen=True):
    """Results of one validation, or how they differ from those that the signer recorded."""

    success: tuple[Status, ...] = ()
    informational: tuple[Status, ...] = ()
    failure: tuple[Status, ...] = ()


class Delta(msgspec.Struct, frozen=True, rename={"codes": "validationDeltas"}):
    """How the results of an ingredient differ from those that the signer recorded."""

    codes: Codes = Codes()


class Results(msgspec.Struct, frozen=True, rename={"active": "activeManifest", "deltas": "ingredientDeltas"}):
    """All results: of the manifest for this picture, and of its ingredients."""

    active: Codes = Codes()
    deltas: tuple[Delta, ...] = ()


class Ingredient(msgspec.Struct, frozen=True):
    """Something the picture was made from.

    Attributes:
        relationship: ``parentOf`` an earlier version of this picture, ``componentOf`` a part placed into it,
            ``inputTo`` something an AI tool was given.
        active_manifest: label of its own manifest in the same store; None when it came without credentials.
        validation_results, validation_status: what the signer found when it took the ingredient in, since
            version 2 and before it.
    """

    title: str | None = None
    relationship: str = ""
    active_manifest: str | None = None
    validation_results: Results | None = None
    validation_status: tuple[Status, ...] | None = None


class Assertion(msgspec.Struct, frozen=True):
    """One statement of a manifest: its label and whatever it holds."""

    label: str = ""
    data: Any = None


class Signature(msgspec.Struct, frozen=True):
    """Who signed, by the certificate's own words, and when, by the time stamp's."""

    issuer: str | None = None
    common_name: str | None = None
    time: str | None = None


class Manifest(msgspec.Struct, frozen=True):
    """One credential."""

    claim_generator: str | None = None
    claim_generator_info: tuple[dict[str, Any], ...] | None = None
    ingredients: tuple[Ingredient, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    signature_info: Signature = Signature()


class Report(msgspec.Struct, frozen=True):
    """A manifest store.

    Attributes:
        active_manifest: label of the credential for this very picture; the others are reached from it.
    """

    active_manifest: str | None = None
    manifests: dict[str, Manifest] = {}
    validation_results: Results = Results()

    @property
    def active(self) -> Manifest | None:
        """The credential for this picture."""
        return self.manifests.get(self.active_manifest or "")

    @property
    def signature(self) -> Signature:
        """Its signature."""
        return self.active.signature_info if self.active else Signature()
