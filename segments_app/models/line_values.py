from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models import CorrespondenceType, Language, Salesperson
from interactions.models import (
    Campaign,
    Evaluation,
    InformationFlow,
    InitiatedBy,
    InteractionTemplate,
)


class LineValues(models.Model):
    """What a line says itself, as a person typed or chose it. Null means inherited (D8)."""

    template = models.ForeignKey(
        InteractionTemplate,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("interaction template"),
    )
    description = models.CharField(_("description"), max_length=150, null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=150, null=True, blank=True)
    campaign = models.ForeignKey(
        Campaign,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("campaign"),
    )
    salesperson = models.ForeignKey(
        Salesperson,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("salesperson"),
    )
    date = models.DateField(_("date"), null=True, blank=True)
    language = models.ForeignKey(
        Language,
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("language"),
    )
    correspondence_type = models.CharField(
        _("correspondence type"), max_length=10, choices=CorrespondenceType, null=True, blank=True
    )
    information_flow = models.CharField(
        _("information flow"), max_length=10, choices=InformationFlow, null=True, blank=True
    )
    initiated_by = models.CharField(
        _("initiated by"), max_length=10, choices=InitiatedBy, null=True, blank=True
    )
    cost = models.DecimalField(
        _("cost"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    duration = models.PositiveIntegerField(_("duration (minutes)"), null=True, blank=True)
    campaign_target = models.BooleanField(_("campaign target"), null=True, blank=True)
    campaign_response = models.BooleanField(_("campaign response"), null=True, blank=True)

    comment = models.TextField(
        _("comment"),
        blank=True,
        db_default="",
        help_text=_("Appears in this contact's letter, where the template has a place for it."),
    )
    evaluation = models.CharField(
        _("evaluation"), max_length=15, choices=Evaluation, blank=True, db_default=""
    )
    attempt_failed = models.BooleanField(_("attempt failed"), default=False, db_default=False)
    time = models.TimeField(_("time of interaction"), null=True, blank=True)
    contact_via = models.CharField(
        _("contact via"),
        max_length=254,
        blank=True,
        db_default="",
        help_text=_(
            "The phone number or e-mail address. Empty: an e-mail goes to the contact's address."
        ),
    )

    class Meta:
        abstract = True
