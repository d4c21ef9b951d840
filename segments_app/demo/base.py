"""What the demo stands on: our company, people, groups, campaigns and templates."""

from django.db import transaction

from segments_app.demo import progress
from segments_app.demo.campaigns import draw_numbers, make_campaigns
from segments_app.demo.groups import make_groups
from segments_app.demo.profiles import make_questionnaires
from segments_app.demo.salespeople import make_salespeople
from segments_app.demo.salutations import make_salutations
from segments_app.demo.staff import DOMAIN, Account, make_company, make_users
from segments_app.demo.templates import make_templates


def make_base() -> list[Account]:
    """Make what is missing, once; return the users that were made.

    What is there already, whoever made it, stays as it is. Call it outside any transaction, for
    it draws numbers (D21).
    """
    if progress.has_begun():
        return []
    numbers = draw_numbers()
    with transaction.atomic():
        make_company()
        users = make_users()
        make_salespeople(DOMAIN)
        make_groups()
        make_questionnaires()
        make_salutations()
        make_campaigns(numbers)
        make_templates()
        progress.begin()
    return users
