"""Checks the vault: what is sealed cannot be read without the key, keys can be changed, and a missing one is told."""

import pytest

from playbook.sorry import Sorry
from storage.vault import Vault, new_key


def test_what_is_sealed_is_unreadable_and_comes_back() -> None:
    vault = Vault([new_key()])
    sealed = vault.seal("42 an hour")
    assert "hour" not in sealed
    assert vault.unseal(sealed) == "42 an hour"
    assert vault.seal("42 an hour") != sealed


def test_a_new_key_in_front_still_opens_what_the_old_one_sealed() -> None:
    old, new = new_key(), new_key()
    sealed = Vault([old]).seal("words")
    assert Vault([new, old]).unseal(sealed) == "words"
    with pytest.raises(Sorry, match="does not have any more"):
        Vault([new]).unseal(sealed)


def test_without_a_key_nothing_is_kept_in_the_clear() -> None:
    assert not Vault().able
    with pytest.raises(Sorry, match="ENCRYPTION_KEY"):
        Vault().seal("words")
    assert (Vault().seal(""), Vault().unseal("")) == ("", "")
