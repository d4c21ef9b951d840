"""What happened, and what it is made with."""

from .bounce import Bounce
from .campaign import Campaign
from .campaign_entry import CampaignEntry
from .company import CompanyInformation
from .delivery import DeliveryState
from .delivery_job import DeliveryJob
from .document import Document
from .entry_parts import EntryAttachment, EntryComment, EntryFields
from .kind import InteractionKind, KindTemplate
from .letter_job import LetterJob
from .log import InteractionLogEntry
from .log_import import LogImport
from .log_set import Totals
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
    "CampaignEntry",
    "CompanyInformation",
    "DeliveryJob",
    "DeliveryState",
    "Document",
    "EmailAttachment",
    "EntryAttachment",
    "EntryComment",
    "EntryFields",
    "Evaluation",
    "InformationFlow",
    "InitiatedBy",
    "InteractionGroup",
    "InteractionKind",
    "InteractionLogEntry",
    "InteractionTemplate",
    "KindTemplate",
    "LetterJob",
    "LogImport",
    "LoggedSegment",
    "SendingPace",
    "Signature",
    "TemplateDocument",
    "Totals",
]
