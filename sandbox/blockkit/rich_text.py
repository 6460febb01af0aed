"""Rich text: sections, lists, quotes and preformatted text, and the inline elements they hold."""

from __future__ import annotations

import re

from sandbox.blockkit.checks import (
    Check,
    Shape,
    array,
    boolean,
    integer,
    kinds,
    link,
    one_of,
    string,
    tagged,
    written,
)

DATE_TOKENS = (
    "date_num|date_slash|date|date_short|date_long|date_long_full|date_pretty|date_short_pretty|date_long_pretty|"
    "day_divider_pretty|time|time_secs|ago"
)
# At least one known token in braces, and no brace outside of one.
DATE_FORMAT = re.compile(rf"[^{{}}]*(\{{({DATE_TOKENS})\}}[^{{}}]*)+")

LOOKS: dict[str, Check] = dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean)
MENTION_LOOKS: dict[str, Check] = dict.fromkeys(("highlight", "client_highlight", "unlink"), boolean)
STYLE = Shape({}, LOOKS)
MENTION_STYLE = Shape({}, {**LOOKS, **MENTION_LOOKS})
STYLED: dict[str, Check] = {"style": STYLE}
MENTIONED: dict[str, Check] = {"style": MENTION_STYLE}
BORDER = integer(0, 1)

WORDS: dict[str, Check] = {
    "text": tagged({"text": string()}, STYLED),
    "link": tagged({"url": link(3000)}, {**STYLED, "text": string(), "unsafe": boolean}),
}
INLINE: dict[str, Check] = {
    **WORDS,
    "user": tagged({"user_id": string()}, MENTIONED),
    "channel": tagged({"channel_id": string()}, MENTIONED),
    "usergroup": tagged({"usergroup_id": string()}, MENTIONED),
    "team": tagged({"team_id": string()}, MENTIONED),
    "broadcast": tagged({"range": one_of("here", "channel", "everyone")}, STYLED),
    "color": tagged({"value": string()}, STYLED),
    "emoji": tagged(
        {"name": string()},
        {**STYLED, "unicode": string(), "skin_tone": integer(1, 6), "url": link()},
    ),
    "date": tagged(
        {"timestamp": integer(0), "format": written(DATE_FORMAT, "must be a valid date format")},
        {**STYLED, "url": link(), "fallback": string()},
    ),
}

# The composer itself writes sections without anything in them, so an empty list is allowed here.
SECTION = tagged({"elements": array(kinds(INLINE))})
PARTS: dict[str, Check] = {
    "rich_text_section": SECTION,
    "rich_text_list": tagged(
        {"style": one_of("bullet", "ordered"), "elements": array(kinds({"rich_text_section": SECTION}))},
        {"indent": integer(0, 8), "offset": integer(0), "border": BORDER},
    ),
    "rich_text_quote": tagged({"elements": array(kinds(INLINE))}, {"border": BORDER}),
    "rich_text_preformatted": tagged({"elements": array(kinds(WORDS))}, {"border": BORDER}),
}

RICH_TEXT_TABLE = tagged({"elements": array(kinds(PARTS), 1)}, {"block_id": string(255)})
RICH_TEXT = kinds({"rich_text": RICH_TEXT_TABLE})
