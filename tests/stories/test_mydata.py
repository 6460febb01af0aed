"""Stories of one's own data: what is kept, all of it as a file, and deleting what may be deleted."""

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from sqlmodel import SQLModel

from handlers.mydata import parcel
from playbook.sorry import Sorry
from storage import trail
from storage.growth_tables import RateReview
from storage.outward_tables import Erasure
from storage.path_tables import Introduction, Topic
from storage.rhythm_tables import PrivateNote
from storage.tables import Blocker, Contractor, LogEntry, Timer
from storage.trust_tables import Audit
from storage.vault import Vault, new_key
from tests.world import World, words


async def keep(world: World, *rows: SQLModel) -> None:
    """Keep rows that other stories tell how to make."""
    async with world.bot.database.team(world.bot.team_id) as team:
        for row in rows:
            team.add(row)


async def kept(world: World, table: type[SQLModel], **where: str) -> list[SQLModel]:
    """Give the rows of a table with these values."""
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return list(await team.all(team.select(table).filter_by(**where)))


async def unpacked(world: World, who: str) -> dict[str, str]:
    """Open the newest file that somebody was sent: its texts by name."""
    sent = [file for message in await world.sees(who, "@app") for file in message.get("files") or []]
    with zipfile.ZipFile(io.BytesIO(world.sandbox.workspace.cabinet.files[sent[-1]["id"]].data)) as box:
        return {name: box.read(name).decode("utf-8-sig") for name in box.namelist()}


async def page(world: World, who: str) -> str:
    """Open somebody's page, and give its words."""
    await world.types(who, "/circle mydata")
    return words(await world.modal(who) or {})


def wrote(world: World) -> list[SQLModel]:
    """Write down what ana said of a week, her introduction, and a note bruno keeps for himself."""
    ana, team_id, now = world.id("ana"), world.bot.team_id, world.clock.now()
    felt: Any = {"felt": "no", "words": "It felt longer", "heavy": "meetings", "answered_at": now, "shown_at": now}
    hello: Any = {"role": "Designer", "fun_fact": "I juggle", "posted_at": now}
    return [
        Audit(team_id=team_id, user_id=ana, monday=date(2026, 11, 9), **felt),
        Introduction(team_id=team_id, user_id=ana, state="posted", **hello),
        PrivateNote(
            team_id=team_id, meeting_id="m1", author_id=world.id("bruno"), text="Ana seems tired", changed_at=now
        ),
    ]


async def test_the_page_counts_what_is_kept_and_says_who_looked(world: World) -> None:
    assert "Nobody else looked" in await page(world, "ana")
    await world.types("ana", "/log 2h review")
    await world.types("bruno", "/contractor kpi @ana")
    await world.types("bruno", "/contractor kpi @ana")
    await world.types("bruno", "/contractor audit @ana")
    shown = await page(world, "ana")
    assert "Logged time and days off: *1*" in shown
    assert "3 looks at something of yours in the last 30 days" in shown
    assert f"<@{world.id('bruno')}> (your manager) at your KPIs, 2 times" in shown
    assert "at your weekly audit, once" in shown
    assert "Nobody else looked" in await page(world, "bruno")
    await world.types("jun", "mydata", "@app")
    assert "what I keep about you" in await world.last("jun", "@app")
    await world.press("jun", "mydata.open", "@app")
    assert "Your account, settings" in words(await world.modal("jun") or {})


async def test_everything_comes_as_a_file_with_nobody_elses_words(world: World) -> None:
    await keep(world, *wrote(world))
    await world.types("ana", "/log 2h =HYPERLINK(1) review")
    await world.types("jun", "3h secret of jun", "@app")
    await page(world, "ana")
    await world.press("ana", "mydata.send")
    files = await unpacked(world, "ana")
    assert {"README.txt", "index.html", "people.csv", "csv/log_entry.csv", "json/audit.json"} <= set(files)
    (entry,) = json.loads(files["json/log_entry.json"])
    assert entry["minutes"] == 120
    assert ",=HYPERLINK" not in files["csv/log_entry.csv"]
    assert json.loads(files["json/audit.json"])[0]["words"] == "It felt longer"
    everything = "\n".join(files.values())
    assert "seems tired" not in everything
    assert "secret of jun" not in everything
    assert "private_note_by_me" in files["README.txt"]
    await page(world, "bruno")
    await world.press("bruno", "mydata.send")
    files = await unpacked(world, "bruno")
    assert "seems tired" in files["json/private_note_by_me.json"]
    assert "It felt longer" not in "\n".join(files.values())
    assert ["contractor", "manager_id", world.id("ana")] in [
        line.split(",")[:3] for line in files["csv/what_you_did.csv"].splitlines()
    ]
    looks = [line for line in await kept_looks(world) if line == "file.mydata"]
    assert len(looks) == 2


