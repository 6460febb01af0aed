"""A parting at its largest: sixty tools, forty things to hand over, and the longest names, within Slack's limits."""

import json
from datetime import UTC, date, datetime

from blocks import access_close, offboarding, offboarding_letter
from blocks.access_close import Leaver
from blocks.offboarding import Parting
from playbook.access import Closing
from playbook.load import load
from sandbox.blockkit import check_blocks
from storage.growth_tables import Handover, Offboarding
from tests.said import said

access_close = said(access_close)
offboarding = said(offboarding)
offboarding_letter = said(offboarding_letter)
load = said(load)

LONG = "Maximiliane <!here> & Alexandra " * 20
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MOST_CHARACTERS = 13_200
BOOK = load()


def parting() -> Parting:
    row = Offboarding(
        id="o", team_id="T", user_id="U1", last_on=date(2026, 12, 4), began_at=NOW, began_by="U2", door=LONG[:300],
        thanks=LONG[:600], thanks_to="project",
    )  # fmt: skip
    items = [
        Handover(
            id=f"h{at}", team_id="T", offboarding_id="o", user_id="U1", words=LONG[:200], to_id="U3", made_at=NOW,
            made_by="U2", link=f"https://example.com/{'x' * 380}", given_at=NOW if at % 2 else None,
        )
        for at in range(BOOK.offboarding.most_items)
    ]  # fmt: skip
    return Parting(row, LONG[:80], "UTC", NOW, items, tools())


def tools() -> list[Closing]:
    link = f"https://example.com/{'x' * 250}"
    return [Closing(f"t{at}", LONG[:80], link, critical=at < 9, opened=at % 7 > 0) for at in range(70)]


def test_every_message_and_page_holds_the_most_there_can_be() -> None:
    leaver, whole, most = Leaver("U1", date(2026, 12, 4), instead=True), parting(), BOOK.offboarding.shown_tools
    drawn = (
        access_close.card(leaver, tools(), most),
        access_close.reminder(leaver, tools(), most),
        access_close.for_manager(Leaver("U1", date(2026, 12, 4), ended=True), tools()),
        offboarding_letter.told(whole, "U2"),
        offboarding_letter.morning(whole),
        offboarding_letter.summary(whole, 3),
        offboarding_letter.thanks(whole.row, "U2"),
    )
    for text, blocks in drawn:
        assert check_blocks(blocks, "message") == []
        assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS, text
        assert "<!here>" not in text + json.dumps(
            [one for one in blocks if one["type"] == "section" and "accessory" not in one]
        )
    for view in (
        offboarding.page(whole, "", leads=True, own=False),
        access_close.page(leaver, tools(), closes=True),
    ):
        assert check_blocks(view["blocks"], "modal") == []


def test_a_tool_that_nobody_noted_as_open_is_named_and_can_be_closed() -> None:
    unknown = [Closing("t1", "Figma", opened=False)]
    _, blocks = access_close.card(Leaver("U1", date(2026, 12, 4)), unknown, 15)
    assert "Worth a look all the same: Figma" in json.dumps(blocks)
    assert access_close.CLOSED in json.dumps(access_close.page(Leaver("U1", date(2026, 12, 4)), unknown, closes=True))
