"""Methods about conversations: which there are, who is in them, what was said."""

from collections.abc import Callable, Iterable
from itertools import islice

from sandbox.channels import FIRST_TS, LAST_TS, Channel, Message, channel_wire
from sandbox.errors import Refused
from sandbox.methods.contract import Call, Json, method
from sandbox.methods.paging import decode, encode, page
from sandbox.methods.rooms import HISTORY, READ, TYPES, room, visible

MOST_IN_GROUP = 9
MOST_REPLIES = 1000
Chooser = Callable[[Channel], bool]


def everything(call: Call) -> Json:
    """List the conversations the caller can see."""
    return _listed(call, call.token.user, lambda channel: visible(call, channel))


def of_user(call: Call) -> Json:
    """List the conversations somebody is in, as far as the caller can see them."""
    user = call.text("user") or call.token.user
    if user not in call.workspace.users:
        raise Refused("invalid_arguments", ("user not found",))
    return _listed(call, user, lambda channel: user in channel.members and visible(call, channel))


def info(call: Call) -> Json:
    """Show one conversation."""
    channel = room(call)
    call.need_scope(READ[channel.kind])
    count = call.flag("include_num_members")
    shown = channel_wire(channel, call.token.user, call.workspace.team_id, count=count)
    return {"channel": shown | ({"locale": "en-US"} if call.flag("include_locale") else {})}


def members(call: Call) -> Json:
    """List who is in a conversation."""
    channel = room(call)
    call.need_scope(READ[channel.kind])
    chosen, cursor = page(list(channel.members), call.text("cursor"), call.limit())
    return {"members": chosen, "response_metadata": {"next_cursor": cursor}}


