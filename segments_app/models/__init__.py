"""The worksheet: segments, their lines and steps, and saved criteria."""

from .change import SegmentChange
from .document import SegmentDocument
from .line import OVERRIDES, OWN, SegmentLine
from .line_edit import LineBefore, LineEdit
from .saved_criteria import SavedCriteria, SavedStep
from .segment import Segment
from .step import SegmentStep

__all__ = [
    "OVERRIDES",
    "OWN",
    "LineBefore",
    "LineEdit",
    "SavedCriteria",
    "SavedStep",
    "Segment",
    "SegmentChange",
    "SegmentDocument",
    "SegmentLine",
    "SegmentStep",
]
