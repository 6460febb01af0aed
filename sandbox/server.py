"""The sandbox itself: one server with Slack's Web API, Socket Mode, response URLs, the control API and the page."""

from pathlib import Path

from aiohttp import web

from sandbox import avatars
from sandbox.api import Api
from sandbox.app import App
from sandbox.clock import MovableClock
from sandbox.console import Console
from sandbox.control import Control
from sandbox.downloads import Downloads
from sandbox.faults import Faults
from sandbox.hooks import Hooks
from sandbox.journal import Journal
from sandbox.manifest import Manifest
from sandbox.pace import Pace
from sandbox.people import People
from sandbox.sight import Sight
from sandbox.sockets import Sockets
from sandbox.store import Workspace

PAGE = Path(__file__).parent / "page"
LARGEST_BODY = 8 * 1024**2
PICTURES = "'self' data: https: http://127.0.0.1:* http://localhost:*"
POLICY = f"default-src 'self'; img-src {PICTURES}; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"


class Sandbox:
    """A local Slack workspace with one app; start it, point the app's SDK at `env()`, and be its people."""

    def __init__(
        self, manifest: Manifest, clock: MovableClock | None = None, *, seed: bool = True, pace: Pace | None = None
    ) -> None:
        self.clock = clock or MovableClock()
        self.pace = pace or Pace()
        self.url = ""
        self.journal = Journal(self.clock)
        self.faults = Faults()
        self.workspace = Workspace(manifest, self.clock, seed=seed)
        self.sockets = Sockets(self.workspace.app_id, self.pace, self.journal)
        self.sockets.on_change = self.workspace.watch.touch_all
        self.app = App(self.workspace, self.sockets, self.pace)
        self.people = People(self.app)
        self.sight = Sight(self.app)
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one, and `url` tells which."""
        self._runner = web.AppRunner(self._routes(), access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, backlog=1024)
        await site.start()
        listening = self._runner.addresses[0]
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{listening[1]}"
        self.app.responses.base = self.workspace.base_url = self.url

    async def stop(self) -> None:
        """Stop listening, and cut everybody off."""
        await self.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def env(self) -> dict[str, str]:
        """Give what an app needs to know, as KEY=value; a new sandbox has new tokens and the same ids."""
        workspace, app = self.workspace, self.app
        known = {
            "SLACK_API_URL": f"{self.url}/api/",
            "SLACK_BOT_TOKEN": app.bot_token.secret,
            "SLACK_APP_TOKEN": app.app_token.secret,
            "SLACK_SIGNING_SECRET": app.signing_secret,
            "SLACK_USER_TOKEN": app.user_token.secret,
            "TEAM_ID": workspace.team_id,
            "APP_ID": workspace.app_id,
            "BOT_USER_ID": workspace.bot.id,
        }
        people = {f"USER_{_key(user.handle)}": user.id for user in workspace.users.values()}
        rooms = {f"CHANNEL_{_key(room.name)}": room.id for room in workspace.channels.values() if room.name}
        return known | people | rooms

    def _routes(self) -> web.Application:
        api = Api(self.app, self.sockets, self.journal, self.faults)
        hooks = Hooks(self.app, self.journal)
        control = Control(Console(self.people, self.sight, self.clock, self.faults, self.sockets, self.journal))
        served = web.Application(client_max_size=LARGEST_BODY)
        served.add_routes(
            [
                web.get("/api/{method}", api.handle),
                web.post("/api/{method}", api.handle),
                web.get("/link/", self.sockets.accept),
                web.post("/{kind:commands|actions}/{path:.+}", hooks.handle),
                *control.routes(),
                avatars.served(self.workspace),
                *Downloads(self.app).routes(),
                web.get("/", _index),
                web.static("/page", PAGE),
            ]
        )
        served.on_response_prepare.append(_careful)
        return served


def _key(name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in name).upper()


async def _index(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(PAGE / "index.html")


async def _careful(request: web.Request, response: web.StreamResponse) -> None:
    """Keep the page from other sites' frames and its files from going stale."""
    if request.path == "/" or request.path.startswith("/page/"):
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
