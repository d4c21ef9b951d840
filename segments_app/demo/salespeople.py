"""Salespeople: who writes to whom."""

from contacts.models import Contact, Salesperson, User

# code, name, job title, direct number, user
SALESPEOPLE = (
    ("LN", "Lars Nygaard", "Distriktschef, Jylland", "+45 87 30 40 61", ""),
    ("SD", "Sofie Dahl", "Distriktschef, Fyn og Sønderjylland", "+45 87 30 40 62", ""),
    ("AK", "Anders Krogh", "Distriktschef, Sjælland", "+45 87 30 40 63", ""),
    ("KS", "Karin Sjöberg", "Försäljningschef Sverige", "+46 40 628 04 21", ""),
    ("TB", "Thomas Becker", "Vertriebsleiter Deutschland", "+49 40 66969 118", ""),
    ("EW", "Emily Whitmore", "Sales Manager UK", "+44 20 7946 0172", ""),
    ("MH", "Mette Holm", "Marketingkoordinator", "+45 87 30 40 55", "mette"),
    ("JF", "Jonas Friis", "Marketingkoordinator", "+45 87 30 40 56", "jonas"),
    ("MB", "Maria Brandt", "Marketingchef", "+45 87 30 40 54", "maria"),
)
# Danish region, or country, -> salesperson.
TERRITORIES = {
    "Region Nordjylland": "LN",
    "Region Midtjylland": "LN",
    "Region Syddanmark": "SD",
    "Region Sjælland": "AK",
    "Region Hovedstaden": "AK",
    "SE": "KS",
    "DE": "TB",
    "GB": "EW",
}


def make_salespeople(domain: str) -> int:
    """Make the salespeople that are missing; return how many were made."""
    made = [
        Salesperson.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "job_title": title,
                "phone": phone,
                "email": f"{name.split()[0].lower()}@{domain}",
                "user": _free_user(username),
            },
        )[1]
        for code, name, title, phone, username in SALESPEOPLE
    ]
    return sum(made)


def _free_user(username: str) -> User | None:
    """The user, unless somebody else is linked to them already."""
    return User.objects.filter(username=username, salesperson=None).first()


class Territories:
    """Which salesperson a contact has."""

    def __init__(self) -> None:
        self.keys = dict(Salesperson.objects.values_list("code", "pk"))

    def salesperson_for(self, contact: Contact) -> int | None:
        """Return the key of the contact's salesperson; contacts without a region have none."""
        territory = contact.region if contact.country == "DK" else contact.country
        return self.keys.get(TERRITORIES.get(territory, ""))
