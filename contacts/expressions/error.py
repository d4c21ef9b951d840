class ExpressionError(ValueError):
    """A text is no expression. `message` says why, `position` at which character, from 1 on.

    The position is at most one more than the length of the text: something is missing at its end.
    """

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message, self.position = message, position
