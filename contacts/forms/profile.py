"""The form that a contact's profile is answered on."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import ProfileAnswer, ProfileQuestion, ProfileQuestionnaire


class OneAnswer(forms.RadioSelect):
    """Buttons for the one answer, the first of them for none."""

    template_name = "contacts/widgets/answers.html"


class SeveralAnswers(forms.CheckboxSelectMultiple):
    """Boxes to tick."""

    template_name = "contacts/widgets/answers.html"


class ProfileForm(forms.Form):
    """The questions of `questionnaires`, which hold their questions and answers already.

    `given` are the keys of the answers that were given before.
    """

    def __init__(
        self,
        questionnaires: Iterable[ProfileQuestionnaire],
        given: Collection[int],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts: list[tuple[ProfileQuestionnaire, list[ProfileQuestion]]] = []
        for questionnaire in questionnaires:
            questions = [each for each in questionnaire.questions.all() if each.answers.all()]
            self.parts.append((questionnaire, questions))
            for question in questions:
                self.fields[_name(question)] = _field(question, given)

    def sections(self) -> list[tuple[ProfileQuestionnaire, list[forms.BoundField]]]:
        """Return the fields under their questionnaires."""
        return [
            (questionnaire, [self[_name(question)] for question in questions])
            for questionnaire, questions in self.parts
            if questions
        ]

    def chosen(self) -> dict[ProfileQuestion, list[ProfileAnswer]]:
        """Return the answers that were chosen, by question."""
        chosen = {}
        for questionnaire, questions in self.parts:
            for question in questions:
                question.questionnaire = questionnaire
                keys = self.cleaned_data[_name(question)]
                keys = keys if isinstance(keys, list) else [keys]
                chosen[question] = [each for each in question.answers.all() if str(each.pk) in keys]
        return chosen


def _name(question: ProfileQuestion) -> str:
    return f"question_{question.pk}"


def _field(question: ProfileQuestion, given: Collection[int]) -> forms.Field:
    answers = [(str(answer.pk), answer.text) for answer in question.answers.all()]
    chosen = [key for key, _text in answers if int(key) in given]
    label = question.text
    if question.several:
        return forms.MultipleChoiceField(
            label=label, choices=answers, initial=chosen, required=False, widget=SeveralAnswers
        )
    return forms.ChoiceField(
        label=label,
        choices=[("", _("No answer")), *answers],
        initial=next(iter(chosen), ""),
        required=False,
        widget=OneAnswer,
    )
