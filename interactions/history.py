"""Which models of interactions have a change history. How it is read: `contacts.history`."""

from contacts.history import register
from interactions.models import (
    CompanyInformation,
    InteractionGroup,
    InteractionTemplate,
    Signature,
    TemplateDocument,
)

KEPT = (InteractionTemplate, TemplateDocument, InteractionGroup, CompanyInformation, Signature)


def keep_history() -> None:
    """Register the models whose changes are kept. Called once, when the application starts."""
    for model in KEPT:
        register(model)
