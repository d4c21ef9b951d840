"""The main job in batch: the same functions, the same results, from cron."""

import datetime
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from contacts.models import Contact, MailingGroup
from interactions.models import InteractionLogEntry, LoggedSegment
from segments_app.criteria import Criteria
from segments_app.filters import SelectionFilter
from segments_app.management.commands.create_segment import STEPS
from segments_app.models import Segment, SegmentLine
from segments_app.operations import (
    add_contacts,
    change_line,
    create_segment,
    log_segment,
    reduce_contacts,
    refine_contacts,
    reuse_criteria,
    reuse_logged_segment,
    save_criteria,
)
from segments_app.selection import AddOptions, RemoveOptions
from tests.factories import (
    ContactFactory,
    EntryFactory,
    SalespersonFactory,
    SegmentFactory,
    TemplateFactory,
    words_of,
)

from ..conftest import add, line_of, on_sheet


def run(*arguments: object) -> str:
    output = io.StringIO()
    call_command(*map(str, arguments), stdout=output)
    return output.getvalue().strip()


def run_json(*arguments: object) -> Any:
    return json.loads(run(*arguments, "--json"))


def refusal(*arguments: object) -> str:
    """What is said on standard error: always one line, and the exit status is 1."""
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 1
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.fixture
def saved(segment, cast):
    add(segment, "country=DE")
    refine_contacts(segment, Criteria.from_query_string("type=person"), by=None)
    return save_criteria(segment, "GERMAN", by=None)


@pytest.fixture
def winter(cast, spring, holm) -> LoggedSegment:
    """A logged segment with Jens."""
    segment = create_segment("Winter", by=None, number="SM00007", template=spring, salesperson=holm)
    add(segment, "q=jens")
    return log_segment(segment, by=None)


FILE = """number;type;name;first_name;surname;company;country;mailing_groups
C1;company;Havn & Co <Aarhus>;;;;DK;
P1;person;;Ærø;Åkjær;C1;DK;VIP
P2;person;;Søren;Marks & Spencer <UK>;C1;DK;VIP
P3;person;;عمر;الشريف;;SE;VIP
P4;person;;Nils;Nej;;SE;
"""


def test_the_whole_story(db, spring, holm, fair, tmp_path):
    """Import, create, merge, log and follow up."""
    MailingGroup.objects.create(code="VIP", description="VIP")
    file = tmp_path / "contacts.csv"
    file.write_text(FILE)
    assert run_json("import_contacts", file)["created"] == 5
    made = run_json(
        "create_segment",
        "Spring to VIPs",
        *("--template", "SPRING", "--salesperson", "MH", "--campaign", "CP0007"),
        *("--add", "country=DK&country=SE", "--refine", "mailing_groups=VIP"),
        *("--reduce", "q=Sören+Marks"),
    )
    number = made["segment"]
    assert made == {"segment": number, "lines": 2}
    segment = Segment.objects.get(number=number)
    line = segment.sheet().get(contact__number="P1")
    change_line(line, by=None, comment="Vi ses\ni Ærøskøbing & <omegn>")
    output = tmp_path / "letters.zip"
    merged = run_json("merge_letters", number, "--output", output)
    assert merged == {"letters": 2, "output": str(output)}
    assert letters_in(output) == {
        "0001 عمر الشريف.docx": "Spring\nعمر الشريف\n",
        "0002 Havn & Co Aarhus - Ærø Åkjær.docx": (
            "Spring\nÆrø Åkjær\nVi ses\ni Ærøskøbing & <omegn>"
        ),
    }
    (logged,) = run_json("log_segment", number, "--follow-up")["logged"]
    assert (logged["segment"], logged["entries"]) == (number, 2)
    assert LoggedSegment.objects.get(number=number).entries.count() == 2
    follow_up = Segment.objects.get(number=logged["follow_up"])
    assert follow_up.sheet().count() == 2
    assert follow_up.campaign == fair
    assert not Segment.objects.filter(number=number).exists()


def letters_in(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: words_of(archive.read(name)) for name in archive.namelist()}


