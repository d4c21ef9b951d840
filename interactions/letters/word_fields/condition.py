"""The parts of an IF: what is compared and how, and where its two texts begin and end."""

from collections.abc import Sequence
from dataclasses import dataclass

from .instruction import ESCAPED, QUOTES
from .structure import CODE, Element, Field, code_text

OPERATORS = ("<=", ">=", "<>", "=", "<", ">")


@dataclass(frozen=True, slots=True)
class Piece:
    """A letter of an instruction, or something that is not text (then `letter` is "")."""

    letter: str
    source: Element | Field


@dataclass(frozen=True, slots=True)
class Span:
    """From one piece to before another; the quotation marks are not in it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Condition:
    """An IF taken apart. `false` is empty and at the end when there is none."""

    pieces: Sequence[Piece]
    left: Span
    operator: str
    right: Span
    true: Span
    false: Span

    def of(self, span: Span) -> Sequence[Piece]:
        """Return the pieces in `span`."""
        return self.pieces[span.start : span.end]


def read_pieces(field: Field) -> list[Piece]:
    """Return the instruction of a field, letter by letter."""
    pieces: list[Piece] = []
    for part in field.code:
        if isinstance(part, Field) or part.find(CODE) is None:
            pieces.append(Piece("", part))
        else:
            pieces += (Piece(letter, part) for letter in code_text(part))
    return pieces


def read_condition(field: Field) -> Condition | None:
    """Take an IF apart; None when it is not written as Word's rules say."""
    return _Reader(read_pieces(field)).read()


class _Reader:
    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.position = 0

    def read(self) -> Condition | None:
        self._word("")
        left = self._word("<>=")
        operator = self._operator()
        if not operator:
            return None
        right, true = self._word(""), self._word("")
        false = self._false()
        return Condition(self.pieces, left, operator, right, true, false)

    def _letter(self, ahead: int = 0) -> str | None:
        """None at the end."""
        place = self.position + ahead
        return self.pieces[place].letter if place < len(self.pieces) else None

    def _skip_space(self) -> None:
        while (letter := self._letter()) and letter.isspace():
            self.position += 1

    def _operator(self) -> str:
        self._skip_space()
        two = "".join(self._letter(ahead) or "" for ahead in (0, 1))
        found = next((sign for sign in OPERATORS if two.startswith(sign)), "")
        self.position += len(found)
        return found

    def _false(self) -> Span:
        """A switch, such as `\\* MERGEFORMAT`, may follow in its place."""
        self._skip_space()
        if self._letter() == "\\":
            return Span(self.position, self.position)
        return self._word("")

    def _word(self, stops: str) -> Span:
        self._skip_space()
        letter = self._letter()
        if letter and letter in QUOTES:
            return self._quoted()
        start = self.position
        if letter == "":
            self.position += 1
            return Span(start, self.position)
        while (letter := self._letter()) and not letter.isspace() and letter not in QUOTES + stops:
            self.position += 1
        return Span(start, self.position)

    def _quoted(self) -> Span:
        self.position += 1
        start = self.position
        while (letter := self._letter()) is not None and not (letter and letter in QUOTES):
            self.position += 2 if letter == "\\" and self._letter(1) else 1
        end = min(self.position, len(self.pieces))
        self.position = end + 1
        return Span(start, end)


def plain(letters: str) -> str:
    """Return a text of an instruction without the backslashes that keep its quotation marks."""
    return ESCAPED.sub(r"\1", letters)
