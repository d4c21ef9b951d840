"""Which company a person's row names, by number or exact name."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from contacts.models import Contact

from .cells import BadCell
from .scratch import Scratch


class Companies:
    """The companies that rows name: those that exist, and those of earlier rows.

    `is_written` says whether those of earlier rows are in the database already.
    """

    def __init__(self, scratch: Scratch, *, is_written: bool) -> None:
        self.scratch, self.is_written = scratch, is_written
        self.found: dict[str, list[Contact]] = {}
        # Number or name -> rows of this file that make such a company, and the company.
        self.promised: dict[str, list[tuple[int, Contact]]] = {}

    def promise(self, companies: Iterable[tuple[int, Contact]]) -> None:
        """Remember the companies that rows create."""
        self.scratch.promise(
            (key, row, company.number, company.name)
            for row, company in companies
            for key in {company.number, company.name} - {""}
        )

    def look_up(self, texts: set[str]) -> None:
        """Ask for every company that a chunk of rows names."""
        self.found, self.promised = defaultdict(list), defaultdict(list)
        for key, row, number, name in self.scratch.promised(texts):
            company = Contact(type=Contact.Type.COMPANY, number=number, name=name)
            self.promised[key].append((row, company))
        for company in Contact.objects.companies().known_as(texts) if texts else ():
            for key in {company.number, company.name}:
                self.found[key].append(company)

    def company(self, row: int, text: str) -> Contact:
        """Return the one company that `text` in `row` names. Raises `BadCell`."""
        companies = self._candidates(row, text)
        by_number = [company for company in companies if company.number == text]
        companies = by_number or companies
        if not companies:
            reason = _("There is no company “%(value)s”, nor in an earlier row.")
            raise BadCell(reason % {"value": text}, "company")
        if len(companies) > 1:
            reason = _("%(count)s companies are called “%(value)s”. Give the number.")
            raise BadCell(reason % {"count": len(companies), "value": text}, "company")
        return companies[0]

    def _candidates(self, row: int, text: str) -> list[Contact]:
        found, promised = self.found.get(text, []), self.promised.get(text, ())
        if not self.is_written:
            return found + [company for at, company in promised if at < row]
        later = {company.number for at, company in promised if at > row}
        return [company for company in found if company.number not in later]
