from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.privacy.erase import without_name

from .line import SegmentLine, SegmentLineQuerySet
from .segment import Segment


class SegmentStepQuerySet(models.QuerySet["SegmentStep"]):
    def forget(self, name: str) -> None:
        """Let the sentences of these steps name `name` no more."""
        for step in self:
            if name in "".join(step.sentences.values()):
                step.sentences = without_name(step.sentences, name)
                step.save(update_fields=["sentences"])

    def with_who(self) -> Self:
        """Fetch who did each step, in the same query."""
        return self.select_related("created_by")

    def that_did(self, number: int) -> "SegmentStep | None":
        """The step that a line means by its `added_step` or `removed_step`.

        Some steps take several numbers, of which they bear the last.
        """
        return self.filter(number__gte=number).first()

    def up_to(self, number: int) -> Self:
        return self.filter(number__lte=number)

    def beyond(self, number: int) -> Self:
        return self.filter(number__gt=number)


class SegmentStep(models.Model):
    """One action a person can name: the undo history and the list of criteria (D5)."""

    class Action(models.TextChoices):
        ADD = "add", _("Added")
        REDUCE = "reduce", _("Took out")
        REFINE = "refine", _("Kept only")
        ADD_BY_HAND = "add_by_hand", _("Added by hand")
        REMOVE_BY_HAND = "remove_by_hand", _("Removed by hand")
        REUSE = "reuse", _("Reused")
        REBUILD = "rebuild", _("Rebuilt")
        REFRESH = "refresh", _("Refreshed")
        SAMPLE = "sample", _("Kept a sample")
        SPLIT = "split", _("Split")
        HOLD_OUT = "hold_out", _("Held out")
        ONE_PER = "one_per", _("Kept one of each")

    CRITERIA_ACTIONS = (Action.ADD, Action.REDUCE, Action.REFINE)
    # Picks by hand: single contacts, which no criteria hold (D6).
    PICKS = (Action.ADD_BY_HAND, Action.REMOVE_BY_HAND)
    # Steps that did a whole plan anew; it stands in their criteria, see `segments_app.plan`.
    REBUILDING = (Action.REBUILD, Action.REFRESH)

    segment = models.ForeignKey(Segment, on_delete=models.DB_CASCADE, related_name="steps")
    number = models.PositiveIntegerField(_("number"))
    action = models.CharField(_("action"), max_length=20, choices=Action)
    # Parameters of the selection; for REUSE the number of the logged segment; for REBUILD and
    # REFRESH the plan that was done; for SAMPLE, SPLIT, HOLD_OUT and ONE_PER what was asked.
    criteria = models.JSONField(default=dict)
    # What was done, in words, by language of the pages.
    sentences = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    added = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    # Reason -> number of contacts that matched and were not added.
    skipped = models.JSONField(default=dict)
    lines_after = models.PositiveIntegerField(default=0)
    # The saved criteria that the step came from.
    saved_criteria = models.ForeignKey(
        "segments.SavedCriteria",
        on_delete=models.DB_SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="done_as",
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DB_SET_NULL, null=True, blank=True
    )

    objects = SegmentStepQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["segment", "number"], name="step_number_in_segment")
        ]

    def __str__(self) -> str:
        return f"{self.segment.number} {self.number} {self.get_action_display()}"

    @property
    def skipped_count(self) -> int:
        return sum(self.skipped.values())

    def added_lines(self) -> SegmentLineQuerySet:
        """The lines that the step put on the sheet, whatever became of them."""
        return self._lines.filter(added_step__range=self._numbers)

    def removed_lines(self) -> SegmentLineQuerySet:
        """The lines that the step took off the sheet."""
        return self._lines.filter(removed_step__range=self._numbers)

    @property
    def _lines(self) -> SegmentLineQuerySet:
        return SegmentLine.objects.filter(segment=self.segment_id)

    @property
    def _numbers(self) -> tuple[int, int]:
        """The first and last number of the step, see `that_did`."""
        if self.action not in self.REBUILDING:
            return self.number, self.number
        before = SegmentStep.objects.filter(segment=self.segment_id, number__lt=self.number).last()
        return before.number + 1 if before else 1, self.number
