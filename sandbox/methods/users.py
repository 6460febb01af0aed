"""Methods about people, bots and the team."""

from sandbox.errors import Refused
from sandbox.methods.contract import Call, Json, method
from sandbox.methods.paging import page
from sandbox.users import User, photos

LARGE = 10_000
MOST_NAMED = 50
NEVER = 1


def info(call: Call) -> Json:
    """Show one person."""
    user = call.workspace.users.get(call.text("user"))
    if user is None:
        raise Refused("user_not_found")
    return {"user": call.workspace.user_wire(user, call.token.scopes, locale=call.flag("include_locale"))}


def by_email(call: Call) -> Json:
    """Find one person by e-mail address; Slack does not find deactivated people this way."""
    user = call.workspace.by_email(call.text("email"))
    if user is None or user.deleted:
        raise Refused("users_not_found")
    return {"user": call.workspace.user_wire(user, call.token.scopes)}


def everybody(call: Call) -> Json:
    """List everybody, bots and deactivated people too, page by page."""
    workspace = call.workspace
    limit = call.limit(LARGE, "limit_required")
    chosen, cursor = page(list(workspace.users.values()), call.text("cursor"), limit)
    locale = call.flag("include_locale")
    return {
        "members": [workspace.user_wire(user, call.token.scopes, locale=locale) for user in chosen],
        "cache_ts": int(workspace.clock.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def do_not_disturb(call: Call) -> Json:
    """Tell from when until when somebody is not to be disturbed; the snooze is told to oneself alone, as Slack does."""
    user = call.workspace.users.get(call.text("user") or call.token.user)
    if user is None:
        raise Refused("user_not_found")
    return _pause(user, call) | ({"snooze_enabled": False} if user.id == call.token.user else {})


def do_not_disturb_all(call: Call) -> Json:
    """Tell the same of up to fifty people; who is not there is left out."""
    named = [one for one in call.text("users").replace(" ", "").split(",") if one]
    if not named or len(named) > MOST_NAMED:
        raise Refused("no_users_provided" if not named else "invalid_arguments")
    users = call.workspace.users
    return {"users": {one: _pause(users[one], call) for one in named if one in users}}


def _pause(user: User, call: Call) -> Json:
    begins, ends = user.dnd or (NEVER, NEVER)
    on = ends > call.workspace.clock.now().timestamp()
    return {"dnd_enabled": on, "next_dnd_start_ts": begins if on else 1, "next_dnd_end_ts": ends if on else 1}


def team(call: Call) -> Json:
    """Show the workspace."""
    workspace = call.workspace
    if call.text("team", workspace.team_id) != workspace.team_id:
        raise Refused("team_not_found")
    icon = photos(workspace.base_url, workspace.team_id, (34, 68, 132))
    return {
        "team": {
            "id": workspace.team_id,
            "name": workspace.team_name,
            "url": f"https://{workspace.team_domain}.slack.com/",
            "domain": workspace.team_domain,
            "email_domain": "",
            "icon": icon | {"image_default": True},
        }
    }


def bot(call: Call) -> Json:
    """Show one bot."""
    user = call.workspace.bot_user(call.text("bot"))
    if user is None:
        raise Refused("bot_not_found")
    icons = photos(call.workspace.base_url, user.id, (36, 48, 72))
    return {
        "bot": {
            "id": user.bot_id,
            "deleted": False,
            "name": user.real_name,
            "updated": user.updated,
            "app_id": user.app_id,
            "user_id": user.id,
            "icons": icons,
        }
    }


METHODS = {
    "users.info": method(info, "users:read", "user", "too_many_users user_not_found user_not_visible"),
    "users.list": method(everybody, "users:read", "", "invalid_cursor limit_required missing_argument"),
    "users.lookupByEmail": method(by_email, "users:read.email", "email", "users_not_found"),
    "dnd.info": method(do_not_disturb, "dnd:read", "", "user_not_found user_not_visible"),
    "dnd.teamInfo": method(do_not_disturb_all, "dnd:read", "users", "no_users_provided user_not_visible"),
    "team.info": method(team, "team:read", "", "team_not_found user_not_found"),
    "bots.info": method(bot, "users:read", "", "bot_not_found bots_not_found missing_argument team_not_found"),
}
