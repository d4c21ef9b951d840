"""What a tag may say: fields, conditions, loops and a few filters, and nothing that can run away.

The sandbox is the second fence. The first is this list of what is allowed: no calls, no
assignments, no multiplication of text, so that what a tag makes is no longer than what it is given.
"""

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer, NodeVisitor

from .choices import CHOICE, DEFAULT, choice_named, is_name
from .problems import Problem, Refused, refused
from .word_fields.expressions import PICTURES, Expression
from .word_fields.formats import FORMATS
from .word_fields.translate import WORD

FILTERS = (
    "capitalize",
    "d",
    "default",
    "first",
    "last",
    "length",
    "lower",
    "title",
    "trim",
    "truncate",
    "upper",
)
TESTS = ("defined", "eq", "equalto", "even", "in", "ne", "odd", "undefined")
LOOP = ("index", "index0", "revindex", "revindex0", "first", "last", "length", "depth")
ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.For,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.Const,
    nodes.List,
    nodes.Tuple,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Neg,
    nodes.CondExpr,
    nodes.Concat,
    nodes.Add,
    nodes.Sub,
    nodes.Filter,
    nodes.Test,
    nodes.Keyword,
)
# Rounds of all loops of one part of one letter.
MAX_ROUNDS = 10_000
ROUNDS = "_rounds"
COUNTED = "_counted"