class TestCreateSegment:
    def test_the_same_rows_as_the_operations_make(self, saved, winter, holm, fair, spring):
        made = run(
            "create_segment",
            "By command",
            *("--template", "SPRING", "--salesperson", "MH", "--campaign", "CP0007"),
            *("--from-logged", "SM00007", "--criteria", "GERMAN"),
            *("--add", "?mailing_groups=VIP&expand_companies=on&allow_existing=on&page=2"),
            *("--reduce", "q=anna", "--refine", "type=person&entire_companies=on"),
        )
        other = create_segment("By hand", by=None, template=spring, salesperson=holm, campaign=fair)
        reuse_logged_segment(other, winter, by=None)
        reuse_criteria(other, saved, by=None)
        vip = AddOptions(expand_companies=True, allow_existing=True)
        add_contacts(other, Criteria.from_query_string("mailing_groups=VIP"), by=None, options=vip)
        reduce_contacts(other, Criteria.from_query_string("q=anna"), by=None)
        persons = Criteria.from_query_string("type=person")
        entire = RemoveOptions(entire_companies=True)
        refine_contacts(other, persons, by=None, options=entire)
        segment = Segment.objects.get(number=made)
        assert rows(segment) == rows(other)
        assert segment.steps.count() == 6
        assert on_sheet(segment) == on_sheet(other)
        for field in ("template", "salesperson", "campaign", "date", "created_by"):
            assert getattr(segment, field) == getattr(other, field)

    def test_the_order_of_the_command_line_is_the_order_of_the_steps(self, cast, spring):
        start = ("create_segment", "Order", "--template", "SPRING")
        dk, anna = ("--add", "country=DK"), ("--reduce", "q=anna")
        assert run_json(*start, *dk, *anna)["lines"] == 2
        assert run_json(*start, *anna, *dk)["lines"] == 3

    def test_without_steps_it_is_empty(self, spring):
        assert run_json("create_segment", "Empty", "--template", "SPRING")["lines"] == 0

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (("--template", "SPRNG"), "no interaction template “SPRNG”. Did you mean “SPRING”?"),
            (("--template", "OLD"), "The interaction template OLD is blocked."),
            (("--salesperson", "mh"), "no salesperson “mh”. Did you mean “MH”?"),
            (("--campaign", "CP0008"), "no campaign “CP0008”. Did you mean “CP0007”?"),
            (("--criteria", "GERMANS"), "no saved criteria “GERMANS”. Did you mean “GERMAN”?"),
            (("--from-logged", "SM7"), "no logged segment “SM7”."),
            (("--add", ""), "--add “”: Choose at least one condition"),
            (("--add", "expand_companies=on"), "Choose at least one condition"),
            (("--reduce", "contry=DK"), "--reduce “contry=DK”: There is no condition “contry”."),
            (("--refine", "country=XX"), "--refine “country=XX”: Country: “XX” is not known."),
            (
                ("--add", "country=DK&entire_companies=on"),
                "entire_companies is no option here; allow_existing, expand_companies",
            ),
        ],
    )
    def test_a_refusal_in_any_step_leaves_no_segment(
        self, saved, winter, holm, fair, arguments, says
    ):
        TemplateFactory(code="OLD", blocked=True)
        before = (Segment.objects.count(), SegmentLine.objects.count())
        start = ("create_segment", "Refused", "--template", "SPRING", "--add", "country=DK")
        assert says in refusal(*start, *arguments)
        assert (Segment.objects.count(), SegmentLine.objects.count()) == before

    def test_criteria_that_went_out_of_date_leave_no_segment(self, saved, spring, cast):
        """The first steps are done when the last one is refused."""
        saved.steps.filter(number=2).update(criteria={"country": ["XX"]})
        before = (Segment.objects.count(), SegmentLine.objects.count())
        start = ("create_segment", "Refused", "--template", "SPRING", "--add", "country=DK")
        assert "“XX” is not known" in refusal(*start, "--criteria", "GERMAN")
        assert (Segment.objects.count(), SegmentLine.objects.count()) == before

    @pytest.mark.parametrize("description", ["", "   ", "x" * 151])
    def test_the_description_is_neither_empty_nor_too_long(self, spring, description):
        assert "description" in refusal("create_segment", description, "--template", "SPRING")


def rows(segment: Segment) -> list[tuple[Any, ...]]:
    return list(segment.lines.order_by("pk").values_list("contact", "added_step", "removed_step"))


