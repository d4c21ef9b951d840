from django.db import models
from django.utils.translation import gettext_lazy as _

from .template import InteractionTemplate


class InteractionKind(models.TextChoices):
    """What people do with one contact, in their words."""

    CALL = "call", _("Phone call")
    MEETING = "meeting", _("Meeting")
    LETTER = "letter", _("Letter")
    EMAIL = "email", _("E-mail")
    NOTE = "note", _("Note")


class KindTemplate(models.Model):
    """The interaction template that a kind of interaction begins with (R137)."""

    kind = models.CharField(_("kind"), max_length=10, choices=InteractionKind, unique=True)
    template = models.ForeignKey(
        InteractionTemplate,
        on_delete=models.DB_CASCADE,
        related_name="kinds",
        verbose_name=_("interaction template"),
    )

    class Meta:
        verbose_name = _("template for a kind of interaction")
        verbose_name_plural = _("templates for kinds of interactions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def chosen(cls) -> dict[str, InteractionTemplate]:
        """The templates that are set up and may be chosen, by kind."""
        rows = cls.objects.filter(template__blocked=False).select_related("template")
        return {row.kind: row.template for row in rows}
