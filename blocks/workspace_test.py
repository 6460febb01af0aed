"""The self-test: one line for each thing that was looked at, those to mend first, each with where to mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks.kit import Block, actions, button, channel, context, mention, plural, section, when
from blocks.workspace import AGAIN, SAMPLES_OPEN, SET_UP
from playbook.holidays import country_name

MOST_NAMED = 15
MOST_LINES = 25
MANIFEST = "Paste `manifest.yml` into the app's settings (api.slack.com/apps, App Manifest) and install it again."
INVITE = "Type `/invite @Inner Circle` there."

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
    return f"{shown} and {more} more" if more > 0 else shown


def scopes(missing: Sequence[str], wanted: int) -> Finding:
    """Say whether the app has every scope of its manifest."""
    if not missing:
        return ok(f"The app has all {wanted} permissions that it asks for.")
    lacking = ", ".join(f"`{one}`" for one in missing)
    return mend(f"The app lacks {plural(len(missing), 'permission')}: {lacking}. {MANIFEST}")


def place(channel_id: str, name: str, what: str, state: str, mend_at: str) -> Finding:
    """Say whether the bot can write in a channel: `state` is in, out, archived, gone, or how Slack refused."""
    shown = channel(channel_id)
    match state:
        case "in":
            return ok(f"I can write in {shown} ({what}).")
        case "out":
            return mend(f"I am not in {shown} ({what}). {INVITE}")
        case "archived":
            return mend(f"{shown} ({what}) is archived. Unarchive it in Slack, or choose another: {mend_at}.")
        case "gone":
            lost = f"*#{name}*" if name else f"A channel ({channel_id})"
            return mend(f"{lost} ({what}) was deleted, or is private and I am not in it. Choose another: {mend_at}.")
        case _:
            return unanswered(f"at {shown}", state)


def writing(user_id: str, what: str, state: str, mend_at: str) -> Finding:
    """Say why the bot cannot write to somebody: `state` is how Slack refused."""
    match state:
        case "user_disabled" | "left":
            return mend(f"I cannot write to {mention(user_id)} ({what}): their account is deactivated. {mend_at}")
        case "user_not_found" | "user_not_visible":
            return mend(f"I cannot write to {mention(user_id)} ({what}): Slack shows no such person. {mend_at}")
        case "missing_scope":
            return mend(f"I cannot write to {mention(user_id)} ({what}): the app lacks a permission. {MANIFEST}")
        case _:
            return unanswered(f"whether I can write to {mention(user_id)}", state)


def written(user_ids: Sequence[str]) -> Finding:
    """Say to whom the bot can write; nobody was written to."""
    return ok(f"I can write to {named(user_ids)}. I looked without sending them anything.")


def unanswered(what: str, why: str) -> Finding:
    """Say that Slack did not let us look."""
    return mend(f"Slack did not answer when I looked {what} ({why}). Press Run again in a few minutes.")


def country(code: str, *, known: bool) -> Finding:
    """Say whether public holidays are known."""
    if not code:
        return ok("No holiday country is chosen: only weekends are free, unless a contractor has a country.")
    if known:
        return ok(f"I know the public holidays of {country_name(code)}.")
    return mend(f"I know no public holidays of “{code}”. Choose the country again under Set up, on page 2.")


def not_chosen(missing: Sequence[str]) -> Finding:
    """Say what the set-up still lacks."""
    if not missing:
        return ok("Nothing is missing in the set-up.")
    return mend(f"Not chosen yet: {', '.join(missing)}. Press Set up.")


def not_introduced(channel_id: str, user_ids: Sequence[str]) -> Finding:
    """Name the contractors who are not in the introduction channel."""
    return mend(
        f"Not in {channel(channel_id)}, where newcomers are introduced: {named(user_ids)}. "
        f"Invite them there, or choose a channel they share under Set up."
    )


def gone(user_ids: Sequence[str]) -> Finding:
    """Name the contractors whose account is deactivated."""
    return mend(f"On the path, but deactivated in Slack: {named(user_ids)}. Reactivate them there if they are back.")


def reached(count: int) -> Finding:
    """Say that every contractor can be reached."""
    people = plural(count, "contractor")
    return ok(f"{people} on the path, where I can reach them." if count else "Nobody is on the path yet.")


def looking(findings: Sequence[Finding], what: str) -> Drawn:
    """Show how far the self-test is."""
    text = f"Self-test: looking at {what}…"
    return text, [section(f"*Self-test* · looking at {what}…"), *_lines(findings)]


def outcome(findings: Sequence[Finding], run: str, at: datetime) -> Drawn:
    """Show what works and what does not, those to mend first."""
    broken = [one for one in findings if not one.well]
    text = f"Self-test: {plural(len(broken), 'thing')} to mend." if broken else "Self-test: everything works."
    ordered = [*broken, *(one for one in findings if one.well)]
    row = actions(button("Run again", AGAIN, run), button("Set up", SET_UP), button("Test messages", SAMPLES_OPEN))
    return text, [section(f"*{text}*"), *_lines(ordered), row, context(f"Looked {when(at)}. Only you see this.")]


def _lines(findings: Sequence[Finding]) -> list[Block]:
    shown = [section(f"{'ok' if one.well else '*To mend*'} · {one.words}"[:2900]) for one in findings[:MOST_LINES]]
    more = len(findings) - MOST_LINES
    return [*shown, context(f"…and {more} more lines; mend these first.")] if more > 0 else shown
