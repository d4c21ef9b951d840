"""Word's merge fields made into tags of ours, once, when a template is loaded.

A field becomes a run with a tag such as `{{ _word.f3 }}`, whose meaning stands beside the document:
texts of the author's and values of contacts are never written into a tag.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from interactions.letters.problems import Problem

from . import expressions
from .condition import Condition, Piece, plain, read_condition
from .expressions import Expression
from .instruction import read_instruction
from .kinds import (
    MERGE_KINDS,
    RECORD_KINDS,
    Ends,
    display,
    ends,
    has_merge_field,
    kind_of,
    meaning_of_kind,
    model_of,
    with_inner,
)
from .names import field_named
from .paragraphs import (
    is_blank,
    may_be_missing,
    paragraph_around,
    paragraph_of,
    put_before,
    remove,
    siblings_between,
)
from .structure import (
    INSTRUCTION,
    RUN,
    SIMPLE,
    Element,
    Field,
    W,
    find_fields,
    made_complex,
    stories,
    text_run,
)

WORD = "_word"
TAG = re.compile(r"\{[{%#]")
OURS = {*MERGE_KINDS, *RECORD_KINDS, "IF"}


@dataclass(frozen=True, slots=True)
class WordField:
    """A field of Word as its author wrote it, what it became, and where it stands."""

    instruction: str
    meaning: str
    place: str


class Translation:
    """What the fields of a document became. `expressions` are by the names in `_word`."""

    def __init__(self) -> None:
        self.expressions: dict[str, Expression] = {}
        self.fields: list[WordField] = []
        self.problems: list[Problem] = []
        self._own_names: dict[str, str] = {}
        self.drops_blank_lines = True

    def use_settings(self, mail_merge: Element) -> None:
        """Take what the document itself says: which of Word's names its columns stand for."""
        self.drops_blank_lines = mail_merge.find(f"{W}doNotSuppressBlankLines") is None
        for column in mail_merge.iter(f"{W}fieldMapData"):
            name, mapped = column.find(f"{W}name"), column.find(f"{W}mappedName")
            if name is not None and mapped is not None:
                self._own_names[name.get(f"{W}val", "")] = mapped.get(f"{W}val", "")

    def named(self, name: str) -> str | None:
        """Return our field that the document calls `name`."""
        spaced = name.replace("_", " ")
        mapped = self._own_names.get(name) or self._own_names.get(spaced)
        return field_named(name) or (field_named(mapped) if mapped else None)

    def part(self, root: Element, place: str) -> bool:
        """Change the fields in a part. Return whether there were any."""
        before = len(self.expressions), len(self.problems)
        made_complex(root, OURS)
        for story in list(stories(root)):
            _Story(self, story, place).translate()
        self.refuse_tags_in_fields(root, place)
        return (len(self.expressions), len(self.problems)) != before

    def refuse_tags_in_fields(self, root: Element, place: str) -> None:
        """Refuse tags in the fields left to Word: no contact's name may become an instruction."""
        simple = (field.get(INSTRUCTION, "") for field in root.iter(SIMPLE))
        fields = (found for story in stories(root) for found in chain(*find_fields(story)))
        for instruction in chain(simple, map(display, with_inner(fields))):
            problem = Problem("tag_in_word_field", {"tag": instruction, "place": place})
            if TAG.search(instruction) and problem not in self.problems:
                self.problems.append(problem)

    def add(self, expression: Expression) -> str:
        """Return the name in a tag of `expression`."""
        name = f"f{len(self.expressions) + 1}"
        self.expressions[name] = expression
        return f"{WORD}.{name}"


