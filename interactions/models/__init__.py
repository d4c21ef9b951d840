"""What happened, and what it is made with."""

from .campaign import Campaign
from .company import CompanyInformation
from .document import Document
from .letter_job import LetterJob
from .log import EntryFields, InteractionLogEntry, Totals
from .logged_segment import LoggedSegment
from .template import (
    Evaluation,
    InformationFlow,
    InitiatedBy,
    InteractionGroup,
    InteractionTemplate,
    TemplateDocument,
)

__all__ = [
    "Campaign",
    "CompanyInformation",
    "Document",
    "EntryFields",
    "Evaluation",
    "InformationFlow",
    "InitiatedBy",
    "InteractionGroup",
    "InteractionLogEntry",
    "InteractionTemplate",
    "LetterJob",
    "LoggedSegment",
    "TemplateDocument",
    "Totals",
]
