"""Whether an expression on a number is true of none at all."""

from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne

from contacts.expressions.blank import Blank
from contacts.expressions.node import Between, Compared, Joined, Node

COMPARISONS = {"=": eq, "<>": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def takes_zero(node: Node) -> bool:
    """Say whether 0 meets the expression: true of "<3", not of ">=1"."""
    if isinstance(node, Joined):
        parts = (takes_zero(part) for part in node.parts)
        return all(parts) if node.sign == "&" else any(parts)
    if isinstance(node, Between):
        after = node.first is None or node.first.number <= 0
        return after and (node.last is None or node.last.number >= 0)
    return _compares(node)


def _compares(node: Compared) -> bool:
    if isinstance(node.value, Blank):
        return node.sign == "<>"
    return bool(COMPARISONS[node.sign](Decimal(0), node.value.number))
