"""Own data: the groups in which people see what is kept of them, and the reasons for which something stays."""

from collections.abc import Mapping

from pydantic import field_validator

from playbook.page import Page

GROUPS = ("time", "blockers", "path", "goals", "talks", "growth", "shared", "messages", "account")
ACCOUNTS, RECORD, SECURITY, SHARED, NEEDED, SLACK = ("accounts", "record", "security", "shared", "needed", "slack")
REASONS = (ACCOUNTS, RECORD, SECURITY, SHARED, NEEDED, SLACK)


class MydataBook(Page):
    """The word that confirms, the groups' names, and why things stay."""

    word: str
    most_rows: int
    groups: Mapping[str, str]
    reasons: Mapping[str, str]

    @field_validator("groups")
    @classmethod
    def _all_groups(cls, groups: Mapping[str, str]) -> Mapping[str, str]:
        if list(groups) != list(GROUPS):
            raise ValueError(f"its keys must be {', '.join(GROUPS)}, in this order")
        return groups

    @field_validator("reasons")
    @classmethod
    def _all_reasons(cls, reasons: Mapping[str, str]) -> Mapping[str, str]:
        if sorted(reasons) != sorted(REASONS):
            raise ValueError(f"its keys must be {', '.join(REASONS)}")
        return reasons

    def confirms(self, typed: str) -> bool:
        """Say whether the word that confirms was typed, however it was written."""
        return typed.strip().strip("\"'.").casefold() == self.word.casefold()
