"""What a screen reader is told about a program: the tree on the accessibility bus (AT-SPI), read from outside.

https://gitlab.gnome.org/GNOME/at-spi2-core/-/tree/main/xml describes the interfaces. jeepney comes with keyring.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, Properties, new_method_call  # type: ignore[import-untyped]
from jeepney.io.blocking import DBusConnection, open_dbus_connection  # type: ignore[import-untyped]

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_REGISTRY = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_SECONDS = 5.0
_DEEPEST = 30
_MOST_CHILDREN = 400

Reference = tuple[str, str]
"""Bus name and object path."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing as it is announced."""

    role: str
    name: str
    description: str


@contextmanager
def accessibility_bus(session_bus: str) -> Iterator[Bus]:
    """Connect to the accessibility bus that belongs to a session bus."""
    with open_dbus_connection(session_bus) as session:
        ask = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
        (address,) = session.send_and_get_reply(ask, timeout=_SECONDS).body
    with open_dbus_connection(address) as connection:
        yield Bus(connection)


class Bus:
    """The trees of all programs on one accessibility bus."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection

    def nodes(self, program: str) -> list[Node]:
        """Everything that the program of that name shows, depth first; empty when there is no such program."""
        return [
            node
            for child in self._children(_REGISTRY)
            if self._property(child, "Name") == program
            for node in self._walk(child, 0)
        ]

    def programs(self) -> list[str]:
        """Names of the programs on the bus."""
        return [self._property(child, "Name") for child in self._children(_REGISTRY)]

    def _walk(self, reference: Reference, depth: int) -> Iterator[Node]:
        role = self._call(reference, "GetRoleName")
        name, description = (self._property(reference, part) for part in ("Name", "Description"))
        yield Node(str(role or ""), name, description)
        if depth < _DEEPEST:
            for child in self._children(reference):
                yield from self._walk(child, depth + 1)

    def _children(self, reference: Reference) -> list[Reference]:
        return list(self._call(reference, "GetChildren") or [])[:_MOST_CHILDREN]

    def _property(self, reference: Reference, name: str) -> str:
        message = Properties(_address(reference)).get(name)
        body = self._connection.send_and_get_reply(message, timeout=_SECONDS).body
        return str(body[0][1]) if body and isinstance(body[0], tuple) else ""

    def _call(self, reference: Reference, method: str) -> Any:  # D-Bus gives what it gives
        message = new_method_call(_address(reference), method)
        body = self._connection.send_and_get_reply(message, timeout=_SECONDS).body
        # An error's body is its sentence.
        return body[0] if body and not (method == "GetChildren" and isinstance(body[0], str)) else None


def _address(reference: Reference) -> DBusAddress:
    return DBusAddress(reference[1], bus_name=reference[0], interface=_ACCESSIBLE)
