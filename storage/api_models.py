"""What the API tells, field by field: ids, names, numbers, times and states; no notes, rates, moods or words."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from playbook.checklist import SOMEDAY
from playbook.tongue import ENGLISH, say


class Told(BaseModel):
    """A record as it is told, made from the columns of the same names."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class Contractor(Told):
    """A person on the path, and who is around them (ids of people in Slack)."""

    id: str = Field(description="The id of the person in Slack")
    name: str
    role: str
    project: str
    manager_id: str
    owner_id: str
    lead_id: str
    operations_id: str
    buddy_id: str
    zone: str = Field(description="The time zone in which they live, such as Europe/Madrid")
    start_date: date
    weekly_minutes: int
    weekdays: list[int] = Field(description="The days they work, 0 for Monday")
    paused_at: datetime | None
    ended_at: datetime | None

    @field_validator("weekdays", mode="before")
    @classmethod
    def split(cls, value: Any) -> Any:
        """Take the days as they are kept: numbers separated by commas."""
        return [int(day) for day in value.split(",") if day] if isinstance(value, str) else value


class LogEntry(Told):
    """Time that somebody logged on a day of their own calendar; what was taken back is not told."""

    id: str
    contractor_id: str
    day: date
    minutes: int
    starts_at: datetime | None
    ends_at: datetime | None
    project: str
    category: str
    created_at: datetime
    changed_at: datetime


class Blocker(Told):
    """Something that kept a contractor from working, and how far it has come; not what it says."""

    id: str
    number: int
    contractor_id: str
    kind: str
    impact: str
    state: str
    helper_id: str
    since: datetime
    created_at: datetime
    seen_at: datetime | None
    taken_at: datetime | None
    resolved_at: datetime | None


class ChecklistItem(Told):
    """One item of a contractor's checklist; `due` is null for what is put off without a day."""

    id: str
    contractor_id: str
    key: str
    phase: str
    owner: str
    day: int
    due: date | None
    state: Literal["todo", "done", "na"]
    done_at: datetime | None
    done_by: str

    @field_validator("due")
    @classmethod
    def someday(cls, value: date | None) -> date | None:
        """Tell of no day where none is meant."""
        return None if value == SOMEDAY else value


class Measure(Told):
    """One KPI of a version: its key, and its target if it has one (`at_most` where less is better)."""

    key: str
    target: float | None
    at_most: bool
    unit: str
    counts: bool = Field(description="False for one that was left out")


class KpiVersion(Told):
    """One dated version of a contractor's KPIs."""

    id: str
    contractor_id: str
    version: int
    state: Literal["proposed", "discussed", "agreed", "replaced"]
    proposed_at: datetime
    answered_at: datetime | None
    measures: list[Measure]

    @field_validator("measures", mode="before")
    @classmethod
    def from_rows(cls, value: Any) -> Any:
        """Take the rows as they are kept, without their words."""
        return [
            {
                "key": row["key"],
                "target": row.get("target"),
                "at_most": row.get("most", False),
                "unit": say(row.get("unit", ""), ENGLISH),
                "counts": row.get("on", True),
            }
            for row in value
        ]


class KpiResult(Told):
    """What was reached of one KPI in one week; `value` is null where it was told in words."""

    contractor_id: str
    monday: date
    key: str
    value: float | None
    confirmed_at: datetime | None

    @field_validator("value", mode="before")
    @classmethod
    def number(cls, value: Any) -> Any:
        """Take a number as people write it; anything else is words."""
        try:
            return float(str(value).replace(",", "."))
        except ValueError:
            return None


class Review(Told):
    """A quarterly review: its dates and how far it has come; no answers."""

    id: str
    contractor_id: str
    number: int
    due_on: date
    state: Literal["open", "shared", "agreed", "closed"]
    opened_at: datetime
    shared_at: datetime | None
    agreed_at: datetime | None
    closed_at: datetime | None


class Problem(Told):
    """Why there is no answer (RFC 9457)."""

    type: Literal["about:blank"] = "about:blank"
    title: str
    status: int
    detail: str
