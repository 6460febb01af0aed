"""Loading the playbook: every page read strictly, every complaint at once."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from playbook.access import AccessBook
from playbook.api import ApiBook
from playbook.audit import AuditBook
from playbook.blocker import BlockerBook
from playbook.buddy import BuddyBook
from playbook.calendar import CalendarBook
from playbook.checklist import ChecklistBook
from playbook.contractor import ContractorBook
from playbook.digest import DigestBook
from playbook.export import ExportBook
from playbook.flag import FlagBook
from playbook.golden import GoldenBook
from playbook.health import HealthBook
from playbook.introduction import IntroductionBook
from playbook.kpi import KpiBook
from playbook.ladder import LadderBook
from playbook.learn import LearnBook
from playbook.log_book import LogBook
from playbook.mydata import MydataBook
from playbook.nudge import NudgeBook
from playbook.offboarding import OffboardingBook
from playbook.oneonone import OneOnOneBook
from playbook.ooo import OooBook
from playbook.packet import PacketBook
from playbook.page import Page
from playbook.path import PathBook
from playbook.purpose import PurposeBook
from playbook.quiet import QuietBook
from playbook.rate import RateBook
from playbook.report import ReportBook
from playbook.retention import RetentionBook
from playbook.review import ReviewBook
from playbook.show import ShowBook
from playbook.sprint import SprintBook
from playbook.timesheet import TimesheetBook
from playbook.tongue import phrase
from playbook.trail import TrailBook
from playbook.webhook import WebhookBook
from playbook.whois import WhoisBook
from playbook.wiki import WikiBook
from playbook.worklog import WorklogBook
from playbook.workspace import WorkspaceBook


class Playbook(Page):
    """The guide as data: one page for each noun."""

    log: LogBook
    blocker: BlockerBook
    digest: DigestBook
    contractor: ContractorBook
    path: PathBook
    nudge: NudgeBook
    golden: GoldenBook
    quiet: QuietBook
    oneonone: OneOnOneBook
    offboarding: OffboardingBook
    audit: AuditBook
    ooo: OooBook
    access: AccessBook
    packet: PacketBook
    whois: WhoisBook
    show: ShowBook
    purpose: PurposeBook
    sprint: SprintBook
    wiki: WikiBook
    kpi: KpiBook
    checklist: ChecklistBook
    introduction: IntroductionBook
    buddy: BuddyBook
    calendar: CalendarBook
    workspace: WorkspaceBook
    worklog: WorklogBook
    health: HealthBook
    flag: FlagBook
    export: ExportBook
    timesheet: TimesheetBook
    learn: LearnBook
    ladder: LadderBook
    rate: RateBook
    trail: TrailBook
    retention: RetentionBook
    mydata: MydataBook
    webhook: WebhookBook
    api: ApiBook
    review: ReviewBook
    report: ReportBook


class BadPlaybook(ValueError):
    """The playbook's files cannot be used; `complaints` has one sentence for each thing to correct."""

    def __init__(self, complaints: tuple[str, ...]) -> None:
        super().__init__("\n".join(complaints))
        self.complaints = complaints


# What is read by people is a sentence or a name; lists of words are what people type.
SENTENCE = re.compile(r"^[^\W\d_]\w* |^[A-Z][a-z]|\w\W* \w")
LISTED = "an item of a list"
SAID = frozenset(("nouns", "label", "unit"))  # whatever is under these is read by people, be it one word
UNREAD = frozenset((LISTED, "key", "term", "zone", "url", "link", "site"))
REASONS: Mapping[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is not a key I know; check its spelling or take it out",
}


def load(folder: Path | None = None) -> Playbook:
    """Read the pages (`log.toml` and so on) from a folder, by default our own; raises BadPlaybook."""
    home = folder or Path(__file__).parent
    complaints = [f"{path.name}: is not a page I know." for path in _strangers(home)]
    pages: dict[str, Any] = {}
    for noun in Playbook.model_fields:
        try:
            pages[noun] = _read(home / f"{noun}.toml")
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            complaints.append(_unreadable(noun, error))
    try:
        playbook = Playbook.model_validate(pages)
    except ValidationError as error:
        raise BadPlaybook((*complaints, *_complaints(error, pages))) from None
    if complaints:
        raise BadPlaybook(tuple(complaints))
    return playbook


def _strangers(home: Path) -> list[Path]:
    return sorted(path for path in home.glob("*.toml") if path.stem not in Playbook.model_fields)


def _read(path: Path) -> Any:
    return marked(tomllib.loads(path.read_bytes().decode()))


def marked(value: Any, key: str = "") -> Any:
    """Turn lists into tuples, since the pages are frozen and strict, and mark what people read (playbook/tongue.py)."""
    if isinstance(value, list):
        return tuple(marked(item, LISTED) for item in value)
    if isinstance(value, dict):
        return {name: marked(item, key if key in SAID else name) for name, item in value.items()}
    return phrase(value) if isinstance(value, str) and _is_said(value, key) else value


def _is_said(value: str, key: str) -> bool:
    """Tell whether people read this; an address has no blanks, a sentence about one has."""
    if (key in SAID and value) or (key == LISTED and value.endswith("?") and " " in value):
        return True
    return bool(SENTENCE.search(value)) and (key not in UNREAD or (key == "link" and " " in value))


def _unreadable(noun: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"{noun}.toml: is missing."
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"{noun}.toml: cannot be read: {reason}."


def _complaints(error: ValidationError, pages: Mapping[str, Any]) -> list[str]:
    """Say what is wrong in the pages that could be read; the others have had their complaint."""
    wrong = (each for each in error.errors() if each["loc"][0] in pages)
    return [_complaint(each["loc"], each["type"], each["msg"]) for each in wrong]


def _complaint(place: tuple[int | str, ...], kind: str, message: str) -> str:
    noun, *path = place
    name = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    reason = REASONS.get(kind) or f"is not right: {message.removeprefix('Value error, ')}"
    return f"{noun}.toml: {name or 'the page'} {reason}."
