from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.Model):
    """A language that letters are written in. The code is the one of the browser: `da`, `en`."""

    code = models.CharField(_("code"), max_length=10, primary_key=True)
    name = models.CharField(_("name"), max_length=50)
    is_default = models.BooleanField(
        _("default"),
        default=False,
        help_text=_("Salutations missing in another language are taken from this one."),
    )

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="one_default_language",
                violation_error_message=_("Another language is the default already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
