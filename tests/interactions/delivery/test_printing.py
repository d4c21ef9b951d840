"""Letters on paper: the print file, and which of them are printed."""

import pytest

from contacts.errors import Refused
from interactions.delivery.printing import mark_as_printed, on_paper, print_file
from interactions.delivery.progress import Progress
from interactions.letter_jobs import ask_again
from interactions.letters.frozen import thaw
from interactions.logged_letters import numbered
from tests.factories import EntryFactory, LoggedSegmentFactory, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def papers(mailing):
    mailing.entries.update(correspondence_type="hard_copy")
    return mailing


def printed(segment) -> list[bool]:
    return [entry.delivery_state == "sent" for entry in on_paper(segment)]


def test_the_print_file_has_the_letters_as_they_were_logged(papers):
    job = print_file(papers, format="word", by=None)
    assert job.state == "done", job.reason
    text = words_of(job.path.read_bytes())
    assert text.index("Kære Anna Sørensen") < text.index("Kære Jens Østergaard")


def test_letters_are_numbered_as_the_interactions(papers, mail_to_anna):
    """Anna, the first, gets an e-mail: the only letter on paper is number 2 all the same."""
    papers.entries.filter(pk=mail_to_anna.pk).update(correspondence_type="email")
    job = print_file(papers, format="word", by=None)
    assert [letter.number for letter in thaw(job.folder)] == [2]
    assert mark_as_printed(papers, ranges=[(1, 1)]) == 0
    assert mark_as_printed(papers, ranges=[(2, 2)]) == 1


def test_what_was_sent_again_does_not_move_the_numbers(papers, mail_to_anna):
    again = EntryFactory(
        logged_segment=papers, document=mail_to_anna.document, correspondence_type="hard_copy"
    )
    assert again.line is None
    assert [letter.number for letter in numbered(papers, on_paper(papers))] == [1, 2, 3]
    assert list(on_paper(papers))[-1] == again


def test_a_letter_that_is_not_among_the_interactions_any_more_is_told(papers):
    """As when somebody deletes canceled ones between the two questions."""
    with pytest.raises(Refused, match="deleted meanwhile"):
        list(numbered(LoggedSegmentFactory(), on_paper(papers)))


def test_some_letters_made_again_are_no_print_file(papers):
    job = print_file(papers, format="word", by=None)
    ask_again(job, ((1, 1),), by=None)
    assert Progress(papers).print_jobs == [job]


def test_e_mails_are_not_printed(mailing):
    with pytest.raises(Refused):
        print_file(mailing, format="word", by=None)
    assert mark_as_printed(mailing) == 0


def test_all_are_marked_once(papers):
    assert mark_as_printed(papers) == 2
    assert mark_as_printed(papers) == 0
    assert printed(papers) == [True, True]
    assert {entry.delivery_label for entry in on_paper(papers)} == {"printed"}
    assert mark_as_printed(papers, printed=False) == 2
    assert printed(papers) == [False, False]


def test_by_number_and_by_tick(papers, mail_to_anna):
    assert mark_as_printed(papers, ranges=[(2, 9)]) == 1
    assert printed(papers) == [False, True]
    assert mark_as_printed(papers, keys=[mail_to_anna.pk]) == 1
    assert printed(papers) == [True, True]
