from django.db import models
from django.utils.translation import gettext_lazy as _


class GroupQuerySet(models.QuerySet["Group"]):
    def with_members(self) -> "GroupQuerySet":
        """Annotate `n_members`: how many contacts belong to it."""
        return self.annotate(n_members=models.Count(self.model.MEMBERS))


class Group(models.Model):
    """A code with a description that contacts can belong to or have.

    `MEMBERS` is the relation that leads to what belongs to it.
    """

    MEMBERS = "memberships"

    code = models.CharField(_("code"), max_length=20, unique=True)
    description = models.CharField(_("description"), max_length=100)

    objects = GroupQuerySet.as_manager()

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


class JobResponsibility(Group):
    """What persons are responsible for, such as purchasing (R20)."""

    class Meta(Group.Meta):
        verbose_name = _("job responsibility")
        verbose_name_plural = _("job responsibilities")


class BusinessRelation(Group):
    """What a company is to us, such as customer or supplier (R21)."""

    class Meta(Group.Meta):
        verbose_name = _("business relation")
        verbose_name_plural = _("business relations")


class OrganizationalLevel(Group):
    """The rank a person has, such as director."""

    MEMBERS = "contacts"

    class Meta(Group.Meta):
        verbose_name = _("organizational level")
        verbose_name_plural = _("organizational levels")


class Territory(Group):
    """A part of the market that a contact lies in."""

    MEMBERS = "contacts"

    class Meta(Group.Meta):
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
