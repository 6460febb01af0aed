"""Views: modals and the Home tab."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blockkit.checks import WRONG_ENUM, Check, boolean, kinds, string, tagged
from sandbox.blockkit.objects import plain
from sandbox.blockkit.problem import Found, Problem, fail
from sandbox.blockkit.surfaces import check_surface, every_block

VIEW_BYTES = 250 * 1024


def _blocks(surface: str) -> Check:
    def check(value: object, pointer: str) -> Found:
        if not isinstance(value, list):
            return fail("must be an array", pointer)
        return check_surface(value, surface, pointer)

    return check


def submit_for_inputs(view: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """Ask a modal with something to fill in for a submit button; pointer and wording are Slack's."""
    if "submit" in view:
        return
    for block, where in every_block(view["blocks"], f"{pointer}/blocks"):
        if block["type"] == "input":
            yield Problem("must define `submit` to use an `input` block in modals", f"{where}/input")


COMMON: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
VIEWS: dict[str, Check] = {
    "modal": tagged(
        {"title": plain(24), "blocks": _blocks("modal")},
        {
            **COMMON,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
        },
        submit_for_inputs,
    ),
    "home": tagged({"blocks": _blocks("home")}, COMMON),
}
VIEW = kinds(VIEWS, WRONG_ENUM)


def check_view(view: object) -> list[Problem]:
    """Say what Slack would refuse in a modal or Home view; an empty list means it would open."""
    if size(view) > VIEW_BYTES:
        return [Problem("view must be less than 250 KB", "/view", "view_too_large")]
    return VIEW(view, "/view").listed()


def size(view: object) -> int:
    """Bytes of the view written as compact JSON."""
    return len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"))
