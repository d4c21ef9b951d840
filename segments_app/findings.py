"""Why contacts meet conditions or not: each condition, whether it is met, and what is behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext as _

from contacts.conditions import Asked, Condition, Related
from contacts.filters import ConditionSet
from contacts.models import Contact
from contacts.search import ROW_BY_ROW
from segments_app.behind import behind, only_of

Findings = dict[int, "list[Finding]"]


@dataclass(frozen=True)
class Finding:
    """One condition and one contact. `value` is what the contact has, "" where `clause` says it."""

    clause: str
    met: bool
    value: str = ""

    @property
    def tells_more(self) -> bool:
        return bool(self.value) and self.value != self.clause

    def __str__(self) -> str:
        if self.value:
            return self.value
        return self.clause if self.met else _("not so: %(clause)s") % {"clause": self.clause}


@dataclass
class Reasons:
    """Why one contact is where it is: what was found, and through whom it came if not by itself."""

    findings: list[Finding] = field(default_factory=list)
    through: str = ""

    @property
    def met_all(self) -> bool:
        return all(finding.met for finding in self.findings)

    @property
    def words(self) -> list[str]:
        """In words, the shortest that tells: what is met, or else what is not."""
        if self.through:
            return [_("through %(name)s") % {"name": self.through}]
        shown = [finding for finding in self.findings if finding.met == self.met_all]
        telling = [finding for finding in shown if finding.value] if self.met_all else shown
        return list(dict.fromkeys(map(str, telling or shown)))


def findings(selection: ConditionSet, contacts: Sequence[Contact]) -> Findings:
    """Return what each condition finds of each of a few contacts, by their keys.

    Some queries for each condition that is set, however many contacts there are.
    """
    found: Findings = {contact.pk: [] for contact in contacts}
    for condition, value, asked in selection.asked() if contacts else ():
        clause = _clause(condition, value, asked)
        met = _meeting(condition, value, asked, contacts)
        told = behind(condition, value, asked, contacts, met)
        for key, listed in found.items():
            listed.append(Finding(clause, key in met, told.get(key, "")))
    return found


def reasons(
    selection: ConditionSet, contacts: Sequence[Contact], *, colleagues: bool = False
) -> dict[int, Reasons]:
    """Return why each of a few contacts meets the conditions or not, by their keys.

    With `colleagues` somebody of the same company who meets them is named.
    """
    found = {key: Reasons(listed) for key, listed in findings(selection, contacts).items()}
    strangers = [contact for contact in contacts if not found[contact.pk].met_all]
    if colleagues and strangers:
        names = _matching_in_companies(selection, {contact.company_id for contact in strangers})
        for contact in strangers:
            found[contact.pk].through = names.get(contact.company_id, "")
    return found


def _matching_in_companies(selection: ConditionSet, companies: set[Any]) -> dict[Any, str]:
    """Return the name of somebody who meets the conditions, by company."""
    matching = selection.qs.order_by().filter(company__in=companies - {None})
    return dict(matching.values_list("company").annotate(r_name=Min("name")))


def _clause(condition: Condition, value: Any, asked: list[Asked]) -> str:
    if isinstance(condition, Related):
        return condition.say_all(value, asked)
    return condition.say(value)


def _meeting(
    condition: Any, value: Any, asked: list[Asked], contacts: Sequence[Contact]
) -> set[int]:
    """Return the keys of those who meet the condition, asking only what belongs to them."""
    keys = [contact.pk for contact in contacts]
    few = Contact.objects.filter(pk__in=keys).found_by(ROW_BY_ROW)
    condition = only_of(condition, contacts)
    if isinstance(condition, Related):
        few = condition.narrow(few, value, asked)
    else:
        few = condition.filter(few, value)
    return set(few.values_list("pk", flat=True))
