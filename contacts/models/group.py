from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.Model):
    """A code with a description that contacts can belong to."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    description = models.CharField(_("description"), max_length=100)

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return self.description or self.code


class MailingGroup(Group):
    """Any contact can belong to it (R18)."""

    class Meta(Group.Meta):
        verbose_name = _("mailing group")
        verbose_name_plural = _("mailing groups")


class IndustryGroup(Group):
    """Companies belong to it; their persons are found through them (R19, R25)."""

    class Meta(Group.Meta):
        verbose_name = _("industry group")
        verbose_name_plural = _("industry groups")
