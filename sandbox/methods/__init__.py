"""The table of the Web API: every method the sandbox answers, by name."""

from sandbox.methods import auth, chat, conversations, files, membership, pins, reactions, users, views
from sandbox.methods.contract import Method

METHODS: dict[str, Method] = {
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **membership.METHODS,
    **pins.METHODS,
    **reactions.METHODS,
    **users.METHODS,
    **views.METHODS,
}
