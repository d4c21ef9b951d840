"""The task worker of the tests: does what waits, and comes back."""

from django_tasks_db.models import DBTaskResult


def work() -> None:
    """Do all tasks that are due, those included that they add."""
    while (waiting := DBTaskResult.objects.ready().first()) is not None:
        waiting.claim("test")
        try:
            waiting.task.call(*waiting.task_result.args, **waiting.task_result.kwargs)
        except Exception as error:
            waiting.set_failed(error)
        else:
            waiting.set_successful(None)
