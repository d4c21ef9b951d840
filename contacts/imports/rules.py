"""What a contact may have, by its type and age (R5, R6, R19 to R22): as on the form."""

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.models import ProfileAnswer

from .cells import BadCell
from .resource import CHANNELS
from .rows import Row

FOR_COMPANIES = ("industry_groups", "business_relations")
FOR_PERSONS = ("job_responsibilities",)


class Rules:
    """Refuses what a row must not say. The questions of profiles are looked up once."""

    def __init__(self) -> None:
        answers = ProfileAnswer.objects.order_by().values_list(
            "pk", "question", "question__several", "question__questionnaire__asked_of"
        )
        self.today = timezone.localdate()
        self.answers = {pk: question for pk, *question in answers}

    def apply(self, row: Row) -> None:
        """Protect minors, and refuse what does not fit the contact. Raises `BadCell`."""
        self._protect_minor(row)
        changed = row.changed_held() if row.held else []
        for name in FOR_PERSONS if row.is_company else FOR_COMPANIES:
            if name in changed and row.held[name]:
                raise BadCell(_wrong_type(row, name), name)
        for name in CHANNELS:
            self._refuse_future(row, f"{name}_date", changed)
        if "profile_answers" in changed and row.held["profile_answers"]:
            self._check_answers(row)

    def _protect_minor(self, row: Row) -> None:
        """A new minor, or a new word of the parents, blocks the contact unless told not to."""
        contact, before = row.contact, row.before
        became = contact.minor and not before["minor"]
        told = contact.parental_consent != before["parental_consent"]
        if "privacy_blocked" not in row.values:
            contact.privacy_blocked = contact.privacy_blocked or became or told
        elif (became or told or before["privacy_blocked"]) and _is_unprotected(row):
            reason = _("A minor without parental consent stays privacy blocked.")
            raise BadCell(reason, "privacy_blocked")

    def _refuse_future(self, row: Row, name: str, changed: list[str]) -> None:
        if name in changed and row.held[name] and row.held[name] > self.today:
            raise BadCell(_("The date is in the future."), name)

    def _check_answers(self, row: Row) -> None:
        if row.contact.minor:
            raise BadCell(_("Minors have no profile answers."), "profile_answers")
        questions = [self.answers[pk] for pk in row.held["profile_answers"] if pk in self.answers]
        if any(asked_of not in ("", row.contact.type) for _q, _several, asked_of in questions):
            raise BadCell(_("An answer is for contacts of the other type."), "profile_answers")
        once = Counter(question for question, several, _asked_of in questions if not several)
        if any(count > 1 for count in once.values()):
            raise BadCell(_("A question has one answer, not several."), "profile_answers")


def _is_unprotected(row: Row) -> bool:
    contact = row.contact
    return contact.minor and not contact.parental_consent and not contact.privacy_blocked


def _wrong_type(row: Row, name: str) -> str:
    if row.is_company:
        return _("Job responsibilities belong to persons.")
    if name == "industry_groups":
        return _("Industry groups belong to companies; persons are found through theirs.")
    return _("Business relations belong to companies; persons are found through theirs.")
