"""What a job title says of a person: what they are responsible for, and how high they stand."""

from functools import cache

from segments_app.demo.tables import column

LEVELS = {
    "TOP": "Top management",
    "MIDDLE": "Middle management",
    "STAFF": "Staff",
}
RESPONSIBILITIES = {
    "DESIGN": "Interior design",
    "FACILITY": "Buildings and operations",
    "FINANCE": "Finance",
    "MANAGEMENT": "General management",
    "MARKETING": "Marketing and communication",
    "OFFICE": "Office and administration",
    "PROJECT": "Projects",
    "PURCHASE": "Purchasing",
    "SALES": "Sales",
}
OWNERS = ("direktør", "verkställande", "managing", "geschäftsführer", "owner", "inhaber", "partner")
# Parts of titles -> the responsibility; the first that fits.
PARTS = {
    "PURCHASE": ("indkøb", "inköp", "einkauf", "einkäuf", "purchasing", "buyer"),
    "MARKETING": ("marketing", "marknad", "kommunikation"),
    "SALES": ("salg", "sälj", "vertrieb", "sales", "butik", "store", "filial"),
    "FINANCE": ("økonomi", "ekonomi", "bogholder", "finance", "kaufm", "prokurist"),
    "DESIGN": ("indretning", "inredning", "innenarch", "interior"),
    "FACILITY": ("facilit", "drift", "estates", "ejendom", "fastighet", "hausm", "betrieb", "tek"),
    "PROJECT": ("projekt", "project"),
    "MANAGEMENT": (*OWNERS, "delägare"),
}
LEADERS = ("chef", "leiter", "leder", "manager", "director", "prokurist")


def responsibility_of(title: str) -> str:
    """Return the code of the job responsibility that comes with `title`."""
    words = title.lower()
    fits = (code for code, parts in PARTS.items() if any(part in words for part in parts))
    return next(fits, "OFFICE")


def level_of(title: str) -> str:
    """Return the code of the organizational level, "" for somebody without a title."""
    words = title.lower()
    if not words:
        return ""
    if responsibility_of(title) == "MANAGEMENT":
        return "TOP"
    return "MIDDLE" if any(part in words for part in LEADERS) else "STAFF"


@cache
def titles_by_responsibility() -> dict[str, list[str]]:
    """Return all titles that the demo's persons have, under the responsibility each brings."""
    titles: dict[str, list[str]] = {code: [] for code in RESPONSIBILITIES}
    for title in sorted(set(column("job_titles", "title"))):
        titles[responsibility_of(title)].append(title)
    return titles
