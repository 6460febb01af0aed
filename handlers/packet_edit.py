"""Writing the packet: its parts, the texts with a preview, the goals of one contractor, and the Toolbox."""

from collections.abc import Mapping
from dataclasses import replace

from blocks import kit
from blocks import packet as draw
from blocks import packet_edit as forms
from blocks.packet import Spot, changed_meanwhile, fingerprint
from blocks.packet_page import paragraphs, parts, tool_line
from handlers.contract import Call, Desk, FixFields, Kind, OpenModal, PushModal, ReplaceModal, Reply, Route, memo, soon
from handlers.path import actor, may_about
from handlers.who import asker
from playbook.packet import NORTH_STAR, TOOLBOX
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import ENGLISH, phrase, say
from playbook.words import clean
from storage import packet as store
from storage.packet import EVERYBODY, Contents
from storage.path import travellers
from storage.path_tables import Tool
from storage.tables import Person

LIST = "list"
NOT_YOURS = phrase(
    "Managers of contractors and admins write the welcome packet. Tell them what you would like to read in it."
)
NOT_THEIRS = phrase("I find nobody by that name on the path with you. `/contractor` lists who is.")
MEANWHILE = phrase("Somebody changed this while you were writing. It reads now:")
MOST_LINK = 200


async def may_change(desk: Desk, person: Person) -> bool:
    """Tell whether somebody may write the packet."""
    return may(Action.PACKET_CHANGE, await actor(desk, person))


async def _editor(call: Call, desk: Desk, user_id: str) -> Contents:
    """Give what is edited to somebody who may; the goals of a contractor only to those who lead them."""
    who = await asker(call, desk)
    if not await may_change(desk, who.person):
        raise Sorry(NOT_YOURS)
    traveller = (await travellers(desk.team, [user_id], paused=True)).get(user_id) if user_id else None
    if user_id and (traveller is None or not await may_about(desk, Action.PACKET_SEND, who.person, traveller.place)):
        raise Sorry(NOT_THEIRS)
    await desk.team.session.flush()
    return await store.gather(desk.team, traveller)


def _memo(call: Call, user_id: str, seen: str = "", key: str = "") -> str:
    return memo(call.memo_channel, Spot(LIST, user_id, seen, key).record)


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the parts of the packet, with the goals of one contractor where it is about one."""
    contents = await _editor(call, desk, call.value)
    where = memo("" if call.view_id else call.channel_id, Spot(LIST, call.value).record)
    return OpenModal(view=forms.menu(contents, desk.playbook.packet, where))


async def menu(call: Call, desk: Desk) -> Reply:
    """Go back to all parts."""
    user_id = Spot.read(call.memo_record).user_id
    contents = await _editor(call, desk, user_id)
    return ReplaceModal(view=forms.menu(contents, desk.playbook.packet, _memo(call, user_id)))


# Texts ------------------------------------------------------------------------------------------


async def part(call: Call, desk: Desk) -> Reply:
    """Show the form of a part's texts."""
    user_id, book = Spot.read(call.memo_record).user_id, desk.playbook.packet
    contents = await _editor(call, desk, user_id)
    values = forms.texts_of(call.value, contents, book)
    if not values or (call.value == forms.GOALS_PART and not user_id):
        raise Sorry(phrase("This part cannot be opened here. Open `/contractor packet` once more."))
    where = _memo(call, user_id, fingerprint(*values.values()), call.value)
    return ReplaceModal(view=forms.text_form(call.value, values, book, (), where))


def _typed(call: Call, spot: Spot, desk: Desk) -> dict[str, str]:
    return {name: clean(call.one(name)) for name in forms.names(spot.key, desk.playbook.packet)}


