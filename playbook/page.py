"""Page: the strict, frozen shape that every page of the playbook has."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict


class Page(BaseModel):
    """Values read from a TOML file: nothing missing, nothing extra, nothing changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def twice(names: Iterable[str]) -> tuple[str, ...]:
    """Name what is there more than once, each once, in order."""
    seen: set[str] = set()
    again: dict[str, None] = {}
    for name in names:
        if name in seen:
            again[name] = None
        seen.add(name)
    return tuple(again)
