"""What can be set from outside, read once from the environment and `.env`, with every complaint at once."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from storage.vault import Vault

WHERE = {
    "SLACK_BOT_TOKEN": "starts with xoxb-; api.slack.com/apps > your app > OAuth & Permissions > Bot User OAuth Token",
    "SLACK_APP_TOKEN": "starts with xapp-; your app > Basic Information > App-Level Tokens, with connections:write",
    "SLACK_SIGNING_SECRET": "your app > Basic Information > App Credentials > Signing Secret",
    "SLACK_API_URL": "leave it out for real Slack; the local workspace prints its own",
    "DATABASE_URL": "sqlite+aiosqlite:///data/inner-circle.db, or postgresql+asyncpg://user:password@host/name",
    "ENCRYPTION_KEY": "one or several keys, separated by commas, the newest first; `python -m bot key` makes one",
    "ADMINS": "user ids such as U012AB3CD, separated by commas; in Slack: profile > three dots > Copy member ID",
    "MODE": "socket (no public address needed) or http (Slack calls your address)",
    "PORT": "a number from 1 to 65535",
    "ALLOW_LOCAL_WEBHOOKS": "true or false; leave it out unless you try webhooks on your own machine",
    "PUBLIC_URL": "an https address at which people reach the bot, such as https://circle.example.com; or leave it out",
}
NEEDED = {"socket": ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"), "http": ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")}


class BadSettings(ValueError):
    """Settings that the bot cannot start with; `complaints` has a sentence for each."""

    def __init__(self, complaints: tuple[str, ...]) -> None:
        super().__init__("\n".join(complaints))
        self.complaints = complaints


class Settings(BaseSettings):
    """Everything that can be set; `.env.example` explains each in words."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    slack_bot_token: SecretStr
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = "sqlite+aiosqlite:///data/inner-circle.db"
    encryption_key: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    admins: Annotated[frozenset[str], NoDecode] = frozenset()
    mode: Literal["socket", "http"] = "socket"
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=1, le=65535)
    public_url: str = ""
    allow_local_webhooks: bool = False
    playbook: Path | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    posts_per_second: float = Field(default=4.0, gt=0)
    posts_per_second_in_a_conversation: float = Field(default=1.0, gt=0)
    grace_seconds: float = Field(default=60.0, ge=0)
    tick_seconds: float = Field(default=20.0, gt=0)

    @field_validator("admins", mode="before")
    @classmethod
    def split(cls, value: object) -> object:
        """Take ids separated by commas or blanks."""
        return frozenset(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("encryption_key", mode="before")
    @classmethod
    def keys(cls, value: object) -> object:
        """Take keys separated by commas or blanks, each one that Fernet takes."""
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("encryption_key")
    @classmethod
    def real_keys(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        """Take only what encrypts (Fernet: 32 bytes in base64)."""
        try:
            Vault([key.get_secret_value() for key in value])
        except ValueError:
            raise ValueError("is not a key") from None
        return value

    @field_validator("slack_bot_token")
    @classmethod
    def bot_token(cls, value: SecretStr) -> SecretStr:
        """Take a bot token only."""
        if not value.get_secret_value().startswith("xoxb-"):
            raise ValueError("is not a bot token")
        return value

    @field_validator("slack_app_token")
    @classmethod
    def app_token(cls, value: SecretStr | None) -> SecretStr | None:
        """Take an app-level token only."""
        if value is not None and not value.get_secret_value().startswith("xapp-"):
            raise ValueError("is not an app-level token")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def api_url(cls, value: str) -> str:
        """Take a web address, with or without the slash at its end."""
        if not value.startswith(("https://", "http://")):
            raise ValueError("is not a web address")
        return value.rstrip("/") + "/"

    @field_validator("public_url")
    @classmethod
    def safe_url(cls, value: str) -> str:
        """Take an address that nobody on the way can read along (or this machine's own), without a slash at its end."""
        parts = urlsplit(value)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost"))
        if value and not (safe and parts.hostname and not parts.query and not parts.fragment):
            raise ValueError("is not an https address")
        return value.rstrip("/")

    @property
    def vault(self) -> Vault:
        """Give what seals and opens with these keys."""
        return Vault([key.get_secret_value() for key in self.encryption_key])

    @property
    def grace(self) -> timedelta:
        """How long to wait before looking for a letter of unknown fate."""
        return timedelta(seconds=self.grace_seconds)


def load(env_file: Path | str | None = ".env") -> Settings:
    """Read the settings; raises BadSettings with all that is missing or wrong, and where to get each value."""
    complaints: dict[str, str] = {}
    settings = None
    try:
        settings = Settings(_env_file=env_file)
    except ValidationError as error:
        complaints = {str(problem["loc"][0]).upper(): problem["msg"] for problem in error.errors()}
    missing = [name for name in NEEDED[_mode(env_file)] if not _given(name, env_file)]
    complaints |= dict.fromkeys(missing, "Field required")
    if settings is None or complaints:
        raise BadSettings(tuple(_sentence(name, problem) for name, problem in complaints.items()))
    return settings


def _mode(env_file: Path | str | None) -> str:
    return "http" if _given("MODE", env_file).lower() == "http" else "socket"


def _given(name: str, env_file: Path | str | None) -> str:
    """Give what stands for a name in the environment or, failing that, in the file."""
    in_file = dotenv_values(env_file) if env_file else {}
    return os.environ.get(name) or in_file.get(name) or ""


def _sentence(name: str, problem: str) -> str:
    what = "is missing" if problem == "Field required" else problem.removeprefix("Value error, ")
    return f"{name} {what}: {WHERE.get(name, 'see .env.example')}."
