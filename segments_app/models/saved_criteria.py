from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import User
from contacts.numbers import plain_number
from contacts.querysets import SetQuerySet

from .step import SegmentStep


class SavedCriteriaQuerySet(SetQuerySet["SavedCriteria"]):
    def visible_to(self, user: User | None) -> Self:
        """Those that are shared, one's own, and for administrators all; None is a command."""
        if user is None or user.is_superuser:
            return self
        return self.filter(models.Q(shared=True) | models.Q(created_by=user))

    def with_steps(self) -> Self:
        """Fetch the steps and who saved and changed them."""
        return self.prefetch_related("steps").select_related("created_by", "changed_by")


class SavedCriteria(models.Model):
    """A named list of add, reduce and refine steps, without contacts (D6)."""

    code = models.CharField(_("code"), max_length=20, unique=True, validators=[plain_number])
    description = models.CharField(_("description"), max_length=150, blank=True)
    shared = models.BooleanField(
        _("shared"),
        default=True,
        help_text=_("Everyone sees and reuses them. Otherwise only you and administrators."),
    )
    # Counts the changes, so that a page knows whether it shows what is there.
    version = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("changed by"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("created by"),
    )

    objects = SavedCriteriaQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved criteria")
        verbose_name_plural = _("saved criteria")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.description}".strip()

    def get_absolute_url(self) -> str:
        return reverse("segments:saved_criteria_detail", args=[self.code])


class SavedStep(models.Model):
    """One step of saved criteria, with the options it was done with."""

    saved_criteria = models.ForeignKey(
        SavedCriteria, on_delete=models.DB_CASCADE, related_name="steps"
    )
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=20, choices=SegmentStep.Action)
    criteria = models.JSONField(default=dict)
    sentences = models.JSONField(default=dict)
    options = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["saved_criteria", "number"], name="saved_step_number")
        ]

    def __str__(self) -> str:
        return f"{self.saved_criteria.code} {self.number}"
