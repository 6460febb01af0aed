"""What belongs where: the texts of a channel's purpose, and when newcomers are asked about it."""

from datetime import time

from playbook.page import Page


class PurposeBook(Page):
    """What is suggested for a channel, and when a newcomer agrees (guide: Lock the Communication Stack)."""

    most: int
    ask_day: int
    ask_at: time
    slack: str
    tracker: str
    video: str
