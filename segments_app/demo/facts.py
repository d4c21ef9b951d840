"""What is known of contacts beside themselves, written for many at once inside the database.

Who gets what follows from the key of the contact, so that it is the same every time.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    ExpressionWrapper,
    F,
    Model,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from contacts.models import (
    AddressPeriod,
    AlternativeAddress,
    BusinessRelation,
    Channel,
    Consent,
    Contact,
    ContactBusinessRelation,
    ContactJobResponsibility,
    ContactProfileAnswer,
    JobResponsibility,
    ProfileAnswer,
)
from contacts.models.contact import ContactQuerySet
from contacts.querysets import SetQuerySet
from segments_app.demo.groups import BUSINESS_SHARES
from segments_app.demo.jobs import titles_by_responsibility
from segments_app.demo.profiles import QUESTIONNAIRES, Question

# A prime: what one draw of a contact gives says nothing of the next draw.
SIDES = 997
# Channel -> of a hundred contacts, so many gave their consent, and so many withdrew it.
CONSENTS = {Channel.LETTER: (6, 2), Channel.EMAIL: (24, 5), Channel.PHONE: (8, 4)}
SOURCES = ("Form on the home page", "Telephone call", "Talk at the light fair", "Reply to a letter")
SUMMER = {"address": "Fyrvej 18", "postal_code": "9990", "city": "Skagen", "country": "DK"}
SUMMER_SHARE, MOVING_SHARE = 3, 2


class Facts:
    """Writes what is known of contacts, with as many statements for many as for few."""

    def __init__(self) -> None:
        self.relations = dict(BusinessRelation.objects.values_list("code", "pk"))
        self.responsibilities = dict(JobResponsibility.objects.values_list("code", "pk"))
        self.answers = dict(ProfileAnswer.objects.values_list("code", "pk"))
        self.today = timezone.localdate()

    def write(self, contacts: ContactQuerySet) -> None:
        """Write everything for `contacts`, which have none of it yet."""
        self._responsibilities(contacts.persons())
        self._relations(contacts.companies())
        for salt, (_text, asked_of, questions) in enumerate(QUESTIONNAIRES.values(), start=1):
            asked = contacts.filter(type=asked_of, minor=False)
            for place, question in enumerate(questions, start=1):
                self._answers(asked, question, 100 * salt + 10 * place)
        for salt, (channel, shares) in enumerate(CONSENTS.items(), start=1):
            self._consents(contacts, channel, shares, salt)
        self._addresses(contacts)

    def _responsibilities(self, persons: ContactQuerySet) -> None:
        keys = {
            self.responsibilities[code]: Q(job_title__in=titles)
            for code, titles in titles_by_responsibility().items()
            if code in self.responsibilities
        }
        _insert(ContactJobResponsibility, persons, keys, group="key")

    def _relations(self, companies: ContactQuerySet) -> None:
        known = {code: share for code, share in BUSINESS_SHARES.items() if code in self.relations}
        keys = {self.relations[code]: turns for code, turns in _turns(known).items()}
        _insert(ContactBusinessRelation, _drawn(companies, 31), keys, group="key")

    def _answers(self, asked: ContactQuerySet, question: Question, salt: int) -> None:
        shares = {code: share for code, (_text, share) in question.answers.items()}
        each_alone = [{code: share} for code, share in shares.items()]
        for place, some in enumerate(each_alone if question.several else [shares]):
            turns = _turns({code: share for code, share in some.items() if code in self.answers})
            keys = {self.answers[code]: condition for code, condition in turns.items()}
            drawn = _drawn(asked, salt + place)
            answered_on = self._days_ago(20, 90, 200, 400)
            _insert(ContactProfileAnswer, drawn, keys, answer="key", answered_on=answered_on)

    def _consents(
        self, contacts: ContactQuerySet, channel: Channel, shares: tuple[int, int], salt: int
    ) -> None:
        given, withdrawn = shares
        turns = _turns({True: given, False: withdrawn})
        source = _one_after_the_other(SOURCES)
        date = self._days_ago(12, 75, 160, 330)
        drawn = _drawn(contacts, 500 + salt)
        fields = {"channel": channel.value, "date": date, "source": source}
        _insert(Consent, drawn, turns, given="key", **fields)

    def _addresses(self, contacts: ContactQuerySet) -> None:
        """A summer house for a few people in Denmark, and companies that move next month."""
        people = contacts.persons().filter(country="DK", company=None)
        moving = _drawn(contacts.companies(), 602).filter(turn__lt=_part(MOVING_SHARE))
        summer = _drawn(people, 601).filter(turn__lt=_part(SUMMER_SHARE))
        year, month = self.today.year, self.today.month
        june, august = datetime.date(year, 6, 1), datetime.date(year, 8, 31)
        next_month = datetime.date(year + month // 12, month % 12 + 1, 1)
        self._address(summer, "SUMMER", june, august, SUMMER)
        place = {name: F(name) for name in ("postal_code", "city", "country")}
        new = {"company_name": F("name"), "address": "Havnepladsen 2", **place}
        self._address(moving, "NEW", next_month, None, new)

    def _address(
        self,
        contacts: ContactQuerySet,
        code: str,
        starts_on: datetime.date,
        ends_on: datetime.date | None,
        fields: Mapping[str, Any],
    ) -> None:
        empty = ("company_name", "address_2", "region", "phone", "mobile", "email", "home_page")
        values = {**dict.fromkeys(empty, ""), **fields}
        rows = AlternativeAddress.objects.filter(contact__in=contacts.values("pk"), code=code)
        _fill(AlternativeAddress, contacts, contact=F("pk"), code=code, **values)
        _fill(
            AddressPeriod,
            rows,
            address=F("pk"),
            contact=F("contact"),
            starts_on=starts_on,
            ends_on=ends_on,
        )

    def _days_ago(self, *days: int) -> Case:
        return _one_after_the_other(self.today - datetime.timedelta(days=each) for each in days)


def _part(share: int) -> int:
    return share * SIDES // 100


def _drawn(contacts: ContactQuerySet, salt: int) -> Any:
    """Annotate `turn`, a number below `SIDES` that another `salt` draws anew, and `quarter`."""
    number = F("pk") * Value(7919 + 2 * salt)
    return contacts.annotate(
        turn=_whole(number % Value(SIDES)), quarter=_whole(number / Value(SIDES) % Value(4))
    )


def _whole(expression: Any) -> Any:
    return ExpressionWrapper(expression, output_field=BigIntegerField())


def _turns[K](shares: Mapping[K, int]) -> dict[K, Q]:
    """Divide the turns: each key gets its share of a hundred, the rest nobody."""
    turns, begin = {}, 0
    for key, share in shares.items():
        end = begin + _part(share)
        turns[key] = Q(turn__gte=begin, turn__lt=end)
        begin = end
    return turns


def _one_after_the_other(values: Iterable[Any]) -> Case:
    """One of four values for each contact that was drawn."""
    return Case(
        *(When(quarter=place, then=Value(value)) for place, value in enumerate(values)),
    )


def _insert(
    model: type[Model], contacts: QuerySet[Contact], keys: Mapping[Any, Q], **columns: Any
) -> None:
    """Insert a row for each contact that meets one of the conditions; "key" is the key it meets."""
    if not keys:
        return
    any_of = Q()
    for condition in keys.values():
        any_of |= condition
    key = Case(*(When(condition, then=Value(value)) for value, condition in keys.items()))
    values = {name: key if value == "key" else value for name, value in columns.items()}
    _fill(model, contacts.filter(any_of), contact=F("pk"), **values)


def _fill(model: type[Model], rows: QuerySet[Any], /, **columns: Any) -> None:
    """Insert a row of `model` for each of `rows`, with one statement."""
    SetQuerySet(model).insert_from(rows, **columns)
