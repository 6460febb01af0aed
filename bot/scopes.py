"""Which scopes of the manifest an installed app lacks."""

from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).parent.parent / "manifest.yml"


def missing_scopes(who: Any) -> tuple[list[str], int]:
    """Say from the answer to auth.test which scopes of the manifest are not granted, and how many it has."""
    import yaml  # noqa: PLC0415 - a start of the bot need not pay for it

    headers = {name.lower(): value for name, value in who.headers.items()}
    granted = set(str(headers.get("x-oauth-scopes", "")).replace(" ", "").split(","))
    wanted = yaml.safe_load(MANIFEST.read_text())["oauth_config"]["scopes"]["bot"]
    return [scope for scope in wanted if scope not in granted], len(wanted)
