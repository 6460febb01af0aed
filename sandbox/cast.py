"""The people and channels every new workspace begins with, as data."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["owner", "admin", "member", "multi_guest", "single_guest", "bot", "deactivated"]
KINDS: tuple[Kind, ...] = ("owner", "admin", "member", "multi_guest", "single_guest", "bot", "deactivated")

TEAM_NAME = "Northwind Studio"
TEAM_DOMAIN = "northwind-studio"
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True)
class Person:
    """Somebody in the cast; `id` is given where Slack fixes it, `email` where it is not handle@example.com."""

    handle: str
    real_name: str
    tz: str
    kind: Kind
    title: str
    id: str = ""
    email: str = ""


@dataclass(frozen=True)
class Room:
    """A channel of the cast; `members` are handles, "@app" is the app's bot user."""

    name: str
    members: tuple[str, ...]
    topic: str
    private: bool = False


PEOPLE = (
    Person("ana", "Ana Reis", "America/Sao_Paulo", "multi_guest", "Product designer"),
    Person("jun", "Jun Santos", "Asia/Manila", "single_guest", "QA engineer"),
    Person("bruno", "Bruno Vidal", "Europe/Madrid", "member", "Engineering manager"),
    Person("olivia", "Olivia Park", "America/New_York", "owner", "Operations"),
    Person("lena", "Lena Fischer", "Europe/Berlin", "member", "Technical lead"),
    Person("priya", "Priya Nair", "Asia/Kolkata", "member", "Product owner"),
    Person("noor", "Noor Haddad", "Asia/Beirut", "member", "Account manager"),
    Person("tomas", "Tomas Oliveira", "Europe/Lisbon", "deactivated", "Data analyst"),
    Person("slackbot", "Slackbot", "America/Los_Angeles", "member", "", id=SLACKBOT),
    Person("builds", "Builds", "America/Los_Angeles", "bot", ""),
)

ROOMS = (
    Room(
        "general",
        ("ana", "bruno", "olivia", "lena", "priya", "noor", "builds", "@app"),
        "Company-wide news and work-based matters",
    ),
    Room("acme", ("ana", "jun", "bruno", "lena", "olivia", "priya", "@app"), "The Acme project"),
    Room("random", ("ana", "bruno", "olivia", "lena", "priya", "noor"), "Everything else"),
    Room("leads", ("olivia", "bruno", "lena"), "Leads only", private=True),
)
