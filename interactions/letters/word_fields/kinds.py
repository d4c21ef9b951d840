"""What kind of field one of Word's is, and how it is called for people."""

from collections.abc import Iterable, Iterator

from .instruction import Instruction, read_instruction
from .paragraphs import text_in
from .structure import Element, Field, code_text

MERGE_KINDS = ("MERGEFIELD", "ADDRESSBLOCK", "GREETINGLINE")
# They speak of other records than the letter's own.
RECORD_KINDS = ("NEXT", "NEXTIF", "SKIPIF", "MERGEREC", "MERGESEQ")
Ends = tuple[Element, Element]


def ends(field: Field) -> Ends:
    """Return the first and the last run of a field."""
    assert field.end is not None  # noqa: S101 -- fields without an end are refused before
    return field.begin, field.end


def kind_of(field: Field) -> str:
    """Return the kind of a field: its first word, such as "MERGEFIELD"."""
    return read_instruction(field.text).kind


def has_merge_field(parts: Iterable[Element | Field]) -> bool:
    """Whether there is a merge field among `parts`, however deep."""
    return any(
        isinstance(part, Field)
        and (kind_of(part) in (*MERGE_KINDS, *RECORD_KINDS) or has_merge_field(part.code))
        for part in parts
    )


def with_inner(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields, and those within them."""
    for field in fields:
        yield field
        yield from with_inner(
            part for part in (*field.code, *field.result) if isinstance(part, Field)
        )


def display(field: Field) -> str:
    """The instruction as Word shows it, with the fields in it between braces."""
    parts = (
        f"{{ {display(part)} }}" if isinstance(part, Field) else code_text(part)
        for part in field.code
    )
    return " ".join("".join(parts).split())


def meaning_of_kind(instruction: Instruction) -> str:
    """Our field for the fields of Word that name none; a greeting by first name is informal."""
    if instruction.kind == "ADDRESSBLOCK":
        return "contact.address_block"
    if instruction.kind == "GREETINGLINE":
        names = instruction.switch("f").upper()
        informal = "_LAST" not in names and ("_FIRST" in names or "_NICK" in names)
        return "contact.informal_salutation" if informal else "contact.formal_salutation"
    return ""


def model_of(field: Field) -> Element:
    """The run that the value is formatted as: the first of the result or of the instruction."""
    switches = read_instruction(field.text).switches
    merges = any(name == "*" and text.upper() == "MERGEFORMAT" for name, text in switches)
    results = [run for run in field.result if not isinstance(run, Field) and text_in(run)]
    codes = [run for run in field.code if not isinstance(run, Field) and code_text(run).strip()]
    candidates = [*results, *codes] if merges else [*codes, *results]
    return candidates[0] if candidates else field.begin