class TestMergeLetters:
    @pytest.fixture
    def filled(self, segment, cast) -> Segment:
        add(segment, "mailing_groups=VIP")
        return segment

    def test_a_folder_with_the_same_letters(self, filled, tmp_path):
        folder = tmp_path / "letters"
        made = run_json("merge_letters", filled.number, "--output", folder)
        assert made == {"letters": 2, "output": str(folder)}
        run("merge_letters", filled.number, "--output", tmp_path / "letters.ZIP")
        assert letters_in(tmp_path / "letters.ZIP") == {
            file.name: words_of(file.read_bytes()) for file in folder.iterdir()
        }
        assert set(tmp_path.iterdir()) >= {folder, tmp_path / "letters.ZIP"}

    def test_an_empty_folder_is_filled_and_another_is_refused(self, filled, tmp_path):
        folder = tmp_path / "letters"
        folder.mkdir()
        run("merge_letters", filled.number, "--output", folder)
        assert "There is something already" in refusal(
            "merge_letters", filled.number, "--output", folder
        )
        assert len(list(folder.iterdir())) == 2

    def test_a_zip_file_is_replaced(self, filled, tmp_path):
        output = tmp_path / "letters.zip"
        output.write_text("old")
        said = run("merge_letters", filled.number, "--output", output)
        assert said == f"Wrote 2 letters to {output}."
        assert len(letters_in(output)) == 2

    def test_nothing_is_logged(self, filled, tmp_path):
        run("merge_letters", filled.number, "--output", tmp_path / "letters.zip")
        assert not InteractionLogEntry.objects.exists()
        assert filled.sheet().count() == 2

    @pytest.mark.parametrize("name", ["letters.zip", "letters"])
    def test_no_half_file_remains(self, filled, cast, tmp_path, name, monkeypatch):
        """The second letter cannot be made."""
        from interactions.letters.check import DocumentError
        from interactions.letters.merge import Merger

        ready = Merger.ready

        def fail_for_anna(self, source):
            if source.contact["first_name"] == "Anna":
                raise DocumentError(["It is too long."])
            return ready(self, source)

        monkeypatch.setattr(Merger, "ready", fail_for_anna)
        said = refusal("merge_letters", filled.number, "--output", tmp_path / name)
        assert said == "CT000002 Anna Sørensen: It is too long."
        assert not [path for path in tmp_path.iterdir() if "letters" in path.name]

    @pytest.mark.parametrize("name", ["missing/letters.zip", "file/letters.zip", "file/letters"])
    def test_an_output_that_cannot_be_written(self, filled, tmp_path, name):
        (tmp_path / "file").write_text("")
        said = refusal("merge_letters", filled.number, "--output", tmp_path / name)
        assert f"{tmp_path / name} cannot be written: " in said

    def test_a_zip_that_is_a_folder(self, filled, tmp_path):
        (tmp_path / "letters.zip").mkdir()
        said = refusal("merge_letters", filled.number, "--output", tmp_path / "letters.zip")
        assert "It is a folder" in said

    def test_what_stands_in_the_way_is_named(self, filled, cast, tmp_path):
        output = tmp_path / "letters.zip"
        cast.bo.privacy_blocked = True
        cast.bo.save()
        said = refusal("merge_letters", filled.number, "--output", output)
        assert "1 contact may not be written to" in said
        empty = SegmentFactory(number="SM00902")
        assert "SM00902 has no lines" in refusal("merge_letters", empty.number, "--output", output)
        assert "Did you mean “SM00901”?" in refusal("merge_letters", "SM0901", "--output", output)
        assert not output.exists()

    @pytest.mark.parametrize(
        ("options", "complaint"),
        [
            (["--language", "xx"], "There is no language “xx”. There are: da, de, en"),
            (["--lines", "3-1"], "“3-1” is no range of numbers"),
            (["--batch", "-1"], "--batch is the number of letters in a batch, 1 or more."),
            (["--first-label", "22"], "--first-label is a place on the sheet, from 1 to 21."),
            (["--output", "a.pdf", "--joined"], "--joined needs an output named .zip or .docx"),
            (["--output", "a.docx", "--manifest"], "need an output named .zip"),
            (["--paper", "labels"], "need an output named .docx or .pdf"),
        ],
    )
    def test_an_option_that_cannot_be_says_what_can(self, filled, tmp_path, options, complaint):
        output = ["--output", tmp_path / "letters.zip"]
        assert complaint in refusal("merge_letters", filled.number, *output, *options)
        assert not list(tmp_path.glob("*.zip"))

    def test_some_lines_wait_for_no_other(self, filled, cast, tmp_path):
        cast.bo.privacy_blocked = True
        cast.bo.save()
        output = tmp_path / "letters.zip"
        run("merge_letters", filled.number, "--output", output, "--lines", "2")
        assert list(letters_in(output)) == ["0002 Nordisk Lys A-S - Anna Sørensen.docx"]

    def test_a_template_that_writes_no_letters(self, filled, tmp_path):
        filled.template = TemplateFactory(code="CALL")
        filled.save()
        said = refusal("merge_letters", filled.number, "--output", tmp_path / "letters.zip")
        assert "no Word document" in said


