"""Tokens of the read-only API: only their hashes are kept; each is shown once, when it is made."""

import hmac
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from sqlmodel import col

from storage.database import Team
from storage.outward_tables import ApiToken

BEGINS = "ict_"
TOKEN_BYTES = 32
SHOWN = len(BEGINS) + 4


def new_token() -> str:
    """Make a token (32 random bytes)."""
    return BEGINS + token_urlsafe(TOKEN_BYTES)


def hashed(token: str) -> str:
    """Give what is kept of a token."""
    return sha256(token.encode()).hexdigest()


async def tokens(team: Team) -> Sequence[ApiToken]:
    """Fetch every token that is valid, oldest first."""
    valid = team.select(ApiToken).where(col(ApiToken.revoked_at).is_(None))
    return await team.all(valid.order_by(col(ApiToken.made_at), col(ApiToken.id)))


async def find(team: Team, token_id: str) -> ApiToken | None:
    """Fetch one token that is valid, which nobody else may change meanwhile."""
    row = await team.lock(ApiToken, id=token_id) if token_id else None
    return row if row is not None and row.revoked_at is None else None


async def make(team: Team, name: str, by: str, now: datetime) -> str:
    """Keep a new token under a name; gives the token itself, which is not kept."""
    token = new_token()
    team.add(
        ApiToken(
            team_id=team.team_id,
            name=name,
            digest=hashed(token),
            begins=token[:SHOWN],
            made_at=now,
            made_by=by,
        )
    )
    await team.session.flush()
    return token


async def revoke(team: Team, row: ApiToken, by: str, now: datetime) -> None:
    """Let a token stop."""
    row.revoked_at, row.revoked_by = now, by
    await team.session.flush()


async def owner(team: Team, token: str) -> ApiToken | None:
    """Find the row of a token that is valid; None for one that never was, or was revoked."""
    digest = hashed(token)
    row = await team.get(ApiToken, digest=digest)
    same = row is not None and hmac.compare_digest(row.digest, digest)
    return row if same and row is not None and row.revoked_at is None else None


async def was_used(team: Team, row: ApiToken, now: datetime) -> None:
    """Remember when a token was last used."""
    await team.change(team.update(ApiToken).where(col(ApiToken.id) == row.id).values(used_at=now))
