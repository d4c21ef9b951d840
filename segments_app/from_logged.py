"""Contacts of logged segments, combined: a short way of writing criteria (D17)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interactions.models import Evaluation, LoggedSegment
from segments_app.criteria import Criteria, CriteriaError, Parameters


class Outcome(TextChoices):
    """What became of the interactions that are asked for."""

    ANY = "", _("Everyone")
    RESPONDED = "responded", _("Who responded")
    NOT_RESPONDED = "not_responded", _("Who did not respond")
    DELIVERY_FAILED = "delivery_failed", _("Whose delivery failed")
    ATTEMPT_FAILED = "attempt_failed", _("With whom the attempt failed")
    EVALUATED = "evaluated", _("With an evaluation")


# The conditions on an interaction of the logged segments that an outcome is.
OF_INTERACTIONS: dict[str, Parameters] = {
    Outcome.DELIVERY_FAILED: {"interaction_delivery": ["failed"]},
    Outcome.ATTEMPT_FAILED: {"interaction_attempt_failed": ["yes"]},
    Outcome.EVALUATED: {},
}


@dataclass(frozen=True)
class FromLogged:
    """In any of some logged segments, in all of some, in none of some; and with what outcome.

    `evaluations` are asked with the outcome EVALUATED; none of them means any.
    """

    any_of: Sequence[LoggedSegment] = ()
    all_of: Sequence[LoggedSegment] = ()
    none_of: Sequence[LoggedSegment] = ()
    outcome: str = Outcome.ANY
    evaluations: Sequence[str] = field(default=())

    def criteria(self) -> Criteria:
        """The same as criteria. Raises `CriteriaError` when nobody is asked for."""
        if not self.names_somebody:
            raise CriteriaError(
                [gettext("Choose at least one logged segment that contacts come from.")]
            )
        return Criteria.from_parameters(self.parameters())

    @property
    def names_somebody(self) -> bool:
        """Whether there is a logged segment that contacts come from."""
        return bool(self.any_of or self.all_of)

    @property
    def alone(self) -> LoggedSegment | None:
        """The logged segment, where all contacts of one are meant and nothing else is asked."""
        only = len(self.any_of) + len(self.all_of) == 1 and not self.none_of and not self.outcome
        return [*self.any_of, *self.all_of][0] if only else None

    def parameters(self) -> Parameters:
        """The conditions by their names, without those that are not asked."""
        asked = {
            "logged_segments": _numbers(self.any_of),
            "logged_segments_all": _numbers(self.all_of),
            "logged_segments_not": _numbers(self.none_of),
            **self._outcome(),
        }
        return {name: values for name, values in asked.items() if values}

    def _outcome(self) -> Parameters:
        of = _numbers([*self.any_of, *self.all_of])
        if self.outcome == Outcome.RESPONDED:
            return {"responded_to": of}
        if self.outcome == Outcome.NOT_RESPONDED:
            return {"responded_to_not": of}
        if self.outcome not in OF_INTERACTIONS:
            return {}
        asked = {"interactions": ["has"], "interaction_logged_segment": of}
        if self.outcome == Outcome.EVALUATED:
            asked["interaction_evaluation"] = list(self.evaluations or Evaluation.values)
        return asked | OF_INTERACTIONS[self.outcome]


def _numbers(segments: Sequence[LoggedSegment]) -> list[str]:
    return [segment.number for segment in segments]
