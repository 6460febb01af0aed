"""A file that somebody sent to the bot."""

from dataclasses import dataclass


@dataclass(frozen=True)
class File:
    """A file that somebody sent: its name, and what is in it, or why it could not be read."""

    name: str
    data: bytes = b""
    problem: str = ""

    @property
    def text(self) -> str:
        """Read it as UTF-8, with or without its mark, else as latin-1, which takes anything."""
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.data.decode("latin-1")
