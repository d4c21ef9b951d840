"""Subject and text: the grammar of letters, checked when they are saved, harmless in HTML."""

import pytest

from interactions.delivery.body import body, html_of
from interactions.delivery.text import (
    EXAMPLE_LINK,
    TextError,
    check_text,
    email_fields,
    render_subject,
)
from interactions.letters.fields import example_fields


def said(text: str, **contact: str):
    fields = example_fields()
    fields["contact"] |= contact
    return body(text, fields, subject="", language="en", unsubscribe_link="https://x.example/u/1")


def test_a_text_has_the_fields_of_letters():
    text = "{{ contact.formal_salutation }}{% if contact.is_company %} & Co{% endif %}"
    check_text(text)
    assert said(text).plain.startswith("Kære Anna Marie Sørensen & Co")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{{ contact.nmae }}", "“contact.nmae” is not a field. Did you mean “contact.name”?"),
        ("{{ contact }}", "“contact” is not a field"),
        ("{{ company.logo }}", "is not a field"),
        ("{% if contact.name %}", "Line 1"),
        ("Dear\n{{ contact.name", "Line 2"),
        ("{{ contact.name.__class__ }}", "may not be asked for"),
        ("{{ contact.name() }}", "not allowed"),
        ("{{ 9 * contact.name }}", "not allowed"),
        ("{% for x in range(9) %}{% endfor %}", "not allowed"),
        ("{% include 'secrets' %}", "not allowed"),
        ("{{ contact.name | urlize }}", "no filter"),
        ("{{ contact.name[0].x }}", "may not be asked for"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(text, problem):
    with pytest.raises(TextError) as refused:
        check_text(text)
    assert problem in str(refused.value)


def test_a_subject_is_one_line_and_has_fields():
    with pytest.raises(TextError):
        check_text("one\ntwo", one_line=True)
    fields = email_fields(example_fields(), EXAMPLE_LINK)
    assert render_subject("For {{ contact.first_name }}", fields) == "For Anna"
    assert render_subject("100 % of {braces}", fields) == "100 % of {braces}"


def test_a_value_cannot_break_out_of_the_subject():
    fields = example_fields()
    fields["contact"]["name"] = "Anna\r\nBcc: all@x.example"
    assert render_subject("To {{ contact.name }}", fields) == "To Anna Bcc: all@x.example"


def test_values_are_text_in_the_html_part():
    made = said("Dear {{ contact.name }}", name="<script>alert('x')</script> & <b>Co</b>")
    assert "<script>alert('x')" in made.plain
    assert "<script" not in made.html
    assert "&lt;b&gt;Co&lt;/b&gt;" in made.html


def test_pages_become_links_and_nothing_else_does():
    html = html_of("https://x.example/?a=1&b=2 javascript:alert(1)\n\nBye")
    assert '<a href="https://x.example/?a=1&amp;b=2"' in html
    assert html.count("<a ") == 1
    assert html.count("<p>") == 2


def test_everybody_can_unsubscribe():
    assert said("Hello").plain.rstrip().endswith("https://x.example/u/1")
    own = said("No more? {{ email.unsubscribe_link }}").plain
    assert own == "No more? https://x.example/u/1\n"


def test_a_value_with_a_tag_in_it_is_not_run():
    assert said("{{ contact.name }}", name="{{ company.name }}").plain.startswith(
        "{{ company.name }}"
    )
