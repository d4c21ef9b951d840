"""Words that files use: how headings are compared, and the fixed lists of cells."""

from collections.abc import Mapping
from difflib import get_close_matches

from contacts.folding import fold

# Words for a choice besides its own names.
WORDS = {
    "type": {"virksomhed": "company", "firma": "company"},
    "correspondence_type": {"papir": "hard_copy", "brev": "hard_copy", "email": "email"},
}
YES = frozenset({"yes", "ja", "true", "sand", "1", "x"})
NO = frozenset({"no", "nej", "false", "falsk", "0"})


def heading_key(text: str) -> str:
    """Return the spelling under which headings are compared: "E-mail " and "e_mail" are one."""
    return fold(text.replace("_", " ").replace("-", " ").replace(".", " "))


def nearest(heading: str, names: Mapping[str, str]) -> str:
    """Return the known column whose name is nearest to an unknown heading, or ""."""
    near = get_close_matches(heading_key(heading), list(names), 1, 0.6)
    return names[near[0]] if near else ""
