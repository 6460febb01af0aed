"""Photos: drawn by the sandbox, the same in every run, and good enough for a browser and a block."""

import struct
import zlib

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import avatars
from sandbox.server import Sandbox


def read(png: bytes) -> tuple[int, int, list[bytes]]:
    """Read a PNG of one byte a pixel as strictly as a browser: signature, sums, size, and its lines."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, parts = 8, {}
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + data)
        parts[kind], at = data, at + 12 + length
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    pixels = zlib.decompress(parts[b"IDAT"])
    assert len(pixels) == (width + 1) * height
    return width, height, [pixels[line * (width + 1) + 1 : (line + 1) * (width + 1)] for line in range(height)]


async def test_a_profiles_photos_are_there_in_their_sizes(
    sandbox: Sandbox, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    profile = (await client.users_info(user=sandbox.env()["USER_ANA"]))["user"]["profile"]
    for size in (24, 32, 48, 72, 192, 512):
        assert profile[f"image_{size}"].startswith(f"{sandbox.url}/avatars/")
        async with http.get(profile[f"image_{size}"]) as response:
            assert response.content_type == "image/png"
            assert read(await response.read())[:2] == (size, size)
    async with http.get(profile["image_original"]) as response:
        assert response.status == 200


async def test_the_app_and_the_team_have_pictures_too(client: AsyncWebClient, http: aiohttp.ClientSession) -> None:
    who = await client.auth_test()
    icons = (await client.bots_info(bot=who["bot_id"]))["bot"]["icons"]
    team = (await client.team_info())["team"]["icon"]
    for url in (icons["image_72"], team["image_68"]):
        async with http.get(url) as response:
            assert response.status == 200


@pytest.mark.parametrize("name", ["U0NOBODY-72", "USLACKBOT-4000", "USLACKBOT-x", "USLACKBOT"])
async def test_there_are_no_other_photos(sandbox: Sandbox, http: aiohttp.ClientSession, name: str) -> None:
    async with http.get(f"{sandbox.url}/avatars/{name}.png") as response:
        assert response.status == 404


def test_a_photo_shows_the_initials() -> None:
    _, _, lines = read(avatars.png("IL", "9f69e7", 15))
    middle = ["".join("#" if dot else "." for dot in line) for line in lines[4:11]]

    assert [row.count("#") for row in middle] == [4, 2, 2, 2, 2, 2, 8]
    assert avatars.png("IL", "9f69e7", 64) == avatars.png("IL", "9f69e7", 64)
    assert avatars.png("É", "9f69e7", 64) == avatars.png("E", "9f69e7", 64)
    assert read(avatars.png("李", "9f69e7", 64))[0] == 64


async def test_a_photo_may_stand_in_a_message(sandbox: Sandbox, client: AsyncWebClient) -> None:
    profile = (await client.users_info(user=sandbox.env()["USER_ANA"]))["user"]["profile"]
    image = {"type": "image", "image_url": profile["image_192"], "alt_text": "Ana"}
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "Ana"}, "accessory": image}

    assert (await client.chat_postMessage(channel="#acme", text="Ana", blocks=[section, image]))["ok"]
