"""Which addresses outside may be called: only public ones, looked at after the name was resolved."""

import asyncio
import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

REFUSED = "this address is not a public one, and I only call public ones"
NOT_OPEN = tuple(  # special networks that the standard library counts as global, or that hold an IPv4 address
    ipaddress.ip_network(net)
    for net in ("192.0.0.0/24", "192.88.99.0/24", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16")
)


class NotPublic(OSError):
    """A name leads to an address that is not public."""


def public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet: no network of a house, machine, link or provider."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        return public(str(found.ipv4_mapped))
    if any(found in net for net in NOT_OPEN):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def literal(host: str) -> bool:
    """Tell whether a host is written as an IP address, which nothing resolves."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def check(url: str) -> None:
    """Refuse an address that is written as a number and is not public; raises NotPublic."""
    host = urlsplit(url).hostname or ""
    if literal(host) and not public(host):
        raise NotPublic(REFUSED)


class PublicOnly(AbstractResolver):
    """Resolves names for a connection, and gives only what was checked: nothing is resolved a second time."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Give the addresses of a host; raises NotPublic if any of them is not public."""
        found = await self.look_up(host, port, family)
        if not found or not all(public(str(where[0])) for *_, where in found):
            raise NotPublic(REFUSED)
        return [_result(host, port, each) for each in found]

    async def look_up(self, host: str, port: int, family: socket.AddressFamily) -> list[Any]:
        """Ask where a name leads."""
        loop = asyncio.get_running_loop()
        return await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)

    async def close(self) -> None:
        """Nothing is held."""


def _result(host: str, port: int, found: tuple[Any, ...]) -> ResolveResult:
    family, _, proto, _, where = found
    flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(hostname=host, host=str(where[0]), port=port, family=family, proto=proto, flags=flags)
