"""What is private in the story of privacy: words that stand nowhere else, each of its own, and who may read each where."""

import re
from collections.abc import Mapping
from enum import StrEnum

BEGINS = "qzjxqz"  # long enough that no random token holds it
CANARY = re.compile(rf"{BEGINS}([a-z]+)zz(ana|jun|priya)")
MANAGER = {"ana": "bruno", "jun": "bruno", "priya": "lena"}
MOODS = {"ana": "1", "jun": "2", "priya": "5"}
AMOUNTS = {"ana": "4123.75", "jun": "5234.75", "priya": "6345.75"}
AMOUNT = {
    who: re.compile(rf"{amount[0]}[.,'\s\u00a0\u202f]?{amount[1:4]}[.,]{amount[5:]}") for who, amount in AMOUNTS.items()
}
HELPERS = ("lena", "priya")
EVERYBODY = "everybody"
CUT = "a word that was cut"


class At(StrEnum):
    """Where people and programs read."""

    HOME = "Home"
    MESSAGE = "messages"
    PAGE = "answers and pages"
    EXPORT = "an export"
    TIMESHEET = "a timesheet"
    REPORT = "a report"
    MYDATA = "all that is kept about oneself"
    TRAIL = "the audit log"
    CALENDAR = "the calendar"
    API = "the API"
    WEBHOOK = "webhooks"
    LOG = "the bot's log"


ME, BOSS, ADMIN, AROUND = "themselves", "their manager", "an admin", "who helps them"

Places = frozenset[At]
SCREEN = frozenset({At.HOME, At.MESSAGE, At.PAGE})
OWN = SCREEN | {At.MYDATA}
FILES = frozenset({At.EXPORT, At.TIMESHEET})
PAIR: Mapping[str, Places] = {ME: OWN, BOSS: SCREEN}
BY_BOSS: Mapping[str, Places] = {ME: OWN, BOSS: OWN}
LEADING: Mapping[str, Places] = {ME: OWN | FILES, BOSS: SCREEN | FILES, ADMIN: SCREEN | FILES}

# Who may read what, and where. A program that reads the API or hears webhooks, and whoever reads the bot's log or
# somebody's calendar, may read none of it.
WHO: Mapping[str, Mapping[str, Places]] = {
    "lognote": LEADING,
    "timer": {ME: OWN},
    "feel": LEADING,
    "mood": PAIR,
    "slows": PAIR,
    "heavy": PAIR,
    "question": PAIR,
    "strategy": BY_BOSS,
    "privatenote": {BOSS: OWN},
    "audit": PAIR,
    "health": PAIR,
    "flag": PAIR,
    "flagunsaid": {ME: OWN},
    "reviewtheirs": PAIR,
    "reviewours": BY_BOSS,
    "opentheirs": {ME: OWN},
    "openours": {BOSS: OWN},
    "item": PAIR,
    "amount": {BOSS: SCREEN},
    "ratewords": {BOSS: SCREEN},
    "invite": PAIR,
    "prepared": PAIR,
    "course": PAIR,
    "cost": PAIR,
    "benefit": PAIR,
    "reason": PAIR,
    "stage": PAIR,
    "evidence": PAIR,
    "inclusion": PAIR,
    "thanks": LEADING,
    "handover": {**LEADING, AROUND: SCREEN},
    "worklog": PAIR,
    "worklogunsent": {ME: OWN},
    "away": LEADING,
    "kpi": LEADING,
    "kpianswer": LEADING,
    "sprint": PAIR,
    "learned": {**LEADING, AROUND: SCREEN},
    "introduction": {**LEADING, EVERYBODY: frozenset({At.MESSAGE})},
}

BLIND = ("opentheirs", "openours")


def word(kind: str, who: str) -> str:
    """Give the word that stands for something private of somebody, and stands nowhere else."""
    assert kind in WHO
    return f"{BEGINS}{kind}zz{who}"


def feeling(who: str) -> str:
    """Give the key, which is the label as well, of how the days of somebody feel."""
    return word("feel", who)


def secrets(text: str) -> set[tuple[str, str]]:
    """Find what is private in a text: pairs of what it is and whose; a word that was cut is one that nobody may read."""
    found = set(CANARY.findall(text)) | {("amount", who) for who, number in AMOUNT.items() if number.search(text)}
    cut = len(CANARY.findall(text)) < text.count(BEGINS)
    return found | ({(CUT, "somebody")} if cut else set())


def part(who: str, whose: str) -> str:
    """Say what somebody is to a contractor; their name, for whoever is nothing to them."""
    if who == whose:
        return ME
    if who == MANAGER.get(whose):
        return BOSS
    if who == "olivia":
        return ADMIN
    return AROUND if who in HELPERS and whose != "priya" else who
