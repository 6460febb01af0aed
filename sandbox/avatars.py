"""Photos of people who do not exist: their initials on their colour, as PNG, the same in every run."""

import struct
import unicodedata
import zlib

from aiohttp import web

from sandbox.roster import Roster

SIZES = range(16, 1025)
ACROSS, LETTER = 15, 5
TALL = 7
# Five columns by seven rows for each letter, a row a number whose bits are the dots.
FONT = {
    "A": (14, 17, 17, 31, 17, 17, 17),
    "B": (30, 17, 17, 30, 17, 17, 30),
    "C": (14, 17, 16, 16, 16, 17, 14),
    "D": (30, 17, 17, 17, 17, 17, 30),
    "E": (31, 16, 16, 30, 16, 16, 31),
    "F": (31, 16, 16, 30, 16, 16, 16),
    "G": (14, 17, 16, 23, 17, 17, 14),
    "H": (17, 17, 17, 31, 17, 17, 17),
    "I": (14, 4, 4, 4, 4, 4, 14),
    "J": (7, 2, 2, 2, 2, 18, 12),
    "K": (17, 18, 20, 24, 20, 18, 17),
    "L": (16, 16, 16, 16, 16, 16, 31),
    "M": (17, 27, 21, 21, 17, 17, 17),
    "N": (17, 25, 21, 19, 17, 17, 17),
    "O": (14, 17, 17, 17, 17, 17, 14),
    "P": (30, 17, 17, 30, 16, 16, 16),
    "Q": (14, 17, 17, 17, 21, 18, 13),
    "R": (30, 17, 17, 30, 20, 18, 17),
    "S": (15, 16, 16, 14, 1, 1, 30),
    "T": (31, 4, 4, 4, 4, 4, 4),
    "U": (17, 17, 17, 17, 17, 17, 14),
    "V": (17, 17, 17, 17, 17, 10, 4),
    "W": (17, 17, 17, 21, 21, 27, 17),
    "X": (17, 17, 10, 4, 10, 17, 17),
    "Y": (17, 17, 10, 4, 4, 4, 4),
    "Z": (31, 1, 2, 4, 8, 16, 31),
}
UNKNOWN = (31, 17, 17, 17, 17, 17, 31)


def served(roster: Roster) -> web.RouteDef:
    """Give the route of all photos: of people, bots and the team, by id and size."""

    async def serve(request: web.Request) -> web.Response:
        name, _, size = request.match_info["name"].rpartition("-")
        user = roster.users.get(name)
        if (user is None and name != roster.team_id) or not size.isdigit() or int(size) not in SIZES:
            raise web.HTTPNotFound
        letters, color = (user.initials, user.color) if user else (roster.team_name[:1], roster.bot.color)
        return web.Response(body=png(letters, color, int(size)), content_type="image/png")

    return web.get("/avatars/{name}.png", serve)


def png(letters: str, color: str, size: int) -> bytes:
    """Draw one or two letters on a square of this colour (six hex digits), `size` pixels wide."""
    dots = _dots(letters)
    column = [position * ACROSS // size for position in range(size)]
    lines = [b"\x00" + bytes((row >> (ACROSS - 1 - at)) & 1 for at in column) for row in dots]
    paper = bytes(int(color[at : at + 2], 16) * 2 // 3 for at in (0, 2, 4))
    header = struct.pack(">IIBBBBB", size, size, 8, 3, 0, 0, 0)
    body = zlib.compress(b"".join(lines[at] for at in column), 9)
    parts = ((b"IHDR", header), (b"PLTE", paper + b"\xff\xff\xff"), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _dots(letters: str) -> list[int]:
    """Set the letters in the middle of a grid of ACROSS rows, each a number of ACROSS bits."""
    plain = unicodedata.normalize("NFKD", letters.upper())
    shapes = [FONT.get(letter, UNKNOWN) for letter in plain if not unicodedata.combining(letter)][:2] or [UNKNOWN]
    wide = len(shapes) * (LETTER + 1) - 1
    right, above = (ACROSS - wide) // 2, (ACROSS - TALL) // 2
    rows = [0] * ACROSS
    for line in range(TALL):
        for shape in shapes:
            rows[above + line] = (rows[above + line] << (LETTER + 1)) | shape[line]
        rows[above + line] <<= right
    return rows


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
