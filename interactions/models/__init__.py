"""What happened, and what it is made with."""

from .bounce import Bounce
from .campaign import Campaign
from .company import CompanyInformation
from .delivery import DeliveryState
from .delivery_job import DeliveryJob
from .document import Document
from .letter_job import LetterJob
from .log import EntryFields, InteractionLogEntry, Totals
from .logged_segment import LoggedSegment
from .sending_pace import SendingPace
from .signature import Signature
from .template import (
    EmailAttachment,
    Evaluation,
    InformationFlow,
    InitiatedBy,
    InteractionGroup,
    InteractionTemplate,
    TemplateDocument,
)

__all__ = [
    "Bounce",
    "Campaign",
    "CompanyInformation",
    "DeliveryJob",
    "DeliveryState",
    "Document",
    "EmailAttachment",
    "EntryFields",
    "Evaluation",
    "InformationFlow",
    "InitiatedBy",
    "InteractionGroup",
    "InteractionLogEntry",
    "InteractionTemplate",
    "LetterJob",
    "LoggedSegment",
    "SendingPace",
    "Signature",
    "TemplateDocument",
    "Totals",
]
