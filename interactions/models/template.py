from collections.abc import Iterable

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import CorrespondenceType, Language
from contacts.numbers import plain_number


class InformationFlow(models.TextChoices):
    OUTBOUND = "outbound", _("Outbound")
    INBOUND = "inbound", _("Inbound")


class InitiatedBy(models.TextChoices):
    US = "us", _("Us")
    THEM = "them", _("Them")


class Evaluation(models.TextChoices):
    VERY_POSITIVE = "very_positive", _("Very positive")
    POSITIVE = "positive", _("Positive")
    NEUTRAL = "neutral", _("Neutral")
    NEGATIVE = "negative", _("Negative")
    VERY_NEGATIVE = "very_negative", _("Very negative")


class EmailAttachment(models.TextChoices):
    WORD = "word", _("The letter as a Word document")
    PDF = "pdf", _("The letter as a PDF")
    NONE = "none", _("Nothing")


class InteractionGroup(models.Model):
    """Templates that belong together, for statistics (R130)."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    description = models.CharField(_("description"), max_length=100)

    class Meta:
        verbose_name = _("interaction group")
        verbose_name_plural = _("interaction groups")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.description


class InteractionTemplateQuerySet(models.QuerySet["InteractionTemplate"]):
    def active(self) -> "InteractionTemplateQuerySet":
        """Templates that may be chosen for new interactions."""
        return self.filter(blocked=False)

    def with_names(self) -> "InteractionTemplateQuerySet":
        """Fetch what a list of templates shows: group, languages of the documents. One query
        more, whatever the number of templates."""
        documents = TemplateDocument.objects.select_related("language", "document")
        listed = models.Prefetch("documents", documents.order_by("language__name"))
        return self.select_related("group", "language").prefetch_related(listed)

    def search(self, text: str) -> "InteractionTemplateQuerySet":
        """Templates whose code or description holds `text`."""
        return self.filter(models.Q(code__icontains=text) | models.Q(description__icontains=text))


class InteractionTemplate(models.Model):
    """What an interaction is and costs, and per language the Word document of its letter (R131)."""

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[plain_number])
    description = models.CharField(_("description"), max_length=150)
    group = models.ForeignKey(
        InteractionGroup,
        on_delete=models.DO_NOTHING,
        related_name="templates",
        verbose_name=_("group"),
    )
    unit_cost = models.DecimalField(
        _("unit cost"),
        max_digits=12,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )
    unit_duration = models.PositiveIntegerField(_("unit duration (minutes)"), default=0)
    information_flow = models.CharField(
        _("information flow"), max_length=10, choices=InformationFlow, blank=True
    )
    initiated_by = models.CharField(
        _("initiated by"), max_length=10, choices=InitiatedBy, blank=True
    )
    correspondence_type = models.CharField(
        _("correspondence type"), max_length=10, choices=CorrespondenceType, blank=True
    )
    ignore_contact_correspondence_type = models.BooleanField(
        _("also for contacts who prefer another type"), default=False
    )
    language = models.ForeignKey(
        Language,
        on_delete=models.DO_NOTHING,
        verbose_name=_("default language"),
        help_text=_("For contacts whose own language has no document."),
    )
    email_attachment = models.CharField(
        _("attached to e-mails"),
        max_length=10,
        choices=EmailAttachment,
        default=EmailAttachment.WORD,
        db_default=EmailAttachment.WORD,
        help_text=_("PDFs need LibreOffice on the server."),
    )
    blocked = models.BooleanField(_("blocked"), default=False)

    objects = InteractionTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("interaction template")
        verbose_name_plural = _("interaction templates")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit_cost__gte=0), name="template_cost_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.description}"

    def get_absolute_url(self) -> str:
        return reverse("interactions:template_detail", args=[self.code])

    @property
    def lacks_default_document(self) -> bool:
        """Whether it has documents, but none in its default language."""
        languages = {document.language_id for document in self.documents.all()}
        return bool(languages) and self.language_id not in languages


class TemplateDocumentQuerySet(models.QuerySet["TemplateDocument"]):
    def of_templates(self, templates: Iterable[int]) -> "TemplateDocumentQuerySet":
        """The documents of the templates with those keys, with what a list shows of them."""
        named = self.select_related("template", "language", "document")
        return named.filter(template__in=list(templates)).order_by("template", "language__name")


class TemplateDocument(models.Model):
    """The Word document of a template in one language, with the subject of its e-mail (R132)."""

    template = models.ForeignKey(
        InteractionTemplate,
        on_delete=models.DB_CASCADE,
        related_name="documents",
        verbose_name=_("interaction template"),
    )
    language = models.ForeignKey(Language, on_delete=models.DO_NOTHING, verbose_name=_("language"))
    document = models.ForeignKey(
        "interactions.Document", on_delete=models.DO_NOTHING, verbose_name=_("Word document")
    )
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    email_text = models.TextField(_("e-mail text"), blank=True)

    objects = TemplateDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["template", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "language"], name="one_document_per_template_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template.code} {self.language_id}"
