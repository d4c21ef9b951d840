from django.tasks import task

from .find import find_duplicates


@task
def look_for_duplicates() -> int:
    """Find duplicates among all contacts; returns how many pairs are open."""
    return find_duplicates()
