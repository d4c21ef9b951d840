"""What letters are made of, kept as it was when they were asked for."""

import gzip
import json
from pathlib import Path

import pytest

from interactions.letters import frozen
from interactions.letters.frozen import Numbered, freeze, thaw, thaw_shared

from .cast import ANNA, TO_ANNA, TO_HAVN, shared

LETTERS = [Numbered(number, TO_HAVN if number % 2 else TO_ANNA) for number in range(11, 31)]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setattr(frozen, "IN_A_FILE", 7)
    assert freeze(tmp_path, LETTERS, shared()) == 20
    return tmp_path


def test_letters_come_back_as_they_were(kept):
    assert list(thaw(kept)) == LETTERS
    assert thaw_shared(kept) == shared()


@pytest.mark.parametrize(
    ("first", "last"), [(0, 3), (6, 8), (7, 14), (13, 20), (19, None), (5, 5), (20, None)]
)
def test_a_part_of_them_is_read_by_place(kept, first, last):
    assert list(thaw(kept, first, last)) == LETTERS[first:last]


def test_a_part_is_read_without_those_before_it(kept):
    (kept / "sources" / "00000.json.gz").write_bytes(b"damaged")
    assert list(thaw(kept, 7)) == LETTERS[7:]


def test_a_letter_without_date_or_choice(tmp_path):
    letter = Numbered(1, TO_ANNA._replace(date=None, choices="summer"))
    freeze(tmp_path, [letter], shared())
    assert list(thaw(tmp_path)) == [letter]


def test_what_an_older_version_kept_has_fewer_values(tmp_path):
    freeze(tmp_path, [Numbered(1, TO_ANNA)], shared())
    path = tmp_path / "sources" / "00000.json.gz"
    ((number, contact, *values),) = json.loads(gzip.decompress(path.read_bytes()))
    contact.pop("vat_number")
    path.write_bytes(gzip.compress(json.dumps([[number, contact, *values[:-1]]]).encode()))

    (letter,) = thaw(tmp_path)
    assert letter.source == TO_ANNA._replace(contact=ANNA)


def test_no_letters(tmp_path):
    assert freeze(tmp_path, [], shared()) == 0
    assert list(thaw(tmp_path)) == []
