"""What people see of an introduction: the form, the card in the channel, and the form that says hi."""

from dataclasses import dataclass
from datetime import datetime

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    button,
    context,
    esc,
    mention,
    modal,
    one_line,
    page,
    section,
    when,
)
from playbook.days import local_day, local_time
from playbook.golden import Windows, next_day
from playbook.introduction import Draft, IntroductionBook
from playbook.tongue import numbered, phrase
from playbook.words import first_name

OPEN = "introduction.open"
FORM = "introduction.form"
PREVIEW = "introduction.preview"
APPROVE = "introduction.approve"
POST_NOW = "introduction.post_now"
WHERE = "introduction.where"
SAY_HI = "introduction.say_hi"
HI_FORM = "introduction.hi_form"


@dataclass(frozen=True)
class Shown:
    """An introduction to draw: whose, what they say, and the moment of posting, whose clock and day it shows (`at`).

    `posted` says whether that has been; `greeted` counts who said hi.
    """

    user_id: str
    name: str
    zone: str
    draft: Draft
    at: datetime
    posted: bool
    photo: str = ""
    golden: Windows | None = None
    greeted: int = 0


def card(shown: Shown, *, live: bool = True) -> tuple[str, list[Block]]:
    """Draw the introduction as it stands in a channel; one that is not `live` has no button."""
    text = phrase(
        "{shown} joins us as {role}. Say hi!", shown=one_line(shown.name, 80), role=one_line(shown.draft.role)
    )
    about, where = section("\n".join(_lines(shown)), _photo(shown)), section("\n".join(_where_lines(shown)))
    hi = actions(
        button(
            phrase("Say hi"),
            SAY_HI,
            shown.user_id,
            "primary",
            spoken=phrase("Say hi to {shown}", shown=shown.name)[:75],
        )
    )
    said = (
        [context(phrase("{person} said hi", person=numbered("{n} person", "{n} people", shown.greeted)))]
        if shown.greeted
        else []
    )
    return text, [
        about,
        where,
        *([context(golden)] if (golden := _golden(shown)) else []),
        *([hi, *said] if live else said),
    ]


def _lines(shown: Shown) -> list[str]:
    draft = shown.draft
    lines = [
        phrase(
            "*{shown}* ({shown_2}) joins us as *{role}*",
            shown=one_line(shown.name, 80),
            shown_2=mention(shown.user_id),
            role=one_line(draft.role),
        )
    ]
    lines += (
        [phrase("*Here to solve*: {bottleneck}", bottleneck=one_line(draft.bottleneck))] if draft.bottleneck else []
    )
    lines += [phrase("*Fun fact*: {fun_fact}", fun_fact=one_line(draft.fun_fact))] if draft.fun_fact else []
    return lines


def _where_lines(shown: Shown) -> list[str]:
    video = shown.draft.video
    return [
        phrase("*Where*: {shown}", shown=_where(shown)),
        *([phrase("<{video}|Watch a short video>", video=esc(video))] if video else []),
    ]


def _where(shown: Shown) -> str:
    clock = f"{local_time(shown.at, shown.zone):%H:%M}"
    place = one_line(shown.draft.place)
    seen = (
        phrase("it was {clock} there when this was posted", clock=clock)
        if shown.posted
        else phrase("it will be {clock} there by then", clock=clock)
    )
    return f"{place} ({seen})" if place else seen


def _photo(shown: Shown) -> Block | None:
    if not shown.photo.startswith(("https://", "http://")):
        return None
    return {"type": "image", "image_url": shown.photo, "alt_text": phrase("Photo of {shown}", shown=shown.name)[:100]}


def _golden(shown: Shown) -> str:
    if shown.golden is None:
        return ""
    day = next_day(shown.golden, local_day(shown.at, shown.golden.zone))
    window = shown.golden.on(day) if day else None
    if day is None or window is None:
        return ""
    begins, ends = (when(one, "{time}") for one in window)
    theirs = shown.golden.words(day, shown.zone)
    return phrase(
        "*Golden Hours*: {begins} to {ends} on your clock, {theirs} for {shown}",
        begins=begins,
        ends=ends,
        theirs=theirs,
        shown=one_line(first_name(shown.name), 40),
    )


def form(
    draft: Draft, book: IntroductionBook, user_id: str, memo: str, *, mine: bool, lead: str, name: str = ""
) -> View:
    """Ask for an introduction: of the person themselves, or of their manager, who may leave most of it out."""
    most, like = book.limits.field, book.examples
    title = phrase("Introduce yourself") if mine else phrase("Introduce a newcomer")
    about = "your" if mine else f"{first_name(name)}'s"
    return modal(
        title,
        [
            section(lead),
            fields.text("role", phrase("What is {about} role?", about=about), draft.role, most=most, example=like.role),
            fields.text(
                "bottleneck",
                phrase("Which bottleneck are you here to solve?")
                if mine
                else phrase("Which bottleneck are they here to solve?"),
                draft.bottleneck,
                most=most,
                example=like.bottleneck,
            ),
            fields.text(
                "fun_fact", phrase("A fun fact"), draft.fun_fact, most=most, optional=not mine, example=like.fun_fact
            ),
            fields.text(
                "place",
                phrase("Where are you?") if mine else phrase("Where are they?"),
                draft.place,
                most=most,
                optional=not mine,
                example=like.place,
            ),
            fields.link(
                "video",
                phrase("A short video"),
                draft.video,
                hint=phrase("If there is one: Loom, YouTube or any other link."),
            ),
            actions(button(phrase("Preview"), PREVIEW, user_id, spoken=phrase("See how this will look"))),
        ],
        FORM,
        submit=phrase("Save") if mine else phrase("Save and approve"),
        memo=memo,
    )


def preview(shown: Shown) -> View:
    """Show how it will look, over the form, which keeps what was typed."""
    return page(
        phrase("How it will look"),
        phrase("This is how your team will see it. *Back* returns to the form."),
        *card(shown, live=False)[1],
    ) | {"close": {"type": "plain_text", "text": phrase("Back"), "emoji": True}}


def as_page(shown: Shown, lead: str) -> View:
    """Show an introduction that cannot be changed any more."""
    return page(phrase("Introduction"), lead, *card(shown, live=False)[1])


def hi_form(name: str, words: str, book: IntroductionBook, memo: str) -> View:
    """Ask for the words that are to stand under an introduction."""
    lead = phrase(
        "Your words go into the thread under {name}'s introduction, with your name.",
        name=one_line(first_name(name), 40),
    )
    again = phrase(" This is what you said; change it as you like.") if words else ""
    return modal(
        phrase("Say hi to {name}", name=first_name(name)),
        [
            section(lead + again),
            fields.text(
                "words",
                phrase("Your words"),
                words,
                most=book.limits.greeting,
                lines=True,
                example=book.examples.greeting,
            ),
        ],
        HI_FORM,
        submit=phrase("Send"),
        memo=memo,
    )


def greeting(user_id: str, name: str, words: str) -> tuple[str, list[Block]]:
    """Say hi in the thread, in somebody's own words and under their name."""
    said = f"*{one_line(name, 80)}* ({mention(user_id)}): {esc(words)}"
    return f"{one_line(name, 80)}: {one_line(words)}", [section(said)]
