"""Forms of the admin: templates and their Word documents."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from contacts.models import User
from interactions.delivery.text import TextError, check_text
from interactions.letters.check import DocumentError, check_template
from interactions.letters.engine import LetterTemplate
from interactions.letters.logo import (
    MAX_LOGO_SIZE,
    MAX_SIGNATURE_SIZE,
    logo_problem,
    signature_problem,
)
from interactions.letters.shared import COMPANY_FIELDS
from interactions.models import CompanyInformation, Document, Signature, TemplateDocument


class CompanyInformationForm(forms.ModelForm[CompanyInformation]):
    """Our company with its logo. A picture is checked before it is kept, and never changes.

    Set `by` to the person before `save()`.
    """

    by: User | None = None
    file_name = ""
    new_logo = forms.FileField(
        label=_("New logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        help_text=_("A PNG or JPEG file. Letters show it where they have the field company.logo."),
    )
    no_logo = forms.BooleanField(label=_("No logo"), required=False)

    class Meta:
        model = CompanyInformation
        fields = [*COMPANY_FIELDS]

    def clean_new_logo(self) -> bytes | None:
        """Return the bytes of a picture that letters can show."""
        upload: UploadedFile[Any] | None = self.cleaned_data["new_logo"]
        if upload is None:
            return None
        data = bytes(upload.read(MAX_LOGO_SIZE + 1))
        if problem := logo_problem(data):
            raise ValidationError(problem)
        self.file_name = upload.name or ""
        return data

    def save(self, commit: bool = True) -> CompanyInformation:
        """Keep the picture, then the row that names it."""
        if self.cleaned_data["no_logo"]:
            self.instance.logo = None
        if data := self.cleaned_data["new_logo"]:
            self.instance.logo = Document.objects.store(data, name=self.file_name, by=self.by)
        return super().save(commit)


class SignatureForm(forms.ModelForm[Signature]):
    """How a salesperson signs. A picture is checked before it is kept, and never changes.

    Set `by` to the person before `save()`.
    """

    by: User | None = None
    file_name = ""
    upload = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        help_text=_(
            "A PNG or JPEG file, at most 512 kB. Letters show it where they have the field "
            "salesperson.signature."
        ),
    )

    class Meta:
        model = Signature
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["upload"].required = False
            self.fields["upload"].label = _("New picture")

    def clean_upload(self) -> bytes | None:
        """Return the bytes of a picture that letters can show."""
        upload: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if upload is None:
            return None
        data = bytes(upload.read(MAX_SIGNATURE_SIZE + 1))
        if problem := signature_problem(data):
            raise ValidationError(problem)
        self.file_name = upload.name or ""
        return data

    def save(self, commit: bool = True) -> Signature:
        """Keep the picture, then the row that names it."""
        if data := self.cleaned_data.get("upload"):
            document = Document.objects.store(data, name=self.file_name, by=self.by)
            self.instance.document = document
        return super().save(commit)


class TemplateDocumentForm(forms.ModelForm[TemplateDocument]):
    """The document of a template in one language. An uploaded file is checked before it is kept.

    Set `by` to the person before `save()`. `checked` is the template that was uploaded.
    """

    by: User | None = None
    checked: LetterTemplate | None = None
    file_name = ""
    upload = forms.FileField(
        label=_("Word document"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text=_(
            "A .docx file with fields of ours or merge fields of Word. It is checked: every field "
            "in it must be known."
        ),
    )

    class Meta:
        model = TemplateDocument
        fields = ["language", "upload", "subject", "email_text"]
        help_texts = {
            "subject": _("Of its e-mails. The fields of letters may stand in it."),
            "email_text": _(
                "The fields of letters may stand in it, and {{ email.unsubscribe_link }}; without "
                "that, the link to unsubscribe stands below the text. Empty: no e-mails."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["upload"].required = False
            self.fields["upload"].label = _("New Word document")

    def clean_upload(self) -> bytes | None:
        """Return the bytes of a document that letters can be made from."""
        upload: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if upload is None:
            return None
        data = bytes(upload.read(settings.MAX_DOCUMENT_SIZE + 1))
        try:
            self.checked = check_template(data)
        except DocumentError as error:
            raise ValidationError(error.messages) from error
        self.file_name = upload.name or ""
        return data

    def clean_subject(self) -> str:
        """A subject that every contact's e-mail can have."""
        subject: str = self.cleaned_data["subject"]
        return _checked(subject, one_line=True)

    def clean_email_text(self) -> str:
        """A text that every contact's e-mail can be made from."""
        text: str = self.cleaned_data["email_text"]
        return _checked(text)

    def save(self, commit: bool = True) -> TemplateDocument:
        """Keep the document, then the row that names it."""
        data = self.cleaned_data["upload"]
        if data:
            stored = Document.objects.store(data, name=self.file_name, by=self.by)
            self.instance.document = stored
        return super().save(commit)


def _checked(text: str, *, one_line: bool = False) -> str:
    try:
        check_text(text, one_line=one_line)
    except TextError as error:
        raise ValidationError(str(error)) from error
    return text
