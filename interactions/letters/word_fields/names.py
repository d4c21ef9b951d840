"""The names that merge fields go by in Word documents, and which of our fields each is.

Ours, Word's own, Danish ones, and the captions of Dynamics (R173, R174). Capitals, spaces,
underscores and punctuation do not count: Word itself changes them.
"""

import difflib
import unicodedata
from collections.abc import Iterator, Mapping

MOST_SUGGESTIONS = 3

# What stands before a caption: the tables of Dynamics, and people's words for the same.
CONTACT = ("", "CONTA", "Contact", "Kontakt", "CALC", "CONTA_CALC", "Recipient", "Modtager")
SALESPERSON = (
    *("SALES", "Salesperson", "Sales Person", "Salesperson/Purchaser", "Salesperson_Purchaser"),
    *("Sælger", "Sælger/indkøber", "Our contact"),
)
COMPANY = (
    *("COMPA", "Company Information", "Our Company", "Our", "Sender"),
    *("Virksomhedsoplysninger", "Firmaoplysninger", "Vores firma", "Vores virksomhed", "Vores"),
    "Afsender",
)
CAMPAIGN = ("CAMPA", "Campaign", "Document Campaign", "Kampagne")
SEGMENT = ("SEGME", "Segment", "Document Segment", "Målgruppe")
INTERACTION = (
    *("INTER", "Interaction", "Document", "Interaction Log Entry", "Segment Line", "Letter"),
    *("Interaktion", "Interaktionslogpost", "Dokument", "Målgruppelinje", "Brev"),
)

ADDRESS = ("Address", "Address 1", "Address Line 1", "Street", "Street Address")
ADRESSE = ("Adresse", "Adresse 1", "Adresselinje 1", "Gade", "Gadeadresse", "Vej")
ADDRESS_2 = ("Address 2", "Address Line 2", "Adresse 2", "Adresselinje 2")
POSTAL_CODE = (
    *("Postal Code", "Post Code", "Postcode", "ZIP Code", "ZIP", "ZIP/Postal Code"),
    *("Postnr.", "Postnummer"),
)
CITY = ("City", "Town", "By", "Bynavn", "Postdistrikt")
REGION = ("Region", "County", "State", "Province", "State or Province", "Amt", "Landsdel")
COUNTRY = (
    *("Country", "Country or Region", "Country/Region", "Country/Region Name"),
    *("Country/Region Code", "Country Code", "Land", "Land/område", "Lande-/områdekode"),
    *("Lande-/områdenavn", "Landekode"),
)
PHONE = (
    *("Phone", "Phone No.", "Phone Number", "Telephone", "Business Phone", "Work Phone"),
    *("Home Phone", "Telefon", "Telefonnr.", "Telefonnummer", "Tlf.", "Tlf.nr."),
)
MOBILE = (
    *("Mobile", "Mobile Phone", "Mobile Phone No.", "Cell Phone"),
    *("Mobil", "Mobiltelefon", "Mobiltelefonnr.", "Mobilnr."),
)
EMAIL = (
    *("E-mail", "Email", "E-mail Address", "Email Address", "Mail"),
    *("E-mailadresse", "Mailadresse"),
)
HOME_PAGE = ("Home Page", "Web Page", "Web Site", "Website", "Hjemmeside", "Websted")
VAT_NUMBER = (
    *("VAT Number", "VAT No.", "VAT Registration No.", "VAT Reg. No."),
    *("CVR", "CVR-nr.", "CVR-nummer", "SE/CVR-nr.", "Momsnr.", "Momsregistreringsnr."),
)
NUMBER = ("No.", "Number", "Nr.", "Nummer")
NAME = ("Name", "Navn")
CODE = ("Code", "Kode")
JOB_TITLE = ("Job Title", "Title", "Position", "Stilling", "Stillingsbetegnelse", "Titel")
DESCRIPTION = ("Description", "Beskrivelse")

