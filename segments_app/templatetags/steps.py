"""The panel of steps beside every page of the worksheet."""

from collections.abc import Iterable, Sequence

from django import template

from segments_app.models import Segment, SegmentStep
from segments_app.option_words import in_words
from segments_app.panel import Panel, panel_of
from segments_app.plan import PlannedStep

register = template.Library()


@register.simple_tag
def steps_panel(segment: Segment, steps: Sequence[SegmentStep]) -> Panel:
    """The panel without what each move would do: that is counted afterwards."""
    return panel_of(segment, steps)


@register.filter
def options_in_words(step: PlannedStep) -> str:
    """The options that a step is done with, as their form calls them."""
    return in_words(step.options)


@register.filter
def names_in_words(names: Iterable[str]) -> str:
    """The same of options that are chosen on a page."""
    return in_words(names)
