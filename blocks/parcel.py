"""What people read of files that were made for them."""

from blocks.kit import Block, section
from playbook.tongue import phrase

Drawn = tuple[str, list[Block]]
COMING = phrase("I am making it and send it to you in our direct message in a moment.")


def failed(why: str) -> Drawn:
    """Say that a file could not be sent, and what to do."""
    words = phrase(
        "The file you asked for could not be sent ({why}). Please ask for it once more in a few minutes.", why=why
    )
    return words, [section(words)]


def refused(sentence: str) -> Drawn:
    """Say why somebody gets no file."""
    return sentence, [section(sentence)]
