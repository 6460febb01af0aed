"""The amounts of a rate review: read as people type them, checked, and kept only encrypted."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Self

from playbook.rate import KEPT, RAISED, RateBook
from playbook.tongue import phrase
from playbook.words import fill

PLAIN = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?")
GROUPED = re.compile(r"\d{1,3}(?:([ ,.'\u2019\u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?")
CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True)
class Sealed:
    """What is only kept encrypted about a review: amounts as they are written, and the manager's own words."""

    before: str = ""
    after: str = ""
    currency: str = ""
    unit: str = ""
    words: str = ""

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Self:
        """Read it as it is stored."""
        return cls(**{name: str(value.get(name, "")) for name in cls.__dataclass_fields__})

    def stored(self) -> dict[str, str]:
        """Write it down as it is stored; nothing where nothing was said."""
        return asdict(self) if self.before or self.after or self.words else {}

    def written(self, which: str, book: RateBook) -> str:
        """Write the amount `before` or `after` with its currency and unit; "" without one."""
        amount, unit = getattr(self, which), book.unit(self.unit)
        if not amount:
            return ""
        said = unit.written if unit else "{amount} {currency}"
        return fill(said, amount=amount, currency=self.currency)


def read_amount(text: str) -> Decimal | None:
    """Read an amount such as 45, 45.50, 45,50, 1,200 or 1.200,00; None for what is none."""
    typed = text.strip()
    found = GROUPED.fullmatch(typed)
    if found:
        typed = typed.replace(found[1], "")
    elif not PLAIN.fullmatch(typed):
        return None
    return Decimal(typed.replace(",", ".")).quantize(Decimal("0.01"))


def write_amount(amount: Decimal) -> str:
    """Write an amount: 45, or 45.50."""
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"


def seal(outcome: str, typed: Sealed, book: RateBook) -> tuple[Sealed, dict[str, str]]:
    """Put together what is to be encrypted, and say which fields need another look."""
    amounts = {name: read_amount(getattr(typed, name)) for name in ("before", "after") if getattr(typed, name)}
    wrong = {
        name: phrase("Please write a number, like 45 or 45.50.") for name, amount in amounts.items() if amount is None
    }
    currency, any_amount = typed.currency.strip().upper(), bool(typed.before or typed.after)
    if any_amount and not CURRENCY.fullmatch(currency):
        wrong["currency"] = phrase("Please write the three letters of the currency, like EUR or USD.")
    if any_amount and book.unit(typed.unit) is None:
        wrong["unit"] = phrase("Please say what the amount is for.")
    before, after = amounts.get("before"), amounts.get("after")
    if before is not None and after is not None and (said := _contradicts(outcome, before, after)):
        wrong["after"] = said
    written = {name: write_amount(amount) for name, amount in amounts.items() if amount is not None}
    words = typed.words.strip()[: book.longest_words]
    if not any_amount:
        return Sealed(words=words), wrong
    return Sealed(written.get("before", ""), written.get("after", ""), currency, typed.unit, words), wrong


def _contradicts(outcome: str, before: Decimal, after: Decimal) -> str:
    if outcome == RAISED and after <= before:
        return phrase(
            "You noted that the rate goes up, and this is not more than before. Please check the two amounts."
        )
    if outcome == KEPT and after != before:
        return phrase("You noted that the rate stays as it is, and these two differ. Please check them.")
    return ""
