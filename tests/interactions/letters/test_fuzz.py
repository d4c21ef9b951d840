"""Whatever is done to a document: a clear refusal or letters, never another failure."""

import io
import random
import zipfile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interactions.letters import trial
from interactions.letters.check import DocumentError, check_letter, check_template
from interactions.letters.engine import LetterTemplate
from interactions.letters.fields import NAMES, example_fields
from interactions.letters.pictures import prepared
from interactions.letters.problems import Refused
from interactions.letters.word_fields.expressions import PICTURES

from . import documents
from .word_documents import connected, word_letter

ANNA = example_fields()
SEEDS = (
    documents.with_table(),
    documents.with_headers_and_pictures(),
    documents.with_text_box(),
    documents.with_footnotes(),
    documents.with_cells_in_a_loop(),
    connected(
        word_letter(
            '{ IF {MERGEFIELD City} = "A*" "x {MERGEFIELD Navn}" "y" }',
            "{MERGEFIELD Adresse_2}",
            '{MERGEFIELD Dato \\@ "d. MMMM"} {ADDRESSBLOCK}',
        )
    ),
)
LOGO = documents.picture().getvalue()
FEW = settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    """A child process for each of hundreds of documents would take minutes; its work is the same.

    What it must survive there, time and memory, has tests of its own.
    """
    monkeypatch.setattr("interactions.letters.check.try_out", trial.problems_of)


def refusal_of(check, data: bytes) -> DocumentError | None:
    try:
        check(data)
    except DocumentError as error:
        return error
    return None


def survives(data: bytes) -> None:
    """The document is refused in words, or makes letters that open."""
    for check in (check_template, check_letter):
        refusal = refusal_of(check, data)
        if refusal is not None:
            assert refusal.messages
            assert all(refusal.messages)
        elif check is check_template:
            try:
                letter = LetterTemplate.load(prepared(data, LOGO)).render(ANNA)
            except Refused:
                continue
            assert zipfile.ZipFile(io.BytesIO(letter)).testzip() is None


@FEW
@given(
    seed=st.integers(0, len(SEEDS) - 1).map(SEEDS.__getitem__),
    place=st.floats(0, 1),
    junk=st.binary(min_size=1, max_size=8),
)
def test_bytes_of_the_file(seed, place, junk):
    at = int(place * (len(seed) - 1))
    survives(seed[:at] + junk + seed[at + len(junk) :])


@FEW
@given(
    seed=st.integers(0, len(SEEDS) - 1).map(SEEDS.__getitem__),
    part=st.integers(0, 30),
    place=st.floats(0, 1),
    junk=st.one_of(
        st.binary(max_size=6),
        st.sampled_from(
            [b"<", b">", b'"', b"</w:p>", b"<w:p>", b"{{", b"%}", b"{% if x %}", b"\0"]
        ),
    ),
)
def test_bytes_of_a_part(seed, part, place, junk):
    members = documents.members(seed)
    name = sorted(members)[part % len(members)]

    def change(member: str, content: bytes) -> bytes:
        at = int(place * len(content))
        return content[:at] + junk + content[at + len(junk) :] if member == name else content

    survives(documents.rezipped(seed, change=change))


@FEW
@given(
    seed=st.integers(0, len(SEEDS) - 1).map(SEEDS.__getitem__),
    part=st.integers(0, 30),
    other=st.integers(0, 30),
)
def test_parts_left_out_and_swapped(seed, part, other):
    members = documents.members(seed)
    names = sorted(members)
    name, second = names[part % len(names)], names[other % len(names)]
    without = {key: value for key, value in members.items() if key != name}
    for changed in (without, {**members, name: members[second]}):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for key, content in changed.items():
                archive.writestr(key, content)
        survives(stream.getvalue())


@FEW
@given(
    seed=st.integers(0, len(SEEDS) - 1).map(SEEDS.__getitem__),
    number=st.integers(0, 2**32),
    act=st.sampled_from(["remove", "repeat", "move", "unwrap"]),
)
def test_elements_of_the_body(seed, number, act):
    """Fields lose their ends, cells their rows, runs their paragraphs."""
    chance = random.Random(number)
    document = docx.Document(io.BytesIO(seed))
    elements = list(document.element.body.iter())[1:]
    one, other = chance.choice(elements), chance.choice(elements)
    parent = one.getparent()
    if act == "remove":
        parent.remove(one)
    elif act == "repeat":
        one.addnext(docx.oxml.parse_xml(docx.oxml.xmlchemy.serialize_for_reading(one)))
    elif act == "move" and one not in other.iterancestors() and one is not other:
        other.append(one)
    elif act == "unwrap":
        for child in list(one):
            one.addprevious(child)
        parent.remove(one)
    survives(documents.saved(document))


PIECES = ["{ IF ", "{ MERGEFIELD City }", '"', " = ", "{ NEXT }", "}", "\\* Upper", "x", "{ PAGE }"]


@FEW
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12), cuts=st.integers(1, 5))
def test_fields_of_any_shape(pieces, cuts):
    text = "".join(pieces)
    missing = text.count("{") - text.count("}")
    text = text + "}" * missing if missing > 0 else "{" * -missing + text
    try:
        data = word_letter(text, cuts=cuts)
    except ValueError:
        return
    survives(data)


@pytest.mark.parametrize("depth", [20, 60])
def test_fields_nested_deeply(depth):
    text = "{MERGEFIELD City}"
    for _level in range(depth):
        text = f'{{ IF {{MERGEFIELD City}} = "A*" "{text}" "no" }}'
    survives(word_letter(text))


def test_hostile_text_in_any_field_stays_text():
    names = sorted(NAMES - set(PICTURES))
    data = word_letter(*(f"{{MERGEFIELD {name}}}" for name in names))
    evil = "{{ 7 * 7 }}{% if 1 %}</w:t>&"
    fields = {group: dict.fromkeys(values, evil) for group, values in ANNA.items()}
    words = documents.words(LetterTemplate.load(data).render(fields))
    assert words.count(evil) == len(names)
