"""What a person can do in Slack, as one small API: what the page, the control API and the tests use."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox import payloads, text
from sandbox.cast import KINDS, SLACKBOT, Person
from sandbox.channels import LAST_TS, Channel, Message
from sandbox.delivery import Answer
from sandbox.errors import Mistake, Refused
from sandbox.hooks import say_for_app
from sandbox.manifest import SlashCommand
from sandbox.methods.reactions import NAME
from sandbox.sharing import Sharing
from sandbox.stateful import EMAIL
from sandbox.users import User

Json = dict[str, Any]
GUEST = "restricted: single-channel guests cannot use slash commands or shortcuts."


class People(Sharing):
    """Everybody's mouth, hands and feet; raises Mistake with a sentence when Slack would not let them."""

    async def type(self, who: str, channel: str, said: str, *, thread_ts: str = "") -> Json:
        """Type into the composer; a text that begins with "/" is a command, as in Slack."""
        user = self.actor(who)
        room = self.channel(user, channel)
        if said.startswith("/"):
            if thread_ts:
                raise Mistake("Slash commands do not work in threads.")
            command, _, rest = said.partition(" ")
            return await self.command(who, command, rest.strip(), channel=channel)
        self.may_write(user, room)
        if not said.strip():
            raise Mistake("Type something first.")
        if thread_ts:
            thread_ts = self.message(user, room, thread_ts).thread_ts or thread_ts
            if thread_ts not in room.messages:
                raise Mistake("Nobody can reply to a message that only one person sees.")
        return {"ts": self.workspace.say(room, user, said, thread_ts).ts}

    async def command(self, who: str, command: str, said: str = "", *, channel: str = "@app") -> Json:
        """Run a slash command and wait for the app's acknowledgement, at most three seconds."""
        user = self.actor(who)
        room = self.channel(user, channel)
        self.may_write(user, room)
        if user.kind == "single_guest":
            raise Mistake(GUEST, 403)
        known = next((one for one in self._commands() if one.command == command), None)
        if known is None:
            self._slackbot(user, room, f"`{text.escape(command)}` is not a valid command.")
            return {"acked": False, "error": "unknown_command"}
        answer = await self.app.command(self._slash(user, room, known, said))
        error = self._show_answer(user, room, f"{command} {said}".strip(), answer)
        if error:
            self._slackbot(user, room, f'`{command}` failed with the error "{error}"')
        return {"acked": answer.acked} | ({"error": error} if error else {})

    async def open_home(self, who: str, tab: str = "home") -> Json:
        """Open the app's page on its "home" or "messages" tab."""
        user = self.actor(who)
        home = self.workspace.manifest.features.app_home
        if tab not in ("home", "messages"):
            raise Mistake("The app's page has a home and a messages tab.")
        if not (home.home_tab_enabled if tab == "home" else home.messages_tab_enabled):
            raise Mistake(f"The app has no {tab} tab.")
        direct = self.workspace.app_direct(user.id)
        published = self.app.views.homes.get(user.id)
        event: Json = {"type": "app_home_opened", "user": user.id, "channel": direct.id, "tab": tab}
        if published is not None and tab == "home":
            event["view"] = self.app.views.wire(published)
        self.app.hear("app_home_opened", event, None)
        return {"channel": direct.id}

    async def shortcut(self, who: str, callback_id: str, *, channel: str = "", ts: str = "") -> Json:
        """Use a global shortcut, or with channel and ts a shortcut of that message."""
        user = self.actor(who)
        kind = "message" if ts else "global"
        if user.kind == "single_guest":
            raise Mistake(GUEST, 403)
        if not any((one.callback_id, one.type) == (callback_id, kind) for one in self._shortcuts()):
            raise Mistake(f"The app has no {kind} shortcut {callback_id!r}.", 404)
        sent = self._message_action(user, callback_id, channel, ts) if ts else self._shortcut(user, callback_id)
        answer = await self.app.interact(sent)
        return {"acked": answer.acked} | ({"error": answer.error} if answer.error else {})

    async def react(self, who: str, channel: str, ts: str, name: str) -> Json:
        """React to a message."""
        user = self.actor(who)
        room = self.channel(user, channel)
        message = self.message(user, room, ts)
        if message.ephemeral_for or not NAME.fullmatch(name.strip(":")):
            raise Mistake("That reaction is not possible there.")
        return {"added": self.workspace.react(room, message, user, name.strip(":"))}

    async def read(self, who: str, channel: str) -> Json:
        """Read a conversation to its end."""
        user = self.actor(who)
        room = self.channel(user, channel)
        room.read[user.id] = room.order[-1] if room.order else LAST_TS
        self.workspace.watch.touch([user.id])
        return {}

    async def join_team(
        self, handle: str, real_name: str, tz: str, kind: str = "member", title: str = "", email: str = ""
    ) -> Json:
        """Let a new person join the workspace."""
        if not handle or self.workspace.find_person(handle) is not None:
            raise Mistake(f"The handle {handle!r} is taken or empty.")
        self._valid(tz, kind)
        self._free(email or f"{handle}@example.com")
        known = next(one for one in KINDS if one == kind)
        user = self.workspace.add_person(Person(handle, real_name or handle, tz, known, title, email=email))
        return {"user": user.id}

    async def change_person(self, who: str, **changes: Any) -> Json:
        """Change somebody's tz, real_name, title, email or kind, or deactivate them with deleted=True."""
        user = self.anybody(who)
        if unknown := set(changes) - {"tz", "real_name", "title", "email", "kind", "deleted"}:
            raise Mistake(f"Nobody can change {', '.join(sorted(unknown))} of a person.")
        deleted = changes.pop("deleted", None)
        if deleted is not None:
            changes["kind"] = "deactivated" if deleted else changes.get("kind", "member")
        self._valid(changes.get("tz", user.tz), changes.get("kind", user.kind))
        if changes.get("email", user.email) != user.email:
            self._free(str(changes["email"]))
        for name, value in changes.items():
            setattr(user, name, value)
        self.workspace.person_changed(user)
        return {"user": user.id}

    async def pause(self, who: str, begins: datetime, ends: datetime) -> Json:
        """Pause somebody's notifications between two instants; an end that is over switches them on again."""
        user = self.actor(who)
        user.dnd = (int(begins.timestamp()), int(ends.timestamp()))
        return {"user": user.id}

    # How it is done -------------------------------------------------------------------------------

    def _commands(self) -> list[SlashCommand]:
        return self.workspace.manifest.features.slash_commands

    def _shortcuts(self) -> list[Any]:
        return list(self.workspace.manifest.features.shortcuts)

    def _valid(self, tz: str, kind: str) -> None:
        try:
            ZoneInfo(tz)
        except (ZoneInfoNotFoundError, ValueError, IsADirectoryError):
            raise Mistake(f"There is no time zone {tz!r}.") from None
        if kind not in KINDS:
            raise Mistake(f"A person is one of {', '.join(KINDS)}, not {kind!r}.")

    def _free(self, email: str) -> None:
        if not EMAIL.fullmatch(email):
            raise Mistake(f"{email!r} is not an e-mail address.")
        if self.workspace.by_email(email) is not None:
            raise Mistake(f"Somebody has the e-mail address {email!r} already.")

    def _slash(self, user: User, room: Channel, command: SlashCommand, said: str) -> Json:
        if command.should_escape:
            said = text.command_text(said, self.workspace.names(), self.workspace.channel_names())
        trigger = self.app.triggers.give(user.id)
        url = self.app.responses.give("commands", room.id, user.id)
        return payloads.slash(self.app.frame, user, room, command.command, said, trigger, url)

    def _show_answer(self, user: User, room: Channel, typed: str, answer: Answer) -> str:
        if not answer.acked:
            return answer.error
        body = {"text": answer.payload} if isinstance(answer.payload, str) else answer.payload
        if not body or not isinstance(body, dict):
            return ""
        try:
            if body.get("response_type") == "in_channel":
                self.workspace.say(room, user, typed)
            say_for_app(self.app, room, user.id, body)
        except Refused as refusal:
            return refusal.code
        return ""

    def _slackbot(self, user: User, room: Channel, said: str) -> None:
        ts = self.workspace.next_ts(room)
        self.workspace.post(room, Message(ts, SLACKBOT, said, ephemeral_for=user.id))

    def _shortcut(self, user: User, callback_id: str) -> Json:
        trigger = self.app.triggers.give(user.id)
        return payloads.shortcut(self.app.frame, user, callback_id, trigger, self._action_ts())

    def _message_action(self, user: User, callback_id: str, channel: str, ts: str) -> Json:
        room = self.channel(user, channel)
        message = self.message(user, room, ts)
        if message.ephemeral_for:
            raise Mistake("There are no shortcuts on a message that only one person sees.")
        return payloads.message_action(
            self.app.frame,
            user,
            callback_id,
            self.app.triggers.give(user.id),
            self._action_ts(),
            room,
            self.workspace.message_wire(room, message),
            self.app.responses.give("actions", room.id, user.id, message.ts, message.thread_ts),
        )

    def _action_ts(self) -> str:
        return f"{self.workspace.clock.now().timestamp():.6f}"
