"""The pages of the set-up: channel and people, week and hours, Who's Who, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from blocks import fields
from blocks.contractor import ADD, LONG_DAYS, days_of
from blocks.kit import Block, View, actions, button, channel, context, esc, mention, modal, one_line, option, section
from blocks.workspace import SAMPLES_OPEN, SELF_TEST, SET_UP
from playbook.holidays import country_name
from playbook.tongue import phrase
from playbook.workspace import Step, TopicAsked

FIRST = "workspace.first"
SECOND = "workspace.second"
THIRD = "workspace.third"
BACK = "workspace.back"
TITLE = phrase("Set up Inner Circle")
ON = "on"

Answers = Mapping[str, Any]


def _page(number: int, callback_id: str, submit: str, blocks: Sequence[Block], notice: str) -> View:
    top = [section(esc(notice))] if notice else []
    back = (
        [actions(button(phrase("Back"), BACK, str(number - 1), spoken=phrase("Back to the page before")))]
        if number > 1
        else []
    )
    where = context(phrase("Page {number} of 3. What you fill in is kept for a day if you close this.", number=number))
    return modal(TITLE, [*top, where, *blocks, *back], callback_id, submit=submit, keeps_draft=True)


def first(answers: Answers, notice: str = "") -> View:
    """Ask where newcomers are introduced, and who does what for all of them."""
    blocks = [
        fields.channel(
            "intro_channel",
            phrase("Introduction channel"),
            answers["intro_channel"],
            hint=phrase("Where newcomers say hello. I must be in it: /invite @Inner Circle"),
        ),
        fields.person(
            "office_operations",
            phrase("Operations"),
            answers["office_operations"],
            optional=True,
            hint=phrase("Opens tools and accounts, and hears of every new guest"),
        ),
        fields.person(
            "office_escalation",
            phrase("Escalation contact"),
            answers["office_escalation"],
            optional=True,
            hint=phrase("Hears of what stays stuck when nobody else could help"),
        ),
        fields.people(
            "adders",
            phrase("Who may add contractors"),
            answers["adders"],
            hint=phrase("Nobody else can, admins included. Leave it empty and nobody can."),
        ),
        fields.ticks(
            "teaser",
            phrase("The day before somebody starts"),
            [(phrase("Say in the introduction channel that they start tomorrow"), ON)],
            answers["teaser"],
        ),
    ]
    return _page(1, FIRST, phrase("Next"), blocks, notice)


def second(answers: Answers, notice: str = "") -> View:
    """Ask when the team works."""
    days = [(LONG_DAYS[day], str(day)) for day in range(7)]
    weekend = phrase("The days you leave out are the weekend")
    country = fields.search(
        "office_country",
        phrase("Holiday country"),
        optional=True,
        hint=phrase("Its public holidays are no working days. A contractor can have another country."),
    )
    if answers["office_country"]:
        code = answers["office_country"]
        country["element"]["initial_option"] = option(country_name(code), code).to_dict()
    blocks = [
        fields.ticks(
            "office_weekdays", phrase("Working days"), days, answers["office_weekdays"], optional=False, hint=weekend
        ),
        country,
        _clock(
            "golden_start",
            phrase("Golden Hours from"),
            answers["golden_start"],
            phrase("When everybody can be reached"),
        ),
        _clock(
            "golden_end", phrase("Golden Hours until"), answers["golden_end"], phrase("Two to three hours work best")
        ),
        fields.search(
            "golden_zone",
            phrase("On whose clock"),
            answers["golden_zone"],
            optional=True,
            hint=phrase("Each reader sees the hours on their own clock as well"),
        ),
    ]
    return _page(2, SECOND, phrase("Next"), blocks, notice)


def _clock(name: str, label: str, value: str, hint: str) -> Block:
    element: Block = {"type": "timepicker", "action_id": name} | ({"initial_time": value} if value else {})
    words = {"label": _plain(label), "hint": _plain(hint)}
    return {"type": "input", "block_id": name, "optional": True, "element": element, **words}


def _plain(words: str) -> Block:
    return {"type": "plain_text", "text": words, "emoji": True}


def topic_field(key: str) -> str:
    """Name the field that asks for a topic's person."""
    return f"topic_{key}"


def third(answers: Answers, topics: Sequence[TopicAsked], notice: str = "") -> View:
    """Ask whom to ask about what."""
    intro = section(phrase("*Who's Who*\nWhom do newcomers ask about what? `/whois budget` answers with this."))
    blocks = [
        fields.person(
            topic_field(topic.key), topic.name, answers.get(topic_field(topic.key), ""), optional=True, hint=topic.hint
        )
        for topic in topics
    ]
    return _page(3, THIRD, phrase("Save"), [intro, *blocks], notice)


def summary(answers: Answers, steps: Sequence[Step], topics: Sequence[TopicAsked]) -> View:
    """Say what was chosen, what is missing, and what to do next."""
    missing = [words for step in steps for words in step.missing]
    told = (
        phrase("*Still to choose*: {missing}.", missing=", ".join(missing))
        if missing
        else phrase("*Nothing is missing.*")
    )
    chosen = "\n".join(f"• {line}" for line in _lines(answers, topics))
    after = phrase("Next: see whether everything works, read what would be sent, or add the first contractor.")
    row = actions(
        button(phrase("Self-test"), SELF_TEST, style="primary"),
        button(phrase("Test messages"), SAMPLES_OPEN),
        button(phrase("Add contractor"), ADD),
        button(phrase("Change it"), SET_UP),
    )
    return modal(
        TITLE,
        [section(phrase("*Saved*\n{chosen}", chosen=chosen)), section(told), section(after), row],
        close=phrase("Done"),
    )


def _lines(answers: Answers, topics: Sequence[TopicAsked]) -> list[str]:
    named = [(topic.name, answers.get(topic_field(topic.key), "")) for topic in topics]
    asked = ", ".join(f"{one_line(name, 80)} {mention(user)}" for name, user in named if user)
    golden = phrase(
        "{answers}–{answers_2} in {answers_3}",
        answers=answers["golden_start"],
        answers_2=answers["golden_end"],
        answers_3=one_line(answers["golden_zone"], 80),
    )
    country = answers["office_country"]
    return [
        phrase("Introductions in {answers}", answers=channel(answers["intro_channel"]))
        if answers["intro_channel"]
        else phrase("No introductions"),
        phrase(
            "Operations {answers}, escalation {answers_2}",
            answers=mention(answers["office_operations"]),
            answers_2=mention(answers["office_escalation"]),
        ),
        phrase("May add contractors: {answers}", answers=_people(answers["adders"])),
        phrase("A teaser the day before") if answers["teaser"] else phrase("No teaser the day before"),
        phrase(
            "Working days {frozenset}", frozenset=days_of(frozenset(int(day) for day in answers["office_weekdays"]))
        ),
        phrase("Public holidays of {country}", country=one_line(country_name(country), 80))
        if country
        else phrase("No public holidays"),
        phrase("Golden Hours {golden}", golden=golden) if answers["golden_start"] else phrase("No Golden Hours"),
        phrase("Who's Who: {asked}", asked=asked) if asked else phrase("Nobody in Who's Who"),
    ]


def _people(user_ids: Sequence[str], most: int = 20) -> str:
    named = ", ".join(mention(one) for one in user_ids[:most])
    return (
        named + (phrase(" and {user_ids} more", user_ids=len(user_ids) - most) if len(user_ids) > most else "")
    ) or phrase("nobody yet")


def clock_words(at: time | None) -> str:
    """Write a time of day as the form keeps it, "" for none."""
    return f"{at:%H:%M}" if at else ""
