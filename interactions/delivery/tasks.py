"""What the task worker does for deliveries."""

from django.tasks import task
from django.utils import timezone

from interactions.models import DeliveryJob
from interactions.models.delivery_job import DEAD_AFTER

from .sending import send_some, settle_abandoned


@task
def send(pk: int) -> None:
    """Send e-mails of a job for a while, and come back for the rest."""
    if go_on := send_some(pk):
        send.using(run_after=go_on).enqueue(pk)


@task
def look_after(pk: int) -> None:
    """Go on with a job whose worker died; look again later while it is open."""
    if DeliveryJob.objects.open().filter(pk=pk).exists():
        watch(pk)  # Before anything else: whoever looks after it may die, too.
    revive()


def watch(pk: int) -> None:
    """Have a worker look after the job when its own could be dead."""
    look_after.using(run_after=timezone.now() + DEAD_AFTER).enqueue(pk)


def revive() -> int:
    """Have other workers go on with all jobs whose worker died; return how many there are."""
    settle_abandoned()
    stalled = list(DeliveryJob.objects.stalled().values_list("pk", flat=True))
    for pk in stalled:
        send.enqueue(pk)
    return len(stalled)
