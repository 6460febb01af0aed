"""Modals and Home tabs: the stack of views in front of each person, with hashes and what was filled in."""

from dataclasses import dataclass, field
from typing import Any

from sandbox import ids
from sandbox.blocks import with_ids
from sandbox.errors import Refused
from sandbox.stateful import Values, copied, state

Json = dict[str, Any]
DEEPEST = 3


@dataclass(eq=False)
class View:
    """A view somebody has in front of them; `errors` and `failed` are what they read after a submission."""

    id: str
    user: str
    content: Json
    root: str
    previous: str | None
    hash: str
    values: Values
    errors: dict[str, str] = field(default_factory=dict)
    failed: str | None = None

    @property
    def blocks(self) -> list[Json]:
        """The view's blocks."""
        return list(self.content["blocks"])

    @property
    def external_id(self) -> str:
        """The app's own name for the view, or nothing."""
        return str(self.content.get("external_id") or "")


class Views:
    """Every open modal and published Home of the workspace."""

    def __init__(self, team_id: str, app_id: str, bot_id: str) -> None:
        self._team_id, self._app_id, self._bot_id = team_id, app_id, bot_id
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self._known: dict[str, View] = {}

    def find(self, view_id: str) -> View | None:
        """Find an open modal or a Home by its id."""
        return self._known.get(view_id)

    def called(self, external_id: str) -> View | None:
        """Find a view by the app's own name for it."""
        if not external_id:
            return None
        return next((view for view in self._known.values() if view.external_id == external_id), None)

    def top(self, user: str) -> View | None:
        """Give the modal in front of somebody."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def open(self, user: str, content: Json, now: float) -> View:
        """Put a new root modal in front of somebody; raises Refused("duplicate_external_id")."""
        view = self._make(user, content, None, now)
        self.stacks.setdefault(user, []).append(view)
        return view

    def push(self, onto: View, content: Json, now: float) -> View:
        """Put a modal on top of another; raises Refused("push_limit_reached") beyond three."""
        stack = self.stacks.get(onto.user, [])
        if sum(view.root == onto.root for view in stack) >= DEEPEST:
            raise Refused("push_limit_reached")
        view = self._make(onto.user, content, onto, now)
        stack.append(view)
        return view

    def update(self, view: View, content: Json, now: float) -> None:
        """Change a view in place; what was filled in survives where block_id and action_id did."""
        self._refuse_duplicate(content, view)
        view.content = _whole(content)
        view.values = state(view.content["blocks"], view.values)
        view.hash = _hash(now)
        view.errors, view.failed = {}, None

    def publish(self, user: str, content: Json, now: float) -> View:
        """Publish somebody's Home."""
        home = self.homes.get(user)
        if home is None:
            home = self.homes[user] = self._make(user, content, None, now)
        else:
            self.update(home, content, now)
        return home

    def close(self, view: View) -> None:
        """Take one modal away."""
        self._keep(view.user, [other for other in self.stacks.get(view.user, []) if other is not view])

    def clear(self, view: View) -> View:
        """Take a modal's whole stack away and give its root."""
        stack = self.stacks.get(view.user, [])
        root = next(other for other in stack if other.id == view.root)
        self._keep(view.user, [other for other in stack if other.root != view.root])
        return root

    def wire(self, view: View) -> Json:
        """Show a view as Slack's payloads do."""
        content = view.content
        shown = {
            "id": view.id,
            "team_id": self._team_id,
            "type": content["type"],
            "blocks": content["blocks"],
            "private_metadata": content.get("private_metadata") or "",
            "callback_id": content.get("callback_id") or "",
            "state": {"values": copied(view.values)},
            "hash": view.hash,
            "clear_on_close": bool(content.get("clear_on_close")),
            "notify_on_close": bool(content.get("notify_on_close")),
            "previous_view_id": view.previous,
            "root_view_id": view.root,
            "app_id": self._app_id,
            "external_id": view.external_id,
            "app_installed_team_id": self._team_id,
            "bot_id": self._bot_id,
        }
        texts = {key: _text(content.get(key)) for key in ("title", "submit", "close")}
        return shown | (texts if content["type"] == "modal" else {})

    def _keep(self, user: str, stack: list[View]) -> None:
        for view in self.stacks.get(user, []):
            if view not in stack:
                del self._known[view.id]
        self.stacks[user] = stack

    def _make(self, user: str, content: Json, onto: View | None, now: float) -> View:
        self._refuse_duplicate(content, None)
        view_id, whole = ids.fresh("V"), _whole(content)
        view = View(
            id=view_id,
            user=user,
            content=whole,
            root=onto.root if onto else view_id,
            previous=onto.id if onto else None,
            hash=_hash(now),
            values=state(whole["blocks"]),
        )
        self._known[view_id] = view
        return view

    def _refuse_duplicate(self, content: Json, but: View | None) -> None:
        known = self.called(str(content.get("external_id") or ""))
        if known is not None and known is not but:
            raise Refused("duplicate_external_id")


def _whole(content: Json) -> Json:
    return {**content, "blocks": with_ids(content["blocks"])}


def _hash(now: float) -> str:
    return f"{int(now)}.{ids.fresh('', 8)}"


def _text(text: Json | None) -> Json | None:
    return {**text, "emoji": text.get("emoji", True)} if text else None
