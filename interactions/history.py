"""Which models of interactions have a change history. How it is read: `contacts.history`."""

from contacts.history import register
from interactions.models import (
    CompanyInformation,
    InteractionGroup,
    InteractionTemplate,
    TemplateDocument,
)


def keep_history() -> None:
    """Register the models whose changes are kept. Called once, when the application starts."""
    for model in (InteractionTemplate, TemplateDocument, InteractionGroup, CompanyInformation):
        register(model)
