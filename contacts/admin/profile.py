"""Profile questionnaires: their questions on one page, the answers of a question on the next."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.in_use import KeepsWhatIsInUse, RefusesDeletionInUse
from contacts.models import ProfileAnswer, ProfileQuestion, ProfileQuestionnaire


class QuestionInline(admin.TabularInline[ProfileQuestion, ProfileQuestionnaire]):
    """The questions, each with a link to its answers."""

    model = ProfileQuestion
    formset = KeepsWhatIsInUse
    fields = ("position", "text", "several", "answers_link")
    readonly_fields = ("answers_link",)
    extra = 1

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("answers")

    @admin.display(description=_("answers"))
    def answers_link(self, question: ProfileQuestion) -> str:
        if not question.pk:
            return str(_("Save first, then give its answers."))
        url = reverse("admin:contacts_profilequestion_change", args=[question.pk])
        count = len(question.answers.all())
        words = ngettext("Edit %(count)s answer", "Edit %(count)s answers", count)
        words = words % {"count": count} if count else str(_("Give answers to choose from"))
        return format_html('<a href="{}">{}</a>', url, words)


@admin.register(ProfileQuestionnaire)
class ProfileQuestionnaireAdmin(RefusesDeletionInUse):
    list_display = ("code", "description", "asked_of", "n_questions", "statistics")
    list_display_links = ("code", "description")
    search_fields = ("code", "description")
    inlines = (QuestionInline,)

    def get_queryset(self, request: HttpRequest) -> Any:
        return ProfileQuestionnaire.objects.with_counts().order_by("code")

    @admin.display(description=_("questions"))
    def n_questions(self, questionnaire: Any) -> int:
        return int(questionnaire.n_questions)

    @admin.display(description=_("contacts that answered"))
    def statistics(self, questionnaire: Any) -> str:
        url = questionnaire.get_absolute_url()
        return format_html('<a href="{}">{}</a>', url, questionnaire.n_contacts)


class AnswerForm(forms.ModelForm[ProfileAnswer]):
    """An answer. Without a code it gets one made from its words."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        required=False,
        help_text=_("Names the answer in criteria and files. Empty: made from the answer."),
    )

    class Meta:
        model = ProfileAnswer
        fields = ("position", "text", "code")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        return code or ProfileAnswer.objects.free_code(self.cleaned_data.get("text", ""))


class AnswerInline(admin.TabularInline[ProfileAnswer, ProfileQuestion]):
    """The answers to choose from, each with how many contacts gave it."""

    model = ProfileAnswer
    form = AnswerForm
    formset = KeepsWhatIsInUse
    fields = ("position", "text", "code", "given")
    readonly_fields = ("given",)
    extra = 3

    def get_queryset(self, request: HttpRequest) -> Any:
        return ProfileAnswer.objects.with_given().order_by("position", "id")

    @admin.display(description=_("contacts"))
    def given(self, answer: Any) -> str:
        if not answer.pk:
            return "–"
        return format_html('<a href="{}">{}</a>', answer.get_absolute_url(), answer.n_given)


@admin.register(ProfileQuestion)
class ProfileQuestionAdmin(RefusesDeletionInUse):
    """One question with its answers; reached from its questionnaire, and going back to it."""

    fields = ("questionnaire", "text", "several", "position")
    readonly_fields = ("questionnaire",)
    inlines = (AnswerInline,)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect("admin:contacts_profilequestionnaire_change", obj.questionnaire_id)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("admin:contacts_profilequestionnaire_changelist")
