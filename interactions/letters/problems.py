"""What can be wrong with a Word document, without words: `check` says it in people's language."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem and the details its sentence needs."""

    code: str
    details: dict[str, str] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 -- it reads as what happens to the document
    """The document cannot be used. `problems` says why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = list(problems)


def refused(code: str, **details: str) -> Refused:
    """Return the exception for one problem."""
    return Refused(Problem(code, details))


class NotTogether(Exception):  # noqa: N818 -- as above
    """Letters of two templates cannot stand in one file, each as it would be alone."""
