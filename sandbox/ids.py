"""Ids that look like Slack's: a capital letter and ten capitals or digits."""

import hashlib
import secrets
import string
import uuid

ALPHABET = string.digits + string.ascii_uppercase


def stable(prefix: str, name: str, length: int = 10) -> str:
    """Give the same id for the same name in every run, so that a bot's database outlives a sandbox."""
    number = int.from_bytes(hashlib.blake2b(f"{prefix}:{name}".encode(), digest_size=16).digest())
    return prefix + _base36(number, length)


def fresh(prefix: str, length: int = 10) -> str:
    """Give an id nobody has had before."""
    return prefix + _base36(secrets.randbits(128), length)


def envelope() -> str:
    """Give the id of a Socket Mode envelope (a UUID, as Slack's are)."""
    return str(uuid.uuid4())


def secret(length: int = 24) -> str:
    """Give a value that cannot be guessed, for tokens, tickets and response URLs."""
    return secrets.token_urlsafe(length)[:length].replace("-", "x").replace("_", "y")


def _base36(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, rest = divmod(number, 36)
        letters.append(ALPHABET[rest])
    return "".join(letters)


def digits(length: int) -> str:
    """Give a random number of so many digits."""
    return str(secrets.randbelow(9 * 10 ** (length - 1)) + 10 ** (length - 1))
