import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import LinkPrivateError
from desktop_app.system.guard import Guard, is_public, resolve


def _words(text: str) -> list[str]:
    return text.split()


PRIVATE = _words("""
127.0.0.1 127.0.0.2 127.255.255.254 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0x7f.0.0.1 017700000001 0177.0.0.1
127.0.0.1. LOCALHOST localhost localhost. 0.0.0.0 0 0.1.2.3
10.0.0.1 10.255.255.255 167772161 172.16.0.1 172.31.255.255 192.168.0.1 192.168.1 3232235777 0xc0.0xa8.0.1
169.254.169.254 2852039166 0xA9FEA9FE 0251.0376.0251.0376 169.254.1.1 100.64.0.1 100.100.100.200 100.127.255.255
192.0.0.1 192.0.0.192 192.0.2.1 198.51.100.1 203.0.113.7 198.18.0.1 198.19.255.255 192.88.99.1
224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 0:0:0:0:0:0:0:1 [::1] ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:169.254.169.254
::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1:: 2002:a00:1::1
2002:c0a8:101:: 2001:0:7f00:1::1 2001::1 2001:10::1 2001:db8::1 3fff::1 100::1 5f00::1 fc00::1 fdff::1
fd00:ec2::254 fe80::1 fe80::1%eth0 fe80::1%1 fec0::1 ff02::1 ff0e::1 4000::1
2606:4700::5efe:7f00:1 2606:4700::200:5efe:a00:1 2606:4700::1%eth0
""")

PUBLIC = _words("""
1.1.1.1 8.8.8.8 93.184.215.14 172.15.255.255 172.32.0.1 192.167.255.255 100.63.255.255 100.128.0.1 223.255.255.255
0x08080808 134744072 2606:4700:4700::1111 2a00:1450:4001:80b::200e ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808::1
""")

Resolver = Callable[[str, int], Awaitable[list[str]]]


def names(*answers: list[str]) -> Resolver:
    """A name server with one answer after the other; the last one stays."""
    left = list(answers)

    async def look_up(_host: str, _port: int) -> list[str]:
        await asyncio.sleep(0)
        return left.pop(0) if len(left) > 1 else left[0]

    return look_up


async def unknown(_host: str, _port: int) -> list[str]:
    raise socket.gaierror(socket.EAI_NONAME, "unknown")


def parses(address: str) -> bool:
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True


def nobody(_host: str) -> bool:
    return False


async def passed(check: Callable[[Guard, str], Awaitable[object]], hosts: list[str]) -> list[str]:
    """Return those of ``hosts`` that were not refused, or not under their name."""
    through = []
    for host in hosts:
        named = ""
        try:
            await check(Guard(nobody), host)
        except LinkPrivateError as error:
            named = error.host
        if named != host.strip("[]").rstrip(".").lower():
            through.append(host)
    return through


def test_the_table_has_at_least_forty_private_forms() -> None:
    assert len(set(PRIVATE)) >= 80


def test_a_private_address_is_refused_in_every_spelling() -> None:
    assert asyncio.run(passed(lambda guard, host: guard.addresses(host, 80), PRIVATE)) == []


def test_a_private_address_is_not_handed_to_a_proxy_either() -> None:
    assert asyncio.run(passed(lambda guard, host: guard.check_for_proxy(host, 80), PRIVATE)) == []


def test_a_name_that_resolves_to_a_private_address_is_refused() -> None:
    for address in (host for host in PRIVATE if parses(host)):
        with pytest.raises(LinkPrivateError):
            asyncio.run(Guard(nobody, names([address])).addresses("pictures.example", 80))


def test_a_public_address_passes_as_the_literal_to_connect_to() -> None:
    assert asyncio.run(passed(lambda guard, host: guard.addresses(host, 80), PUBLIC)) == PUBLIC
    for host in PUBLIC:
        (address,) = asyncio.run(Guard(nobody).addresses(host, 80))
        assert parses(address)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(LinkPrivateError):
        asyncio.run(Guard(nobody, names(["8.8.8.8", "1.1.1.1", "10.0.0.1"])).addresses("pictures.example", 80))


def test_the_name_is_asked_for_once_and_the_answer_is_what_is_connected_to() -> None:
    rebinding = names(["8.8.8.8"], ["127.0.0.1"])
    guard = Guard(nobody, rebinding)
    assert asyncio.run(guard.addresses("rebind.example", 80)) == ["8.8.8.8"]
    with pytest.raises(LinkPrivateError):
        asyncio.run(guard.addresses("rebind.example", 80))


def test_a_name_without_any_address_leads_nowhere() -> None:
    with pytest.raises(OSError, match="no address"):
        asyncio.run(Guard(nobody, names([])).addresses("pictures.example", 80))


@pytest.mark.parametrize("host", ["x" * 64 + ".example", "a\0b", "..", ""])
def test_what_is_no_host_name_leads_nowhere_and_breaks_nothing(host: str) -> None:
    with pytest.raises((OSError, LinkPrivateError)):
        asyncio.run(Guard(nobody).addresses(host, 80))


def test_a_host_the_user_allowed_passes_and_only_that_one() -> None:
    guard = Guard(lambda host: host == "nas.lan", names(["192.168.1.7"]))
    assert asyncio.run(guard.addresses("NAS.lan.", 80)) == ["192.168.1.7"]
    with pytest.raises(LinkPrivateError):
        asyncio.run(guard.addresses("192.168.1.7", 80))


@pytest.mark.parametrize("host", ["printer", "nas.local", "wiki.internal", "router.home.arpa", "x.localhost"])
def test_a_name_that_sounds_private_is_not_handed_to_a_proxy_unresolved(host: str) -> None:
    with pytest.raises(LinkPrivateError):
        asyncio.run(Guard(nobody, unknown).check_for_proxy(host, 80))
    asyncio.run(Guard(lambda name: name == host, unknown).check_for_proxy(host, 80))


def test_a_public_name_that_only_the_proxy_can_resolve_is_handed_over() -> None:
    asyncio.run(Guard(nobody, unknown).check_for_proxy("pictures.example", 443))


def test_the_operating_systems_resolver_is_asked_by_default() -> None:
    assert asyncio.run(resolve("localhost", 80))[0] in {"127.0.0.1", "::1"}


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_decides_for_it(inner: ipaddress.IPv4Address) -> None:
    bits = int(inner)
    around = [f"::ffff:{inner}", f"64:ff9b::{inner}", str(ipaddress.IPv6Address((0x2002 << 112) | (bits << 80)))]
    assert {is_public(ipaddress.ip_address(outer)) for outer in around} == {is_public(inner)}


@given(st.ip_addresses(v=6))
def test_every_public_address_is_one_that_was_given_out(address: ipaddress.IPv6Address) -> None:
    if is_public(address) and address in ipaddress.IPv6Network("2000::/3"):
        refused = (address.is_private, address.is_multicast, address.is_reserved, address.is_link_local)
        assert not any(refused)
    elif is_public(address):
        assert address.ipv4_mapped or address in ipaddress.IPv6Network("64:ff9b::/96")
