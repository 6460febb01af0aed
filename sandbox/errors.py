"""Refusals: one for what an app asked of the Web API, one for what a person asked of the control API."""

from collections.abc import Mapping, Sequence


class Refused(Exception):
    """The Web API answers ok:false with this code and `errors`; `problems` become Slack's "[ERROR] ..." messages."""

    def __init__(
        self,
        code: str,
        problems: tuple[str, ...] = (),
        needed: str | None = None,
        provided: str | None = None,
        errors: Sequence[Mapping[str, object]] = (),
    ) -> None:
        super().__init__(code)
        self.code = code
        self.problems = problems
        self.needed = needed
        self.provided = provided
        self.errors = errors


class Mistake(ValueError):
    """The control API answers 4xx with this sentence; nothing happened."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status
