"""The file to import."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label=_("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"})
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_IMPORT_SIZE:
            message = gettext("The file is larger than %(limit)s. Divide it into several files.")
            limit = filesizeformat(settings.MAX_IMPORT_SIZE)
            raise forms.ValidationError(message % {"limit": limit})
        return file