async def texts_saved(call: Call, desk: Desk) -> Reply:
    """Keep the texts of a part, unless somebody else changed them meanwhile."""
    spot, book = Spot.read(call.memo_record), desk.playbook.packet
    contents = await _editor(call, desk, spot.user_id)
    typed, now = _typed(call, spot, desk), forms.texts_of(spot.key, contents, book)
    most = book.limits.goal if spot.key == forms.GOALS_PART else book.limits.text
    errors = {
        name: phrase("That is {text} characters; {most} fit.", text=len(text), most=most)
        for name, text in typed.items()
        if len(text) > most
    }
    if errors or not typed:
        return FixFields(errors=errors)
    if fingerprint(*now.values()) != spot.seen and typed != now:
        return await _both(call, desk, spot, typed, now)
    whose = spot.user_id if spot.key == forms.GOALS_PART else EVERYBODY
    changed = {name: text for name, text in typed.items() if text != now[name]}
    if changed:
        await store.keep_texts(desk.team, whose, changed, call.user_id, desk.now)
        await soon(desk, ("home.redraw", call.user_id))
    contents = await _editor(call, desk, spot.user_id)
    done = (
        phrase("Saved. Every packet that is opened from now on shows it.")
        if changed
        else phrase("Nothing had changed.")
    )
    return ReplaceModal(view=forms.menu(contents, book, _memo(call, spot.user_id), done))


async def _both(call: Call, desk: Desk, spot: Spot, typed: Mapping[str, str], now: Mapping[str, str]) -> Reply:
    """Show what somebody else wrote meanwhile above what was typed; saving once more puts it in its place."""
    rows = await store.texts(desk.team, spot.user_id)
    theirs = [name for name, text in now.items() if text != typed[name] and name in rows]
    note = []
    for name in theirs:
        reads = "\n".join(phrase("&gt; {line}", line=line) for line in paragraphs(now[name])) or phrase("&gt; (empty)")
        note.append(kit.clean(changed_meanwhile(rows[name].changed_by, rows[name].changed_at, reads)))
    where = _memo(call, spot.user_id, fingerprint(*now.values()), spot.key)
    return ReplaceModal(view=forms.text_form(spot.key, typed, desk.playbook.packet, note, where))


async def previewed(call: Call, desk: Desk) -> Reply:
    """Show a page with what was typed, before it is saved."""
    spot, book = Spot.read(call.memo_record), desk.playbook.packet
    contents = await _editor(call, desk, spot.user_id)
    page = NORTH_STAR if spot.key == forms.GOALS_PART else spot.key
    shown = replace(contents, texts={**contents.texts, **_typed(call, spot, desk)})
    drawn = [block for one in parts(page, shown, book) for block in one]
    return PushModal(view=draw.preview(book.page(page).title, drawn))


# The Toolbox ------------------------------------------------------------------------------------


async def tools(call: Call, desk: Desk) -> Reply:
    """Show the Toolbox with what can be changed."""
    return await _tools(call, desk, int(call.value) if call.value.isdecimal() else 0)


async def _tools(call: Call, desk: Desk, page: int = 0) -> Reply:
    user_id = Spot.read(call.memo_record).user_id
    contents = await _editor(call, desk, user_id)
    return ReplaceModal(view=forms.tools(contents.tools, page, _memo(call, user_id)))


async def suggest(call: Call, desk: Desk) -> Reply:
    """Begin the Toolbox with the usual kinds of tools."""
    await _editor(call, desk, "")
    fresh = [Tool(team_id=desk.team.team_id, **one.model_dump()) for one in desk.playbook.packet.tools]
    await store.add_tools(desk.team, fresh)
    return await _changed_tools(call, desk)


async def _changed_tools(call: Call, desk: Desk) -> Reply:
    """Show the Toolbox as it is now, and let everybody's access follow it."""
    await soon(desk, ("access.toolbox", "all"))
    return await _tools(call, desk)


def _seen(tool: Tool) -> str:
    return fingerprint(tool.name, tool.purpose, tool.how, tool.link, str(tool.critical))


async def tool(call: Call, desk: Desk) -> Reply:
    """Show the form of a tool in the place of the list."""
    user_id = Spot.read(call.memo_record).user_id
    await _editor(call, desk, user_id)
    row = await store.tool(desk.team, call.value) if call.value else None
    where = _memo(call, user_id, _seen(row) if row else "", row.id if row else "")
    return ReplaceModal(view=forms.tool_form(row, (), where, row.id if row else ""))


def _tool_typed(call: Call, desk: Desk) -> Tool:
    name, purpose = (" ".join(clean(call.one(field)).split()) for field in ("name", "purpose"))
    critical = forms.CRITICAL in call.many("security")
    how, link = clean(call.one("how")), clean(call.one("link"))
    return Tool(team_id=desk.team.team_id, name=name, purpose=purpose, how=how, link=link, critical=critical)


