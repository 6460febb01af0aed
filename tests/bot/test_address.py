"""Which addresses outside may be called: public ones, whichever way they are written or resolved."""

import socket
from typing import Any

import pytest

from bot.address import NotPublic, PublicOnly, check, public

PUBLIC = ("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34")
INSIDE = (
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "::7f00:1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:db8::1",
    "example.com",
    "",
)


def test_only_addresses_of_the_open_internet_are_public() -> None:
    assert [one for one in PUBLIC if not public(one)] == []
    assert [one for one in INSIDE if public(one)] == []


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "https://10.0.0.1"]
)
def test_numbers_that_are_not_public_are_refused(url: str) -> None:
    with pytest.raises(NotPublic):
        check(url)
    check("https://93.184.216.34/")
    check("https://localhost/")  # a name: the resolver looks at where it leads


@pytest.mark.parametrize("name", ["localhost", "127.1", "2130706433", "0x7f.1"])
async def test_a_name_that_leads_inside_is_refused(name: str) -> None:
    with pytest.raises(NotPublic):
        await PublicOnly().resolve(name, 443)


class Names(PublicOnly):
    """A resolver that is told where names lead, as a name server of somebody else's would tell it."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses

    async def look_up(self, host: str, port: int, family: socket.AddressFamily) -> list[Any]:
        """Give what was told."""
        kind = socket.AF_INET
        return [
            (kind, socket.SOCK_STREAM, 6, "", (one, port)) for one in self._addresses if host and family is not None
        ]


async def test_one_address_inside_among_public_ones_is_enough_to_refuse() -> None:
    (found,) = await Names("93.184.216.34").resolve("example.com", 443)
    assert (found["host"], found["port"], found["hostname"]) == ("93.184.216.34", 443, "example.com")
    with pytest.raises(NotPublic):
        await Names("93.184.216.34", "10.0.0.1").resolve("example.com", 443)
    with pytest.raises(NotPublic):
        await Names().resolve("example.com", 443)
