"""The app's manifest.yml, read as strictly as Slack reads it when the app is created."""

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sandbox.subscriptions import BOT_EVENTS

Short = Annotated[str, Field(max_length=50)]
WebUrl = Annotated[str, Field(pattern=r"^https?://", max_length=3500)]


class BadManifest(ValueError):
    """Slack would refuse this manifest; `sentences` say where and why."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class Part(BaseModel):
    """A piece of the manifest: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Display(Part):
    """How the app shows itself."""

    name: str = Field(min_length=1, max_length=35)
    description: str | None = Field(default=None, min_length=1, max_length=140)
    background_color: str | None = Field(default=None, pattern=r"^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$")
    long_description: str | None = Field(default=None, min_length=175, max_length=4000)


class AppHome(Part):
    """Which tabs the app's page has."""

    home_tab_enabled: bool = False
    messages_tab_enabled: bool = False
    messages_tab_read_only_enabled: bool = False


class BotUser(Part):
    """The app's bot user."""

    display_name: str = Field(min_length=1, max_length=80)
    always_online: bool = False


class Shortcut(Part):
    """A shortcut, global or on a message."""

    name: str = Field(min_length=1, max_length=24)
    type: Literal["message", "global"]
    callback_id: str = Field(min_length=1, max_length=255)
    description: str = Field(min_length=1, max_length=150)


class SlashCommand(Part):
    """A slash command; `should_escape` turns mentions in its text into ids."""

    command: str = Field(pattern=r"^/\S+$", min_length=2, max_length=32)
    url: str | None = Field(default=None, pattern=r"^https?://", max_length=3000)
    description: str = Field(min_length=1, max_length=2000)
    usage_hint: str | None = Field(default=None, min_length=1, max_length=1000)
    should_escape: bool = False


class Features(Part):
    """What the app shows in Slack."""

    app_home: AppHome = AppHome()
    bot_user: BotUser | None = None
    shortcuts: list[Shortcut] = Field(default_factory=list, max_length=10)
    slash_commands: list[SlashCommand] = Field(default_factory=list, max_length=50)
    unfurl_domains: list[str] = Field(default_factory=list, max_length=5)


class Scopes(Part):
    """What the app may do."""

    bot: list[Short] = Field(default_factory=list, max_length=255)
    user: list[Short] = Field(default_factory=list, max_length=255)
    bot_optional: list[Short] = Field(default_factory=list, max_length=255)
    user_optional: list[Short] = Field(default_factory=list, max_length=255)


class OAuth(Part):
    """How the app is installed."""

    redirect_urls: list[Annotated[str, Field(max_length=2500)]] = Field(default_factory=list, max_length=1000)
    scopes: Scopes = Scopes()
    token_management_enabled: bool = False
    pkce_enabled: bool = False


class Subscriptions(Part):
    """Which events the app hears."""

    request_url: WebUrl | None = None
    bot_events: list[Short] = Field(default_factory=list, max_length=100)
    user_events: list[Short] = Field(default_factory=list, max_length=100)


class Interactivity(Part):
    """Whether buttons, forms and shortcuts reach the app."""

    is_enabled: bool
    request_url: WebUrl | None = None
    message_menu_options_url: WebUrl | None = None


class Webhooks(Part):
    """Incoming webhooks."""

    incoming_webhooks_enabled: bool = False


class Settings(Part):
    """How Slack reaches the app."""

    allowed_ip_address_ranges: list[str] = Field(default_factory=list, max_length=50)
    event_subscriptions: Subscriptions = Subscriptions()
    incoming_webhooks: Webhooks = Webhooks()
    interactivity: Interactivity = Interactivity(is_enabled=False)
    org_deploy_enabled: bool = False
    socket_mode_enabled: bool = False
    token_rotation_enabled: bool = False


class Metadata(Part):
    """Which edition of the schema the file was written for."""

    schema_version: int | None = None
    major_version: int | None = None
    minor_version: int | None = None


class Manifest(Part):
    """The whole manifest."""

    metadata: Metadata | None = Field(default=None, alias="_metadata")
    display_information: Display
    features: Features = Features()
    oauth_config: OAuth = OAuth()
    settings: Settings = Settings()

    @model_validator(mode="after")
    def _is_consistent(self) -> "Manifest":
        faults = [*_doubles(self), *_scope_faults(self), *_reach_faults(self)]
        if faults:
            raise ValueError("; ".join(faults))
        return self


def read(path: Path) -> Manifest:
    """Read a manifest file; raises BadManifest with a sentence per fault."""
    return parse(path.read_text(encoding="utf-8"))


def parse(text: str) -> Manifest:
    """Read a manifest's text; raises BadManifest with a sentence per fault."""
    try:
        data: Any = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadManifest([f"This is not YAML: {error}"]) from error
    try:
        return Manifest.model_validate(data)
    except ValidationError as error:
        raise BadManifest([_sentence(fault) for fault in error.errors()]) from error


def _sentence(fault: Any) -> str:
    where = ".".join(str(step) for step in fault["loc"])
    return f"{where or 'manifest'}: {fault['msg']}"


def _doubles(manifest: Manifest) -> list[str]:
    commands = [command.command for command in manifest.features.slash_commands]
    callbacks = [shortcut.callback_id for shortcut in manifest.features.shortcuts]
    named = (("command", commands), ("shortcut callback_id", callbacks))
    return [
        f"{noun} {name!r} is there twice"
        for noun, names in named
        for name in sorted({name for name in names if names.count(name) > 1})
    ]


def _scope_faults(manifest: Manifest) -> list[str]:
    scopes, faults = set(manifest.oauth_config.scopes.bot), []
    features = manifest.features
    if scopes and features.bot_user is None:
        faults.append("bot scopes need features.bot_user")
    if (features.slash_commands or features.shortcuts) and "commands" not in scopes:
        faults.append("slash commands and shortcuts need the bot scope 'commands'")
    for event in manifest.settings.event_subscriptions.bot_events:
        if event not in BOT_EVENTS:
            faults.append(f"there is no bot event {event!r}")
        elif BOT_EVENTS[event] and not scopes.intersection(BOT_EVENTS[event]):
            faults.append(f"bot event {event!r} needs the scope {' or '.join(BOT_EVENTS[event])!r}")
    return faults


def _reach_faults(manifest: Manifest) -> list[str]:
    settings, faults = manifest.settings, []
    if settings.socket_mode_enabled:
        return []
    faults += [
        f"command {command.command!r} needs a url while Socket Mode is off"
        for command in manifest.features.slash_commands
        if command.url is None
    ]
    if settings.interactivity.is_enabled and settings.interactivity.request_url is None:
        faults.append("interactivity needs a request_url while Socket Mode is off")
    if settings.event_subscriptions.bot_events and settings.event_subscriptions.request_url is None:
        faults.append("event subscriptions need a request_url while Socket Mode is off")
    return faults
