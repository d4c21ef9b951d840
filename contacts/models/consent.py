from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .of_contact import OfContact


class Channel(models.TextChoices):
    """A way of reaching a contact that the contact can allow or forbid."""

    LETTER = "letter", _("letter")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def of_channel(self, channel: str) -> Self:
        return self.filter(channel=channel)

    def move_contact(self, field: str, winner: Any) -> None:
        """Let these consents hold for `winner`. Where both said something, a no stays a no."""
        held = {consent.channel: consent for consent in Consent.objects.filter(contact=winner)}
        for consent in self:
            other = held.get(consent.channel)
            if other is None or (other.given and not consent.given):
                if other:
                    other.delete()
                consent.contact = winner
                consent.save()


class Consent(OfContact, models.Model):
    """What a contact said last about a channel: yes or no, since when, and how we know.

    Nothing said is no row.
    """

    contact = models.ForeignKey(
        "contacts.Contact",
        on_delete=models.DB_CASCADE,
        related_name="consents",
        verbose_name=_("contact"),
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    given = models.BooleanField(_("given"))
    date = models.DateField(_("date"), default=timezone.localdate)
    source = models.CharField(
        _("source"),
        max_length=200,
        blank=True,
        help_text=_("How we know: a form, a phone call, the link in an e-mail."),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        editable=False,
        verbose_name=_("recorded by"),
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["contact", "channel"]
        indexes = [
            models.Index(
                fields=["channel", "contact"],
                name="consent_withdrawn",
                condition=models.Q(given=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["contact", "channel"], name="one_consent_per_channel"),
            models.CheckConstraint(
                condition=models.Q(channel__in=["letter", "email", "phone"]),
                name="consent_channel_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {_('given') if self.given else _('withdrawn')}"
