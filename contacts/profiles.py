"""What contacts answered to the questions of profiles (R22)."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.errors import Refused
from contacts.models import (
    Change,
    Contact,
    ContactProfileAnswer,
    ProfileAnswer,
    ProfileQuestion,
    User,
)
from contacts.models.contact import ContactQuerySet
from contacts.relations import has

Chosen = Mapping[ProfileQuestion, Collection[ProfileAnswer]]


@transaction.atomic
def record_answers(contact: Contact, chosen: Chosen, *, by: User | None) -> int:
    """Let `contact` have exactly the `chosen` answers to these questions; return how many changed.

    An answer given before keeps its date. Raises `Refused` for an answer more to a minor (R6), for
    several to a question that has one (R22), and for a question not asked of this type.
    """
    Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    given = ContactProfileAnswer.objects.of(contact).to(chosen)
    before = set(given.values_list("answer", flat=True))
    now = {answer.pk for answers in chosen.values() for answer in answers}
    _refuse(contact, chosen, more=bool(now - before))
    given.filter(answer__in=before - now).delete()
    ContactProfileAnswer.objects.bulk_create(
        ContactProfileAnswer(contact=contact, answer_id=answer, answered_on=timezone.localdate())
        for answer in sorted(now - before)
    )
    _record(contact, before, now, by)
    return len(now ^ before)


def _record(contact: Contact, before: set[int], now: set[int], by: User | None) -> None:
    """Keep in the change history which answers came and went."""
    if before == now:
        return
    texts = ProfileAnswer.objects.in_bulk(before ^ now)
    gone, come = (sorted(texts[key].text for key in keys) for keys in (before - now, now - before))
    pair = [", ".join(gone), ", ".join(come)]
    this = Contact.objects.filter(pk=contact.pk)
    Change.objects.record_for(this, {"profile_answers": pair}, by=by)


def _refuse(contact: Contact, chosen: Chosen, *, more: bool) -> None:
    if more and contact.minor:
        raise Refused(_("Minors get no profile answers."))
    for question, answers in chosen.items():
        if len(answers) > 1 and not question.several:
            raise Refused(_("“%(question)s” has one answer only.") % {"question": question})
        if answers and question.questionnaire.asked_of not in ("", contact.type):
            message = _("“%(question)s” is not asked of this type of contact.")
            raise Refused(message % {"question": question})


def answered(contacts: ContactQuerySet, answer: ProfileAnswer) -> ContactQuerySet:
    """Narrow to the contacts that gave `answer`."""
    return has(contacts, ContactProfileAnswer.objects.filter(answer=answer))
