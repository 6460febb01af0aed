"""Which question was asked before."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.load import Playbook, load
from playbook.wiki import key_of, likeness, same_as

DEPLOY = "How do I deploy the shop?"


@pytest.mark.parametrize(
    ("asked", "again"),
    [
        ("how do i deploy the shop", True),
        ("Where can we deploy our shop, please?", True),
        ("Deploying the shop: how?", True),
        ("How do I roll back the shop?", False),
        ("Who approves invoices?", False),
        ("shop", False),
        ("", False),
    ],
)
def test_asked_again(asked: str, again: bool, playbook: Playbook) -> None:  # noqa: FBT001 - a row of the table
    key = key_of(DEPLOY, playbook.wiki)
    assert (same_as(asked, [key], playbook.wiki) == key) is again


def test_the_most_alike_is_found(playbook: Playbook) -> None:
    keys = [key_of(one, playbook.wiki) for one in (DEPLOY, "How do I deploy the blog?", "How do I test the shop?")]
    assert same_as("deploy blog", keys, playbook.wiki) == keys[1]


@settings(deadline=None)
@given(one=st.text(max_size=60), other=st.text(max_size=60))
def test_likeness_is_the_same_both_ways(one: str, other: str) -> None:
    book = load().wiki
    mine, theirs = key_of(one, book), key_of(other, book)
    assert likeness(mine, theirs) == pytest.approx(likeness(theirs, mine))
    assert 0.0 <= likeness(mine, theirs) <= 1.0
    assert not mine or likeness(mine, mine) == 1.0
