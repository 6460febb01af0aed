"""What leaves no message behind: Homes, and what is whispered to somebody in a channel; twice does no harm."""

from slack_sdk.web.async_client import AsyncWebClient

from blocks.tongue import spoken
from bot.outcome import Outcome, Result
from playbook.tongue import Tongue, say
from storage.tables import Letter


async def show(posts: AsyncWebClient, letter: Letter, reader: Tongue) -> Result:
    """Make the one call that shows it (Slack: views.publish, chat.postEphemeral)."""
    if letter.kind == "home":
        await posts.views_publish(user_id=letter.to, view={"type": "home", "blocks": spoken(letter.blocks, reader)})
    else:
        await posts.chat_postEphemeral(
            channel=letter.channel,
            user=letter.to,
            text=say(letter.text, reader),
            blocks=spoken(letter.blocks, reader) or None,
        )
    return Result(Outcome.SENT, letter.channel)
