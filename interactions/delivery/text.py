"""Subject and text of e-mails: templates with the fields of letters, checked when they are saved.

The same grammar as in Word documents: sandboxed, strict, nothing that can run away.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes

from contacts.errors import Refused
from interactions.letters import problems
from interactions.letters.check import in_words
from interactions.letters.fields import NAMES, example_fields
from interactions.letters.grammar import (
    ENVIRONMENT,
    ROUNDS,
    LetterEnvironment,
    Rounds,
    inspect,
    rewrite,
)
from interactions.letters.problems import Problem

# What only an e-mail has.
UNSUBSCRIBE_LINK = "email.unsubscribe_link"
EXAMPLE_LINK = "https://malgruppe.example.com/interactions/unsubscribe/…"
# Pictures cannot stand in a text.
FIELDS = (NAMES | {UNSUBSCRIBE_LINK}) - {"company.logo"}
MAX_LENGTH = 200_000
PIECES = 100

Fields = Mapping[str, Mapping[str, str]]


class TextError(Refused):
    """A text that cannot be used. `str()` is for people."""


def _environment() -> LetterEnvironment:
    """Letters' own environment, but for what is printed: an e-mail's text is not XML."""
    environment = LetterEnvironment(autoescape=False, undefined=StrictUndefined, finalize=str)
    environment.globals.clear()
    environment.filters, environment.tests = ENVIRONMENT.filters, ENVIRONMENT.tests
    return environment


PLAIN = _environment()


class Text:
    """A text with fields, compiled once. Raises `TextError` when it cannot be used."""

    def __init__(self, source: str) -> None:
        self.source = source.replace("\r\n", "\n")
        tree = _in_words(self._parse)
        self.fields = _in_words(lambda: inspect(tree))
        self._refuse_unknown()
        rewritten = rewrite(tree, str, {})
        rewritten.set_environment(PLAIN)
        self._template = Template.from_code(PLAIN, PLAIN.compile(rewritten), {})

    def _parse(self) -> nodes.Template:
        try:
            return PLAIN.parse(self.source)
        except TemplateSyntaxError as error:
            lines = self.source.splitlines() or [""]
            words = {"line": error.lineno, "text": lines[error.lineno - 1], "reason": error.message}
            message = _("Line %(line)s, “%(text)s”: %(reason)s.") % words
            raise TextError(message) from None

    def _refuse_unknown(self) -> None:
        unknown = sorted(self.fields - FIELDS)
        if unknown:
            found = [Problem("unknown_field", {"field": name}) for name in unknown]
            raise TextError(str(in_words(problems.Refused(*found))))

    def render(self, fields: Fields) -> str:
        """Return the text with `fields`. Raises `TextError`."""
        context = self._template.new_context({**fields, ROUNDS: Rounds()}, shared=True)
        return _in_words(lambda: self._limited(context))

    def _limited(self, context: Any) -> str:
        output = self._template.root_render_func(context)
        pieces: list[str] = []
        size = 0
        while some := "".join(islice(output, PIECES)):
            pieces.append(some)
            size += len(some)
            if size > MAX_LENGTH:
                raise TextError(_("The text becomes too long."))
        return "".join(pieces)


def _in_words[R](make: Callable[[], R]) -> R:
    try:
        return make()
    except TextError:
        raise
    except problems.Refused as refusal:
        located = (_placed(problem) for problem in refusal.problems)
        raise TextError(str(in_words(problems.Refused(*located)))) from None
    except Exception as error:  # What a tag got wrong with this contact's values.
        reason = _("The text cannot be made: %(reason)s.") % {"reason": error}
        raise TextError(reason) from error


def _placed(problem: Problem) -> Problem:
    """Sentences about Word documents name a part and a tag; a text is its own part."""
    what = problem.details.get("what", "")
    return Problem(problem.code, {"place": "body", "tag": what, **problem.details})


@lru_cache(maxsize=500)
def compiled(source: str) -> Text:
    """Return the text compiled, once for each source. Raises `TextError`."""
    return Text(source)


def check_text(source: str, *, one_line: bool = False) -> None:
    """Raise `TextError` unless every contact's e-mail can be made with the text.

    It is tried with an invented contact and with one of whom nothing is known.
    """
    if one_line and "\n" in source.strip():
        raise TextError(_("A subject has one line."))
    text = Text(source)
    for fields in (email_fields(example_fields(), EXAMPLE_LINK), _blank()):
        text.render(fields)


def email_fields(fields: Fields, unsubscribe_link: str) -> Fields:
    """Return the merge fields of a letter with what only e-mails have."""
    return {**fields, "email": {"unsubscribe_link": unsubscribe_link}}


def _blank() -> Fields:
    example = email_fields(example_fields(), "")
    return {group: dict.fromkeys(fields, "") for group, fields in example.items()}


def render_subject(source: str, fields: Fields) -> str:
    """Return a subject on one line, with its fields. Raises `TextError`."""
    subject = compiled(source).render(fields) if "{" in source else source
    return " ".join(subject.split())