class Rounds:
    """Counts the rounds of the loops of one letter."""

    def __init__(self) -> None:
        self.left = MAX_ROUNDS

    def count(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self.left -= 1
            if self.left < 0:
                raise refused("too_many_rounds", limit=str(MAX_ROUNDS))
            yield item


def printable(text: str) -> str:
    """Leave out the characters that XML has no place for."""
    return text if text.isprintable() else UNPRINTABLE.sub("", text)


# "\a" and "\f" stay: docxtpl makes a paragraph and a page of them.
UNPRINTABLE = re.compile("[\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPECIAL = re.compile("[&<>\"']")
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&#34;"})


def in_xml(value: Any) -> str:
    """Return what a tag prints, as XML writes it: every value passes here, and nothing else.

    The same as Jinja's own escaping, at a third of the cost.
    """
    text = printable(value if type(value) is str else str(value))
    return text.translate(ESCAPES) if SPECIAL.search(text) else text


@pass_context
def counted(context: Context, items: Iterable[Any]) -> Iterator[Any]:
    """Stands around what every loop goes through."""
    rounds: Rounds = context[ROUNDS]
    return rounds.count(items)


def lines(text: str) -> list[str]:
    """The lines of a text, for a loop over table rows or paragraphs."""
    return str(text).splitlines()


class LetterEnvironment(ImmutableSandboxedEnvironment):
    def getattr(self, obj: Any, attribute: str) -> Any:
        """Ask a loop at once: the sandbox takes ten times as long to allow the same."""
        if type(obj) is LoopContext and attribute in LOOP:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


def letter_environment() -> LetterEnvironment:
    """Return the Jinja environment of letters: sandboxed, escaping, strict."""
    environment = LetterEnvironment(autoescape=False, undefined=StrictUndefined, finalize=in_xml)
    environment.globals.clear()
    filters = {name: environment.filters[name] for name in FILTERS}
    environment.filters = {**filters, "lines": lines, COUNTED: counted, **FORMATS}
    environment.tests = {name: environment.tests[name] for name in TESTS}
    return environment


ENVIRONMENT = letter_environment()


def inspect(template: nodes.Template) -> frozenset[str]:
    """Return the fields that `template` names, dotted. Raises `Refused` for what is not allowed."""
    targets = {name.name for loop in template.find_all(nodes.For) for name in _targets(loop)}
    inspector = _Inspector(targets)
    inspector.visit(template)
    if inspector.problems:
        raise Refused(*inspector.problems)
    return frozenset(inspector.fields)


def _targets(loop: nodes.For) -> Iterable[nodes.Name]:
    return (
        [loop.target] if isinstance(loop.target, nodes.Name) else loop.target.find_all(nodes.Name)
    )


class _Inspector(NodeVisitor):
    def __init__(self, targets: set[str]) -> None:
        self.targets = targets
        self.fields: set[str] = set()
        self.problems: list[Problem] = []

    def refuse(self, node: nodes.Node, code: str, what: str) -> None:
        self.problems.append(Problem(code, {"what": what, "line": str(node.lineno or 1)}))

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> None:
        if not isinstance(node, ALLOWED):
            self.refuse(node, "not_allowed", type(node).__name__.lower())
        super().generic_visit(node, *args, **kwargs)

    def visit_Name(self, node: nodes.Name) -> None:  # noqa: N802
        if node.ctx == "load" and node.name not in self.targets:
            self.fields.add(node.name)

    def visit_Getattr(self, node: nodes.Getattr) -> None:  # noqa: N802
        self._visit_member(node, node.attr)

    def visit_Getitem(self, node: nodes.Getitem) -> None:  # noqa: N802
        argument = node.arg
        if isinstance(argument, nodes.Const) and isinstance(argument.value, str):
            self._visit_member(node, argument.value)
        elif isinstance(argument, nodes.Slice) or _is_number(argument):
            self.generic_visit(node)
        else:
            self.refuse(node, "not_allowed", "[]")

    def _visit_member(self, node: nodes.Getattr | nodes.Getitem, name: str) -> None:
        """A field of a group, or what a loop knows about itself; nothing else has members."""
        owner = node.node
        if not isinstance(owner, nodes.Name) or name.startswith("_"):
            self.refuse(node, "forbidden_attribute", name)
        elif owner.name == "loop" and name in LOOP:
            pass
        elif owner.name in {*self.targets, "loop"}:
            self.refuse(node, "forbidden_attribute", name)
        elif owner.name == CHOICE:
            self._visit_choice(node, name)
        else:
            self.fields.add(f"{owner.name}.{name}")

    def _visit_choice(self, node: nodes.Node, name: str) -> None:
        if not is_name(name):
            self.refuse(node, "choice_name", name)

    def visit_Mul(self, node: nodes.Mul) -> None:  # noqa: N802
        """docxtpl itself writes one, for merged cells."""
        if not (_is_number(node.left) and _is_number(node.right)):
            self.refuse(node, "not_allowed", "*")

    def visit_Filter(self, node: nodes.Filter) -> None:  # noqa: N802
        if node.name not in (*FILTERS, "lines"):
            self.refuse(node, "unknown_filter", node.name)
        if node.name in DEFAULT and node.node and choice_named(node.node):
            self._visit_default(node)
        self.generic_visit(node)

    def _visit_default(self, node: nodes.Filter) -> None:
        """What a choice is by default is said with nothing but true or false."""
        plain = len(node.args) == 1 and isinstance(node.args[0], nodes.Const)
        if not plain or node.kwargs or type(node.args[0].as_const()) is not bool:
            self.refuse(node, "choice_default", node.name)

    def visit_Test(self, node: nodes.Test) -> None:  # noqa: N802
        if node.name not in TESTS:
            self.refuse(node, "unknown_test", node.name)
        self.generic_visit(node)

    def visit_For(self, node: nodes.For) -> None:  # noqa: N802
        if node.recursive:
            self.refuse(node, "not_allowed", "recursive")
        self.generic_visit(node)


def _is_number(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Getattr):
        return isinstance(node.node, nodes.Name) and node.node.name == "loop"
    return isinstance(node, nodes.Const) and isinstance(node.value, int | float)


def _is_picture(node: nodes.Node) -> bool:
    if not isinstance(node, nodes.Getattr) or not isinstance(node.node, nodes.Name):
        return False
    return f"{node.node.name}.{node.attr}" in PICTURES


def rewrite(
    template: nodes.Template,
    constant: Callable[[str], str],
    word_fields: Mapping[str, Expression],
) -> nodes.Template:
    """Return `template` with counted loops, quick look-ups, and `constant` applied to its XML.

    What stands for a field of Word becomes its expression, one of `word_fields`.
    """
    rewritten: nodes.Template = _Rewriter(constant, word_fields).visit(template)
    rewritten.set_environment(ENVIRONMENT)
    return rewritten


class _Rewriter(NodeTransformer):
    def __init__(
        self, constant: Callable[[str], str], word_fields: Mapping[str, Expression]
    ) -> None:
        self.constant = constant
        self.word_fields = word_fields

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.iter = nodes.Filter(node.iter, COUNTED, [], [], None, None, lineno=node.lineno)
        return node

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        """A dict's item, not its attribute: the same, at half the cost."""
        if isinstance(node.node, nodes.Name) and node.node.name == "loop":
            return node
        if expression := self._word_field(node):
            return copy.deepcopy(expression.node).set_lineno(node.lineno)
        return nodes.Getitem(node.node, nodes.Const(node.attr), node.ctx, lineno=node.lineno)

    def _word_field(self, node: nodes.Getattr) -> Expression | None:
        of_word = isinstance(node.node, nodes.Name) and node.node.name == WORD
        return self.word_fields.get(node.attr) if of_word else None

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr2 = node.expr2 or nodes.Const("")
        return node

    def visit_Const(self, node: nodes.Const) -> nodes.Node:  # noqa: N802
        """A text in a tag is still as the XML writes it; docxtpl sees to all but the ampersand."""
        if isinstance(node.value, str):
            node.value = node.value.replace("&amp;", "&")
        return node

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        """A picture that has not been put in its place has none: it is not a text."""
        node.nodes = [child for child in node.nodes if not _is_picture(child)]
        self.generic_visit(node)
        return node

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:  # noqa: N802
        return nodes.TemplateData(self.constant(node.data), lineno=node.lineno)
