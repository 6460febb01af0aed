"""The vault: seals what must not be read from the store alone, with keys that only the running bot has."""

import json
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from playbook.sorry import Sorry
from playbook.tongue import phrase

NO_KEY = phrase(
    "What belongs here is only kept encrypted, and the bot has no key yet. {who} can give it one (ENCRYPTION_KEY)."
)
WRONG_KEY = phrase(
    "This was encrypted with a key that the bot does not have any more. Whoever runs the bot can give it back."
)


class Vault:
    """Seals with the first key and opens with any of them (Fernet), so that keys can be changed one after the other.

    Without keys nothing can be sealed or opened; `able` tells.
    """

    def __init__(self, keys: Sequence[str] = ()) -> None:
        self.able = bool(keys)
        self._box = MultiFernet([Fernet(key) for key in keys]) if keys else None

    def seal(self, words: str) -> str:
        """Encrypt; "" stays "". Raises Sorry where there is no key."""
        if not words:
            return ""
        if self._box is None:
            raise Sorry(NO_KEY.format(who=phrase("Whoever runs the bot")))
        return self._box.encrypt(words.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Decrypt; "" stays "". Raises Sorry where none of the keys fits."""
        if not sealed:
            return ""
        if self._box is None:
            raise Sorry(WRONG_KEY)
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Sorry(WRONG_KEY) from None

    def read(self, kept: str) -> Any:
        """Read a value that was written as JSON, sealed where there was a key; None for "". Raises Sorry as above."""
        plain = kept[:1] in ('"', "{")  # what is sealed begins with neither
        return json.loads(kept if plain else self.unseal(kept)) if kept else None


def new_key() -> str:
    """Make a key for ENCRYPTION_KEY (32 random bytes, base64)."""
    return Fernet.generate_key().decode()