# Prefixes and captions of each of our fields. The first field to have a name keeps it.
CAPTIONS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "contact.number": (CONTACT, (*NUMBER, "Customer No.", "Kundenr.", "Kundenummer")),
    "contact.name": (CONTACT, (*NAME, "Full Name", "Fulde navn")),
    "contact.name_2": (CONTACT, ("Name 2", "Navn 2")),
    "contact.first_name": (CONTACT, ("First Name", "First", "Given Name", "Fornavn", "Fornavne")),
    "contact.middle_name": (CONTACT, ("Middle Name", "Mellemnavn")),
    "contact.surname": (CONTACT, ("Surname", "Last Name", "Last", "Family Name", "Efternavn")),
    "contact.initials": (CONTACT, ("Initials", "Initialer")),
    "contact.job_title": (CONTACT, JOB_TITLE),
    "contact.company_name": (
        CONTACT,
        ("Company Name", "Company", "Firma", "Firmanavn", "Virksomhed", "Virksomhedsnavn"),
    ),
    "contact.address": (CONTACT, (*ADDRESS, *ADRESSE)),
    "contact.address_2": (CONTACT, ADDRESS_2),
    "contact.postal_code": (CONTACT, POSTAL_CODE),
    "contact.city": (CONTACT, CITY),
    "contact.region": (CONTACT, REGION),
    "contact.country": (CONTACT, COUNTRY),
    "contact.phone": (CONTACT, PHONE),
    "contact.mobile": (CONTACT, MOBILE),
    "contact.email": (CONTACT, EMAIL),
    "contact.home_page": (CONTACT, HOME_PAGE),
    "contact.vat_number": (CONTACT, VAT_NUMBER),
    "contact.is_company": (CONTACT, ("Is Company", "Er virksomhed")),
    "contact.address_block": (
        CONTACT,
        ("Address Block", "Mail Address", "Mailing Address", "Adresseblok", "Postadresse"),
    ),
    "contact.formal_salutation": (
        CONTACT,
        ("Formal Salutation", "Salutation", "Greeting Line", "Formel starthilsen", "Starthilsen"),
    ),
    "contact.informal_salutation": (CONTACT, ("Informal Salutation", "Uformel starthilsen")),
    "salesperson.code": (SALESPERSON, CODE),
    "salesperson.name": (SALESPERSON, (*NAME, "")),
    "salesperson.job_title": (SALESPERSON, JOB_TITLE),
    "salesperson.phone": (SALESPERSON, PHONE),
    "salesperson.email": (SALESPERSON, EMAIL),
    "salesperson.signature": (("", *SALESPERSON), ("Signature", "Underskrift")),
    "company.name": (COMPANY, (*NAME, "Company Name", "Firmanavn")),
    "company.address": (COMPANY, (*ADDRESS, *ADRESSE)),
    "company.address_2": (COMPANY, ADDRESS_2),
    "company.postal_code": (COMPANY, POSTAL_CODE),
    "company.city": (COMPANY, CITY),
    "company.country": (COMPANY, COUNTRY),
    "company.phone": (COMPANY, PHONE),
    "company.email": (COMPANY, EMAIL),
    "company.home_page": (COMPANY, HOME_PAGE),
    "company.vat_number": (COMPANY, VAT_NUMBER),
    "company.bank_name": (("", *COMPANY), ("Bank Name", "Bank", "Banknavn")),
    "company.bank_account": (
        ("", *COMPANY),
        ("Bank Account", "Bank Account No.", "Bankkonto", "Bankkontonr.", "Kontonr."),
    ),
    "company.iban": (("", *COMPANY), ("IBAN", "IBAN No.", "IBAN-nr.")),
    "company.swift": (("", *COMPANY), ("SWIFT", "SWIFT Code", "BIC", "SWIFT-kode")),
    "company.address_block": (COMPANY, ("Address Block", "Mail Address", "Adresseblok")),
    "company.logo": (("", *COMPANY), ("Logo", "Picture", "Our Logo", "Vores logo", "Billede")),
    "campaign.number": (CAMPAIGN, NUMBER),
    "campaign.description": (CAMPAIGN, (*DESCRIPTION, *NAME, "")),
    "campaign.starts": (CAMPAIGN, ("Starts", "Starting Date", "Start Date", "Startdato")),
    "campaign.ends": (CAMPAIGN, ("Ends", "Ending Date", "End Date", "Slutdato")),
    "segment.number": (SEGMENT, NUMBER),
    "segment.description": (SEGMENT, (*DESCRIPTION, *NAME)),
    "interaction.date": (("", *INTERACTION), ("Date", "Dato")),
    "interaction.date_short": (("", *INTERACTION), ("Date Short", "Short Date", "Kort dato")),
    "interaction.weekday": (("", *INTERACTION), ("Weekday", "Day of Week", "Ugedag")),
    "interaction.description": (("", *INTERACTION), DESCRIPTION),
    "interaction.subject": (("", *INTERACTION), ("Subject", "Emne")),
    "interaction.comment": (
        ("", *INTERACTION),
        ("Comment", "Comments", "Remark", "Kommentar", "Bemærkning", "Bemærkninger"),
    ),
}


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def _names() -> Iterator[tuple[str, str]]:
    for field, (prefixes, captions) in CAPTIONS.items():
        for prefix in prefixes:
            for caption in captions:
                yield _key(prefix + caption), field
    for field in CAPTIONS:
        yield _key(field), field


FIELDS: dict[str, str] = {}
for _name, _field in _names():
    FIELDS.setdefault(_name, _field)


def field_named(name: str) -> str | None:
    """Return our dotted field that a Word document calls `name`; None when there is none.

    A dotted name is ours exactly: `company.name` is our own company, `Company_Name` the contact's.
    """
    dotted = name.strip().lower()
    return dotted if dotted in CAPTIONS else FIELDS.get(_key(name))


def suggestions(name: str) -> list[str]:
    """Return our fields that `name` may have meant, the likeliest first."""
    close = difflib.get_close_matches(_key(name), FIELDS, n=12, cutoff=0.7)
    return list(dict.fromkeys(FIELDS[key] for key in close))[:MOST_SUGGESTIONS]
