"""Salutations in four languages."""

from contacts.models import Salutation, SalutationFormula

# code -> description, what it is the default for
SALUTATIONS = {
    "COMPANY": ("Companies", Salutation.For.COMPANY),
    "MEN": ("Men", None),
    "UNISEX": ("Persons", Salutation.For.PERSON),
    "WOMEN": ("Women", None),
}
# code -> language -> formal, informal
FORMULAS = {
    "COMPANY": {
        "da": ("Kære {name}", "Kære alle hos {name}"),
        "sv": ("Hej {name}!", "Hej alla på {name}!"),
        "de": ("Sehr geehrte Damen und Herren,", "Liebes Team von {name},"),
        "en": ("Dear Sir or Madam,", "Dear all at {name},"),
    },
    "MEN": {
        "da": ("Kære {first_name} {middle_name} {surname}", "Kære {first_name}"),
        "sv": ("Bäste {first_name} {surname}!", "Hej {first_name}!"),
        "de": ("Sehr geehrter Herr {surname},", "Lieber {first_name},"),
        "en": ("Dear Mr {surname},", "Dear {first_name},"),
    },
    "WOMEN": {
        "da": ("Kære {first_name} {middle_name} {surname}", "Kære {first_name}"),
        "sv": ("Bästa {first_name} {surname}!", "Hej {first_name}!"),
        "de": ("Sehr geehrte Frau {surname},", "Liebe {first_name},"),
        "en": ("Dear Ms {surname},", "Dear {first_name},"),
    },
    "UNISEX": {
        "da": ("Kære {first_name} {middle_name} {surname}", "Kære {first_name}"),
        "sv": ("Hej {first_name} {surname}!", "Hej {first_name}!"),
        "de": ("Guten Tag {first_name} {surname},", "Hallo {first_name},"),
        "en": ("Dear {first_name} {surname},", "Dear {first_name},"),
    },
}


def make_salutations() -> int:
    """Make the salutations that are missing, with their formulas; return how many were made."""
    return sum(_make(code) for code in SALUTATIONS)


def _make(code: str) -> bool:
    description, default_for = SALUTATIONS[code]
    if Salutation.objects.filter(default_for=default_for).exists():
        default_for = None
    salutation, made = Salutation.objects.get_or_create(
        code=code, defaults={"description": description, "default_for": default_for}
    )
    if made:
        SalutationFormula.objects.bulk_create(_formulas(salutation))
    return made


def _formulas(salutation: Salutation) -> list[SalutationFormula]:
    return [
        SalutationFormula(salutation=salutation, language_id=language, type=type_, text=text)
        for language, texts in FORMULAS[salutation.code].items()
        for type_, text in zip(SalutationFormula.Type.values, texts, strict=True)
    ]
