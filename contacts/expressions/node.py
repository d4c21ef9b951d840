"""What an expression is made of: values compared, joined by "and" and "or"."""

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q


@dataclass(frozen=True)
class Compared:
    """A value and how the column compares with it: = <> < <= > >=."""

    sign: str
    value: Any

    def q(self, lookup: str) -> Q:
        if self.sign == "=":
            condition: Q = self.value.equal(lookup)
        elif self.sign == "<>":
            condition = self.value.differs(lookup)
        else:
            condition = self.value.compares(self.sign, lookup)
        return condition

    def written(self, how: str) -> str:
        sign = "" if self.sign == "=" else self.sign
        return f"{sign}{getattr(self.value, how)()}"


@dataclass(frozen=True)
class Between:
    """From one value to another, both included. One of them may be missing."""

    first: Any
    last: Any

    def q(self, lookup: str) -> Q:
        if self.first is None or self.last is None:
            return self.open().q(lookup)
        condition: Q = self.first.between(self.last, lookup)
        return condition

    def open(self) -> Compared:
        """Return the comparison that a range with one end is."""
        if self.first is None:
            return Compared("<=", self.last)
        return Compared(">=", self.first)

    def written(self, how: str) -> str:
        ends = [getattr(end, how)() if end else "" for end in (self.first, self.last)]
        return "..".join(ends)


@dataclass(frozen=True)
class Joined:
    """Several conditions: all of them (`&`), or any (`|`)."""

    sign: str
    parts: tuple["Node", ...]

    def q(self, lookup: str) -> Q:
        join = and_ if self.sign == "&" else or_
        return reduce(join, (part.q(lookup) for part in self.parts))

    def written(self, how: str) -> str:
        return self.sign.join(self._inside(part, part.written(how)) for part in self.parts)

    def _inside(self, part: "Node", text: str) -> str:
        needed = self.sign == "&" and isinstance(part, Joined)
        return f"({text})" if needed else text


type Node = Compared | Between | Joined


def join(sign: str, parts: list[Node]) -> Node:
    """Join `parts`, taking apart those that are joined in the same way already."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Joined) and part.sign == sign else [part]
    return flat[0] if len(flat) == 1 else Joined(sign, tuple(flat))
