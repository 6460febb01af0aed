"""Files that were shared: what they hold, where they were shared, and how Slack's Web API shows them."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from sandbox import ids
from sandbox.channels import Channel

Json = dict[str, Any]
LARGEST = 5 * 1024**2
TYPES = {
    "csv": ("text/csv", "CSV"),
    "doc": ("application/msword", "Word Document"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word Document"),
    "gif": ("image/gif", "GIF"),
    "html": ("text/html", "HTML"),
    "ics": ("text/calendar", "Calendar"),
    "jpg": ("image/jpeg", "JPEG"),
    "json": ("application/json", "JSON"),
    "md": ("text/markdown", "Markdown (raw)"),
    "mp3": ("audio/mpeg", "MP3"),
    "mp4": ("video/mp4", "MPEG 4 Video"),
    "pdf": ("application/pdf", "PDF"),
    "png": ("image/png", "PNG"),
    "svg": ("image/svg+xml", "SVG"),
    "text": ("text/plain", "Plain Text"),
    "webp": ("image/webp", "WebP"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel Spreadsheet"),
    "zip": ("application/zip", "Zip"),
}
ALIASES = {"txt": "text", "log": "text", "jpeg": "jpg", "htm": "html", "markdown": "md"}


@dataclass
class SharedFile:
    """A file in the workspace; `shares` holds the ts of its messages by conversation."""

    id: str
    name: str
    title: str
    user: str
    created: int
    data: bytes
    alt_text: str = ""
    shares: dict[str, list[str]] = field(default_factory=dict)

    @property
    def filetype(self) -> str:
        """Slack's own name for the kind of file."""
        ending = self.name.rpartition(".")[2].lower() if "." in self.name else ""
        kind = ALIASES.get(ending, ending)
        return kind if kind in TYPES else "binary"

    @property
    def mimetype(self) -> str:
        """Its media type, by its name's ending."""
        return TYPES.get(self.filetype, ("application/octet-stream", ""))[0]


@dataclass
class Upload:
    """A place kept for a file that the app is about to send; `data` is None until it came."""

    file_id: str
    name: str
    length: int
    user: str
    alt_text: str = ""
    data: bytes | None = None


class Cabinet:
    """Every file of the workspace, and the uploads under way by their ticket."""

    def __init__(self) -> None:
        self.files: dict[str, SharedFile] = {}
        self.uploads: dict[str, Upload] = {}

    def add(self, name: str, user: str, created: int, data: bytes) -> SharedFile:
        """Keep a file that a person has chosen."""
        file = SharedFile(ids.fresh("F"), name, name, user, created, data)
        self.files[file.id] = file
        return file

    def expect(self, name: str, length: int, user: str, alt_text: str) -> tuple[str, Upload]:
        """Keep a place for a file, and give the ticket to send it with."""
        upload = Upload(ids.fresh("F"), name, length, user, alt_text)
        ticket = ids.secret(40)
        self.uploads[ticket] = upload
        return ticket, upload

    def sent(self, file_id: str, user: str) -> Upload | None:
        """Find an upload of this caller whose bytes have come."""
        mine = (one for one in self.uploads.values() if one.file_id == file_id and one.user == user)
        return next((one for one in mine if one.data is not None), None)

    def finish(self, upload: Upload, title: str, created: int) -> SharedFile:
        """Make a file of an upload; it cannot be finished twice."""
        self.uploads = {ticket: one for ticket, one in self.uploads.items() if one is not upload}
        file = SharedFile(upload.file_id, upload.name, title or upload.name, upload.user, created, upload.data or b"")
        file.alt_text = upload.alt_text
        self.files[file.id] = file
        return file


def fit_name(name: str) -> str:
    """Give a file's name without the folders before it."""
    return name.replace("\\", "/").rpartition("/")[2].strip()


def wire(file: SharedFile, team_id: str, base_url: str) -> Json:
    """Show a file as it stands in a message."""
    place = f"{base_url}/files-pri/{team_id}-{file.id}"
    name = quote(file.name.lower().replace(" ", "_"))
    shown: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.filetype,
        "pretty_type": TYPES.get(file.filetype, ("", "Binary"))[1],
        "user": file.user,
        "user_team": team_id,
        "editable": False,
        "size": len(file.data),
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{place}/{name}",
        "url_private_download": f"{place}/download/{name}",
        "media_display_type": "unknown",
        "permalink": f"{place}/{name}",
        "is_starred": False,
        "has_rich_preview": False,
        "file_access": "visible",
    }
    return shown | ({"alt_txt": file.alt_text} if file.alt_text else {})


def whole(file: SharedFile, shown: Json, rooms: list[Channel], team_id: str) -> Json:
    """Show a file as files.info does, with where it was shared as far as the caller can see."""
    shares: Json = {}
    for room in rooms:
        kind = "public" if room.kind == "channel" else "private"
        one = [{"ts": ts, "channel_name": room.name, "team_id": team_id} for ts in file.shares[room.id]]
        shares.setdefault(kind, {})[room.id] = one
    return shown | {
        "is_public": any(room.kind == "channel" for room in rooms),
        "channels": [room.id for room in rooms if room.kind == "channel"],
        "groups": [room.id for room in rooms if room.kind in ("private", "mpim")],
        "ims": [room.id for room in rooms if room.kind == "im"],
        "shares": shares,
        "comments_count": 0,
    }
