"""A person, guest or bot of the workspace, and how Slack's Web API shows them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.cast import SLACKBOT, Kind

HUES = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "2b6836", "827327", "4d5e26", "d55aef")
SIZES = (24, 32, 48, 72, 192, 512)
ZONE_LABELS = {
    "America/Los_Angeles": ("Pacific Standard Time", "Pacific Daylight Time"),
    "America/New_York": ("Eastern Standard Time", "Eastern Daylight Time"),
    "America/Sao_Paulo": ("Brasilia Standard Time", "Brasilia Summer Time"),
    "Asia/Beirut": ("Eastern European Standard Time", "Eastern European Summer Time"),
    "Asia/Kolkata": ("India Standard Time", "India Standard Time"),
    "Asia/Manila": ("Philippine Standard Time", "Philippine Summer Time"),
    "Europe/Berlin": ("Central European Standard Time", "Central European Summer Time"),
    "Europe/Lisbon": ("Western European Standard Time", "Western European Summer Time"),
    "Europe/Madrid": ("Central European Standard Time", "Central European Summer Time"),
}


def photo(base_url: str, name: str, size: int) -> str:
    """Give the address of a photo, which the sandbox serves itself."""
    return f"{base_url}/avatars/{name}-{size}.png"


def photos(base_url: str, name: str, sizes: tuple[int, ...]) -> dict[str, str]:
    """Give the addresses of a photo in several sizes, as Slack names them."""
    return {f"image_{size}": photo(base_url, name, size) for size in sizes}


@dataclass
class User:
    """Somebody in the workspace; `kind` says what Slack lets them do."""

    id: str
    handle: str
    real_name: str
    tz: str
    kind: Kind
    title: str
    updated: int
    email: str = ""
    bot_id: str = ""
    app_id: str = ""
    dnd: tuple[int, int] | None = None
    locale: str = "en-US"

    @property
    def deleted(self) -> bool:
        """Whether the account is deactivated."""
        return self.kind == "deactivated"

    @property
    def is_bot(self) -> bool:
        """Whether it is a bot user; Slackbot, oddly, is not."""
        return self.kind == "bot"

    @property
    def is_human(self) -> bool:
        """Whether a person sits behind it."""
        return not self.is_bot and self.id != SLACKBOT

    @property
    def color(self) -> str:
        """The colour Slack gave them, six hex digits."""
        return HUES[hashlib.blake2b(self.id.encode(), digest_size=1).digest()[0] % len(HUES)]

    @property
    def initials(self) -> str:
        """One or two letters for an avatar."""
        words = self.real_name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def local(self, now: datetime) -> datetime:
        """Tell what their clock shows."""
        return now.astimezone(ZoneInfo(self.tz))


def wire(
    user: User, team_id: str, now: datetime, base_url: str = "", *, email: bool, locale: bool = False
) -> dict[str, Any]:
    """Show somebody as users.info does (https://docs.slack.dev/reference/methods/users.info)."""
    shown: dict[str, Any] = {
        "id": user.id,
        "team_id": team_id,
        "name": user.handle,
        "deleted": user.deleted,
        "profile": _profile(user, team_id, base_url, email=email),
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    if user.deleted:
        return shown
    shown |= {"color": user.color, "real_name": user.real_name, **_zone(user, now), **_rank(user)}
    return shown | ({"locale": user.locale} if locale else {})


def _zone(user: User, now: datetime) -> dict[str, Any]:
    local = user.local(now)
    offset, summer = local.utcoffset(), bool(local.dst())
    labels = ZONE_LABELS.get(user.tz)
    return {
        "tz": user.tz,
        "tz_label": labels[summer] if labels else local.tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
    }


def _rank(user: User) -> dict[str, Any]:
    return {
        "is_admin": user.kind in ("owner", "admin"),
        "is_owner": user.kind == "owner",
        "is_primary_owner": user.kind == "owner",
        "is_restricted": user.kind in ("multi_guest", "single_guest"),
        "is_ultra_restricted": user.kind == "single_guest",
        "is_email_confirmed": not user.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    }


def _profile(user: User, team_id: str, base_url: str, *, email: bool) -> dict[str, Any]:
    first, _, last = user.real_name.partition(" ")
    display = user.handle if user.is_human else ""
    profile: dict[str, Any] = {
        "title": user.title,
        "phone": "",
        "skype": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": display,
        "display_name_normalized": display,
        "fields": None,
        "status_text": "",
        "status_emoji": "",
        "status_emoji_display_info": [],
        "status_expiration": 0,
        "avatar_hash": user.id[1:13].lower(),
        "first_name": first,
        "last_name": last,
        "team": team_id,
        **photos(base_url, user.id, SIZES),
    }
    if user.bot_id:
        profile |= {"bot_id": user.bot_id, "api_app_id": user.app_id, "always_active": False}
    if user.is_human:
        profile |= {"image_original": photo(base_url, user.id, 1024), "is_custom_image": True}
    if email and user.email:
        profile["email"] = user.email
    return profile
