from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def count_of(relation: Any) -> Coalesce:
    """How many rows of `relation`, a relation that leads to a row, point at it.

    Counted by itself: another count beside it multiplies nothing.
    """
    name = relation.field.name
    rows = relation.related_model._base_manager.filter(**{name: OuterRef("pk")})
    counted = rows.order_by().values(name).annotate(n=Count("*")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=models.IntegerField())


class GroupQuerySet(models.QuerySet["Group"]):
    def with_members(self) -> "GroupQuerySet":
        """Annotate `n_members`: how many contacts belong to it."""
        return self.annotate(n_members=count_of(self.model._meta.get_field(self.model.MEMBERS)))


class Group(models.Model):
    """A code with a description that contacts can belong to or have.

    `MEMBERS` is the relation that leads to what belongs to it, `CONTACT_FIELD` the field of a
    contact that names it, `ONLY_FOR` the type of contacts that can have it (R19-R21), `SLUG` the
    word for the kind in addresses of pages.
    """

    MEMBERS: ClassVar[str] = "memberships"
    CONTACT_FIELD: ClassVar[str]
    ONLY_FOR: ClassVar[str] = ""
    SLUG: ClassVar[str]

    code = models.CharField(_("code"), max_length=20, unique=True)
    description = models.CharField(_("description"), max_length=100)

    objects = GroupQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return self.description or self.code

    def get_absolute_url(self) -> str:
        return reverse("contacts:group_detail", args=[self.SLUG, self.pk])

    @classmethod
    def is_for(cls, type_: str) -> bool:
        """Whether contacts of the type, company or person, can have it. The one rule (R19-R21)."""
        return cls.ONLY_FOR in ("", type_)

    @classmethod
    def has_many(cls) -> bool:
        """Whether a contact can have several of them."""
        return cls.MEMBERS == "memberships"


class MailingGroup(Group):
    """Any contact can belong to it (R18)."""

    CONTACT_FIELD = "mailing_groups"
    SLUG = "mailing"

    class Meta(Group.Meta):
        verbose_name = _("mailing group")
        verbose_name_plural = _("mailing groups")


class IndustryGroup(Group):
    """Companies belong to it; their persons are found through them (R19, R25)."""

    CONTACT_FIELD = "industry_groups"
    ONLY_FOR = "company"
    SLUG = "industry"

    class Meta(Group.Meta):
        verbose_name = _("industry group")
        verbose_name_plural = _("industry groups")


class JobResponsibility(Group):
    """What persons are responsible for, such as purchasing (R20)."""

    CONTACT_FIELD = "job_responsibilities"
    ONLY_FOR = "person"
    SLUG = "responsibility"

    class Meta(Group.Meta):
        verbose_name = _("job responsibility")
        verbose_name_plural = _("job responsibilities")


class BusinessRelation(Group):
    """What a company is to us, such as customer or supplier (R21)."""

    CONTACT_FIELD = "business_relations"
    ONLY_FOR = "company"
    SLUG = "relation"

    class Meta(Group.Meta):
        verbose_name = _("business relation")
        verbose_name_plural = _("business relations")


class OrganizationalLevel(Group):
    """The rank a person has, such as director."""

    MEMBERS = "contacts"
    CONTACT_FIELD = "organizational_level"
    ONLY_FOR = "person"
    SLUG = "level"

    class Meta(Group.Meta):
        verbose_name = _("organizational level")
        verbose_name_plural = _("organizational levels")


class Territory(Group):
    """A part of the market that a contact lies in."""

    MEMBERS = "contacts"
    CONTACT_FIELD = "territory"
    SLUG = "territory"

    class Meta(Group.Meta):
        verbose_name = _("territory")
        verbose_name_plural = _("territories")


# The kinds of groups, by the word for them in addresses of pages.
KINDS: dict[str, type[Group]] = {
    kind.SLUG: kind
    for kind in (
        MailingGroup,
        IndustryGroup,
        BusinessRelation,
        JobResponsibility,
        OrganizationalLevel,
        Territory,
    )
}
