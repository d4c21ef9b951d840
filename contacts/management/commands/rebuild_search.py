from typing import Any

from contacts.management.base import JSONCommand
from contacts.models import Contact
from contacts.search_index import make_index


class Command(JSONCommand):
    help = (
        "Derive the words that contacts are found by again, and make their index anew. "
        "Needed only after contacts were written by other programs."
    )

    def act(self, **options: Any) -> dict[str, Any]:
        Contact.objects.renew_search_names()
        make_index()
        return {"contacts": Contact.objects.count()}

    def say(self, result: dict[str, Any]) -> str:
        return f"{result['contacts']} contacts can be found."
