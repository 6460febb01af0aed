"""Methods about people, bots and the team."""

from sandbox.errors import Refused
from sandbox.methods.contract import Call, Json, method
from sandbox.methods.paging import page
from sandbox.users import photos

LARGE = 10_000


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
    """Tell somebody's quiet hours: nobody here has any."""
    if call.text("user") and call.text("user") not in call.workspace.users:
        raise Refused("user_not_found")
    return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1, "snooze_enabled": False}


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
    "team.info": method(team, "team:read", "", "team_not_found user_not_found"),
    "bots.info": method(bot, "users:read", "", "bot_not_found bots_not_found missing_argument team_not_found"),
}
