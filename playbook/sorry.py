"""Sorry: a refusal that the person it is about may read."""


class Sorry(Exception):
    """A refusal in one short sentence that says what to do next."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
