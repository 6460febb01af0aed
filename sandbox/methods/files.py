"""Methods about files: showing one, and the two steps in which an app shares one."""

from typing import Any

from sandbox import files
from sandbox.channels import Channel, Message
from sandbox.errors import Refused
from sandbox.files import Upload
from sandbox.methods import content
from sandbox.methods.contract import Call, Json, method, refuse_invalid
from sandbox.methods.rooms import room

LONGEST_ALT = 2000


def info(call: Call) -> Json:
    """Show one file that the caller can see."""
    workspace = call.workspace
    file = workspace.cabinet.files.get(call.text("file"))
    if file is None or not workspace.sees_file(call.token.user, file):
        raise Refused("file_not_found")
    rooms = [one for one in workspace.rooms_of_file(file) if call.token.user in one.members]
    shown = files.whole(file, workspace.file_wire(file), rooms, workspace.team_id)
    return {"file": shown, "comments": [], "response_metadata": {"next_cursor": ""}}


def begin(call: Call) -> Json:
    """Give an address to send a file's bytes to."""
    length, name = _length(call), files.fit_name(call.text("filename"))
    if not name:
        raise refuse_invalid("missing required field: filename")
    if length > files.LARGEST:
        raise Refused("file_upload_size_restricted")
    if len(call.text("alt_txt")) > LONGEST_ALT:
        raise Refused("alt_txt_too_large")
    ticket, upload = call.workspace.cabinet.expect(name, length, call.token.user, call.text("alt_txt"))
    return {"upload_url": f"{call.base_url}/upload/v1/{ticket}", "file_id": upload.file_id}


def complete(call: Call) -> Json:
    """Make files of what was sent, and share them where the caller says; without a channel they stay private."""
    workspace = call.workspace
    sent = _sent(call)
    rooms = [_place(call, one) for one in _channels(call)]
    thread_ts = _thread(call, rooms)
    blocks = content.read_blocks(call, "invalid_blocks") or []
    made = [workspace.cabinet.finish(upload, title, workspace.seconds()) for upload, title in sent]
    for channel in rooms:
        said = call.text("initial_comment")
        message = Message(
            workspace.next_ts(channel),
            call.token.user,
            said,
            blocks=[] if said else blocks,
            bot_id=call.caller.bot_id,
            app_id=workspace.app_id,
            thread_ts=thread_ts,
        )
        workspace.share(channel, message, made)
    return {"files": [workspace.file_wire(file) for file in made]}


def _length(call: Call) -> int:
    given = call.text("length")
    if not given.isdigit() or int(given) < 1:
        raise refuse_invalid("must be greater than 0 [json-pointer:/length]")
    return int(given)


def _sent(call: Call) -> list[tuple[Upload, str]]:
    given: Any = call.parsed("files", "invalid_arguments")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) and one.get("id") for one in given):
        raise refuse_invalid("must be an array of files with an id [json-pointer:/files]")
    found = []
    for one in given:
        upload = call.workspace.cabinet.sent(str(one["id"]), call.token.user)
        if upload is None:
            raise Refused("file_not_found")
        found.append((upload, str(one.get("title") or "")))
    return found


def _channels(call: Call) -> list[str]:
    given = call.text("channel_id") or call.text("channels")
    return list(dict.fromkeys(one.strip() for one in given.split(",") if one.strip()))


def _place(call: Call, channel_id: str) -> Channel:
    call.args["channel"] = channel_id
    channel = room(call)
    if call.token.user not in channel.members:
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("posting_to_channel_denied")
    return channel


def _thread(call: Call, rooms: list[Channel]) -> str:
    given = call.text("thread_ts")
    if not given:
        return ""
    parent = rooms[0].messages.get(given) if len(rooms) == 1 else None
    if parent is None:
        raise refuse_invalid("invalid `thread_ts` [json-pointer:/thread_ts]")
    return parent.thread_ts or given


METHODS = {
    "files.info": method(info, "files:read", "file", "file_deleted file_not_found not_visible"),
    "files.getUploadURLExternal": method(
        begin,
        "files:write",
        "length filename",
        "alt_txt_too_large file_upload_size_restricted file_uploads_disabled missing_argument snippet_too_large "
        "storage_limit_reached unknown_snippet_type unknown_subtype file_type_not_allowed",
    ),
    "files.completeUploadExternal": method(
        complete,
        "files:write",
        "files",
        "channel_not_found file_not_found file_update_failed invalid_blocks invalid_channel not_in_channel "
        "posting_to_channel_denied channels_limit_exceeded file_type_not_allowed",
    ),
}