def history(call: Call) -> Json:
    """Read a conversation's own messages, newest first."""
    channel = _readable(call, "not_in_channel")
    limit = call.limit(code="invalid_arguments")
    oldest, latest, inclusive = _span(call)
    if call.text("cursor"):
        latest, inclusive = min(latest, decode(call.text("cursor"))), True
    found = list(islice(channel.newest_first(oldest, latest, inclusive=inclusive), limit + 1))
    if inclusive and call.text("cursor") and not call.flag("inclusive"):
        found = [message for message in found if message.ts > oldest]
    more = len(found) > limit
    answer: Json = {
        "messages": _shown(call, channel, found[:limit]),
        "has_more": more,
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    return answer | ({"response_metadata": {"next_cursor": encode(found[limit].ts)}} if more else {})


def replies(call: Call) -> Json:
    """Read a thread: its parent, then the replies, oldest first."""
    channel = _readable(call, "channel_not_found")
    parent = channel.messages.get(call.text("ts"))
    if parent is None:
        raise Refused("thread_not_found")
    root = parent.thread_ts or parent.ts
    oldest, latest, inclusive = _span(call)
    thread = [
        channel.messages[ts]
        for ts in channel.replies.get(root, [])
        if oldest < ts < latest or (inclusive and ts in (oldest, latest))
    ]
    chosen, cursor = page(
        [channel.messages[root], *thread], call.text("cursor"), call.limit(MOST_REPLIES, "invalid_arguments")
    )
    answer = {"messages": _shown(call, channel, chosen), "has_more": bool(cursor)}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def open_direct(call: Call) -> Json:
    """Open a direct message with one or several people, or one that is known by its id."""
    workspace = call.workspace
    if call.text("channel"):
        return _opened(call, room(call), was_open=True)
    people = list(dict.fromkeys(one.strip() for one in call.text("users").split(",") if one.strip()))
    if not people:
        raise Refused("users_list_not_supplied")
    if len(people) >= MOST_IN_GROUP:
        raise Refused("too_many_users")
    call.need_scope("im:write" if len(people) == 1 else "mpim:write")
    for one in people:
        _may_open(call, one)
    known = set(workspace.channels)
    channel = workspace.direct(*people, call.token.user)
    return _opened(call, channel, was_open=channel.id in known)


def _listed(call: Call, user: str, chosen: Chooser) -> Json:
    kinds = _kinds(call)
    archived = not call.flag("exclude_archived")
    found = [
        channel
        for channel in call.workspace.channels.values()
        if channel.kind in kinds and (archived or not channel.archived) and chosen(channel)
    ]
    shown, cursor = page(found, call.text("cursor"), call.limit())
    team_id = call.workspace.team_id
    return {
        "channels": [channel_wire(channel, user, team_id, count=True) for channel in shown],
        "response_metadata": {"next_cursor": cursor},
    }


def _kinds(call: Call) -> set[str]:
    asked = [kind.strip() for kind in call.text("types", "public_channel").split(",") if kind.strip()]
    if not asked or any(kind not in TYPES for kind in asked):
        raise Refused("invalid_types")
    kinds = {TYPES[kind] for kind in asked}
    lacking = [READ[kind] for kind in READ if kind in kinds and READ[kind] not in call.token.scopes]
    if lacking:
        raise Refused("missing_scope", needed=",".join(lacking), provided=",".join(call.token.scopes))
    return kinds


def _readable(call: Call, outside: str) -> Channel:
    channel = room(call)
    call.need_scope(HISTORY[channel.kind])
    if call.token.user not in channel.members:
        raise Refused(outside)
    return channel


def _span(call: Call) -> tuple[str, str, bool]:
    oldest = _moment(call.text("oldest"), FIRST_TS, "invalid_ts_oldest")
    latest = _moment(call.text("latest"), LAST_TS, "invalid_ts_latest")
    return oldest, latest, call.flag("inclusive")


def _moment(given: str, default: str, code: str) -> str:
    if given in ("", "0", "now"):
        return default
    whole, _, part = given.partition(".")
    if not whole.isdigit() or (part and not part.isdigit()):
        raise Refused(code)
    return f"{int(whole):010d}.{part[:6]:0<6}"


def _shown(call: Call, channel: Channel, messages: Iterable[Message]) -> list[Json]:
    metadata = call.flag("include_all_metadata")
    return [call.workspace.message_wire(channel, message, metadata=metadata) for message in messages]


def _may_open(call: Call, person: str) -> None:
    user = call.workspace.users.get(person)
    if user is None:
        raise Refused("user_not_found")
    if user.deleted:
        raise Refused("user_disabled")
    if not user.is_human or (user.id == call.token.user and call.token.kind == "bot"):
        raise Refused("user_not_visible")


def _opened(call: Call, channel: Channel, *, was_open: bool) -> Json:
    shown = {"id": channel.id}
    if call.flag("return_im"):
        shown = channel_wire(channel, call.token.user, call.workspace.team_id)
    return {"channel": shown} | ({"no_op": True, "already_open": True} if was_open else {})


LISTING = "invalid_cursor invalid_limit invalid_types method_not_supported_for_channel_type missing_argument"
READING = "channel_not_found invalid_cursor invalid_metadata_filter_keys invalid_ts_latest invalid_ts_oldest"
OPENING = (
    "channel_not_found invalid_user_combination method_not_supported_for_channel_type not_enough_users "
    "too_many_users user_disabled user_not_found user_not_visible users_list_not_supplied"
)
ANY_READ = "channels:read groups:read im:read mpim:read"
ANY_HISTORY = "channels:history groups:history im:history mpim:history"

METHODS = {
    "conversations.list": method(everything, ANY_READ, "", LISTING),
    "users.conversations": method(of_user, ANY_READ, "", LISTING),
    "conversations.info": method(info, ANY_READ, "channel", "channel_is_limited_access channel_not_found"),
    "conversations.members": method(
        members,
        ANY_READ,
        "channel",
        "channel_not_found fetch_members_failed invalid_cursor invalid_limit method_not_supported_for_channel_type",
    ),
    "conversations.history": method(
        history, ANY_HISTORY, "channel", f"{READING} channel_is_limited_access not_in_channel"
    ),
    "conversations.replies": method(replies, ANY_HISTORY, "channel ts", f"{READING} thread_not_found"),
    "conversations.open": method(open_direct, "channels:manage groups:write im:write mpim:write", "", OPENING),
}
