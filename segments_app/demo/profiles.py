"""Two questionnaires: what people are interested in, and what companies plan."""

from dataclasses import dataclass

from contacts.models import ProfileAnswer, ProfileQuestion, ProfileQuestionnaire


@dataclass(frozen=True)
class Question:
    """`answers` are code -> text and how many of a hundred who are asked give it."""

    text: str
    several: bool
    answers: dict[str, tuple[str, int]]


# code -> description, asked of, questions
QUESTIONNAIRES = {
    "INTERESTS": (
        "Interests",
        "person",
        (
            Question(
                "What are you interested in?",
                True,
                {
                    "PENDANTS": ("Pendant lamps", 16),
                    "OUTDOOR": ("Outdoor lighting", 11),
                    "ENERGY": ("Saving energy", 19),
                    "GLASS": ("Hand-blown glass", 7),
                },
            ),
            Question(
                "How often do you want to hear from us?",
                False,
                {
                    "MONTHLY": ("Every month", 9),
                    "SEASONAL": ("Spring and autumn", 14),
                    "YEARLY": ("Once a year", 5),
                },
            ),
        ),
    ),
    "COMPANY": (
        "The company",
        "company",
        (
            Question(
                "How many people work there?",
                False,
                {
                    "SIZE-1": ("1–9", 28),
                    "SIZE-10": ("10–49", 21),
                    "SIZE-50": ("50–249", 9),
                    "SIZE-250": ("250 or more", 3),
                },
            ),
            Question(
                "What will be renewed within two years?",
                True,
                {
                    "RENEW-OFFICE": ("Office lighting", 13),
                    "RENEW-SHOP": ("Lighting of shops and showrooms", 8),
                    "RENEW-OUTDOOR": ("Outdoor lighting", 6),
                },
            ),
        ),
    ),
}


def make_questionnaires() -> int:
    """Make the questionnaires that are missing, with their questions; return how many were made."""
    return sum(_make(code) for code in QUESTIONNAIRES)


def _make(code: str) -> bool:
    description, asked_of, questions = QUESTIONNAIRES[code]
    questionnaire, made = ProfileQuestionnaire.objects.get_or_create(
        code=code, defaults={"description": description, "asked_of": asked_of}
    )
    for position, question in enumerate(questions, start=1) if made else ():
        _make_question(questionnaire, position, question)
    return made


def _make_question(questionnaire: ProfileQuestionnaire, position: int, question: Question) -> None:
    stored = ProfileQuestion.objects.create(
        questionnaire=questionnaire,
        position=position,
        text=question.text,
        several=question.several,
    )
    taken = set(ProfileAnswer.objects.values_list("code", flat=True))
    ProfileAnswer.objects.bulk_create(
        ProfileAnswer(question=stored, position=place, code=code, text=text)
        for place, (code, (text, _share)) in enumerate(question.answers.items(), start=1)
        if code not in taken
    )
