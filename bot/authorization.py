"""Who we are in a workspace, asked of Slack once."""

import asyncio

from slack_bolt.authorization import AuthorizeResult

from bot.slack import Slack


class Authorization:
    """Who we are in a workspace: asked of Slack once, however many interactions arrive meanwhile."""

    def __init__(self, slack: Slack, token: str) -> None:
        self._slack = slack
        self._token = token
        self._asked: asyncio.Future[AuthorizeResult] | None = None

    async def answer(self) -> AuthorizeResult:
        """Give the one answer."""
        if self._asked is None or (self._asked.done() and self._asked.exception()):
            self._asked = asyncio.ensure_future(self._ask())
        return await asyncio.shield(self._asked)

    async def _ask(self) -> AuthorizeResult:
        answer = await self._slack.asks.auth_test()
        return AuthorizeResult.from_auth_test_response(auth_test_response=answer, bot_token=self._token)
