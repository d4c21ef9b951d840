"""Words that stand on the letterhead, in the languages of the letters."""

WORDS = {
    "da": {
        "contact": "Din kontakt",
        "phone": "Direkte",
        "email": "E-mail",
        "number": "Kundenr.",
        "place_and_date": "{{ company.city }}, den {{ interaction.date }}",
        "page": "Side",
        "vat": "CVR/moms",
        "account": "konto",
        "phone_short": "Tlf.",
    },
    "sv": {
        "contact": "Din kontakt",
        "phone": "Direkt",
        "email": "E-post",
        "number": "Kundnr",
        "place_and_date": "{{ company.city }} den {{ interaction.date }}",
        "page": "Sida",
        "vat": "Momsnr",
        "account": "konto",
        "phone_short": "Tfn",
    },
    "de": {
        "contact": "Ihr Kontakt",
        "phone": "Durchwahl",
        "email": "E-Mail",
        "number": "Kundennr.",
        "place_and_date": "{{ company.city }}, den {{ interaction.date }}",
        "page": "Seite",
        "vat": "USt-IdNr.",
        "account": "Konto",
        "phone_short": "Tel.",
    },
    "en": {
        "contact": "Your contact",
        "phone": "Direct",
        "email": "E-mail",
        "number": "Customer",
        "place_and_date": "{{ company.city }}, {{ interaction.date }}",
        "page": "Page",
        "vat": "VAT",
        "account": "account",
        "phone_short": "Tel.",
    },
}
LOCALES = {"da": "da-DK", "sv": "sv-SE", "de": "de-DE", "en": "en-GB"}
