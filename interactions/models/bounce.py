from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact

from .log import InteractionLogEntry


class BounceQuerySet(models.QuerySet["Bounce"]):
    def out_of_use(self) -> Self:
        """Bounces because of which an address is not written to, until a person says so."""
        return self.filter(hard=True, used_again_at__isnull=True)

    def addresses_among(self, addresses: Iterable[str]) -> set[str]:
        """Return those of `addresses`, folded, that are out of use."""
        folded = {folded_address(address) for address in addresses if address}
        found = self.out_of_use().filter(address__in=folded)
        return set(found.values_list("address", flat=True))

    def with_names(self) -> Self:
        return self.select_related("contact", "entry", "used_again_by")

    def search(self, text: str) -> Self:
        """Bounces whose address holds `text`."""
        return self.filter(address__contains=folded_address(text))


def folded_address(address: str) -> str:
    """The one way an e-mail address is written for comparing."""
    return address.strip().casefold()


class Bounce(models.Model):
    """An e-mail that came back. A hard one takes its address out of use."""

    address = models.CharField(_("e-mail"), max_length=254, db_index=True)
    contact = models.ForeignKey(
        Contact,
        on_delete=models.DB_CASCADE,
        null=True,
        blank=True,
        related_name="bounces",
        verbose_name=_("contact"),
    )
    entry = models.ForeignKey(
        InteractionLogEntry,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        related_name="bounces",
        verbose_name=_("interaction"),
    )
    hard = models.BooleanField(
        _("for good"), help_text=_("The address does not exist, or refuses us for good.")
    )
    status = models.CharField(_("status"), max_length=20, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    # Of the message that said so: the same message is counted once.
    message_id = models.CharField(max_length=250, unique=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    used_again_at = models.DateTimeField(_("used again since"), null=True, blank=True)
    used_again_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        verbose_name=_("used again by"),
    )

    objects = BounceQuerySet.as_manager()

    class Meta:
        verbose_name = _("bounce")
        verbose_name_plural = _("bounces")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["address"],
                name="bounce_out_of_use",
                condition=Q(hard=True, used_again_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.address

    def get_absolute_url(self) -> str:
        return reverse("interactions:bounce_list")

    @property
    def is_out_of_use(self) -> bool:
        return self.hard and self.used_again_at is None
