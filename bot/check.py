"""`python -m bot check`: what is missing or wrong, in plain words, each with the way to mend it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.scopes import missing_scopes
from bot.settings import BadSettings, Settings, load
from bot.slack import Slack
from playbook import load as playbook
from storage import contractor, migrate
from storage.database import Database


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    well: bool
    words: str

    def __str__(self) -> str:
        return f"{'ok  ' if self.well else 'MEND'}  {self.words}"


def playbook_findings(folder: Path | None) -> Iterator[Finding]:
    """Read the playbook as the bot would."""
    try:
        playbook.load(folder)
    except playbook.BadPlaybook as error:
        yield from (Finding(well=False, words=f"playbook: {complaint}") for complaint in error.complaints)
    else:
        yield Finding(well=True, words="The playbook can be used.")


async def everything(env_file: Path | None = Path(".env")) -> AsyncIterator[Finding]:
    """Look at settings, playbook, store, tokens, scopes and channels, in this order."""
    try:
        settings = load(env_file)
    except BadSettings as error:
        for complaint in error.complaints:
            yield Finding(well=False, words=complaint)
        for finding in playbook_findings(None):
            yield finding
        return
    yield Finding(well=True, words="The settings are complete.")
    for finding in playbook_findings(settings.playbook):
        yield finding
    yield await _store(settings)
    slack = Slack(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    try:
        async for finding in _slack(slack, settings):
            yield finding
    finally:
        await slack.close()


async def _store(settings: Settings) -> Finding:
    try:
        behind = await migrate.behind(settings.database_url)
    except (migrate.FromTheFuture, SQLAlchemyError, OSError) as error:
        return Finding(well=False, words=f"DATABASE_URL: {error}")
    if behind and not settings.database_url.startswith("sqlite"):
        return Finding(well=False, words="The database has migrations to come: run `python -m bot migrate`.")
    return Finding(well=True, words="The database is made at the next start." if behind else "The database is ready.")


async def _slack(slack: Slack, settings: Settings) -> AsyncIterator[Finding]:
    try:
        who = await slack.asks.auth_test()
    except SlackApiError as error:
        mend = "Install the app again and copy the token anew."
        yield Finding(well=False, words=f"SLACK_BOT_TOKEN: Slack says {error.response['error']}. {mend}")
        return
    except Exception as error:  # noqa: BLE001 - whatever keeps us from Slack is to be told in one line
        words = f"SLACK_API_URL: {settings.slack_api_url} does not answer ({type(error).__name__})."
        yield Finding(well=False, words=words)
        return
    yield Finding(well=True, words=f"The bot token is {who['user']}'s in {who['team']}.")
    yield _scopes(who)
    if settings.mode == "socket":
        yield await _app_token(settings)
    async for finding in _channels(slack, settings, str(who["team_id"])):
        yield finding


def _scopes(who: Any) -> Finding:
    missing, wanted = missing_scopes(who)
    if missing:
        mend = "Paste manifest.yml under App Manifest, then install the app again."
        return Finding(well=False, words=f"The app lacks {', '.join(missing)}. {mend}")
    return Finding(well=True, words=f"All {wanted} scopes are granted.")


async def _app_token(settings: Settings) -> Finding:
    token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    try:
        await AsyncWebClient(base_url=settings.slack_api_url).apps_connections_open(app_token=token)
    except SlackApiError as error:
        why = error.response["error"]
        mend = "Make an app-level token with connections:write, and switch Socket Mode on."
        return Finding(well=False, words=f"SLACK_APP_TOKEN: Slack says {why}. {mend}")
    return Finding(well=True, words="The app token opens a Socket Mode connection.")


async def _channels(slack: Slack, settings: Settings, team_id: str) -> AsyncIterator[Finding]:
    """Look whether the bot is where contractors' blockers are to be posted."""
    mine = await slack.asks.users_conversations(types="public_channel,private_channel", limit=200)
    member = {channel["id"]: channel["name"] for channel in mine["channels"]}
    names = ", ".join(f"#{name}" for name in sorted(member.values()))
    yield Finding(well=bool(member), words=f"The bot is in {names}." if member else NOWHERE)
    for channel_id in await _project_channels(settings, team_id):
        if channel_id not in member:
            mend = "Type /invite @Inner Circle there."
            yield Finding(well=False, words=f"Blockers go to channel {channel_id}, but the bot is not in it. {mend}")


async def _project_channels(settings: Settings, team_id: str) -> list[str]:
    database = Database(settings.database_url)
    try:
        async with database.team_reading(team_id) as team:
            return sorted({one.project_channel for one in await contractor.everyone(team) if one.project_channel})
    except SQLAlchemyError:
        return []
    finally:
        await database.close()


NOWHERE = "The bot is in no channel yet. Type /invite @Inner Circle in each project channel."