async def test_what_is_sealed_of_a_rate_review_is_opened_for_whoever_may_have_it(world: World) -> None:
    vault, now = world.bot.workshop.vault, world.clock.now()
    words = {"invite_words": vault.seal('"Let us talk"'), "prepared": vault.seal('{"wish": "More design"}')}
    mine: Any = {"team_id": world.bot.team_id, "user_id": world.id("ana"), "invited_at": now, "opened_at": now, **words}
    gone = Vault([new_key()]).seal('"Nobody reads this"')
    await keep(
        world,
        RateReview(**mine, due_on=date(2026, 11, 20), sealed=vault.seal('{"before": "1200"}')),
        RateReview(**mine | {"invite_words": gone}, due_on=date(2026, 5, 20)),
    )
    await page(world, "ana")
    await world.press("ana", "mydata.send")
    files = await unpacked(world, "ana")
    rows = {row["due_on"]: row for row in json.loads(files["json/rate_review.json"])}
    assert (rows["2026-11-20"]["invite_words"], rows["2026-11-20"]["prepared"]) == ("Let us talk", "More design")
    assert rows["2026-05-20"]["invite_words"] == "sealed with a key that is gone"
    assert "1200" not in "".join(files.values())


async def kept_looks(world: World) -> list[str]:
    """Name every look in the audit log."""
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return [row.what for row in await trail.rows(team, trail.Filter(only="looks"), 100)]


async def test_a_contractor_deletes_words_at_once_and_the_rest_at_the_end(world: World) -> None:
    ana = world.id("ana")
    await keep(world, *wrote(world))
    await world.types("ana", "/log 2h review")
    await world.types("ana", "/log start design")
    await world.types("ana", "/blocker waiting for my secret key")
    await page(world, "ana")
    await world.press("ana", "mydata.delete")
    asked = words(await world.modal("ana") or {})
    assert "What stays, and why" in asked
    assert "the law makes the company keep it" in asked
    answer = await world.submit("ana", word="yes")
    assert "DELETE" in answer["errors"]["word"]
    assert len(await kept(world, Audit, felt="no")) == 1
    await world.submit("ana", word="delete")
    assert "The rest goes by itself" in words(await world.modal("ana") or {})
    (audit,) = await kept(world, Audit, user_id=ana)
    (hello,) = await kept(world, Introduction, user_id=ana)
    (blocker,) = await kept(world, Blocker, user_id=ana)
    assert isinstance(audit, Audit)
    assert isinstance(hello, Introduction)
    assert isinstance(blocker, Blocker)
    assert (audit.felt, audit.words, hello.fun_fact) == ("", "", "")
    assert blocker.text == "waiting for my secret key", "what is open stays until it is solved"
    assert len(await kept(world, LogEntry, user_id=ana)) == len(await kept(world, Timer, user_id=ana)) == 1
    assert len(await kept(world, PrivateNote)) == 1, "what bruno wrote for himself is his"
    await world.wakes("bruno")
    assert any("asked me to delete their personal data" in text for text in await world.reads("bruno"))
    async with world.bot.database.team(world.bot.team_id) as team:
        place = await team.get(Contractor, user_id=ana)
        assert place is not None
        place.ended_at, place.ended_by = world.clock.now(), world.id("bruno")
    await world.until("2026-11-24T03:30")
    (erasure,) = await kept(world, Erasure)
    assert isinstance(erasure, Erasure)
    assert erasure.done_at is not None
    assert {one["why"] for one in erasure.kept} >= {"accounts", "security", "slack"}
    assert await kept(world, Timer) == []
    (blocker,) = await kept(world, Blocker, user_id=ana)
    assert isinstance(blocker, Blocker)
    assert blocker.text == "(deleted on request)"
    assert len(await kept(world, LogEntry, user_id=ana)) == 1
    await world.wakes("ana")
    assert any("what you had asked me to delete is gone now" in text for text in await world.reads("ana"))


async def test_somebody_who_is_no_contractor_has_data_too(world: World) -> None:
    lena, now = world.id("lena"), world.clock.now()
    line = {"key": "brand", "topic": "Brand", "user_id": lena, "note": "mornings", "changed_by": lena}
    await keep(world, Topic(team_id=world.bot.team_id, changed_at=now, **line))
    assert "Who's Who, lexicon, wiki, shown work, channels: *" in await page(world, "lena")
    await world.press("lena", "mydata.send")
    assert "mornings" in (await unpacked(world, "lena"))["json/topic.json"]
    await page(world, "lena")
    await world.press("lena", "mydata.delete")
    assert "You work here" not in words(await world.modal("lena") or {})
    await world.submit("lena", word='"Delete"')
    assert await kept(world, Topic, user_id=lena) == []
    (erasure,) = await kept(world, Erasure, user_id=lena)
    assert isinstance(erasure, Erasure)
    assert erasure.done_at == now
    assert "What could be deleted was deleted" in await page(world, "lena")
    assert not any("asked me to delete" in text for text in await world.reads("bruno"))


async def test_whoever_has_left_gets_no_file(world: World) -> None:
    await world.bot.directory.meet(world.bot.team_id, [world.id("tomas")])
    async with world.bot.database.team(world.bot.team_id) as team:
        with pytest.raises(Sorry, match="not active"):
            await parcel(world.bot.workshop.desk(team), world.id("tomas"), "")
