"""Every form that changes a segment says which version of it the person saw."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import Http404

from segments_app import anyway
from segments_app.views import seen
from tests.test_project import TEMPLATES, url_patterns

FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
POSTED = re.compile(r'\b(?:form)?method="post"|\bhx-post=')
ASKED = re.compile(r"\bsegments:(\w+)")
# They change no segment: they make a new one, letters, a file, or the columns of a person.
OTHERS = {
    "cancel_letters",
    "choose_columns",
    "export",
    "letters",
    "letters_again",
    "retry_letters",
}
OTHER_PAGES = {
    "export",
    "follow_up",
    "reuse_as_new",
    "saved_criteria_detail",
    "saved_criteria_form",
    "saved_criteria_steps",
    "segment_form",
    # It carries the version that it shows itself.
    "outdated",
}
# Pages whose forms are sent to themselves, so that no address stands in the template.
THEMSELVES = {
    "add",
    "field",
    "line",
    "log",
    "mailing_group",
    "paste",
    "reduce",
    "refine",
    "refresh",
    "reset",
    "reuse_criteria",
    "reuse_logged_segment",
    "save_criteria",
    "thin",
    "update",
}
# What they send is not sent again: a file, or steps that would mean something else.
FETCHED = {"change_steps", "put_document", "put_letter"}


def forms() -> Iterator[tuple[Path, str, set[str]]]:
    """Every form that is posted, with its template and the names of the addresses in it."""
    for path in sorted((TEMPLATES / "segments").glob("*.html")):
        for form in FORM.findall(path.read_text()):
            if POSTED.search(form):
                yield path, form, set(ASKED.findall(form)) - {"detail"}


def changing() -> Iterator[tuple[Path, str, set[str]]]:
    for path, form, names in forms():
        if path.stem not in OTHER_PAGES and not (names and names <= OTHERS):
            yield path, form, names


def test_every_form_that_changes_a_segment_says_what_the_person_saw():
    forgotten = [path.name for path, form, _names in changing() if "{% seen segment %}" not in form]
    assert forgotten == []


def test_no_exception_outlives_its_form():
    asked = set().union(*(names for _path, _form, names in forms()))
    assert OTHERS - asked == set()
    assert OTHER_PAGES - {path.stem for path, _form, _names in forms()} == set()


def test_every_view_that_changes_a_segment_reads_it(staff, segment, monkeypatch):
    """The views are stopped where they ask which version was seen."""
    reached = []

    def stop(number: str) -> None:
        reached.append(number)
        raise Http404

    monkeypatch.setattr(seen, "find_segment", stop)
    names = set(THEMSELVES).union(*(names for _path, _form, names in changing())) - OTHERS
    for name in sorted(names):
        reached.clear()
        response = staff.post(address(name, segment.number), {"seen": "1"})
        assert (name, response.status_code, reached) == (name, 404, [segment.number])


def test_whoever_acts_on_an_old_page_is_told_what_they_asked_for():
    asked = set(THEMSELVES).union(*(names for _path, _form, names in changing())) - OTHERS
    assert asked - FETCHED == set(anyway.ASKED)


def address(name: str, number: str) -> str:
    """The address of that name in the segment, with a line or step that is of no matter."""
    route = next(
        route
        for route, pattern in url_patterns()
        if pattern.name == name and route.startswith("/segments/<str:number>/")
    )
    route = route.replace("<str:number>", number).replace("<str:name>", "cost")
    return re.sub(r"<int:\w+>", "1", route)
