from typing import Any

from contacts.duplicates.find import find_duplicates
from contacts.management.base import JSONCommand


class Command(JSONCommand):
    help = "Look at all contacts for pairs that look like one; the page Duplicates shows them."

    def act(self, **options: Any) -> dict[str, Any]:
        return {"duplicates": find_duplicates()}

    def say(self, result: dict[str, Any]) -> str:
        return f"{result['duplicates']} pairs look like one contact."
