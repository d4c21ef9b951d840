"""What a person is told when something is not done."""

from typing import Any


class Refused(Exception):  # noqa: N818  A refusal is no error.
    """It was refused, and nothing was changed. `str()` is the reason, a sentence for people.

    `result` is what a program is told about it, if there is more to tell than the sentence.
    """

    def __init__(self, reason: str, *, result: dict[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.result = result
