"""Criteria: what a step selects by, as a form, a query string, a sentence and stored JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models.contact import ContactQuerySet
from segments_app.filters import SelectionFilter

Parameters = dict[str, list[str]]


class CriteriaError(Refused):
    """The criteria are empty, or cannot be understood. `problems` says where and why."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


@dataclass(frozen=True)
class Criteria:
    """Valid conditions that select at least something less than everyone.

    Made by `of`, `from_query_string` or `from_parameters`; each raises `CriteriaError`.
    """

    selection: SelectionFilter

    @classmethod
    def of(cls, selection: SelectionFilter) -> Self:
        """From a filter that a form filled."""
        if not selection.is_valid():
            raise CriteriaError(selection.problems())
        if not selection.chosen():
            raise CriteriaError([_("Choose at least one condition: none would select everyone.")])
        return cls(selection)

    @classmethod
    def from_query_string(cls, text: str) -> Self:
        """From the query string of a page or command, such as "country=DK&mailing_groups=VIP"."""
        return cls.of(SelectionFilter.from_query_string(text))

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, list[str]]) -> Self:
        """From what a step or saved criteria have stored, perhaps by an earlier version."""
        try:
            return cls.of(SelectionFilter(_readable(parameters)))
        except CriteriaError as error:
            stored = _("The criteria were stored earlier, and can no longer be understood:")
            raise CriteriaError([stored, *error.problems]) from error

    @property
    def parameters(self) -> Parameters:
        """The conditions as plain JSON."""
        return self.selection.parameters()

    @property
    def query_string(self) -> str:
        """The conditions as they stand in the address of a page."""
        return self.selection.query_string()

    @property
    def sentence(self) -> str:
        """The conditions in words, in the language of the page."""
        return self.selection.sentence()

    def contacts(self) -> ContactQuerySet:
        """The contacts that meet the conditions, selectable or not."""
        contacts: ContactQuerySet = self.selection.qs
        return contacts


def _readable(parameters: object) -> MultiValueDict[str, str]:
    """Return stored conditions if they are names with lists of texts."""
    if isinstance(parameters, dict) and all(map(_is_texts, parameters.values())):
        return MultiValueDict(parameters)
    raise CriteriaError([_("They are not written as criteria are.")])


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
