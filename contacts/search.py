"""Search as one types: who is found by a text, and the way to find them quickly.

A contact is found if each typed word begins one of its words (`contacts.words`). The database
answers that from an index of words, and can also tell it of each row. Rare words are found by the
index and then sorted; frequent ones by walking the contacts in order until a page is full. Which it
is a sample tells, so that no keystroke waits for a hundred thousand contacts to be sorted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Func
from django.db.models.expressions import Col
from django.db.models.lookups import Lookup

from contacts.words import spellings

# So many contacts, spread evenly, are looked at to judge how frequent words are.
SAMPLE = 500
# So long the sample is kept, in seconds.
SAMPLE_SECONDS = 300
# From this share of all contacts on, walking in order meets a page of them soon.
FREQUENT = 0.005
# From this share on a word is looked for in the rows that a rarer one has found. Not a short one:
# the indexes hold the beginnings of up to three letters.
TOO_FREQUENT = 0.1
SHORT = 3
# So many of the sample must be found to say "more than" without counting.
CERTAIN = 20


class Way(NamedTuple):
    """How to find: from the index of words, but for those in `by_row`; or all row by row.

    `at_once`: the index is asked first and alone, whatever else is asked of the contacts.
    """

    share: float = 0.0
    by_row: frozenset[str] = frozenset()
    walks: bool = False
    at_once: bool = False


# What holds for a set that is wanted as a whole: the database plans.
ANY_WAY = Way()
ROW_BY_ROW = Way(walks=True)


class Found(Lookup[Any]):
    """Whether the contact is found by words; each way to tell gives the same answer."""

    prepare_rhs = False

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__(F("search_name"), words)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str, ...]]:
        way = getattr(compiler.query, "way", ANY_WAY)
        asked = [] if way.walks else [word for word in self.rhs if word not in way.by_row]
        words, key = self._columns(compiler)
        parts = [_of_row(words, word) for word in self.rhs if word not in asked]
        if asked:
            parts.append(_of_index(connection, words, key, asked, at_once=way.at_once))
        sql = " AND ".join(sql for sql, _ in parts)
        return f"({sql})", tuple(each for _, some in parts for each in some)

    def _columns(self, compiler: Any) -> tuple[str, str]:
        """The stored words and the key, as the query names them."""
        words: Any = self.lhs
        key = Col(words.alias, words.target.model._meta.pk)
        return compiler.compile(words)[0], compiler.compile(key)[0]


Part = tuple[str, list[str]]


def _of_row(column: str, word: str) -> Part:
    """Tell it of the row at hand."""
    begins = [f"% {spelling.replace('_', r'\_')}%" for spelling in spellings(word)]
    likes = [column + " LIKE %s ESCAPE '\\'"] * len(begins)
    return f"({' OR '.join(likes)})", begins


def _of_index(connection: Any, column: str, key: str, words: list[str], *, at_once: bool) -> Part:
    if connection.vendor == "postgresql":
        asked = " & ".join(f"({' | '.join(map(_lexeme, spellings(word)))})" for word in words)
        if not at_once:
            return f"{lexemes(column)} @@ %s::tsquery", [asked]
        # As an array, or the planner might walk some other index and look at every row for it.
        table = "SELECT found.id FROM contacts_contact found WHERE"
        array = f"ARRAY({table} {lexemes('found.search_name')} @@ %s::tsquery)"
        return f"{key} = ANY({array})", [asked]
    tokens = [[f'"{each}"*' for each in spellings(word)] for word in words]
    asked = " AND ".join(f"({' OR '.join(some)})" for some in tokens)
    found = "SELECT rowid FROM contacts_search WHERE contacts_search MATCH %s"
    return f"{key} IN ({found})", [asked]


def _lexeme(word: str) -> str:
    return f"'{word}':*" if len(word) > SHORT else f"'{word} '"


def lexemes(column: str) -> str:
    """Return the expression that PostgreSQL has an index on."""
    return f"contacts_lexemes({column})"


class Beginning(Func):
    """The beginning of the stored words: contacts in the order of their folded names."""

    LENGTH = 40
    # No parameters: SQLite uses an index on an expression only where it stands word for word.
    template = f"SUBSTR(%(expressions)s, 1, {LENGTH})"
    output_field = models.CharField()

    def __init__(self, *expressions: Any, **extra: Any) -> None:
        super().__init__(*(expressions or (F("search_name"),)), **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = f'({self.template} COLLATE "C")'
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(frozen=True)
class Sample:
    """The stored words of some contacts that stand for all."""

    texts: Sequence[str]

    def share(self, words: Sequence[str]) -> float:
        """Return which share of the contacts is found by all `words`."""
        texts = self.texts
        for word in words:
            texts = [text for text in texts if _begins(text, word)]
        return len(texts) / max(1, len(self.texts))

    def way(self, words: Sequence[str]) -> Way:
        """Return how contacts found by `words` are found best."""
        share = self.share(words)
        shares = {word: self.share([word]) for word in words}
        most = max(TOO_FREQUENT, min(shares.values()))
        frequent = frozenset(word for word in words if shares[word] > most and len(word) > SHORT)
        walks = share >= FREQUENT
        return Way(share=share, by_row=frequent, walks=walks, at_once=not walks)


def _begins(text: str, word: str) -> bool:
    return f" {word}" in text or any(f" {each}" in text for each in spellings(word)[1:])
