"""Where files travel: an app's uploads, and its downloads, which Slack answers with a login page to strangers."""

from aiohttp import web

from sandbox.app import App, Token

LOGIN = (
    "<!DOCTYPE html><html><head><title>Slack</title></head><body><h1>Sign in to your workspace</h1>"
    "<form><input name='email'></form></body></html>"
)


class Downloads:
    """Answers /upload/v1/... and /files-pri/..."""

    def __init__(self, app: App) -> None:
        self._app = app

    def routes(self) -> list[web.RouteDef]:
        """Give the routes of both."""
        return [
            web.post("/upload/v1/{ticket}", self.receive),
            web.get("/files-pri/{reference}/{name}", self.give),
            web.get("/files-pri/{reference}/download/{name}", self.give),
        ]

    async def receive(self, request: web.Request) -> web.Response:
        """Take the bytes of a file that files.getUploadURLExternal announced: raw, or as a form's file."""
        upload = self._app.workspace.cabinet.uploads.get(request.match_info["ticket"])
        if upload is None:
            return web.Response(status=404, text="not found")
        data = await _bytes(request)
        if len(data) != upload.length:
            return web.Response(status=400, text=f"expected {upload.length} bytes, got {len(data)}")
        upload.data = data
        return web.Response(text=f"OK - {len(data)}")

    async def give(self, request: web.Request) -> web.Response:
        """Give a file to a token that may read it; anybody else gets a login page, with status 200 as in Slack."""
        workspace = self._app.workspace
        header = request.headers.get("Authorization", "")
        token = self._app.token(header.removeprefix("Bearer ").strip()) if header.startswith("Bearer ") else None
        team_id, _, file_id = request.match_info["reference"].partition("-")
        file = workspace.cabinet.files.get(file_id) if team_id == workspace.team_id else None
        if not _may_read(token):
            return web.Response(text=LOGIN, content_type="text/html")
        if file is None:
            return web.Response(status=404, text=LOGIN, content_type="text/html")
        if token is None or not workspace.sees_file(token.user, file):
            return web.Response(text=LOGIN, content_type="text/html")
        return web.Response(body=file.data, content_type=file.mimetype)


def _may_read(token: Token | None) -> bool:
    return token is not None and token.kind != "app" and "files:read" in token.scopes


async def _bytes(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for value in (await request.post()).values():
        if isinstance(value, web.FileField):
            return value.file.read()
    return b""
