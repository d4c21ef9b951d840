"""Word's fields as expressions of Jinja, built rather than written: no text is ever parsed."""

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import nodes

from .instruction import Instruction

# Fields that are pictures. Their value only says whether there is one, for conditions.
PICTURES = ("company.logo", "salesperson.signature")
DATE_OF_LETTER = "interaction.date"


@dataclass(frozen=True, slots=True)
class Expression:
    """What a field of Word gives: a node of Jinja and the names of our fields in it."""

    node: nodes.Expr
    fields: frozenset[str] = frozenset()


def text(value: str) -> Expression:
    """Return the expression for a text of the author's."""
    return Expression(nodes.Const(value))


def joined(parts: Sequence[Expression]) -> Expression:
    """Return the expression for one thing after the other."""
    if len(parts) == 1:
        return parts[0]
    return Expression(nodes.Concat([part.node for part in parts]), _fields(parts))


def either(parts: Sequence[Expression]) -> Expression:
    """Return the condition that one of `parts` is not empty."""
    node = parts[0].node
    for part in parts[1:]:
        node = nodes.Or(node, part.node)
    return Expression(node, _fields(parts))


def chosen(condition: Expression, true: Expression, false: Expression) -> Expression:
    """Return the expression for `true` when `condition` holds, else `false`."""
    node = nodes.CondExpr(condition.node, true.node, false.node)
    return Expression(node, _fields([condition, true, false]))


def comparison(left: Expression, operator: str, right: Expression) -> Expression:
    """Return the condition of an IF. Only what the author wrote can be a pattern, never data."""
    arguments = [nodes.Const(operator), right.node, nodes.Const(not right.fields)]
    return Expression(_filter(left.node, "_compares", *arguments), _fields([left, right]))


def merge_field(field: str, instruction: Instruction) -> Expression:
    """Return the expression for our field `field` with the switches of `instruction`."""
    if field in PICTURES:  # Put in its place already, or there is none.
        return Expression(nodes.Const(""), frozenset({field}))
    group, name = field.split(".")
    node: nodes.Expr = nodes.Getitem(nodes.Name(group, "load"), nodes.Const(name), "load")
    for switch, argument in instruction.switches:
        node = _switched(node, field, switch, argument)
    before, after = instruction.switch("b"), instruction.switch("f")
    if instruction.kind == "MERGEFIELD" and (before or after):
        node = _filter(node, "_around", nodes.Const(before), nodes.Const(after))
    return Expression(node, frozenset({field}))


def _switched(node: nodes.Expr, field: str, switch: str, argument: str) -> nodes.Expr:
    if switch == "*" and argument.lower() in ("upper", "lower", "firstcap", "caps"):
        return _filter(node, "_case", nodes.Const(argument.lower()))
    if switch == "@" and argument:
        of_letter = nodes.Const(field == DATE_OF_LETTER)
        return _filter(node, "_date", nodes.Const(argument), of_letter)
    if switch == "#" and argument:
        return _filter(node, "_number", nodes.Const(argument))
    return node


def with_default(expression: Expression, default: str) -> Expression:
    """Return the expression with a text for when it is empty."""
    arguments = [nodes.Const(default), nodes.Const(True)]
    return Expression(_filter(expression.node, "default", *arguments), expression.fields)


def _filter(node: nodes.Expr, name: str, *arguments: nodes.Expr) -> nodes.Expr:
    return nodes.Filter(node, name, list(arguments), [], None, None)


def _fields(parts: Sequence[Expression]) -> frozenset[str]:
    return frozenset[str]().union(*(part.fields for part in parts))