def logged_with(**values: object) -> dict[str, object]:
    usual = {
        "segment": "SM00801",
        "emails": 0,
        "follow_up": None,
        "kept_back": None,
        "kept_lines": 0,
        "problem_lines": [],
    }
    return usual | values


class TestLogSegment:
    @pytest.fixture
    def two(self, cast, spring, holm) -> tuple[Segment, Segment]:
        """One that can be logged, and one whose lines have no salesperson."""
        good = SegmentFactory(number="SM00801", template=spring, salesperson=holm)
        bad = SegmentFactory(number="SM00802", template=spring)
        for segment in (good, bad):
            add(segment, "mailing_groups=VIP")
        return good, bad

    def test_it_says_what_it_did(self, two):
        assert run("log_segment", "SM00801") == "Logged SM00801: 2 interactions."
        assert LoggedSegment.objects.get().created_by is None

    def test_one_that_is_refused_does_not_keep_the_others(self, two, holm, capsys):
        third = SegmentFactory(number="SM00803", template=two[0].template, salesperson=holm)
        add(third, "country=DE")
        said = refusal("log_segment", "SM00802", "SM00801", "SM00899", "SM00803")
        assert "SM00802 was not logged: 2 lines have no salesperson" in said
        assert "Nothing was written for SM00802." in said
        assert "There is no segment “SM00899”" in said
        assert {logged.number for logged in LoggedSegment.objects.all()} == {"SM00801", "SM00803"}
        assert two[1].sheet().count() == 2

    def test_programs_are_told_what_was_logged_although_something_was_refused(self, two):
        output = io.StringIO()
        with pytest.raises(CommandError):
            call_command("log_segment", "SM00801", "SM00802", "--json", stdout=output)
        told = json.loads(output.getvalue())
        assert told["logged"] == [logged_with(entries=2)]
        (refused,) = told["refused"]
        assert refused["segment"] == "SM00802"
        assert "2 lines have no salesperson" in refused["reason"]
        lines = sorted(refused["problem_lines"], key=lambda line: line["contact"])
        assert lines == [
            {"contact": "CT000002", "name": "Anna Sørensen", "problems": ["no_salesperson"]},
            {"contact": "CT000006", "name": "Bo Lind", "problems": ["no_salesperson"]},
        ]
        said = refusal("log_segment", "SM00802").partition("Lines with problems: ")[2]
        assert set(said.rstrip(".").split(", ")) == {"CT000002 Anna Sørensen", "CT000006 Bo Lind"}

    def test_people_are_told_too(self, two):
        output = io.StringIO()
        with pytest.raises(CommandError):
            call_command("log_segment", "SM00801", "SM00802", stdout=output)
        assert output.getvalue() == "Logged SM00801: 2 interactions.\n"

    def test_logging_again_is_refused(self, two):
        run("log_segment", "SM00801")
        assert "SM00801 is logged already" in refusal("log_segment", "SM00801")
        assert LoggedSegment.objects.count() == 1

    def test_the_same_number_twice_is_logged_once(self, two):
        assert len(run_json("log_segment", "SM00801", "SM00801")["logged"]) == 1

    def test_a_dry_run_writes_nothing(self, two):
        assert run("log_segment", "SM00801", "--dry-run") == (
            "Would log SM00801: 2 interactions. "
            "Told: 2 contacts have no salutation in the language of their letter or the default."
        )
        assert "no salesperson" in refusal("log_segment", "SM00801", "SM00802", "--dry-run")
        assert run_json("log_segment", "SM00801", "--dry-run", "--follow-up") == {
            "logged": [logged_with(entries=2) | {"problems": {"no_salutation": 2}}],
            "refused": [],
        }
        assert not LoggedSegment.objects.exists()
        assert Segment.objects.count() == 2

    def test_lines_with_problems_are_kept_back(self, two, cast):
        cast.bo.active = False
        cast.bo.save()
        dry = run("log_segment", "SM00801", "--skip-problems", "--dry-run")
        assert dry == (
            "Would log SM00801: 1 interaction. Would keep 1 line back. "
            "Lines with problems: CT000006 Bo Lind. "
            "Told: 1 contact may not be written to; 2 contacts have no salutation in the language "
            "of their letter or the default."
        )
        (told,) = run_json("log_segment", "SM00801", "--skip-problems")["logged"]
        kept = Segment.objects.get(number=told["kept_back"])
        lines = [{"contact": "CT000006", "name": "Bo Lind", "problems": ["unselectable"]}]
        assert told == logged_with(
            entries=1, kept_back=kept.number, kept_lines=1, problem_lines=lines
        )
        assert on_sheet(kept) == ["bo"]

    def test_due_are_those_that_are_ready_and_whose_date_has_come(self, two, holm):
        good, bad = two
        today = timezone.localdate()
        for segment, days in ((good, 0), (bad, 1)):
            segment.ready, segment.date = True, today + datetime.timedelta(days=days)
            segment.save()
        unready = SegmentFactory(number="SM00803", template=good.template, salesperson=holm)
        add(unready, "country=DE")
        assert run("log_segment", "--due") == "Logged SM00801: 2 interactions."
        assert run("log_segment", "--due") == "No segment is due."
        assert {segment.number for segment in Segment.objects.all()} == {"SM00802", "SM00803"}
        assert "Name the segments" in refusal("log_segment")

    def test_the_same_entries_as_the_operation_writes(self, two, cast):
        other = SegmentFactory(number="SM00804", template=two[0].template)
        other.salesperson = two[0].salesperson
        other.save()
        add(other, "mailing_groups=VIP")
        for segment in (two[0], other):
            change_line(line_of(segment, cast.anna), by=None, cost=12, evaluation="positive")
        run("log_segment", "SM00801")
        log_segment(other, by=None)
        left_out = ("id", "line", "logged_segment_id", "created_at", "description")
        first, second = (
            [
                {name: value for name, value in entry.items() if name not in left_out}
                for entry in logged.entries.in_line_order().values()
            ]
            for logged in LoggedSegment.objects.order_by("number")
        )
        assert first == second


