"""Methods about the app itself: who it is, and how it connects."""

from sandbox.errors import Refused
from sandbox.methods.contract import Call, Json, method


def test(call: Call) -> Json:
    """Say hello back; with `error`, fail with it."""
    if call.text("error"):
        raise Refused(call.text("error"))
    return {"args": {key: value for key, value in call.args.items() if key != "token"}}


def whoami(call: Call) -> Json:
    """Tell whom the token speaks for."""
    workspace, user = call.workspace, call.caller
    shown = {
        "url": f"https://{workspace.team_domain}.slack.com/",
        "team": workspace.team_name,
        "user": user.handle,
        "team_id": workspace.team_id,
        "user_id": user.id,
        "is_enterprise_install": False,
    }
    return shown | ({"bot_id": user.bot_id} if user.is_bot else {})


def open_connection(call: Call) -> Json:
    """Give a WebSocket URL that works once."""
    if not call.workspace.manifest.settings.socket_mode_enabled:
        raise Refused("forbidden_team")
    base = call.base_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={call.sockets.ticket()}&app_id={call.workspace.app_id}"}


METHODS = {
    "api.test": method(test, tokens=("bot", "user", "app")),
    "auth.test": method(whoami),
    "apps.connections.open": method(
        open_connection,
        scopes="connections:write",
        errors="forbidden_team insecure_request missing_args",
        tokens=("app",),
    ),
}
