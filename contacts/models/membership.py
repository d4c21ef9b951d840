"""Which contacts belong to which groups: one row for each contact in each group."""

from django.db import models

from contacts.querysets import SetQuerySet

from .contact import Contact


class Membership(models.Model):
    """A contact belongs to a group; deleting the contact ends it, deleting the group may not."""

    group_id: int
    pk = models.CompositePrimaryKey("group_id", "contact_id")
    contact = models.ForeignKey(Contact, on_delete=models.DB_CASCADE)

    objects = SetQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.contact_id} in {self.group_id}"


class ContactMailingGroup(Membership):
    """A contact is in a mailing group (R18)."""

    group = models.ForeignKey(
        "contacts.MailingGroup", on_delete=models.DO_NOTHING, related_name="memberships"
    )


class ContactIndustryGroup(Membership):
    """A company is in an industry group (R19)."""

    group = models.ForeignKey(
        "contacts.IndustryGroup", on_delete=models.DO_NOTHING, related_name="memberships"
    )


class ContactJobResponsibility(Membership):
    """A person has a job responsibility (R20)."""

    group = models.ForeignKey(
        "contacts.JobResponsibility", on_delete=models.DO_NOTHING, related_name="memberships"
    )


class ContactBusinessRelation(Membership):
    """A company has a business relation to us (R21)."""

    group = models.ForeignKey(
        "contacts.BusinessRelation", on_delete=models.DO_NOTHING, related_name="memberships"
    )
