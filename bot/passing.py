"""What leaves no message behind: Homes, and what is whispered to somebody in a channel; twice does no harm."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.outcome import Outcome, Result
from storage.tables import Letter


async def show(posts: AsyncWebClient, letter: Letter) -> Result:
    """Make the one call that shows it (Slack: views.publish, chat.postEphemeral)."""
    if letter.kind == "home":
        await posts.views_publish(user_id=letter.to, view={"type": "home", "blocks": letter.blocks})
    else:
        await posts.chat_postEphemeral(
            channel=letter.channel, user=letter.to, text=letter.text, blocks=letter.blocks or None
        )
    return Result(Outcome.SENT, letter.channel)
