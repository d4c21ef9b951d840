"""The ways to ask for contacts that are compared: our pages, the naive way, the floor."""

import time
from collections.abc import Callable
from functools import reduce
from operator import or_
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Contact, User
from contacts.words import typed_words

FIELDS = ("name", "company_name", "city", "postal_code", "number", "email", "phone", "mobile")


class Pages:
    """The pages, as a browser that is signed in asks for them."""

    def __init__(self) -> None:
        settings.ALLOWED_HOSTS = ["testserver"]
        user, _made = User.objects.get_or_create(username="bench", is_superuser=True)
        self.client = Client()
        self.client.force_login(user)

    def pick(self, text: str) -> bytes:
        """The suggestions under a field."""
        return self._get(reverse("contacts:pick"), {"q": text})

    def list(self, query: str) -> bytes:
        """The list as htmx asks for it while conditions are typed."""
        return self._get(f"{reverse('contacts:list')}?{query}", {}, {"HX-Request": "true"})

    def count_queries(self, query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            self.list(query)
        return len(queries)

    def _get(self, url: str, data: dict[str, str], headers: dict[str, str] | None = None) -> bytes:
        answer = self.client.get(url, data or None, headers=headers)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answered {answer.status_code}")
        return bytes(answer.content)


def processor_clock() -> Callable[[], float]:
    """Return a clock of processor time, in seconds: ours and that of PostgreSQL for us."""
    if connection.vendor != "postgresql":
        return time.process_time
    with connection.cursor() as cursor:
        # Workers beside it would not be counted.
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    if not server.exists():
        return time.perf_counter
    return lambda: time.process_time() + int(server.read_text().split()[0]) / 1e9


def naive(text: str) -> list[Contact]:
    """Each word somewhere in some field, as Django's admin searches."""
    contacts = Contact.objects.order_by("name", "id")
    for word in text.split():
        contacts = contacts.filter(
            reduce(or_, (Q(**{f"{field}__icontains": word}) for field in FIELDS))
        )
    return list(contacts[:10])


def floor(text: str) -> list[tuple[object, ...]]:
    """Ten keys that the index of words has for the rarest word, in no order."""
    word = max(typed_words(text), key=len)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lexeme = f"'{word}':*" if len(word) > 3 else f"'{word} '"
            found = "SELECT id, name FROM contacts_contact WHERE contacts_lexemes(search_name) @@"
            cursor.execute(f"{found} %s::tsquery LIMIT 10", [lexeme])
        else:
            found = "SELECT rowid FROM contacts_search WHERE contacts_search MATCH"
            cursor.execute(f"{found} %s LIMIT 10", [f'"{word}"*'])
        return cursor.fetchall()
