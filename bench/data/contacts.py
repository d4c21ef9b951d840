"""Any number of contacts as a large list has them: few names that are common, many that are rare.

Made in chunks from prepared pieces and written past the models, so that a million take about a
minute. The same count gives the same contacts on every database.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, batched
from random import Random
from types import SimpleNamespace
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from contacts.models import Contact, Salesperson
from contacts.search_index import drop_index, make_index
from contacts.words import search_words
from segments_app.demo import phones, places
from segments_app.demo.companies import domain_part
from segments_app.demo.people import draw_job_title
from segments_app.demo.tables import column

AT_ONCE = 2_000
# Surnames of two parts make the long tail that no list of common names has.
FIRST_PARTS = 1_500
LEGAL = {"DK": "A/S", "SE": "AB", "DE": "GmbH", "GB": "Ltd"}
Values = dict[str, Any]


class Names:
    """Names of one country, the first of each list most often (Zipf)."""

    def __init__(self, country: str, rng: Random) -> None:
        self.country, self.rng = country, rng
        self.first = [
            name for kind in ("woman", "man") for name in self._column("names", "name", kind=kind)
        ]
        common = list(self._column("names", "name", kind="surname"))
        self.surnames = common + [
            f"{rng.choice(common)[:4].rstrip()}{part}" for part in _rare_parts(rng)
        ]
        self.words = list(column("words", "word", country=country))
        self.first_weights = list(accumulate(1 / (8 + i % 58) for i in range(len(self.first))))
        self.surname_weights = list(accumulate(1 / (12 + i) for i in range(len(self.surnames))))

    def _column(self, table: str, name: str, **where: str) -> Sequence[str]:
        return column(table, name, country=self.country, **where)

    def draw_first(self) -> str:
        return self.rng.choices(self.first, cum_weights=self.first_weights)[0]

    def draw_surname(self) -> str:
        return self.rng.choices(self.surnames, cum_weights=self.surname_weights)[0]

    def draw_company(self, town: str) -> str:
        """Draw the name of a company: a surname, a word, the town."""
        word, legal = self.rng.choice(self.words), LEGAL[self.country]
        pattern = self.rng.choice(("{0} {1} {3}", "{1} {2} {3}", "{0} & {4} {1}", "{0} {1} {2}"))
        return pattern.format(self.draw_surname(), word, town, legal, self.draw_surname())


def _rare_parts(rng: Random) -> list[str]:
    sounds = ("gaard", "lund", "berg", "feldt", "strøm", "dal", "holm", "quist", "mark", "wyn")
    letters = "bdfghjklmnprstvw"
    return [
        rng.choice(letters) + rng.choice("aeiouyæøå") + rng.choice(letters) + rng.choice(sounds)
        for _ in range(FIRST_PARTS)
    ]


class Crowd:
    """Draws households one after another: a company with its persons, or a person alone."""

    def __init__(self) -> None:
        self.rng = Random("Målgruppe")
        self.names = {country: Names(country, self.rng) for country in places.SHARES}
        self.salespeople = list(Salesperson.objects.values_list("pk", flat=True))
        self.last = 0

    def draw(self, count: int) -> Iterator[Values]:
        """Yield the values of `count` contacts; a company comes before its persons."""
        while self.last < count:
            household = self._household()
            yield from household[: count - self.last]
            self.last = min(count, self.last + len(household))

    def _household(self) -> list[Values]:
        country = places.draw_country(self.rng)
        place = places.draw_place(self.rng, country)
        shared = {
            "address": places.draw_street(self.rng, country),
            "postal_code": place.postal_code,
            "city": place.city,
            "region": place.region,
            "country": country,
            "language_id": places.LANGUAGES[country],
            "salesperson_id": self.rng.choice(self.salespeople) if self.salespeople else None,
        }
        if self.rng.random() < 0.36:
            return [self._person(shared, self.last + 1, None)]
        company = self._company(shared, place.town)
        count = self.rng.choices((1, 2, 3, 4, 5, 6), (34, 26, 18, 11, 7, 4))[0]
        keys = range(self.last + 2, self.last + 2 + count)
        return [company, *(self._person(shared, key, company) for key in keys)]

    def _company(self, shared: Values, town: str) -> Values:
        key, country = self.last + 1, shared["country"]
        name = self.names[country].draw_company(town)
        domain = f"{domain_part(name, country)}.example"
        return {
            **shared,
            "id": key,
            "type": "company",
            "company_id": key,
            "name": name,
            "company_name": name,
            "phone": phones.draw_landline(self.rng, country),
            "email": f"{'kontakt' if country == 'DK' else 'info'}@{domain}",
        }

    def _person(self, shared: Values, key: int, company: Values | None) -> Values:
        country = shared["country"]
        names = self.names[country]
        first, surname = names.draw_first(), names.draw_surname()
        middle = names.draw_surname() if self.rng.random() < 0.2 else ""
        domain = company["email"].partition("@")[2] if company else f"mail{key % 7}.example"
        address = f"{domain_part(first, country)}.{domain_part(surname, country)}"
        return {
            **shared,
            "id": key,
            "type": "person",
            "first_name": first,
            "middle_name": middle,
            "surname": surname,
            "name": " ".join(filter(None, (first, middle, surname))),
            "company_id": company and company["id"],
            "company_name": company["name"] if company else "",
            "job_title": draw_job_title(self.rng, country, self.rng.choice(("woman", "man"))),
            "phone": company["phone"] if company and self.rng.random() < 0.6 else "",
            "mobile": phones.draw_mobile(self.rng, country),
            "email": f"{address}{'' if company else key % 1000}@{domain}",
            "excluded": self.rng.random() < 0.02,
            "active": self.rng.random() > 0.025,
        }


def fill(count: int) -> None:
    """Write `count` contacts into an empty table, with what is derived from them."""
    drop_index()
    with connection.schema_editor() as schema:
        for index in Contact._meta.indexes:
            schema.remove_index(Contact, index)
    with transaction.atomic():
        for some in batched(Crowd().draw(count), AT_ONCE):
            _write(map(_complete, some))
    with connection.schema_editor() as schema:
        for index in Contact._meta.indexes:
            schema.add_index(Contact, index)
    make_index()
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Contact]):
            cursor.execute(sql)
        cursor.execute("ANALYZE")


FIELDS = [field for field in Contact._meta.local_concrete_fields if not field.has_db_default()]
COLUMNS = [*(field.attname for field in FIELDS), "search_name"]


def _complete(values: Values) -> list[Any]:
    """The values of all columns: what is not given is as in a new contact."""
    now = timezone.now()
    whole = {field.attname: field.get_default() for field in FIELDS}
    whole |= {"created_at": now, "updated_at": now, **values, "number": f"CT{values['id']:06}"}
    contact = SimpleNamespace(**whole, name_2="", email_2="")
    return [*(whole[field.attname] for field in FIELDS), search_words(contact)]


def _write(rows: Iterable[list[Any]]) -> None:
    columns = ", ".join(map(connection.ops.quote_name, COLUMNS))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY contacts_contact ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(COLUMNS))
        cursor.executemany(f"INSERT INTO contacts_contact ({columns}) VALUES ({marks})", list(rows))
