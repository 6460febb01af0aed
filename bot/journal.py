"""What the bot writes about itself: one line an occurrence, without secrets and without people's words."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|https?://hooks\.slack\.com/\S+|ticket=[\w-]+|/calendar/[\w-]+|Bearer\s+\S+"
    r"|whsec_\S+|\bict_[\w-]+|://[^/\s:@]+:[^@\s]+@",
    re.IGNORECASE,
)
QUIET = ("aiosqlite", "slack_sdk", "slack_bolt", "sqlalchemy", "apscheduler", "asyncio", "aiohttp", "alembic")


def hide(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blot out whatever looks like a secret."""
    return {name: SECRETS.sub("***", value) if isinstance(value, str) else value for name, value in line.items()}


def set_up(level: str) -> None:
    """Write lines to standard error; libraries speak only from WARNING on, since their DEBUG tells secrets."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.stdlib.ExtraAdder(),
        hide,
    ]
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.LogfmtRenderer(),
            ],
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    logging.basicConfig(handlers=[out], level=level, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
