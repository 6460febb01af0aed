"""Who can see what about a contractor, said on one page."""

from blocks.kit import View, mention, page, section
from playbook.tongue import phrase

WHO_SEES = (
    (phrase("Your hours: days, lengths, projects, notes"), phrase("you, {manager} and the admins")),
    (phrase("How a day felt in your log"), phrase("you alone; in a team's mood only on average")),
    (
        phrase("Your blockers"),
        phrase("you, those who help, {manager}, the admins, and the project channel where their card is posted"),
    ),
    (phrase("What was agreed: role, hours, days, people, start"), phrase("you, {manager} and the admins")),
    (phrase("Your KPIs, their versions and results"), phrase("you, {manager} and the admins")),
    (phrase("Your checklist"), phrase("you, {manager}, the people around you who own an item, and the admins")),
    (phrase("Which pages of the welcome packet you have got"), phrase("you, {manager} and the admins")),
    (phrase("Your introduction"), phrase("{manager} before it is posted, then everybody in the channel")),
    (phrase("Your tools and 2FA: that it is on, never a code"), phrase("you, operations, {manager} and the admins")),
    (phrase("What you learned when shadowing"), phrase("you, your buddy and {manager}")),
    (phrase("What you prepare for a 1:1, its topics and decisions"), phrase("you and {manager}")),
    (
        phrase("Your report: hours, blockers and checklist by week"),
        phrase("you and {manager}; in a team's report also the admins"),
    ),
    (
        phrase("Your mood in reports"),
        phrase("you, {manager} as told for a 1:1; a team's only on average over four people or more"),
    ),
    (phrase("How a week felt to you (audit)"), phrase("you, and {manager} once you have answered")),
    (
        phrase("Health checks: what was asked about how work goes"),
        phrase("you first, then {manager}; not what you call all good"),
    ),
    (
        phrase("Red flags: signs of overwork in your log"),
        phrase("you first, then {manager}; not what you call a one-off"),
    ),
    (phrase("What {manager} notes for a 1:1 as manager-only"), phrase("{manager} alone, not even the admins")),
    (
        phrase("Your days off, holidays and quiet hours"),
        phrase("those around you see the days; your words only {manager}"),
    ),
    (phrase("Quarterly Reviews"), phrase("before both have answered: whoever wrote; then you and {manager}")),
    (
        phrase("Rate reviews"),
        phrase("{manager}, and you once you are invited; amounts are encrypted, and never for the admins"),
    ),
    (phrase("Courses, the ladder, invitations to discussions"), phrase("you and {manager}")),
    (
        phrase("Leaving: the last day, what is handed over, closed tools"),
        phrase("you, {manager}, those who help and the admins"),
    ),
    (phrase("Hours tracked in another tool (worklog)"), phrase("you first, then {manager}")),
    (
        phrase("Words you asked for in the lexicon"),
        phrase("whoever answers; the answer is for everybody, your name is not in it"),
    ),
)


def privacy(manager_id: str) -> View:
    """Say for everything that is kept about somebody who sees it."""
    manager = mention(manager_id)
    rows = [section(f"*{what}*\n{who}".format(manager=manager)) for what, who in WHO_SEES]
    end = phrase("Nobody is ranked, and I read no conversation but the one you have with me.")
    return page(
        phrase("Who sees what"), phrase("This is kept about you, and this is who can see it:"), *rows, section(end)
    )
