"""Which addresses a link may lead to: the public internet, and hosts that the user allowed by name.

A picture's link is chosen by a stranger. Were it followed into the user's own network, it could reach routers,
printers and cloud metadata services that trust whoever reaches them. Names are resolved here, the addresses are
checked, and the caller connects to a checked address itself, so that a second answer of the name server
("rebinding") is never asked for. Standard library alone.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable

from desktop_app.core.errors import LinkPrivateError
from desktop_app.core.text import plain

Resolver = Callable[[str, int], Awaitable[list[str]]]
"""Takes a host name and a port, returns IP addresses as text; raises ``OSError`` for an unknown name."""

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# What ``ipaddress`` calls global and is not a public server (it differs between Python versions, so much is said
# twice): IANA's special-purpose registries, RFC 6890 and its updates.
_REFUSED_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "100.64.0.0/10",  # carriers' NAT; Alibaba's metadata service is in it
        "169.254.0.0/16",  # link-local, metadata services
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays, withdrawn
        "198.18.0.0/15",  # benchmarks
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")  # all that was ever given out
_REFUSED_6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo, ORCHID
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOW_64 = (1 << 64) - 1
_LOW_32 = (1 << 32) - 1
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})  # RFC 5214: these, then an IPv4 address
# Names that only ever mean something at home (RFC 6761, 6762, 8375; ICANN's .internal) and what routers invent.
_PRIVATE_ENDINGS = (
    "localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "localdomain",
)  # fmt: skip


class Guard:
    """Resolves a host and refuses it when any of its addresses is not public, unless ``allow(host)``."""

    def __init__(self, allow: Callable[[str], bool], resolver: Resolver | None = None) -> None:
        self._allow = allow
        self._resolve = resolver or resolve

    async def addresses(self, host: str, port: int) -> list[str]:
        """Return the checked IP addresses of ``host``, best first.

        Raises:
            LinkPrivateError: one of them is not public and the host is not allowed.
            OSError: the name leads nowhere.
        """
        name = host_name(host)
        found = literal(name) or [address_of(text) for text in await self._resolve(name, port)]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        if not all(is_public(address) for address in found) and not self._allow(name):
            raise private(name)
        return [str(address) for address in found]

    async def check_for_proxy(self, host: str, port: int) -> None:
        """Check a host that a proxy will resolve and connect to.

        The proxy asks its own name server, so nothing here can bind it to the checked address: this refuses what
        can be known to be private, and the rest is the proxy's business. A name that this computer can't resolve
        (usual behind proxies) passes unless it has no dot or an ending that is private by definition.

        Raises:
            LinkPrivateError: the host is, or may well be, in a private network.
        """
        name = host_name(host)
        try:
            await self.addresses(name, port)
        except OSError:
            if _sounds_private(name) and not self._allow(name):
                raise private(name) from None


def private(host: str) -> LinkPrivateError:
    """Return the error that names the host."""
    shown = plain(host, 100)
    return LinkPrivateError(
        f"This link leads into a private network ({shown}), not to the public internet.", host=host
    )


def host_name(host: str) -> str:
    """Return ``host`` as it is compared: lower case, without brackets and without the root's dot."""
    return host.strip("[]").rstrip(".").casefold()


def literal(host: str) -> list[_Address]:
    """Return the address that ``host`` spells out, or nothing when it is a name.

    Knows what inet_aton knows: ``127.1``, ``2130706433``, ``0x7f.1`` and ``0177.0.0.1`` are all 127.0.0.1.
    """
    try:
        return [address_of(host)]
    except ValueError:
        pass
    if not host[:1].isdigit():
        return []
    try:
        return [ipaddress.IPv4Address(socket.inet_aton(host))]
    except (OSError, UnicodeEncodeError):
        return []


def address_of(text: str) -> _Address:
    """Return ``text`` as an address; a zone (``%eth0``) is kept.

    Raises:
        ValueError: it is none.
    """
    return ipaddress.ip_address(text)


def is_public(address: _Address) -> bool:
    """Whether ``address`` belongs to the public internet; an IPv4 address inside an IPv6 one decides for it."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:  # a zone makes sense on the local link alone
            return False
        inner = _inside(address)
        if inner is not None:
            return is_public(inner)
        return address in _GLOBAL_6 and address.is_global and not any(address in net for net in _REFUSED_6)
    return address.is_global and not any(address in net for net in _REFUSED_4)


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64 or (int(address) & _LOW_64) >> 32 in _ISATAP:
        return ipaddress.IPv4Address(int(address) & _LOW_32)
    return None


async def resolve(host: str, port: int) -> list[str]:
    """Ask the operating system's resolver, in the order in which it would connect.

    Raises:
        OSError: the name leads nowhere.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except ValueError as error:  # a label over 63 letters, a null character
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _sounds_private(name: str) -> bool:
    return "." not in name or name.endswith(tuple(f".{ending}" for ending in _PRIVATE_ENDINGS))
