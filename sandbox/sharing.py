"""Files in people's hands: sharing one into a conversation, and reading one that was shared."""

import base64
import binascii
from typing import Any

from sandbox import text
from sandbox.channels import Message
from sandbox.errors import Mistake
from sandbox.feet import Feet
from sandbox.files import LARGEST, SharedFile, fit_name

Json = dict[str, Any]


class Sharing(Feet):
    """What people do with files; raises Mistake where Slack would not let them."""

    async def upload(
        self, who: str, channel: str, filename: str, data: bytes, comment: str = "", thread_ts: str = ""
    ) -> Json:
        """Share a file of at most 5 MB, with a comment or without."""
        user = self.actor(who)
        room = self.channel(user, channel)
        self.may_write(user, room)
        name = fit_name(filename)
        if not name or not data:
            raise Mistake("A file needs a name and something in it.")
        if len(data) > LARGEST:
            raise Mistake("That file is larger than 5 MB.", 413)
        if thread_ts:
            thread_ts = self.message(user, room, thread_ts).thread_ts or thread_ts
        workspace = self.workspace
        file = workspace.cabinet.add(name, user.id, workspace.seconds(), data)
        said = text.typed(comment, workspace.names(), workspace.channel_names())
        message = Message(workspace.next_ts(room), user.id, said, thread_ts=thread_ts)
        workspace.typed(message)
        return {"file": file.id, "ts": workspace.share(room, message, [file]).ts}

    def file(self, who: str, file_id: str) -> SharedFile:
        """Find a file this person can see; raises Mistake."""
        user = self.actor(who)
        file = self.workspace.cabinet.files.get(file_id)
        if file is None or not self.workspace.sees_file(user.id, file, public=True):
            raise Mistake(f"{user.real_name} sees no file {file_id!r}.", 404)
        return file


def decoded(body: Json) -> bytes:
    """Read a file's content from "text" or "base64"; raises Mistake."""
    if "base64" not in body:
        return str(body.get("text") or "").encode()
    try:
        return base64.b64decode(str(body["base64"]), validate=True)
    except binascii.Error:
        raise Mistake("That is not base64.") from None


def encoded(file: SharedFile) -> Json:
    """Give a file's content as base64, and as text if it is UTF-8."""
    content: Json = {"base64": base64.b64encode(file.data).decode()}
    try:
        return content | {"text": file.data.decode()}
    except UnicodeDecodeError:
        return content
