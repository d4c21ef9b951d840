"""What a person is told when something is not done."""

from typing import Any


class Refused(Exception):  # noqa: N818  A refusal is no error.
    """It was refused, and nothing was changed. `str()` is the reason, a sentence for people.

    `result` is what a program is told about it, if there is more to tell than the sentence.
    `way_on` is the name of the page to go on from, when the page before is gone.
    `template_name` is the page that tells it, when a message is not enough: it is given the
    `refusal`, and as `fields` what the person had sent, to send it again.
    """

    way_on = ""
    template_name = ""

    def __init__(self, reason: str, *, result: dict[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.result = result
