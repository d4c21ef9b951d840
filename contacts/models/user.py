from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Someone who signs in. The salesperson they are is `user.salesperson`."""

    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("The language of the pages. Empty: as the browser asks."),
    )

    def __str__(self) -> str:
        return self.get_full_name() or self.username
