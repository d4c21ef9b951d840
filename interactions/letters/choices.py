"""Paragraphs that a template offers and a person chooses for one contact.

A template offers one by asking for it: `{%p if choice.summer_offer %}`. With
`choice.summer_offer|default(true)` every letter has it that is not said to be without.
"""

import re
from collections.abc import Iterable, Mapping

from jinja2 import nodes

CHOICE = "choice"
# The group of what was chosen for a contact; without it, what the template says holds.
CHOSEN = "_chosen"
DEFAULT = ("d", "default")
NAME = re.compile(r"\w(?:[\w .,()/-]{0,58}[\w.)])?")
YES = "yes"

Fields = Mapping[str, Mapping[str, str]]


def choice_named(node: nodes.Node) -> str | None:
    """Return the name of the choice that `node` asks for, if it asks for one."""
    if not isinstance(node, nodes.Getattr | nodes.Getitem) or not isinstance(node.node, nodes.Name):
        return None
    if node.node.name != CHOICE:
        return None
    if isinstance(node, nodes.Getattr):
        return node.attr
    named = isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str)
    return str(node.arg.value) if named else None  # type: ignore[attr-defined]


def is_name(name: str) -> bool:
    """Whether a paragraph may be called so."""
    return bool(NAME.fullmatch(name))


def offered(template: nodes.Template) -> dict[str, bool]:
    """Return the choices of one part, each with whether letters have it by default."""
    found = {}
    for node in template.find_all((nodes.Getattr, nodes.Getitem)):
        if name := choice_named(node):
            found[name] = False
    for default in template.find_all(nodes.Filter):
        name = choice_named(default.node) if default.node and default.name in DEFAULT else None
        if name and default.args:
            found[name] = bool(default.args[0].as_const())
    return found


def all_offered(parts: Iterable[Mapping[str, bool]]) -> dict[str, bool]:
    """Return the choices of a template, in the order of its parts."""
    together: dict[str, bool] = {}
    for part in parts:
        for name, default in part.items():
            together[name] = together.get(name, False) or default
    return together


def with_choices(fields: Fields, offers: Mapping[str, bool]) -> Fields:
    """Return `fields` with a value for every choice that a template offers."""
    chosen = fields.get(CHOSEN)
    given = offers if chosen is None else dict.fromkeys(chosen, True)
    return {**fields, CHOICE: {name: YES if given.get(name) else "" for name in offers}}


def chosen_fields(choices: str | None) -> dict[str, dict[str, str]]:
    """Return the group of fields for the names in `choices`, one on each line; none for None."""
    if choices is None:
        return {}
    return {CHOSEN: dict.fromkeys(filter(None, choices.split("\n")), YES)}


def in_words(name: str) -> str:
    """Return the name as people read it."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
