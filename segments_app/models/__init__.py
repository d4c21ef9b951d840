"""The worksheet: segments, their lines and steps, and saved criteria."""

from .change import SegmentChange
from .document import SegmentDocument
from .line import OVERRIDES, OWN, SegmentLine
from .saved_criteria import SavedCriteria, SavedStep
from .segment import Segment
from .step import SegmentStep

__all__ = [
    "OVERRIDES",
    "OWN",
    "SavedCriteria",
    "SavedStep",
    "Segment",
    "SegmentChange",
    "SegmentDocument",
    "SegmentLine",
    "SegmentStep",
]
