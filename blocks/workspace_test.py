"""The self-test: one line for each thing that was looked at, those to mend first, each with where to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks.kit import Block, actions, button, channel, context, mention, section, when
from blocks.workspace import AGAIN, SAMPLES_OPEN, SET_UP
from playbook.holidays import country_name
from playbook.tongue import numbered, phrase

MOST_NAMED = 15
MOST_LINES = 25
MANIFEST = phrase(
    "Paste `manifest.yml` into the app's settings (api.slack.com/apps, App Manifest) and install it again."
)
INVITE = phrase("Type `/invite @Inner Circle` there.")

Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, in words that are safe to show."""

    well: bool
    words: str


def ok(words: str) -> Finding:
    """Say that something works."""
    return Finding(well=True, words=words)


def mend(words: str) -> Finding:
    """Say what does not work, and where it is mended."""
    return Finding(well=False, words=words)


def named(user_ids: Sequence[str]) -> str:
    """Name some people, the first few of many."""
    shown = ", ".join(mention(one) for one in user_ids[:MOST_NAMED])
    more = len(user_ids) - MOST_NAMED
    return phrase("{shown} and {more} more", shown=shown, more=more) if more > 0 else shown


def scopes(missing: Sequence[str], wanted: int) -> Finding:
    """Say whether the app has every scope of its manifest."""
    if not missing:
        return ok(phrase("The app has all {wanted} permissions that it asks for.", wanted=wanted))
    lacking = ", ".join(f"`{one}`" for one in missing)
    return mend(
        phrase(
            "The app lacks {permission}: {lacking}. {manifest}",
            permission=numbered("{n} permission", "{n} permissions", len(missing)),
            lacking=lacking,
            manifest=MANIFEST,
        )
    )


def place(channel_id: str, name: str, what: str, state: str, mend_at: str) -> Finding:
    """Say whether the bot can write in a channel: `state` is in, out, archived, gone, or how Slack refused."""
    shown = channel(channel_id)
    match state:
        case "in":
            return ok(phrase("I can write in {shown} ({what}).", shown=shown, what=what))
        case "out":
            return mend(phrase("I am not in {shown} ({what}). {invite}", shown=shown, what=what, invite=INVITE))
        case "archived":
            return mend(
                phrase(
                    "{shown} ({what}) is archived. Unarchive it in Slack, or choose another: {mend_at}.",
                    shown=shown,
                    what=what,
                    mend_at=mend_at,
                )
            )
        case "gone":
            lost = f"*#{name}*" if name else phrase("A channel ({channel_id})", channel_id=channel_id)
            return mend(
                phrase(
                    "{lost} ({what}) was deleted, or is private and I am not in it. Choose another: {mend_at}.",
                    lost=lost,
                    what=what,
                    mend_at=mend_at,
                )
            )
        case _:
            return unanswered(phrase("at {shown}", shown=shown), state)


def writing(user_id: str, what: str, state: str, mend_at: str) -> Finding:
    """Say why the bot cannot write to somebody: `state` is how Slack refused."""
    match state:
        case "user_disabled" | "left":
            return mend(
                phrase(
                    "I cannot write to {user_id} ({what}): their account is deactivated. {mend_at}",
                    user_id=mention(user_id),
                    what=what,
                    mend_at=mend_at,
                )
            )
        case "user_not_found" | "user_not_visible":
            return mend(
                phrase(
                    "I cannot write to {user_id} ({what}): Slack shows no such person. {mend_at}",
                    user_id=mention(user_id),
                    what=what,
                    mend_at=mend_at,
                )
            )
        case "missing_scope":
            return mend(
                phrase(
                    "I cannot write to {user_id} ({what}): the app lacks a permission. {manifest}",
                    user_id=mention(user_id),
                    what=what,
                    manifest=MANIFEST,
                )
            )
        case _:
            return unanswered(phrase("whether I can write to {user_id}", user_id=mention(user_id)), state)


def written(user_ids: Sequence[str]) -> Finding:
    """Say to whom the bot can write; nobody was written to."""
    return ok(phrase("I can write to {user_ids}. I looked without sending them anything.", user_ids=named(user_ids)))


def unanswered(what: str, why: str) -> Finding:
    """Say that Slack did not let us look."""
    return mend(
        phrase(
            "Slack did not answer when I looked {what} ({why}). Press Run again in a few minutes.", what=what, why=why
        )
    )


def country(code: str, *, known: bool) -> Finding:
    """Say whether public holidays are known."""
    if not code:
        return ok(phrase("No holiday country is chosen: only weekends are free, unless a contractor has a country."))
    if known:
        return ok(phrase("I know the public holidays of {code}.", code=country_name(code)))
    return mend(
        phrase("I know no public holidays of “{code}”. Choose the country again under Set up, on page 2.", code=code)
    )


def not_chosen(missing: Sequence[str]) -> Finding:
    """Say what the set-up still lacks."""
    if not missing:
        return ok(phrase("Nothing is missing in the set-up."))
    return mend(phrase("Not chosen yet: {missing}. Press Set up.", missing=", ".join(missing)))


def not_introduced(channel_id: str, user_ids: Sequence[str]) -> Finding:
    """Name the contractors who are not in the introduction channel."""
    return mend(
        phrase(
            "Not in {channel_id}, where newcomers are introduced: {user_ids}. Invite them there, or "
            "choose a channel they share under Set up.",
            channel_id=channel(channel_id),
            user_ids=named(user_ids),
        )
    )


def gone(user_ids: Sequence[str]) -> Finding:
    """Name the contractors whose account is deactivated."""
    return mend(
        phrase(
            "On the path, but deactivated in Slack: {user_ids}. Reactivate them there if they are back.",
            user_ids=named(user_ids),
        )
    )


def reached(count: int) -> Finding:
    """Say that every contractor can be reached."""
    people = numbered("{n} contractor", "{n} contractors", count)
    return ok(
        phrase("{people} on the path, where I can reach them.", people=people)
        if count
        else phrase("Nobody is on the path yet.")
    )


def looking(findings: Sequence[Finding], what: str) -> Drawn:
    """Show how far the self-test is."""
    text = phrase("Self-test: looking at {what}…", what=what)
    return text, [section(phrase("*Self-test* · looking at {what}…", what=what)), *_lines(findings)]


def outcome(findings: Sequence[Finding], run: str, at: datetime) -> Drawn:
    """Show what works and what does not, those to mend first."""
    broken = [one for one in findings if not one.well]
    text = (
        phrase("Self-test: {thing} to mend.", thing=numbered("{n} thing", "{n} things", len(broken)))
        if broken
        else phrase("Self-test: everything works.")
    )
    ordered = [*broken, *(one for one in findings if one.well)]
    row = actions(
        button(phrase("Run again"), AGAIN, run),
        button(phrase("Set up"), SET_UP),
        button(phrase("Test messages"), SAMPLES_OPEN),
    )
    return text, [
        section(f"*{text}*"),
        *_lines(ordered),
        row,
        context(phrase("Looked {at}. Only you see this.", at=when(at))),
    ]


def _lines(findings: Sequence[Finding]) -> list[Block]:
    shown = [
        section(f"{('ok' if one.well else phrase('*To mend*'))} · {one.words}"[:2900]) for one in findings[:MOST_LINES]
    ]
    more = len(findings) - MOST_LINES
    return [*shown, context(phrase("…and {more} more lines; mend these first.", more=more))] if more > 0 else shown
