"""The API: how fast it may be read, and how much of it at once."""

from playbook.page import Page


class ApiBook(Page):
    """How the API behaves."""

    most: int
    page: int
    most_of_a_page: int
    days: int
    reads_a_second: float
    reads_at_once: int
    guesses_a_second: float
    guesses_at_once: int
    noted_every: int
