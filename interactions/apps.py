from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InteractionsConfig(AppConfig):
    name = "interactions"
    label = "interactions"
    verbose_name = _("Interactions")

    def ready(self) -> None:
        # Models can be imported only now.
        from interactions import history

        history.keep_history()
