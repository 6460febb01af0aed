"""Nudges: which kinds there are, and when one comes less often."""

from collections.abc import Mapping

from playbook.page import Page


class NudgeBook(Page):
    """The kinds of nudges by what people read, and how many ignored in a row halve a kind's frequency."""

    ignored: int
    kinds: Mapping[str, str]
