from contacts.management.commands import export_contacts
from segments_app.filters import SelectionFilter


class Command(export_contacts.Command):
    """The export of contacts, which can ask here for what happened and for segments too."""

    filter_class = SelectionFilter
