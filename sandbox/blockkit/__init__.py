"""The Block Kit validator: says what Slack would refuse in blocks and views, in Slack's own words."""

from sandbox.blockkit.problem import Problem
from sandbox.blockkit.surfaces import check_surface
from sandbox.blockkit.views import check_view

__all__ = ["Problem", "check_blocks", "check_view"]


def check_blocks(blocks: object, surface: str) -> list[Problem]:
    """Say what Slack would refuse in the blocks of a "message", "modal" or "home"; empty means accepted."""
    if not isinstance(blocks, list):
        return [Problem("must be an array", "/blocks", "invalid_blocks_format")]
    return check_surface(blocks, surface, "/blocks").listed()