async def tool_saved(call: Call, desk: Desk) -> Reply:
    """Keep a tool, unless somebody else changed it meanwhile."""
    spot, typed = Spot.read(call.memo_record), _tool_typed(call, desk)
    contents = await _editor(call, desk, spot.user_id)
    if errors := _wrong(typed, contents, spot.key, desk):
        return FixFields(errors=errors)
    row = await store.tool(desk.team, spot.key) if spot.key else None
    if row is not None and _seen(row) != spot.seen and _seen(row) != _seen(typed):
        note = phrase(
            "{meanwhile}\n{row}\nSave once more to put yours in its place.", meanwhile=MEANWHILE, row=tool_line(row)
        )
        return ReplaceModal(view=forms.tool_form(typed, (note,), _memo(call, spot.user_id, _seen(row), row.id), row.id))
    if row is None:
        await store.add_tools(desk.team, [typed])
    else:
        for name in ("name", "purpose", "how", "link", "critical"):
            setattr(row, name, getattr(typed, name))
    return await _changed_tools(call, desk)


def _wrong(typed: Tool, contents: Contents, tool_id: str, desk: Desk) -> dict[str, str]:
    limits = desk.playbook.packet.limits
    most = {"name": limits.tool_name, "purpose": limits.tool_purpose, "how": limits.tool_how}
    errors = {
        name: phrase("Please write between 1 and {length} characters.", length=length)
        for name, length in most.items()
        if not 0 < len(getattr(typed, name)) <= length
    }
    others = {say(one.name, ENGLISH).casefold() for one in contents.tools if one.id != tool_id}
    if typed.name.casefold() in others:
        errors["name"] = phrase("A tool with this name is in the Toolbox already. Close this and edit that one.")
    if not tool_id and len(contents.tools) >= limits.tools:
        errors["name"] = phrase("The Toolbox holds {tools} tools. Remove one first.", tools=limits.tools)
    if typed.link and (not typed.link.startswith(("https://", "http://")) or len(typed.link) > MOST_LINK):
        errors["link"] = phrase(
            "Write an address that starts with https:// and has at most {most_link} characters.", most_link=MOST_LINK
        )
    return errors


async def tool_removed(call: Call, desk: Desk) -> Reply:
    """Take a tool out of the Toolbox."""
    await _editor(call, desk, "")
    await store.remove_tool(desk.team, call.value)
    return await _changed_tools(call, desk)


async def tool_previewed(call: Call, desk: Desk) -> Reply:
    """Show the Toolbox with what was typed, before it is saved."""
    spot, typed = Spot.read(call.memo_record), _tool_typed(call, desk)
    contents = await _editor(call, desk, spot.user_id)
    book, rest = desk.playbook.packet, [one for one in contents.tools if one.id != spot.key]
    at = next((place for place, one in enumerate(contents.tools) if one.id == spot.key), len(rest))
    drawn = parts(TOOLBOX, replace(contents, tools=[*rest[:at], typed, *rest[at:]]), book)
    line = tool_line(typed)
    shown = next((one for one in drawn if any(line in block["text"]["text"] for block in one)), drawn[0])
    return PushModal(view=draw.preview(book.page(TOOLBOX).title, shown))


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.EDIT, opened, opens=True),
    Route(Kind.ACTION, draw.MENU, menu),
    Route(Kind.ACTION, forms.PART, part),
    Route(Kind.ACTION, forms.PREVIEW, previewed, opens=True),
    *(Route(Kind.ACTION, name, tools) for name in (forms.TOOLS, forms.TOOLS_BACK, forms.TOOLS_NEXT)),
    *(Route(Kind.ACTION, name, tool) for name in (forms.TOOL, forms.TOOL_NEW)),
    Route(Kind.ACTION, forms.SUGGEST, suggest),
    Route(Kind.ACTION, forms.TOOL_REMOVE, tool_removed),
    Route(Kind.ACTION, forms.TOOL_PREVIEW, tool_previewed, opens=True),
    Route(Kind.FORM, forms.TEXT_FORM, texts_saved),
    Route(Kind.FORM, forms.TOOL_FORM, tool_saved),
)
