"""Which company a person's row names, by number or exact name."""

from collections import defaultdict

from django.utils.translation import gettext as _

from contacts.models import Contact

from .cells import BadCell


class Companies:
    """The companies that rows name: those that exist, and those that earlier rows will create."""

    def __init__(self) -> None:
        # Row, number and name: a file may hold very many.
        self.promised: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self.found: dict[str, list[Contact]] = {}

    def promise(self, row: int, company: Contact) -> None:
        """Remember a company that the import would create, while nothing is written yet."""
        for key in {company.number, company.name} - {""}:
            self.promised[key].append((row, company.number, company.name))

    def look_up(self, texts: set[str]) -> None:
        """Ask the database for every company that a chunk of rows names."""
        self.found = defaultdict(list)
        for company in Contact.objects.companies().known_as(texts) if texts else ():
            for key in {company.number, company.name}:
                self.found[key].append(company)

    def company(self, row: int, text: str) -> Contact:
        """Return the one company that `text` in `row` names. Raises `BadCell`."""
        companies = self.found.get(text, []) + self._earlier(row, text)
        by_number = [company for company in companies if company.number == text]
        companies = by_number or companies
        if not companies:
            reason = _("There is no company “%(value)s”, nor in an earlier row.")
            raise BadCell(reason % {"value": text}, "company")
        if len(companies) > 1:
            reason = _("%(count)s companies are called “%(value)s”. Give the number.")
            raise BadCell(reason % {"count": len(companies), "value": text}, "company")
        return companies[0]

    def _earlier(self, row: int, text: str) -> list[Contact]:
        return [
            Contact(type=Contact.Type.COMPANY, number=number, name=name)
            for at, number, name in self.promised.get(text, ())
            if at < row
        ]
