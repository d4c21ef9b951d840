from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SalespersonQuerySet(models.QuerySet["Salesperson"]):
    def active(self) -> "SalespersonQuerySet":
        """Salespeople who may be put on segments and contacts (R58)."""
        return self.filter(blocked=False)

    def of_user(self, user: Any) -> "Salesperson | None":
        """The salesperson that `user` is, if any (R60)."""
        return self.filter(user=user).first() if user else None


class Salesperson(models.Model):
    """Someone of ours whom letters come from. Blocked instead of deleted: the log names them."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=100)
    job_title = models.CharField(_("job title"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    blocked = models.BooleanField(_("blocked"), default=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("user"),
        help_text=_("Segments that this user creates get this salesperson."),
    )

    objects = SalespersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("salesperson")
        verbose_name_plural = _("salespeople")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"