@pytest.mark.parametrize("command", ["create_segment", "merge_letters", "log_segment"])
def test_every_option_is_explained_with_an_example(command, capsys):
    with pytest.raises(SystemExit) as done:
        call_command(command, "--help")
    assert done.value.code == 0
    from django.core.management import load_command_class

    parser = load_command_class("segments_app", command).create_parser("manage.py", command)
    ours = {"help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color"}
    ours |= {"force_color", "skip_checks", "json"}
    for action in parser._actions:
        if action.dest not in ours:
            assert "Example: " in (action.help or ""), action.dest


def test_contacts_are_only_read(cast, spring):
    before = list(Contact.objects.order_by("pk").values())
    run("create_segment", "Spring", "--template", "SPRING", "--add", "country=DK")
    assert list(Contact.objects.order_by("pk").values()) == before


def test_blocked_salespeople_are_refused(cast, spring):
    SalespersonFactory(code="OUT", blocked=True)
    said = refusal("create_segment", "Spring", "--template", "SPRING", "--salesperson", "OUT")
    assert said == "The salesperson OUT is blocked."


def test_the_guide_names_every_condition_option_and_argument(settings):
    selecting = (settings.BASE_DIR / "docs/guide/selecting.md").read_text()
    for name in SelectionFilter.base_filters:
        assert f"`{name}`" in selecting, name
    guide = (settings.BASE_DIR / "docs/guide/commands.md").read_text()
    for name in AddOptions.names() | RemoveOptions.names():
        assert f"`{name}`" in guide, name
    for option in (*STEPS, "template", "salesperson", "campaign", "output", "follow-up", "dry-run"):
        assert f"--{option}" in guide, option


def test_contacts_are_exported_by_what_happened_with_them_too(db, tmp_path: Path):
    anna, bo = ContactFactory.create(first_name="Anna"), ContactFactory.create(first_name="Bo")
    EntryFactory.create(contact=anna, date=timezone.localdate())
    file = tmp_path / "quiet.csv"
    call_command("export_contacts", filter="not_contacted_since=-90d", output=file)
    text = file.read_text(encoding="utf-8-sig")
    assert bo.number in text
    assert anna.number not in text
