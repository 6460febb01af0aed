"""The page of the playbook about logging time: limits, categories, and the words people use."""

from typing import Self

from pydantic import Field, model_validator

from playbook.page import Page, twice

Words = tuple[str, ...]


class Category(Page):
    """A kind of work, with the other names that people give it."""

    key: str
    label: str
    aliases: Words

    @property
    def names(self) -> Words:
        """List every name it goes by, in small letters."""
        return tuple(name.casefold() for name in (self.key, self.label, *self.aliases))


class Feeling(Page):
    """How the work felt, if somebody wants to say."""

    key: str
    label: str


class LengthWords(Page):
    """How lengths and clock times are written."""

    hours: Words
    minutes: Words
    from_: Words = Field(alias="from")
    to: Words
    morning: Words
    afternoon: Words
    and_: Words = Field(alias="and")
    articles: Words
    half: Words
    quarter: Words
    of: Words
    numbers: dict[str, int]


class DayWords(Page):
    """How days are written."""

    today: Words
    yesterday: Words
    tomorrow: Words
    before_yesterday: Words
    ago: Words
    on: Words
    last: Words
    of: Words
    ordinals: Words
    weekdays: tuple[Words, Words, Words, Words, Words, Words, Words]
    months: tuple[Words, Words, Words, Words, Words, Words, Words, Words, Words, Words, Words, Words]
    part_of_note_after: Words


class LogVerbs(Page):
    """What `/log` does besides taking entries; each with the phrases that ask for it."""

    today: Words
    week: Words
    last_week: Words = Field(alias="last week")
    same: Words
    start: Words
    stop: Words
    edit: Words
    undo: Words
    help: Words

    def named(self, phrase: str) -> str:
        """Give the verb that a whole phrase asks for, or nothing."""
        for name, field in type(self).model_fields.items():
            if phrase in getattr(self, name):
                return field.alias or name
        return ""


class LogSentences(Page):
    """What is asked or said when an entry cannot be taken as it is."""

    how_long: str
    which_length: str
    is_length: str
    no_length: str
    timer_length: str
    which_day: str
    one_day: str
    one_project: str
    one_category: str
    category: str
    category_near: str
    project: str
    project_near: str
    too_much: str
    many_entries: str
    too_short: str
    too_long: str
    day_full: str
    future_day: str
    future_end: str
    overlap: str
    locked: str
    note: str
    project_long: str
    links: str


class LogBook(Page):
    """Everything we believe about logging time (guide: Input KPIs, Time Tracking); lengths in minutes."""

    least_minutes: int
    most_minutes: int
    most_day_minutes: int
    most_bare_hours: int
    note_limit: int
    project_limit: int
    links_limit: int
    text_limit: int
    entries_limit: int
    categories: tuple[Category, ...]
    feelings: tuple[Feeling, ...]
    length: LengthWords
    days: DayWords
    verbs: LogVerbs
    sentences: LogSentences

    def category(self, key: str) -> Category | None:
        """Give the category of a key."""
        return next((category for category in self.categories if category.key == key), None)

    def categories_named(self, name: str) -> tuple[Category, ...]:
        """List the categories somebody may mean: of that name, else begun like it, else with an alias begun so."""
        sought = name.casefold()
        every = self.categories
        exact = tuple(each for each in every if sought in each.names)
        begun = tuple(each for each in every if any(own.startswith(sought) for own in each.names[:2]))
        return exact or begun or tuple(each for each in every if any(n.startswith(sought) for n in each.names))

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        names = [name for category in self.categories for name in dict.fromkeys(category.names)]
        if again := twice([*names, *(f"feeling {feeling.key}" for feeling in self.feelings)]):
            raise ValueError(f"the name {again[0]} is given to two of them; each needs its own")
        return self
