"""Our own company and those who sign in."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from contacts.models import User
from interactions.models import CompanyInformation

DOMAIN = "nordlys.example"
PASSWORD = "lys-i-morket"  # noqa: S105
COMPANY = {
    "name": "Nordlys Belysning A/S",
    "address": "Lysværksvej 12",
    "postal_code": "8270",
    "city": "Højbjerg",
    "country": "DK",
    "phone": "+45 87 30 40 50",
    "email": f"post@{DOMAIN}",
    "home_page": f"https://www.{DOMAIN}",
    "vat_number": "DK27304050",
    "bank_name": "Aarhus Handelsbank",
    "bank_account": "0040 0440116243",
    "iban": "DK50 0040 0440 1162 43",
    "swift": "AAHBDK22",
}


@dataclass(frozen=True)
class Account:
    username: str
    first_name: str
    last_name: str
    role: str = ""
    enters_admin: bool = False

    @property
    def is_administrator(self) -> bool:
        return not self.role


ACCOUNTS = (
    Account("mette", "Mette", "Holm", "Marketing"),
    Account("jonas", "Jonas", "Friis", "Marketing"),
    Account("maria", "Maria", "Brandt", "Marketing manager", enters_admin=True),
    Account("rasmus", "Rasmus", "Skov", "Reader"),
    Account("admin", "Anne", "Lund", enters_admin=True),
)


def make_company() -> int:
    """Say who we are, unless somebody has; return 1 if it was said."""
    return CompanyInformation.objects.get_or_create(id=1, defaults=COMPANY)[1]


def make_users() -> list[Account]:
    """Make the users that are missing; return those who were made."""
    existing = set(User.objects.values_list("username", flat=True))
    missing = [account for account in ACCOUNTS if account.username not in existing]
    password = make_password(PASSWORD)
    for account in missing:
        _make_user(account, password)
    return missing


def _make_user(account: Account, password: str) -> None:
    user = User.objects.create(
        username=account.username,
        first_name=account.first_name,
        last_name=account.last_name,
        email=f"{account.username}@{DOMAIN}",
        password=password,
        is_staff=account.enters_admin,
        is_superuser=account.is_administrator,
    )
    if account.role:
        user.groups.add(Group.objects.get(name=account.role))
