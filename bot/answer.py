"""Turning a handler's `Reply` into what Slack wants to hear: which call, in which order, the acknowledgement last."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck

from blocks import kit
from blocks.tongue import spoken
from bot.outcome import of_error
from bot.slack import Slack
from bot.tongue import Tongues, put
from bot.wire import Envelope
from handlers.contract import (
    FixFields,
    Kind,
    OpenModal,
    Options,
    PushModal,
    ReplaceMessage,
    ReplaceModal,
    Reply,
    Say,
)
from playbook.tongue import Tongue, phrase, say

log = structlog.get_logger("answer")

NOT_IN_A_MODAL = ("table", "data_visualization", "markdown")
TOO_SLOW = phrase("Slack closed the door before the form was ready. Please try once more.")
NOT_SAVED = phrase("Nothing was saved yet. Please open the form once more, with this in mind:")
LOADING = kit.page(phrase("One moment"), phrase("Getting this ready…"))
SAVING = kit.page(phrase("One moment"), phrase("Saving…"))
TITLE = "Inner Circle"
MOST_OPTIONS = 100

Private = Callable[[Envelope, Say], Awaitable[None]]
InPlace = Callable[[Envelope, ReplaceMessage], Awaitable[bool]]


def as_page(say: Say) -> kit.View:
    """Show what was to be said as a page of its own, for people who are in Home or in a form."""
    shown = [block for block in say.blocks if block["type"] not in NOT_IN_A_MODAL]
    return kit.modal(TITLE, shown or [kit.section(say.text)], close=phrase("Close"))


class Answers:
    """Sends replies. `privately` tells a person something that must not get lost, through the outbox.

    `in_place` redraws the letter that was pressed, if it was one, so that the letters it shares a message with stay.
    """

    def __init__(self, slack: Slack, privately: Private, in_place: InPlace, tongues: Tongues) -> None:
        self._slack = slack
        self._tongues = tongues
        self._privately = privately
        self._in_place = in_place

    async def give(self, envelope: Envelope, reply: Reply, ack: AsyncAck) -> Sequence[Awaitable[None]]:
        """Answer within the three seconds; gives back what is to be done after the acknowledgement."""
        match envelope.call.kind:
            case Kind.COMMAND:
                return await self._command(envelope, await self._put(envelope, reply), ack)
            case Kind.FORM:
                return await self._form(envelope, await self._put(envelope, reply), ack)
            case Kind.OPTIONS:
                return await self._options(await self._put(envelope, reply), ack)
            case Kind.CLOSED:
                await ack()
                return ()
            case _:
                await ack()
                return (self.later(envelope, reply),)

    async def _command(self, envelope: Envelope, reply: Reply, ack: AsyncAck) -> Sequence[Awaitable[None]]:
        if isinstance(reply, OpenModal) and not await self._open(envelope, reply.view):
            reply = await self._put(envelope, Say(text=TOO_SLOW))
        if isinstance(reply, Say | ReplaceMessage):
            await ack(text=reply.text, blocks=list(reply.blocks) or None, response_type="ephemeral")
        else:
            await ack()
        return ()

    async def _form(self, envelope: Envelope, reply: Reply, ack: AsyncAck) -> Sequence[Awaitable[None]]:
        match reply:
            case FixFields():
                await ack(response_action="errors", errors=dict(reply.errors))
            case ReplaceModal() | OpenModal():
                await ack(response_action="update", view=reply.view)
            case PushModal():
                await ack(response_action="push", view=reply.view)
            case Say() if not envelope.call.memo_channel:
                await ack(response_action="update", view=await self._page(envelope, reply))
            case Say():
                await ack()
                return (self._whisper(envelope, reply),)
            case _:
                await ack()
        return ()

    async def _options(self, reply: Reply, ack: AsyncAck) -> Sequence[Awaitable[None]]:
        offered = reply.options[:MOST_OPTIONS] if isinstance(reply, Options) else ()
        await ack(options=[kit.option(label, value).to_dict() for label, value in offered])
        return ()

    async def later(self, envelope: Envelope, reply: Reply) -> None:
        """Answer an interaction that has been acknowledged."""
        raw, reply = reply, await self._put(envelope, reply)
        match reply:
            case ReplaceMessage() if envelope.response_url:
                if not (isinstance(raw, ReplaceMessage) and await self._in_place(envelope, raw)):
                    await self._respond(envelope, reply.text, reply.blocks, replace=True)
            case ReplaceModal() if envelope.in_modal:
                await self._update(envelope, reply.view)
            case OpenModal() | PushModal() | ReplaceModal():
                await self._open_or_say(envelope, reply.view)
            case ReplaceMessage():
                await self._say(envelope, Say(text=reply.text, blocks=reply.blocks))
            case Say():
                await self._say(envelope, reply)

    async def _say(self, envelope: Envelope, reply: Say) -> None:
        if envelope.in_home or envelope.in_modal or not envelope.response_url:
            if (
                envelope.call.kind is Kind.EVENT
                or not envelope.trigger_id
                or not await self._open(envelope, await self._page(envelope, reply))
            ):
                await self._privately(envelope, reply)
            return
        await self._respond(envelope, reply.text, reply.blocks, replace=False)

    async def _open_or_say(self, envelope: Envelope, view: kit.View) -> None:
        if not await self._open(envelope, view):
            await self._say_slow(envelope)

    async def _say_slow(self, envelope: Envelope) -> None:
        if envelope.response_url:
            await self._respond(envelope, say(TOO_SLOW, await self._tongue(envelope)), (), replace=False)
        else:
            await self._privately(envelope, Say(text=TOO_SLOW))

    async def _open(self, envelope: Envelope, view: kit.View) -> bool:
        """Open a form, over the one they are in if they are in one; False when the trigger has run out."""
        call = self._slack.posts.views_push if envelope.in_modal else self._slack.posts.views_open
        return await self._try(call(trigger_id=envelope.trigger_id, view=view)) is not None

    async def _put(self, envelope: Envelope, reply: Reply) -> Reply:
        return put(reply, await self._tongue(envelope))

    async def _page(self, envelope: Envelope, reply: Say) -> kit.View:
        page: kit.View = spoken(as_page(reply), await self._tongue(envelope))
        return page

    async def _tongue(self, envelope: Envelope) -> Tongue:
        return await self._tongues.of(envelope.call.team_id, envelope.call.user_id)

    async def one_moment(self, envelope: Envelope) -> kit.View:
        """Give the page that stands while a form is saved."""
        page: kit.View = spoken(SAVING, await self._tongue(envelope))
        return page

    async def open_loading(self, envelope: Envelope) -> str:
        """Open the page "One moment" while the trigger lives; gives its view id, "" if that did not work."""
        call = self._slack.posts.views_push if envelope.in_modal else self._slack.posts.views_open
        answer = await self._try(
            call(trigger_id=envelope.trigger_id, view=spoken(LOADING, await self._tongue(envelope)))
        )
        return str(answer["view"]["id"]) if answer else ""

    async def fill(self, envelope: Envelope, view_id: str, reply: Reply) -> None:
        """Put the outcome into the page that was opened as "One moment"."""
        match reply:
            case OpenModal() | ReplaceModal() | PushModal():
                view = reply.view
            case Say() | ReplaceMessage():
                view = as_page(Say(text=reply.text, blocks=reply.blocks))
            case FixFields():
                view = kit.page(phrase("Not yet"), "\n".join([NOT_SAVED, *reply.errors.values()]))
            case _:
                view = kit.page(TITLE, phrase("Done."))
        said = spoken(view, await self._tongue(envelope))
        await self._try(self._slack.asks.views_update(view_id=view_id, view=said))

    async def _update(self, envelope: Envelope, view: kit.View) -> None:
        await self._try(self._slack.asks.views_update(view_id=envelope.view_id, hash=envelope.view_hash, view=view))

    async def _whisper(self, envelope: Envelope, say: Say) -> None:
        """Tell the person where they opened the form; where that cannot be, in their own conversation with the bot."""
        call = envelope.call
        told = await self._try(
            self._slack.asks.chat_postEphemeral(
                channel=call.memo_channel, user=call.user_id, text=say.text, blocks=list(say.blocks) or None
            )
        )
        if told is None:
            await self._privately(envelope, say)

    async def _respond(self, envelope: Envelope, text: str, blocks: Sequence[kit.Block], *, replace: bool) -> None:
        kind = {"replace_original": True} if replace else {"response_type": "ephemeral", "replace_original": False}
        message = {"text": text, **kind} | ({"blocks": list(blocks)} if blocks else {})
        if not await self._slack.respond(envelope.response_url, message):
            log.warning("slack refused an answer", why="response address", kind=envelope.call.kind)
            await self._privately(envelope, Say(text=text, blocks=blocks))

    async def _try(self, asked: Awaitable[Any]) -> Any:
        try:
            return await asked
        except Exception as error:  # noqa: BLE001 - errors come in many classes, some of them the client's own bugs
            log.warning("slack refused an answer", why=of_error(error).why, detail=_detail(error))
            return None


def _detail(error: Exception) -> Any:
    """Give what Slack says is wrong with a view or a block, if that was it."""
    data = getattr(getattr(error, "response", None), "data", None)
    return data.get("response_metadata") if isinstance(data, dict) else None
