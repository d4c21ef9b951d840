"""Profiles: questionnaires with questions, and what contacts answered (R22)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .contact import Contact


class ProfileQuestionnaire(models.Model):
    """Questions about contacts, such as "Interests"."""

    class For(models.TextChoices):
        EVERYONE = "", _("companies and persons")
        COMPANIES = "company", _("companies")
        PERSONS = "person", _("persons")

    code = models.CharField(_("code"), max_length=20, unique=True)
    description = models.CharField(_("description"), max_length=100)
    asked_of = models.CharField(_("asked of"), max_length=10, choices=For, blank=True, default="")

    class Meta:
        verbose_name = _("profile questionnaire")
        verbose_name_plural = _("profile questionnaires")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.description or self.code


class ProfileQuestion(models.Model):
    """One question. It has one answer, or several where it says so."""

    questionnaire = models.ForeignKey(
        ProfileQuestionnaire,
        on_delete=models.DB_CASCADE,
        related_name="questions",
        verbose_name=_("profile questionnaire"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("question"), max_length=200)
    several = models.BooleanField(_("several answers"), default=False)

    class Meta:
        verbose_name = _("profile question")
        verbose_name_plural = _("profile questions")
        ordering = ["questionnaire", "position", "id"]

    def __str__(self) -> str:
        return self.text


class ProfileAnswer(models.Model):
    """An answer that can be given to a question. The code names it in criteria and files."""

    question = models.ForeignKey(
        ProfileQuestion,
        on_delete=models.DB_CASCADE,
        related_name="answers",
        verbose_name=_("profile question"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    code = models.CharField(_("code"), max_length=20, unique=True)
    text = models.CharField(_("answer"), max_length=200)

    class Meta:
        verbose_name = _("profile answer")
        verbose_name_plural = _("profile answers")
        ordering = ["question", "position", "id"]

    def __str__(self) -> str:
        return self.text


class ContactProfileAnswer(models.Model):
    """A contact gave an answer. One that was given cannot be deleted from the questionnaire."""

    pk = models.CompositePrimaryKey("answer_id", "contact_id")
    answer = models.ForeignKey(
        ProfileAnswer, on_delete=models.DO_NOTHING, related_name="given", verbose_name=_("answer")
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.DB_CASCADE, related_name="profile_answers"
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.contact_id}: {self.answer_id}"
