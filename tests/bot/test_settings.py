"""What can be set from outside: defaults, refusals with the way to mend them, and secrets that stay secret."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import BadSettings, Settings, load
from storage.vault import Vault, new_key

GOOD = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_APP_TOKEN": "xapp-1-secret"}


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def read(tmp_path: Path, **values: str) -> Settings:
    """Read settings from a file, as a person would write it."""
    file = tmp_path / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    return load(file)


def complaints(tmp_path: Path, **values: str) -> tuple[str, ...]:
    with pytest.raises(BadSettings) as refused:
        read(tmp_path, **values)
    return refused.value.complaints


def test_two_tokens_are_enough(tmp_path: Path) -> None:
    settings = read(tmp_path, **GOOD)
    assert settings.mode == "socket"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url == "sqlite+aiosqlite:///data/inner-circle.db"
    assert settings.admins == frozenset()
    assert settings.grace == timedelta(minutes=1)


@pytest.mark.parametrize("url", ["https://circle.example.com", "http://127.0.0.1:3000", "https://example.com/circle"])
def test_a_public_address_has_no_slash_at_its_end(tmp_path: Path, url: str) -> None:
    assert read(tmp_path, **GOOD, PUBLIC_URL=f"{url}/").public_url == url


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN is missing: starts with xoxb-"),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, "SLACK_BOT_TOKEN is not a bot token: starts with xoxb-"),
        ({"SLACK_APP_TOKEN": ""}, "SLACK_APP_TOKEN is missing: starts with xapp-"),
        ({"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN is not an app-level token: starts with xapp-"),
        ({"MODE": "http"}, "SLACK_SIGNING_SECRET is missing: your app > Basic Information"),
        ({"MODE": "carrier pigeon"}, "MODE "),
        ({"PORT": "70000"}, "PORT "),
        ({"PORT": "first"}, "PORT "),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL is not a web address: leave it out for real Slack"),
        ({"PUBLIC_URL": "circle.example.com"}, "PUBLIC_URL is not an https address: an https address at which"),
        ({"PUBLIC_URL": "http://circle.example.com"}, "PUBLIC_URL is not an https address"),
        ({"PUBLIC_URL": "https://circle.example.com/?a=b"}, "PUBLIC_URL is not an https address"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL "),
        ({"POSTS_PER_SECOND": "0"}, "POSTS_PER_SECOND "),
        ({"GRACE_SECONDS": "-1"}, "GRACE_SECONDS "),
    ],
)
def test_what_is_wrong_is_said_with_the_way_to_mend_it(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    (complaint,) = complaints(tmp_path, **GOOD | changes)
    assert complaint.startswith(said)


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    told = complaints(tmp_path, SLACK_BOT_TOKEN="token", PORT="0", MODE="fax")
    assert {words.split()[0] for words in told} == {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "PORT", "MODE"}


def test_no_complaint_repeats_a_secret(tmp_path: Path) -> None:
    told = complaints(tmp_path, SLACK_BOT_TOKEN="hunter2", SLACK_APP_TOKEN="hunter3")
    assert "hunter" not in "".join(told)


def test_no_print_shows_a_secret(tmp_path: Path) -> None:
    settings = read(tmp_path, **GOOD, SLACK_SIGNING_SECRET="signing-secret")
    assert "secret" not in repr(settings).replace("slack_signing_secret", "")


@pytest.mark.parametrize("written", ["U1,U2", "U1 U2", " U1 , U2,", "U1,,U2"])
def test_admins_are_separated_by_commas_or_blanks(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, **GOOD, ADMINS=f'"{written}"').admins == {"U1", "U2"}


@pytest.mark.parametrize("written", ["http://127.0.0.1:9/api", "http://127.0.0.1:9/api/"])
def test_an_address_may_end_with_a_slash_or_not(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, **GOOD, SLACK_API_URL=written).slack_api_url == "http://127.0.0.1:9/api/"


def test_http_needs_no_app_token(tmp_path: Path) -> None:
    settings = read(tmp_path, SLACK_BOT_TOKEN="xoxb-1", MODE="http", SLACK_SIGNING_SECRET="s")
    assert settings.slack_app_token is None


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "4000")
    assert read(tmp_path, **GOOD, PORT="5000").port == 4000


def test_the_example_can_be_copied_and_only_the_tokens_are_missing(tmp_path: Path) -> None:
    example = (Path(__file__).parent.parent.parent / ".env.example").read_text()
    file = tmp_path / ".env"
    file.write_text(example)
    with pytest.raises(BadSettings) as refused:
        load(file)
    assert {words.split()[0] for words in refused.value.complaints} <= {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"}
    for name, value in GOOD.items():
        example = example.replace(f"\n{name}=\n", f"\n{name}={value}\n")
    file.write_text(example)
    assert load(file) == read(tmp_path, **GOOD)


def test_keys_that_encrypt_are_taken_and_others_refused(tmp_path: Path) -> None:
    new, old = new_key(), new_key()
    assert read(tmp_path, **GOOD, ENCRYPTION_KEY=f"{new},{old}").vault.unseal(Vault([old]).seal("words")) == "words"
    (complaint,) = complaints(tmp_path, **GOOD, ENCRYPTION_KEY="hunter2")
    assert complaint.startswith("ENCRYPTION_KEY is not a key")
    assert "hunter2" not in complaint
