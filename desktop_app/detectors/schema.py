"""The card's format as a JSON Schema: ``python -m desktop_app.detectors.schema > models/card.schema.json``.

The program itself checks with the structs of :mod:`desktop_app.detectors.card`, from which this is made.
"""

from __future__ import annotations

import sys

import msgspec

from desktop_app.detectors.card import ModelCard


def card_schema() -> str:
    """The schema (draft 2020-12) as indented JSON with a line end."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(ModelCard)}
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


if __name__ == "__main__":
    sys.stdout.write(card_schema())
