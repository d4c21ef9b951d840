"""Profiles: questionnaires with questions, and what contacts answered (R22)."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.folding import fold
from contacts.querysets import SetQuerySet

from .contact import Contact
from .group import count_of


class QuestionnaireQuerySet(models.QuerySet["ProfileQuestionnaire"]):
    def asked_of_type(self, type_: str) -> "QuestionnaireQuerySet":
        """Questionnaires for contacts of the type, company or person."""
        return self.filter(Q(asked_of="") | Q(asked_of=type_))

    def with_questions(self) -> "QuestionnaireQuerySet":
        """With their questions and the answers to choose from, in two more queries."""
        return self.prefetch_related("questions__answers")

    def with_counts(self) -> "QuestionnaireQuerySet":
        """Annotate `n_questions`, and `n_contacts`: how many contacts gave any answer."""
        given = ContactProfileAnswer.objects.filter(
            answer__question__questionnaire=models.OuterRef("pk")
        )
        counted = given.order_by().values("answer__question__questionnaire")
        contacts = counted.annotate(n=Count("contact", distinct=True)).values("n")
        return self.annotate(
            n_questions=count_of(self.model._meta.get_field("questions")),
            n_contacts=Coalesce(models.Subquery(contacts), 0),
        )


class ProfileQuestionnaire(models.Model):
    """Questions about contacts, such as "Interests"."""

    class For(models.TextChoices):
        EVERYONE = "", _("companies and persons")
        COMPANIES = "company", _("companies")
        PERSONS = "person", _("persons")

    code = models.CharField(_("code"), max_length=20, unique=True)
    description = models.CharField(_("description"), max_length=100)
    asked_of = models.CharField(_("asked of"), max_length=10, choices=For, blank=True, default="")

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile questionnaire")
        verbose_name_plural = _("profile questionnaires")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.description or self.code

    def get_absolute_url(self) -> str:
        return reverse("contacts:profile_detail", args=[self.pk])

    def clean(self) -> None:
        """A questionnaire that was answered stays open to the types that answered it."""
        others = self._given_by_others() if self.pk and self.asked_of else 0
        if others:
            message = ngettext(
                "%(count)s answer was given by another type of contact.",
                "%(count)s answers were given by another type of contact.",
                others,
            )
            raise ValidationError({"asked_of": message % {"count": others}})

    def _given_by_others(self) -> int:
        given = ContactProfileAnswer.objects.in_questionnaire(self)
        return given.exclude(contact__type=self.asked_of).count()


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

    def clean(self) -> None:
        """A question that contacts gave several answers to keeps allowing them (R22)."""
        contacts = 0 if self.several or not self.pk else self._with_several()
        if contacts:
            message = ngettext(
                "%(count)s contact gave several answers to this question.",
                "%(count)s contacts gave several answers to this question.",
                contacts,
            )
            raise ValidationError({"several": message % {"count": contacts}})

    def _with_several(self) -> int:
        given = ContactProfileAnswer.objects.to([self]).order_by().values("contact")
        return given.annotate(n=Count("*")).filter(n__gt=1).count()


class ProfileAnswerQuerySet(models.QuerySet["ProfileAnswer"]):
    def with_given(self) -> "ProfileAnswerQuerySet":
        """Annotate `n_given`: how many contacts gave the answer."""
        return self.annotate(n_given=count_of(self.model._meta.get_field("given")))

    def free_code(self, text: str) -> str:
        """Return a code made of `text` that no answer has: "Energy saving" is ENERGY-SAVING."""
        code = slugify(fold(text)).upper()[:20] or "ANSWER"
        taken = set(self.values_list("code", flat=True))
        numbered = (f"{code[: 19 - len(str(n))]}-{n}" for n in count(2))
        return code if code not in taken else next(each for each in numbered if each not in taken)


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

    objects = ProfileAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile answer")
        verbose_name_plural = _("profile answers")
        ordering = ["question", "position", "id"]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("contacts:profile_answer", args=[self.pk])


class GivenAnswerQuerySet(SetQuerySet["ContactProfileAnswer"]):
    def of(self, contact: Contact) -> "GivenAnswerQuerySet":
        """The answers of one contact, in the order of the questionnaires, with their questions."""
        given = self.filter(contact=contact).select_related("answer__question__questionnaire")
        return given.order_by(
            "answer__question__questionnaire__code",
            "answer__question__position",
            "answer__question",
            "answer__position",
            "answer",
        )

    def with_answer(self) -> "GivenAnswerQuerySet":
        return self.select_related("answer")

    def to(self, questions: Iterable[ProfileQuestion]) -> "GivenAnswerQuerySet":
        """The answers to these questions."""
        return self.filter(answer__question__in=[question.pk for question in questions])

    def in_questionnaire(self, questionnaire: ProfileQuestionnaire) -> "GivenAnswerQuerySet":
        """The answers to the questions of a questionnaire."""
        return self.filter(answer__question__questionnaire=questionnaire)

    def misfits(self, contact: Contact) -> "GivenAnswerQuerySet":
        """The answers of `contact` to questions that are not asked of its type."""
        asked = Q(answer__question__questionnaire__asked_of__in=["", contact.type])
        return self.filter(contact=contact).exclude(asked)

    def move_contact(self, field: str, winner: Contact) -> None:
        """Let the answers be those of `winner`, whose own stay where a question has one (R22)."""
        answered = self.model._default_manager.filter(contact=winner)
        single = answered.filter(answer__question__several=False)
        once = Q(answer__question__in=single.values("answer__question"))
        self.filter(once | Q(answer__in=answered.values("answer"))).delete()
        self.update(contact=winner)

    def contacts_by_question(self, questionnaire: ProfileQuestionnaire) -> dict[int, int]:
        """How many contacts answered each question of the questionnaire, by its key."""
        given = self.in_questionnaire(questionnaire)
        counted = given.order_by().values("answer__question")
        pairs: Any = counted.annotate(n=Count("contact", distinct=True))
        return dict(pairs.values_list("answer__question", "n"))


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

    objects = GivenAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile answer")
        verbose_name_plural = _("profile answers")

    def __str__(self) -> str:
        return f"{self.contact_id}: {self.answer_id}"
