"""People: names that fit the country, and what they do."""

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from segments_app.demo.tables import column

# How often people have a middle name, by country.
MIDDLE_NAMES = {"DK": 0.35, "SE": 0.08, "DE": 0.06, "GB": 0.12}
# Countries where a middle name is most often a surname of the family.
FAMILY_MIDDLE_NAMES = {"DK"}


@dataclass(frozen=True)
class Name:
    gender: str
    first: str
    middle: str
    surname: str

    @property
    def initials(self) -> str:
        """First letters, such as "MKH"."""
        return "".join(part[0] for part in (self.first, self.middle, self.surname) if part)


def draw_name(rng: Random, country: str) -> Name:
    """Draw a woman or a man; common names come more often."""
    gender = rng.choice(("woman", "man"))
    first = _draw(rng, country, gender)
    return Name(gender, first, _middle(rng, country, gender), _draw(rng, country, "surname"))


def draw_surname(rng: Random, country: str) -> str:
    """Draw a surname, rare ones as often as common ones: it names a company."""
    return rng.choice(column("names", "name", country=country, kind="surname"))


def draw_first_name(rng: Random, country: str) -> str:
    """Draw a given name."""
    return rng.choice(column("names", "name", country=country, kind=rng.choice(("woman", "man"))))


def draw_job_title(rng: Random, country: str, gender: str) -> str:
    """Draw what the person does; a few do not say."""
    if rng.random() < 0.08:
        return ""
    return rng.choice(column("job_titles", "title", country=country, gender=gender))


def _middle(rng: Random, country: str, gender: str) -> str:
    if rng.random() > MIDDLE_NAMES[country]:
        return ""
    family = country in FAMILY_MIDDLE_NAMES
    return draw_surname(rng, country) if family else _draw(rng, country, gender)


def _draw(rng: Random, country: str, kind: str) -> str:
    names = column("names", "name", country=country, kind=kind)
    return rng.choices(names, cum_weights=_weights(len(names)))[0]


@cache
def _weights(count: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / (12 + rank) for rank in range(count)))
