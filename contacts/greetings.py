"""How a contact is greeted: every formula of its salutation, in every language."""

from dataclasses import dataclass

from contacts.models import Contact, Language, Salutation, SalutationFormula
from contacts.salutations import NAME_PARTS, formula_key, greet

Type = SalutationFormula.Type


@dataclass(frozen=True)
class Greeting:
    """One greeting. `words` is "" where there is none, not even in the default language."""

    type: str
    words: str
    # The formula is missing in this language; that of the default language stands in (D11).
    stands_in: bool

    @property
    def label(self) -> str:
        return str(Type(self.type).label)


@dataclass(frozen=True)
class Greetings:
    """Formal and informal greeting in one language."""

    language: Language
    greetings: list[Greeting]


def salutation_of(contact: Contact) -> Salutation | None:
    """Return the salutation of `contact`: its own, or the default of its type."""
    return contact.salutation or Salutation.objects.filter(default_for=contact.type).first()


def contact_to_greet(salutation: Salutation, words: str) -> Contact | None:
    """Return the contact with the number or exact name `words`; without words, any with it."""
    if words:
        return Contact.objects.known_as([words]).first()
    return salutation.contact_set.order_by("pk").first()


def greetings(contact: Contact, salutation: Salutation | None = None) -> list[Greetings]:
    """Return how `contact` is greeted in each language, by its own salutation or `salutation`.

    Constant queries.
    """
    salutation = salutation or salutation_of(contact)
    formulas = SalutationFormula.objects.filter(salutation=salutation).table()
    languages = list(Language.objects.all())
    default = next((language.code for language in languages if language.is_default), "")
    names = {part: getattr(contact, part) for part in NAME_PARTS}

    def one(language: str, type_: str) -> Greeting:
        own = formulas.get(formula_key(salutation and salutation.pk, language, type_), "")
        other = formulas.get(formula_key(salutation and salutation.pk, default, type_), "")
        return Greeting(type_, greet(own or other, names), stands_in=not own)

    return [
        Greetings(language, [one(language.code, type_) for type_ in Type.values])
        for language in languages
    ]


def greetings_in_own_language(contact: Contact) -> Greetings | None:
    """Return how `contact` is greeted in its language, else in the default one."""
    found = greetings(contact)
    own = (each for each in found if each.language.code == contact.language_id)
    default = (each for each in found if each.language.is_default)
    return next(own, None) or next(default, None)
