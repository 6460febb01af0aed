"""Everybody the bot knows, to find people by what others call them."""

from collections.abc import Collection, Mapping, Sequence

from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage.database import Team
from storage.tables import Person


async def everybody(team: Team) -> Sequence[Person]:
    """Fetch all people, those who have left included."""
    return await team.all(team.select(Person))


class Roll:
    """Finds people by what others call them: an address, a handle, a Slack id, or a full name."""

    def __init__(self, known: Collection[Person], handles: Mapping[str, str]) -> None:
        self.people = {person.user_id: person for person in known}
        self._handles = handles

    def find(self, text: str) -> Person:
        """Find one person; raises Sorry where nobody or several are meant."""
        word = text.strip().strip("<@>").partition("|")[0] if text.startswith("<") else text.strip()
        if word.upper() in self.people:
            return self.people[word.upper()]
        handle = self._handles.get(word.removeprefix("@").casefold(), "")
        if handle in self.people and (word.startswith("@") or " " not in word):
            return self.people[handle]
        return self._named(word.casefold(), text)

    def _named(self, word: str, text: str) -> Person:
        named = [one for one in self.people.values() if word in {one.email, one.name.casefold()} and not one.is_bot]
        here = [one for one in named if not one.deactivated] or named
        if len(here) == 1:
            return here[0]
        if here:
            raise Sorry(phrase('Several people are called "{text}". Give the e-mail address instead.', text=text))
        raise Sorry(
            phrase('I find nobody called "{text}" in this workspace. An e-mail address is the surest.', text=text)
        )

    def name(self, user_id: str) -> str:
        """Give somebody's name."""
        return self.people[user_id].name if user_id in self.people else user_id
