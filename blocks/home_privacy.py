"""Who can see what about a contractor, said on one page."""

from blocks.kit import View, mention, page, section

WHO_SEES = (
    ("Your hours: days, lengths, projects, notes, how a day felt", "you, {manager} and the admins"),
    ("Your blockers", "you, those who help, {manager}, the admins, and the project channel where their card is posted"),
    ("What was agreed: role, hours, days, people, start", "you, {manager} and the admins"),
    ("Your KPIs, their versions and results", "you, {manager} and the admins"),
    ("Your checklist", "you, {manager}, the people around you who own an item, and the admins"),
    ("Which pages of the welcome packet you have got", "you, {manager} and the admins"),
    ("Your introduction", "{manager} before it is posted, then everybody in the channel"),
    ("Your tools and 2FA: that it is on, never a code", "you, operations, {manager} and the admins"),
    ("What you learned when shadowing", "you, your buddy and {manager}"),
    ("What you prepare for a 1:1, its topics and decisions", "you and {manager}"),
    ("Your report: hours, blockers and checklist by week", "you and {manager}; in a team's report also the admins"),
    ("Your mood in reports", "you, {manager} as told for a 1:1; a team's only on average over four people or more"),
    ("How a week felt to you (audit)", "you, and {manager} once you have answered"),
    ("Health checks: what was asked about how work goes", "you first, then {manager}; not what you call all good"),
    ("Red flags: signs of overwork in your log", "you first, then {manager}; not what you call a one-off"),
    ("What {manager} notes for a 1:1 as manager-only", "{manager} alone, not even the admins"),
    ("Your days off, holidays and quiet hours", "those around you see the days; your words only {manager}"),
    ("Words you asked for in the lexicon", "whoever answers; the answer is for everybody, your name is not in it"),
)


def privacy(manager_id: str) -> View:
    """Say for everything that is kept about somebody who sees it."""
    manager = mention(manager_id)
    rows = [section(f"*{what}*\n{who}".format(manager=manager)) for what, who in WHO_SEES]
    end = "Nobody is ranked, and I read no conversation but the one you have with me."
    return page("Who sees what", "This is kept about you, and this is who can see it:", *rows, section(end))
