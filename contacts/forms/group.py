"""Forms for groups, and for the groups of a contact."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from contacts.members import groups_for
from contacts.models import Contact
from contacts.models.group import Group
from contacts.widgets import Several


def group_form(kind: type[Group]) -> type[forms.ModelForm[Any]]:
    """Return the form for a group of the kind: its code and description."""
    form: type[forms.ModelForm[Any]] = forms.modelform_factory(
        kind, form=GroupForm, fields=["code", "description"]
    )
    return form


class GroupForm(forms.ModelForm[Any]):
    """Code and description, side by side."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Row(
                Column(Field("code"), css_class="col-sm-4"),
                Column(Field("description"), css_class="col-sm-8"),
                css_class="fields",
            )
        )


class ContactGroupsForm(forms.Form):
    """All groups of one contact: the kinds that contacts of its type can be in (R18-R21)."""

    def __init__(self, contact: Contact, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = groups_for(contact.type)
        for kind in self.kinds:
            label = capfirst(str(kind._meta.verbose_name_plural))
            self.fields[kind.CONTACT_FIELD] = forms.ModelMultipleChoiceField(
                queryset=kind._default_manager.all(),
                initial=getattr(contact, kind.CONTACT_FIELD).all(),
                required=False,
                label=label,
                widget=Several({"title": label}, none=_("None")),
            )

    def chosen(self) -> dict[type[Group], Any]:
        """Return the groups that were ticked, by kind."""
        return {kind: self.cleaned_data[kind.CONTACT_FIELD] for kind in self.kinds}
