"""The manifest is read as strictly as Slack reads it."""

import pytest

from sandbox.manifest import BadManifest, parse
from tests.sandbox.helpers import MANIFEST, manifest_with

REFUSED = [
    ("{", "not YAML"),
    ("features: {}", "display_information: Field required"),
    (MANIFEST + "\nextra: 1", "extra: Extra inputs"),
    (MANIFEST.replace("display_name: Tester", "display_name: Tester, color: red"), "features.bot_user.color"),
    (MANIFEST.replace("name: Tester\n", f"name: {'x' * 36}\n"), "display_information.name"),
    (MANIFEST.replace("command: /log", "command: log"), "features.slash_commands.0.command"),
    (MANIFEST.replace("command: /raw", "command: /log"), "command '/log' is there twice"),
    (MANIFEST.replace("keep.it", "do.it"), "callback_id 'do.it' is there twice"),
    (MANIFEST.replace("name: Do it", "name: A name that is far too long"), "features.shortcuts.0.name"),
    (MANIFEST.replace("type: global", "type: worldwide"), "features.shortcuts.0.type"),
    (MANIFEST.replace("should_escape: true", "should_escape: yes please"), "should_escape"),
    (MANIFEST.replace("- commands", "- users:write"), "need the bot scope 'commands'"),
    (MANIFEST.replace("- reactions:read", "- pins:read"), "'reaction_added' needs the scope"),
    (MANIFEST.replace("- team_join", "- team_joy"), "no bot event 'team_joy'"),
    (MANIFEST.replace("bot_user: {display_name: Tester}", "unfurl_domains: []"), "need features.bot_user"),
    (MANIFEST.replace("socket_mode_enabled: true", "socket_mode_enabled: false"), "needs a url"),
]


def test_a_good_manifest() -> None:
    manifest = parse(MANIFEST)

    assert [command.command for command in manifest.features.slash_commands] == ["/log", "/raw"]
    assert manifest.settings.socket_mode_enabled


@pytest.mark.parametrize(("text", "sentence"), REFUSED)
def test_what_slack_would_refuse(text: str, sentence: str) -> None:
    with pytest.raises(BadManifest) as refusal:
        parse(text)

    assert sentence in str(refusal.value)


def test_the_scopes_and_events_of_files_groups_and_addresses_are_known() -> None:
    scopes = "users:read.email files:read files:write mpim:read mpim:history channels:join channels:manage groups:write"
    events = "message.mpim message.groups file_shared channel_created channel_deleted group_deleted channel_rename"
    manifest = parse(manifest_with(scopes, events))

    assert set(scopes.split()) <= set(manifest.oauth_config.scopes.bot)
    assert set(events.split()) <= set(manifest.settings.event_subscriptions.bot_events)
    with pytest.raises(BadManifest, match="'file_shared' needs the scope 'files:read'"):
        parse(manifest_with("", "file_shared"))
