"""One part of a Word template, compiled once and rendered for many letters."""

import re
from collections.abc import Callable, Mapping
from itertools import islice

from jinja2 import Template, TemplateSyntaxError, nodes

from .balance import prove_balanced
from .choices import CHOICE, offered
from .grammar import ENVIRONMENT, ROUNDS, Rounds, inspect, rewrite
from .listing import resolve_breaks
from .parts import PartSource
from .problems import Problem, Refused, refused
from .tables import grid_varies, repair_grids
from .word_fields.expressions import Expression
from .word_fields.formats import LETTER
from .word_fields.translate import WORD

# Characters of one part of one letter: some thousand pages.
MAX_OUTPUT = 20_000_000
PIECES = 100
LONGEST_QUOTE = 80
PARAGRAPH_START = re.compile(r"<w:p([ >])")
MARKED_PARAGRAPH_START = re.compile(r"\n<w:p([ >])")
BODY_START = re.compile(r"<w:body\b[^>]*>")
NAMESPACE = re.compile(r'\sxmlns(?::[\w.-]+)?="[^"]*"')
TAG = re.compile(r"{[{%].*?(?:[%}]}|$)")
PICTURE_ID = re.compile(r'(<wp:docPr\b[^>]*?\sid=")[^"]*')
FIRST_PICTURE_ID = 1001
# How a text in Word writes the characters of a tag: docxtpl's way.
ESCAPED_TAGS = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))

Fields = Mapping[str, Mapping[str, str]]
NO_WORD_FIELDS: Mapping[str, Expression] = {}


class CompiledPart:
    """A part of a template. Raises `Refused` when it cannot be used, with the place and the tag.

    `fields` are the names of the fields in it, `varies` says whether its bytes can differ from
    those in the template, `choices` are the paragraphs it offers, and `needs_repair` says whether
    each letter needs docxtpl's table repair.
    """

    def __init__(
        self, source: PartSource, word_fields: Mapping[str, Expression] = NO_WORD_FIELDS
    ) -> None:
        self.name = source.name
        self._word_fields = word_fields
        self._part = source
        # A line for each paragraph, so that a line's number leads to the tag.
        self._source = PARAGRAPH_START.sub(r"\n<w:p\1", source.xml)
        tree = self._parse()
        self.fields = self._with_word_fields(self._located(inspect, tree))
        self.choices = offered(tree)
        self._located(prove_balanced, tree)
        self.needs_repair = self._is_body and (source.cell_tags or grid_varies(tree))
        self.varies = self._is_body or _has_tags(tree) or self._changes_by_itself()
        self._template = self._compile(tree)
        # What a part of the same fields was rendered to last: often our own company's alone.
        used = {LETTER, *([CHOICE] if self.choices else [])}
        self._groups = sorted(used | {name.partition(".")[0] for name in self.fields})
        self._last: tuple[list[Mapping[str, str] | None], bytes] | None = None

    def _with_word_fields(self, names: frozenset[str]) -> frozenset[str]:
        """Our fields in place of the tags that stand for Word's."""
        words = self._word_fields
        of_word = {name: words.get(name.removeprefix(f"{WORD}.")) for name in names}
        return frozenset[str]().union(
            *(expression.fields if expression else {name} for name, expression in of_word.items())
        )

    @property
    def _is_body(self) -> bool:
        return self._part.place == "body"

    def _parse(self) -> nodes.Template:
        try:
            return ENVIRONMENT.parse(self._source)
        except TemplateSyntaxError as error:
            details = {"line": str(error.lineno), "reason": str(error.message)}
            raise Refused(self._with_place(Problem("syntax", details))) from None
        except ValueError as error:  # A number with more digits than Python reads.
            details = {"line": "1", "reason": str(error)}
            raise Refused(self._with_place(Problem("syntax", details))) from None

    def _located[R](self, check: Callable[[nodes.Template], R], tree: nodes.Template) -> R:
        try:
            return check(tree)
        except Refused as refusal:
            raise Refused(*map(self._with_place, refusal.problems)) from None

    def _with_place(self, problem: Problem) -> Problem:
        line = int(problem.details.get("line", 1))
        tag = self._tag(line, problem.details.get("what", ""))
        return Problem(problem.code, {**problem.details, "place": self._part.place, "tag": tag})

    def _tag(self, line: int, what: str) -> str:
        """The tag in that line, as its author wrote it; the one with `what` in it, if any."""
        text = re.sub(r"<[^>]*>", "", self._source.split("\n")[line - 1])
        tags = TAG.findall(text) or [text]
        tag: str = next((tag for tag in tags if what and what in tag), tags[0])
        return tag[:LONGEST_QUOTE].replace("{%  ", "{% ")

    def _changes_by_itself(self) -> bool:
        """docxtpl makes line breaks also of those that stand in the template's own text."""
        return resolve_breaks(self._constant(self._part.xml)) != self._part.original

    def _constant(self, xml: str) -> str:
        for escaped, text in ESCAPED_TAGS:
            xml = xml.replace(escaped, text)
        return MARKED_PARAGRAPH_START.sub(r"<w:p\1", xml)

    def _compile(self, tree: nodes.Template) -> Template:
        """The body's start tag repeats the namespaces of the document that it stands in."""
        plain = self._is_body and not self.needs_repair
        constant = self._constant_without_namespaces if plain else self._constant
        code = ENVIRONMENT.compile(rewrite(tree, constant, self._word_fields))
        return Template.from_code(ENVIRONMENT, code, {})

    def _constant_without_namespaces(self, xml: str) -> str:
        return BODY_START.sub(lambda start: NAMESPACE.sub("", start[0]), self._constant(xml))

    def render(self, fields: Fields) -> bytes:
        """Return the part's bytes in the letter with `fields`. Raises `Refused` at the limits.

        The very same bytes as for the letter before when its fields are equal; they are kept until
        then, so `fields` may not be changed.
        """
        values = [fields.get(group) for group in self._groups]
        if self._last is None or self._last[0] != values:
            self._last = (values, self._made(fields))
        return self._last[1]

    def _made(self, fields: Fields) -> bytes:
        xml = resolve_breaks(self._rendered(fields))
        if self.needs_repair:
            xml = repair_grids(xml)
        if self._is_body and "<wp:docPr" in xml:
            xml = _number_pictures(xml)
        return f"{self._part.before}{xml}{self._part.after}".encode()

    def _rendered(self, fields: Fields) -> str:
        context = self._template.new_context({**fields, ROUNDS: Rounds()}, shared=True)
        output = self._template.root_render_func(context)
        pieces: list[str] = []
        size = 0
        # Many at a time: to count each one costs as much as to make it.
        while some := list(islice(output, PIECES)):
            pieces.append("".join(some))
            size += len(pieces[-1])
            if size > MAX_OUTPUT:
                raise refused("too_long", limit=str(MAX_OUTPUT))
        return "".join(pieces)


def _has_tags(tree: nodes.Template) -> bool:
    return any(
        not isinstance(node, nodes.Output)
        or any(not isinstance(child, nodes.TemplateData) for child in node.nodes)
        for node in tree.body
    )


def _number_pictures(xml: str) -> str:
    """Give the pictures new ids, as docxtpl does: a loop may have repeated them."""
    number = iter(range(FIRST_PICTURE_ID, MAX_OUTPUT))
    return PICTURE_ID.sub(lambda match: f"{match[1]}{next(number)}", xml)
