"""What an admin reads when a message could not be delivered: who missed it, why, and what to do."""

from collections.abc import Mapping

from blocks.kit import Block, actions, button, channel, mention, one_line, section
from playbook.tongue import first_line, phrase
from storage.tables import Letter

RESEND = "delivery.resend"

INVITE = phrase("I am not in {to} any more. Type `/invite @Inner Circle` there, then press Resend.")
RIGHTS = phrase("This workspace does not let me do that: {code}. Reinstall the app with the scopes in its manifest.")
TOO_BIG = phrase(
    "It was too big for Slack. Nothing on your side is wrong; please report it with the words in brackets."
)
WHY: Mapping[str, str] = {
    "not_in_channel": INVITE,
    "channel_not_found": phrase("I can't see {to} any more. Type `/invite @Inner Circle` there, then press Resend."),
    "is_archived": phrase("{to} is archived. Unarchive it and press Resend, or choose another project channel."),
    "restricted_action": phrase("Only some people may post in {to}. Allow the app to post there, then press Resend."),
    "restricted_action_read_only_channel": phrase("{to} is read-only. Allow the app to post there, then press Resend."),
    "restricted_action_thread_only_channel": phrase("{to} takes threads only. Choose another project channel."),
    "user_not_found": phrase("I can't find {to} in this workspace. Please check that they still have an account."),
    "user_disabled": phrase("{to} is deactivated. If somebody took over, change it with `/contractor edit @person`."),
    "cannot_dm_bot": phrase(
        "{to} is an app, and apps can't be written to. Choose a person with `/contractor edit @person`."
    ),
    "messages_tab_disabled": phrase(
        "Messages to the app are turned off. Turn on the Messages tab in the app's settings."
    ),
    "missing_scope": RIGHTS,
    "not_allowed_token_type": RIGHTS,
    "msg_too_long": TOO_BIG,
    "msg_blocks_too_long": TOO_BIG,
    "invalid_blocks": TOO_BIG,
    "invalid_blocks_format": TOO_BIG,
}
UNSURE = phrase("Slack never said whether it arrived, and I could not look. If {to} does not have it, press Resend.")
OTHERWISE = phrase("Slack refused it. Please try Resend; if it fails again, report it with the words in brackets.")


def receiver(letter: Letter) -> str:
    """Name the person, the group or the channel that a letter is for."""
    if letter.to.startswith(("C", "G")):
        return channel(letter.to)
    return phrase(" and ").join(mention(one) for one in letter.to.split(","))


def why(error: str, to: str) -> str:
    """Turn Slack's error code into what happened and what to do next (Slack: chat.postMessage errors)."""
    words = UNSURE if error.startswith("unknown") else WHY.get(error, OTHERWISE)
    return words.format(to=to, code=one_line(error, 80))


def row(letter: Letter, sentence: str) -> tuple[Block, Block]:
    """Draw one letter that failed, with the reason in words and the way to send it again."""
    code = one_line(letter.error, 80) or "unknown"
    said = section(
        phrase(
            "*For {letter}*: {letter_2}\n{sentence_} (`{code}`)",
            letter=receiver(letter),
            letter_2=_excerpt(letter.text),
            sentence_=sentence,
            code=code,
        )
    )
    return said, actions(button(phrase("Resend"), RESEND, letter.id, spoken=phrase("Resend this message")))


def _excerpt(text: str) -> str:
    """Show the beginning of our own words, which are safe already, without cutting a mention in two."""
    return first_line(text) or phrase("a message")


def notice(letter: Letter, sentence: str) -> tuple[str, list[Block]]:
    """Tell an admin that a message did not reach somebody."""
    opening = section(phrase("⚠️ *A message could not be delivered.*"))
    return phrase(
        "A message for {letter} could not be delivered. {sentence_}", letter=receiver(letter), sentence_=sentence
    ), [opening, *row(letter, sentence)]
