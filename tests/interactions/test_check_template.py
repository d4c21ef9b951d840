"""Authors check a template before they upload it."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from tests.interactions.letters import documents
from tests.interactions.letters.word_documents import word_letter


@pytest.fixture
def check(tmp_path):
    """Returns what the command says about a document."""

    def run(data: bytes, *options: str) -> str:
        file, out = tmp_path / "spring.docx", io.StringIO()
        file.write_bytes(data)
        call_command("check_template", str(file), *options, stdout=out)
        return out.getvalue()

    return run


def test_the_fields_and_what_words_became_are_told(check):
    said = check(word_letter("Kære {MERGEFIELD First_Name}"))

    assert "“MERGEFIELD First_Name” in the text became “contact.first_name”." in said
    assert "full speed" in said


def test_for_programs(check):
    said = json.loads(check(word_letter("{MERGEFIELD COMPA_Name}"), "--json"))

    assert said == {
        "problems": [],
        "fields": ["company.name"],
        "word_fields": [
            {"field": "MERGEFIELD COMPA_Name", "became": "company.name", "place": "body"}
        ],
        "choices": [],
        "tier": "A",
    }


def test_columns_that_repeat_are_slower(check):
    assert json.loads(check(documents.with_cells_in_a_loop(), "--json"))["tier"] == "B"
    assert "take longer" in check(documents.with_cells_in_a_loop())


def test_what_is_wrong_is_told_with_its_place(check):
    with pytest.raises(CommandError, match="“Shoe_size” in the text is not known"):
        check(word_letter("{MERGEFIELD Shoe_size}"))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_template", str(tmp_path / "none.docx"))
