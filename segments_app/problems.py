"""The kinds of problems that lines can have (D12)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


@dataclass(frozen=True)
class Problem:
    """A kind of problem. A blocking one keeps its lines from being logged."""

    code: str
    label: Promise
    way_out: Promise | str
    blocking: bool
    on_header: bool = False


@dataclass(frozen=True)
class Found:
    """A problem and how many lines have it."""

    problem: Problem
    count: int

    @property
    def label(self) -> str:
        """The problem in words, after its number of lines."""
        return str(self.problem.label % {"count": self.count})


PROBLEMS = {
    problem.code: problem
    for problem in (
        Problem(
            "no_template",
            ngettext_lazy(
                "line has no interaction template", "lines have no interaction template", "count"
            ),
            _("Choose a template on the header, or on the lines."),
            True,
            True,
        ),
        Problem(
            "no_salesperson",
            ngettext_lazy("line has no salesperson", "lines have no salesperson", "count"),
            _("Choose one on the header, on the lines, or on the contacts."),
            True,
            True,
        ),
        Problem(
            "no_date",
            ngettext_lazy("line has no date", "lines have no date", "count"),
            _("Set the date on the header."),
            True,
            True,
        ),
        Problem(
            "unselectable",
            ngettext_lazy(
                "contact may not be written to", "contacts may not be written to", "count"
            ),
            _("They are privacy blocked, minors without consent, or inactive. Remove them."),
            True,
        ),
        Problem(
            "letter_forbidden",
            ngettext_lazy(
                "contact does not allow letters", "contacts do not allow letters", "count"
            ),
            _("Choose another correspondence type for these lines, or remove them."),
            True,
        ),
        Problem(
            "email_forbidden",
            ngettext_lazy("contact does not allow e-mail", "contacts do not allow e-mail", "count"),
            _("Choose another correspondence type for these lines, or remove them."),
            True,
        ),
        Problem(
            "no_document",
            ngettext_lazy(
                "letter cannot be made: the template has no document in its language",
                "letters cannot be made: the template has no document in their language",
                "count",
            ),
            _("Choose another language, or ask for a document in this one."),
            True,
        ),
        Problem(
            "broken_document",
            ngettext_lazy(
                "letter cannot be made: the Word document has an error",
                "letters cannot be made: the Word document has an error",
                "count",
            ),
            _("Ask the administrator to upload a mended document."),
            True,
        ),
        Problem(
            "no_email",
            ngettext_lazy(
                "line is to be e-mailed and has no e-mail address",
                "lines are to be e-mailed and have no e-mail address",
                "count",
            ),
            _("They are logged without a correspondence type."),
            False,
        ),
        Problem(
            "email_came_back",
            ngettext_lazy(
                "line is to be e-mailed to an address that e-mails came back from",
                "lines are to be e-mailed to addresses that e-mails came back from",
                "count",
            ),
            _("They are logged. Correct the address on the contact, or say that it is right."),
            False,
        ),
        Problem(
            "no_address",
            ngettext_lazy(
                "letter on paper has no postal address",
                "letters on paper have no postal address",
                "count",
            ),
            _("Add the address to the contact, or remove the line."),
            False,
        ),
        Problem(
            "no_salutation",
            ngettext_lazy(
                "contact has no salutation in the language of the letter or the default",
                "contacts have no salutation in the language of their letter or the default",
                "count",
            ),
            _("Their letter begins without a greeting. Give the contact a salutation."),
            False,
        ),
        Problem(
            "other_salutation",
            ngettext_lazy(
                "contact is greeted in the default language, not that of the letter",
                "contacts are greeted in the default language, not that of their letter",
                "count",
            ),
            _("Their salutation has no formula in the language of the letter."),
            False,
        ),
        Problem(
            "unfilled_letter",
            ngettext_lazy(
                "letter of its own has fields that are not filled",
                "letters of their own have fields that are not filled",
                "count",
            ),
            _("They are printed as they stand. Fill them in Word and upload the letter again."),
            False,
        ),
        Problem(
            "excluded",
            ngettext_lazy(
                "contact is excluded from segments", "contacts are excluded from segments", "count"
            ),
            _("They were added on purpose, or excluded since."),
            False,
        ),
    )
}
