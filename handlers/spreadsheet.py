"""CSV files that people send to the bot: who may, which file is fetched, and whose matter it is by its first line."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from handlers.contract import Call, Desk, Handler, Reply, Sheet, Wanted
from handlers.who import asker
from playbook.file import File
from playbook.sorry import Sorry
from playbook.spreadsheet import lines
from playbook.tongue import phrase

ENDINGS = frozenset({".csv", ".tsv", ".txt"})
LARGEST = 1_000_000
NOT_CSV = phrase(
    "I read one kind of file, CSV, and this is something else. In a spreadsheet it is File, then "
    "Download or Save as, then CSV. These show what belongs into it: {explained}."
)
NOT_READ = phrase("I have not read this file. {why}")
ONE_AT_A_TIME = phrase("Please drop one file at a time, so that each has its own preview.")
TOO_LARGE = phrase("This file is larger than 1 MB. Please send it in parts.")
LOST = phrase("I could not read this file. Please send it once more.")
EMPTY = phrase("This file is empty. These show what belongs into it: {explained}.")
NO_HEADER = phrase(
    "I find no header in this file that I know. Its first line names the columns; these have one to copy: {explained}."
)


def wanted(sheets: Sequence[Sheet]) -> Wanted:
    """Give what names the file to fetch, over the kinds of files there are."""

    async def one(call: Call, desk: Desk) -> Sequence[str]:
        """Name the one CSV of somebody who may send any kind of them; anything else stays unread."""
        sent = _sent(call)
        if call.event.get("channel_type") != "im" or len(sent) != 1 or not _is_csv(sent[0]) or _size(sent[0]) > LARGEST:
            return ()
        return (str(sent[0].get("id")),) if await _theirs(call, desk, sheets) else ()

    return one


def dropped(sheets: Sequence[Sheet]) -> Handler:
    """Give the handler of files that were dropped into the bot's DM, over the kinds of files there are."""

    async def file(call: Call, desk: Desk) -> Reply:
        """Hand a file to the noun whose it is, or say what keeps it from being read."""
        await asker(call, desk)
        sent, theirs = _sent(call), await _theirs(call, desk, sheets)
        if not any(_is_csv(one) for one in sent):
            raise Sorry(NOT_CSV.format(explained=_commands(theirs or sheets)))
        if not theirs:
            raise Sorry(NOT_READ.format(why=await sheets[-1].refusal(call, desk)))
        if len(sent) > 1:
            raise Sorry(ONE_AT_A_TIME)
        if _size(sent[0]) > LARGEST:
            raise Sorry(TOO_LARGE)
        read = next(iter(call.files), File("", problem=LOST))
        if read.problem:
            raise Sorry(read.problem)
        return await _meant(read, sheets, theirs, call, desk)

    return file


async def _meant(read: File, sheets: Sequence[Sheet], theirs: Sequence[Sheet], call: Call, desk: Desk) -> Reply:
    found = lines(read.text)
    if not found:
        raise Sorry(EMPTY.format(explained=_commands(theirs)))
    fitting = next((one for one in sheets if one.fits(found[0][1], desk)), None)
    if fitting is None:
        raise Sorry(NO_HEADER.format(explained=_commands(theirs)))
    if fitting not in theirs:
        raise Sorry(await fitting.refusal(call, desk))
    return await fitting.taken(call, desk)


async def _theirs(call: Call, desk: Desk, sheets: Sequence[Sheet]) -> Sequence[Sheet]:
    """Give the kinds that somebody may send."""
    return [one for one in sheets if not await one.refusal(call, desk)]


def _commands(sheets: Sequence[Sheet]) -> str:
    """Name the commands that explain these kinds, each once."""
    return ", ".join(dict.fromkeys(f"`{one.explained}` ({one.what})" for one in sheets))


def _sent(call: Call) -> list[Mapping[str, Any]]:
    return [file for file in call.event.get("files") or () if isinstance(file, Mapping)]


def _is_csv(file: Mapping[str, Any]) -> bool:
    return PurePath(str(file.get("name") or "").casefold()).suffix in ENDINGS or file.get("filetype") == "csv"


def _size(file: Mapping[str, Any]) -> int:
    size = file.get("size")
    return size if isinstance(size, int) else 0
