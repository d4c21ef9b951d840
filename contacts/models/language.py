from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language_info
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
        """ "Dansk" -> "Danish", in the language of the page; a name of our own stays."""
        is_usual = self.name == language_name(self.code, "name_local")
        return language_name(self.code) if is_usual else self.name


def language_name(code: str, which: str = "name_translated") -> str:
    """ "da" -> "Danish", in the language of the page; `name_local` in its own: "Dansk"."""
    try:
        return str(capfirst(get_language_info(code)[which])) if code else ""
    except KeyError:
        return code
