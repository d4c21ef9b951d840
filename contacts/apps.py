from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "contacts"
    label = "contacts"
    verbose_name = _("Contacts")

    def ready(self) -> None:
        # Models can be imported only now.
        from contacts import history, system_checks  # noqa: F401

        history.keep_history()
