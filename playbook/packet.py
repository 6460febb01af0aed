"""The welcome packet: its five pages, what is written on them until a workspace writes its own, and how much fits."""

from datetime import time

from pydantic import field_validator

from playbook.page import Page, twice

NORTH_STAR, MAP, TOOLBOX, RULES, LEXICON = "north_star", "map", "toolbox", "rules", "lexicon"
PAGES = (NORTH_STAR, MAP, TOOLBOX, RULES, LEXICON)
MISSION, AUDIENCE, OWN_RULES = "mission", "audience", "own_rules"
GOALS = ("goal_1", "goal_2", "goal_3")
MOST_RULES = 5


class PacketLimits(Page):
    """How many characters fit, and how many tools."""

    text: int
    goal: int
    tool_name: int
    tool_purpose: int
    tool_how: int
    tools: int


class PageTitle(Page):
    """What a page is called, and in one line what it is good for."""

    key: str
    title: str
    about: str


class MapRole(Page):
    """Somebody on the Organizational Map: their role, and what to go to them for."""

    role: str
    title: str
    ask: str


class HouseRule(Page):
    """A rule of the house as it stands until somebody changes it."""

    key: str
    title: str
    text: str


class SuggestedTool(Page):
    """A tool that a workspace may begin its Toolbox with."""

    name: str
    purpose: str
    how: str
    critical: bool


class PacketBook(Page):
    """Everything about the packet that people may want to change (guide: Tool: Welcome Packet)."""

    deliver_at: time
    limits: PacketLimits
    pages: tuple[PageTitle, ...]
    map: tuple[MapRole, ...]
    rules: tuple[HouseRule, ...]
    tools: tuple[SuggestedTool, ...]

    @field_validator("pages")
    @classmethod
    def _all_five(cls, pages: tuple[PageTitle, ...]) -> tuple[PageTitle, ...]:
        if tuple(page.key for page in pages) != PAGES:
            raise ValueError(f"the keys must be these, in this order: {', '.join(PAGES)}")
        return pages

    @field_validator("rules")
    @classmethod
    def _fit_one_form(cls, rules: tuple[HouseRule, ...]) -> tuple[HouseRule, ...]:
        again = twice(rule.key for rule in rules)
        if again:
            raise ValueError(f"{', '.join(again)} is there twice")
        if len(rules) > MOST_RULES:
            raise ValueError(f"at most {MOST_RULES} rules fit one form; more can be written into it in Slack")
        return rules

    def page(self, key: str) -> PageTitle:
        """Give a page by its key; raises KeyError."""
        return {page.key: page for page in self.pages}[key]


def rule_name(key: str) -> str:
    """Name the text in which a workspace keeps its own words for a rule."""
    return f"rule_{key}"


def first_not_got(got: frozenset[str]) -> str:
    """Name the page to open at: the first that was not got yet, the very first when all were."""
    return next((page for page in PAGES if page not in got), PAGES[0])


def neighbours(page: str) -> tuple[str, str]:
    """Name the page before and the page after, "" where there is none."""
    at = PAGES.index(page)
    return PAGES[at - 1] if at else "", PAGES[at + 1] if at + 1 < len(PAGES) else ""