class _Story:
    def __init__(self, translation: Translation, root: Element, place: str) -> None:
        # Runs within an IF that stay as they are: pictures, and Word's own fields.
        self.untouched: set[Element] = set()
        self.translation = translation
        self.root = root
        self.place = place
        self.values: dict[Element, Expression] = {}

    def translate(self) -> None:
        fields, endless = find_fields(self.root)
        for field in endless:
            if kind_of(field) in OURS:
                self.refuse("word_field_endless", field)
        for field in fields:
            self.field(field)
        if self.translation.drops_blank_lines and not self.translation.problems:
            for paragraph in {paragraph_around(run): None for run in self.values}:
                self.drop_when_blank(paragraph)

    def refuse(self, code: str, field: Field, /, **details: str) -> None:
        details = {"tag": display(field), "place": self.place, **details}
        problem = Problem(code, details)
        if problem not in self.translation.problems:
            self.translation.problems.append(problem)

    def field(self, field: Field) -> Ends:
        """Change `field`; return the first and the last run that now stand in its place."""
        kind = kind_of(field)
        if kind in MERGE_KINDS:
            return self.value(field)
        if kind in RECORD_KINDS:
            self.refuse("word_record_field", field)
        elif kind == "IF" and has_merge_field(field.code):
            return self.condition(field)
        elif has_merge_field(field.code):
            self.refuse("word_field_around", field)
        else:
            for part in field.result:
                if isinstance(part, Field):
                    self.field(part)
        return ends(field)

    def value(self, field: Field) -> Ends:
        expression = self.merged(field)
        if expression is None:
            return ends(field)
        run = text_run("{{ " + self.translation.add(expression) + " }}", model_of(field))
        self.values[run] = expression
        field.begin.addprevious(run)
        self.join(field, run, ends(field)[1])
        remove(field.runs())
        return run, run

    def merged(self, field: Field) -> Expression | None:
        """The value of a merge field, noted for the author; None when it is refused."""
        if any(isinstance(part, Field) for part in field.code):
            self.refuse("word_field_around", field)
            return None
        instruction = read_instruction(field.text)
        found = meaning_of_kind(instruction) or self.translation.named(" ".join(instruction.words))
        if not found:
            name = " ".join(instruction.words)
            self.refuse("unknown_word_field", field, field=name)
            return None
        self.note(field, found)
        expression = expressions.merge_field(found, instruction)
        if instruction.kind == "GREETINGLINE" and instruction.switch("e"):
            expression = expressions.with_default(expression, instruction.switch("e"))
        return expression

    def note(self, field: Field, meaning: str) -> None:
        self.translation.fields.append(WordField(display(field), meaning, self.place))

    def condition(self, field: Field) -> Ends:
        condition = read_condition(field)
        if condition is None:
            self.refuse("word_if_unreadable", field)
            return ends(field)
        test = self.test(field, condition)
        return ends(field) if test is None else self.branches(field, condition, test)

    def test(self, field: Field, condition: Condition) -> Expression | None:
        left = self.text_of(field, condition.of(condition.left))
        right = self.text_of(field, condition.of(condition.right))
        if left is None or right is None:
            return None
        return expressions.comparison(left, condition.operator, right)

    def text_of(self, field: Field, pieces: Sequence[Piece]) -> Expression | None:
        """What is compared, or a text of an IF within a comparison."""
        parts: list[Expression] = []
        letters = ""
        for piece in pieces:
            if piece.letter:
                letters += piece.letter
                continue
            inner = self.inner_text(field, piece)
            if inner is None:
                return None
            parts += [expressions.text(plain(letters)), inner] if letters else [inner]
            letters = ""
        if letters or not parts:
            parts.append(expressions.text(plain(letters)))
        return expressions.joined(parts)

    def inner_text(self, field: Field, piece: Piece) -> Expression | None:
        inner = piece.source
        if isinstance(inner, Field) and kind_of(inner) in MERGE_KINDS:
            return self.merged(inner)
        if isinstance(inner, Field) and kind_of(inner) == "IF":
            return self.chosen_text(inner)
        self.refuse("word_if_compares", field)
        return None

    def chosen_text(self, field: Field) -> Expression | None:
        condition = read_condition(field)
        if condition is None:
            self.refuse("word_if_unreadable", field)
            return None
        test = self.test(field, condition)
        true = self.text_of(field, condition.of(condition.true))
        false = self.text_of(field, condition.of(condition.false))
        if test is None or true is None or false is None:
            return None
        return expressions.chosen(test, true, false)

    def branches(self, field: Field, condition: Condition, test: Expression) -> Ends:
        """The two texts stay as they are formatted, between tags of a condition."""
        self.note(field, _condition_meaning(condition, test))
        start = text_run("{%r if " + self.translation.add(test) + " %}")
        field.begin.addprevious(start)
        true, false = (
            self.kept(condition.of(condition.true)),
            self.kept(condition.of(condition.false)),
        )
        steps = [start, *true]
        if false:
            steps += [put_before(false[0], "{%r else %}"), *false]
        last = ends(field)[1] if field.separate is None else field.separate
        steps.append(put_before(last, "{%r endif %}"))
        for one, next_one in _gaps(steps, true, false):
            self.join(field, one, next_one)
        self.join(field, steps[-1], ends(field)[1])
        remove(run for run in field.runs() if run not in self.untouched)
        return start, steps[-1]

    def kept(self, pieces: Sequence[Piece]) -> list[Element]:
        """The runs of a text of an IF, each before the run that its letters stood in."""
        runs: list[Element] = []
        for source, group in groupby(pieces, key=lambda piece: piece.source):
            if isinstance(source, Field):
                runs += self.kept_field(source)
            elif text := "".join(piece.letter for piece in group):
                runs.append(text_run(plain(text), source))
                source.addprevious(runs[-1])
            else:
                runs.append(source)
                self.untouched.add(source)
        return runs

    def kept_field(self, field: Field) -> Ends:
        first, last = self.field(field)
        if first is field.begin:
            self.untouched.update(field.runs())
        return first, last

    def join(self, field: Field, first: Element, last: Element) -> None:
        """Make one of the paragraphs of two runs, and leave out what is between them."""
        one, other = paragraph_around(first), paragraph_around(last)
        if one is other or one is None or other is None:
            return
        between = siblings_between(one, other)
        if between is None or any(item.find(f".//{W}sectPr") is not None for item in between):
            self.refuse("word_field_spans", field)
            return
        for item in between[:-1]:
            one.getparent().remove(item)
        one.extend(child for child in list(other) if child.tag != f"{W}pPr")
        other.getparent().remove(other)

    def drop_when_blank(self, paragraph: Element) -> None:
        """As Word: a line of merge fields alone is left out when all of them are empty."""
        runs = list(paragraph.iter(RUN))
        values = [self.values[run] for run in runs if run in self.values]
        alone = all(run in self.values or is_blank(run) for run in runs)
        if not alone or not may_be_missing(paragraph):
            return
        name = self.translation.add(expressions.either(values))
        paragraph.addprevious(paragraph_of("{%p if " + name + " %}"))
        paragraph.addnext(paragraph_of("{%p endif %}"))


def _gaps(
    steps: list[Element], true: list[Element], false: list[Element]
) -> Iterator[tuple[Element, Element]]:
    """Where quotation marks and the instruction stood between what is kept of an IF."""
    yield steps[0], steps[1]
    if true:
        yield true[-1], steps[len(true) + 1]
    if false:
        yield false[-1], steps[-1]


def _condition_meaning(condition: Condition, test: Expression) -> str:
    names = ", ".join(sorted(test.fields)) or "-"
    return f"if {names} {condition.operator} …"
