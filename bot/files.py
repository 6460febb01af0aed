"""Fetching a file that somebody sent to the bot: from Slack's own host only, with the token, and not without end."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError

from bot.slack import Slack
from playbook.file import File
from playbook.tongue import phrase

log = structlog.get_logger("files")

SLACKS = ("https", "files.slack.com")
LARGEST = 1_000_000
NOT_GIVEN = phrase(
    "Slack did not let me read the file. An admin can see in the self-test whether I still have "
    "the permission (files:read); otherwise please send it once more."
)
ELSEWHERE = phrase(
    "This file is not kept in Slack itself, so I do not fetch it. Please send it as a file from your computer."
)
TOO_LARGE = phrase("This file is larger than 1 MB. Please send it in parts.")


class Files:
    """Reads files for the handlers, before their transaction begins."""

    def __init__(self, slack: Slack, token: str, api_url: str) -> None:
        self._slack = slack
        self._token = token
        api = urlsplit(api_url)
        self._hosts = {SLACKS, (api.scheme, api.netloc)}

    async def fetch(self, file: Mapping[str, Any]) -> File:
        """Fetch one file of a message (Slack: file object); what goes wrong becomes its `problem`."""
        name, url = (
            str(file.get("name") or "file"),
            str(file.get("url_private_download") or file.get("url_private") or ""),
        )
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) not in self._hosts:
            return File(name, problem=ELSEWHERE)
        try:
            return await self._read(name, url)
        except (ClientError, TimeoutError) as error:
            log.warning("file could not be fetched", why=type(error).__name__)
            return File(name, problem=NOT_GIVEN)

    async def _read(self, name: str, url: str) -> File:
        """Read at most what is allowed; a login page in the file's place is Slack's way of refusing."""
        headers = {"Authorization": f"Bearer {self._token}"}
        async with self._slack.session.get(url, headers=headers, allow_redirects=False) as response:
            if response.status != HTTPStatus.OK or response.content_type == "text/html":
                log.warning("slack refused a file", status=response.status, type=response.content_type)
                return File(name, problem=NOT_GIVEN)
            data = b""
            async for chunk in response.content.iter_chunked(65_536):
                data += chunk
                if len(data) > LARGEST:
                    return File(name, problem=TOO_LARGE)
        return File(name, data)
