"""What a person can do with a segment: one function per action that has a name.

Each takes who did it (`by`), works in one transaction with the segment locked, refuses first
(`segments_app.errors.Refused`), then acts, and returns what it did.
"""

from .by_hand import add_by_hand, add_list, remove_by_hand
from .documents import put_document, remove_document
from .follow_up import follow_up, follow_up_entries
from .header import change_header, create_segment, delete_segment
from .history import go_back, go_forward, go_to, lines_count, reset
from .lines import change_line, inherit_line, keep_letter, put_letter, remove_letter
from .logging import log_segment
from .rebuilding import rebuild, refresh
from .replaying import replay
from .reuse_as_new import reuse_as_new
from .reusing import reuse_logged_segment
from .saved_criteria import (
    change_criteria,
    change_criteria_steps,
    create_criteria,
    reuse_criteria,
    save_criteria,
)
from .selecting import add_contacts, reduce_contacts, refine_contacts
from .thinning import hold_out, keep_one_per, keep_sample, split

__all__ = [
    "add_by_hand",
    "add_contacts",
    "add_list",
    "change_criteria",
    "change_criteria_steps",
    "change_header",
    "change_line",
    "create_criteria",
    "create_segment",
    "delete_segment",
    "follow_up",
    "follow_up_entries",
    "go_back",
    "go_forward",
    "go_to",
    "hold_out",
    "inherit_line",
    "keep_letter",
    "keep_one_per",
    "keep_sample",
    "lines_count",
    "log_segment",
    "put_document",
    "put_letter",
    "rebuild",
    "reduce_contacts",
    "refine_contacts",
    "refresh",
    "remove_by_hand",
    "remove_document",
    "remove_letter",
    "replay",
    "reset",
    "reuse_as_new",
    "reuse_criteria",
    "reuse_logged_segment",
    "save_criteria",
    "split",
]
