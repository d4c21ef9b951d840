"""Export of contacts to files: CSV and Excel."""

from .files import KINDS
from .rows import export_rows, ordered

__all__ = ["KINDS", "export_rows", "ordered"]
