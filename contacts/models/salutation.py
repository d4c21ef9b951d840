from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.salutations import NAME_PARTS, formula_key, unknown_parts


class SalutationQuerySet(models.QuerySet["Salutation"]):
    def for_types(self) -> Any:
        """Pairs of (key, type of contact) of the salutations that are the default for a type."""
        return self.exclude(default_for=None).values_list("pk", "default_for")


class Salutation(models.Model):
    """How a kind of contact is greeted, such as "Men" or "Company"."""

    class For(models.TextChoices):
        COMPANY = "company", _("companies")
        PERSON = "person", _("persons")

    code = models.CharField(_("code"), max_length=20, unique=True)
    description = models.CharField(_("description"), max_length=100)
    default_for = models.CharField(
        _("default for"),
        max_length=10,
        choices=For,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Contacts of this type without a salutation get this one."),
    )

    objects = SalutationQuerySet.as_manager()

    class Meta:
        verbose_name = _("salutation")
        verbose_name_plural = _("salutations")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.description


class SalutationFormulaQuerySet(models.QuerySet["SalutationFormula"]):
    def formal(self) -> "SalutationFormulaQuerySet":
        return self.filter(type=SalutationFormula.Type.FORMAL)

    def languages(self) -> Any:
        """Triples of (salutation, language, whether it is the default language)."""
        return self.values_list("salutation", "language", "language__is_default")

    def table(self) -> dict[str, str]:
        """The texts of all formulas, by `formula_key`."""
        rows = self.values_list("salutation", "language", "type", "text")
        return {formula_key(pk, language, kind): text for pk, language, kind, text in rows}


class SalutationFormula(models.Model):
    """The words of a salutation in one language: `Dear {first_name} {surname},`."""

    class Type(models.TextChoices):
        FORMAL = "formal", _("formal")
        INFORMAL = "informal", _("informal")

    salutation = models.ForeignKey(
        Salutation,
        on_delete=models.DB_CASCADE,
        related_name="formulas",
        verbose_name=_("salutation"),
    )
    language = models.ForeignKey(
        "contacts.Language", on_delete=models.DB_CASCADE, verbose_name=_("language")
    )
    type = models.CharField(_("type"), max_length=10, choices=Type)
    text = models.CharField(
        _("text"),
        max_length=200,
        help_text=_("Parts of the name stand in braces, such as {first_name} or {surname}."),
    )

    objects = SalutationFormulaQuerySet.as_manager()

    class Meta:
        verbose_name = _("salutation formula")
        verbose_name_plural = _("salutation formulas")
        constraints = [
            models.UniqueConstraint(
                fields=["salutation", "language", "type"], name="one_formula_per_language_and_type"
            )
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if unknown := unknown_parts(self.text):
            raise ValidationError(
                {
                    "text": _("Unknown: %(unknown)s. Known are %(known)s.")
                    % {"unknown": ", ".join(unknown), "known": ", ".join(NAME_PARTS)}
                }
            )
