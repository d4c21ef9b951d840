"""The pages of profiles: questionnaires, the statistics of one, the answers of a contact."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from contacts.forms.profile import ProfileForm
from contacts.models import Contact, ContactProfileAnswer, ProfileAnswer, ProfileQuestionnaire
from contacts.models.contact import ContactQuerySet
from contacts.pagination import LatePaginator
from contacts.profiles import answered, record_answers
from contacts.requests import SignedInRequest


class QuestionnaireListView(PermissionRequiredMixin, ListView[ProfileQuestionnaire]):
    """All questionnaires, with how many contacts answered."""

    permission_required = "contacts.view_profilequestionnaire"
    template_name = "contacts/profile_list.html"
    queryset = ProfileQuestionnaire.objects.with_counts()


class QuestionnaireView(PermissionRequiredMixin, DetailView[ProfileQuestionnaire]):
    """The statistics of a questionnaire: how often each answer was given."""

    permission_required = "contacts.view_profilequestionnaire"
    template_name = "contacts/profile_detail.html"
    queryset = ProfileQuestionnaire.objects.prefetch_related(
        Prefetch("questions__answers", ProfileAnswer.objects.with_given())
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answered_by = ContactProfileAnswer.objects.contacts_by_question(self.object)
        questions = [
            {"question": question, "n_contacts": answered_by.get(question.pk, 0)}
            for question in self.object.questions.all()
        ]
        return super().get_context_data(**kwargs, questions=questions)


class AnswerView(PermissionRequiredMixin, ListView[Contact]):
    """The contacts that gave an answer."""

    permission_required = ("contacts.view_contact", "contacts.view_profileanswer")
    template_name = "contacts/profile_answer.html"
    paginator_class = LatePaginator
    paginate_by = 50

    def get_queryset(self) -> ContactQuerySet:
        answers = ProfileAnswer.objects.select_related("question__questionnaire")
        self.answer = get_object_or_404(answers, pk=self.kwargs["pk"])
        return answered(Contact.objects.for_list(), self.answer).order_by("name", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        criteria = urlencode({"profile_answers": "has", "profile_answer": self.answer.code})
        return super().get_context_data(**kwargs, answer=self.answer, criteria=criteria)


@permission_required("contacts.change_contact", raise_exception=True)
def update_profile(request: SignedInRequest, number: str) -> HttpResponse:
    """Answer the questions of a contact's profile; minors are not asked (R6)."""
    contact = get_object_or_404(Contact, number=number)
    asked = ProfileQuestionnaire.objects.asked_of_type(contact.type).with_questions()
    given = set(contact.profile_answers.values_list("answer", flat=True))
    form = ProfileForm(asked, given, request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_answers(contact, form.chosen(), by=request.user)
        said = _("The profile of %(contact)s was saved.")
        messages.success(request, said % {"contact": contact})
        return redirect(contact)
    context = {"contact": contact, "form": form, "tab": "details"}
    return render(request, "contacts/contact_profile.html", context)
