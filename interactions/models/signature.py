from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models import Salesperson

from .document import Document


class SignatureQuerySet(models.QuerySet["Signature"]):
    def pairs(self) -> "models.QuerySet[Signature, tuple[int, int]]":
        """Salesperson and document, as keys."""
        return self.order_by("salesperson").values_list("salesperson_id", "document_id")


class Signature(models.Model):
    """How a salesperson signs: a picture that letters show."""

    salesperson = models.OneToOneField(
        Salesperson,
        on_delete=models.DB_CASCADE,
        related_name="signature",
        verbose_name=_("salesperson"),
    )
    document = models.ForeignKey(
        Document, on_delete=models.DO_NOTHING, related_name="signatures", verbose_name=_("picture")
    )

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        # Who may change a salesperson may change the signature.
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.document)
