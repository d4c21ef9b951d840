from django.db import models
from django.utils import timezone


class SendingPace(models.Model):
    """When the next e-mail may go out, whoever sends it: one row for all workers."""

    next_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.next_at)
