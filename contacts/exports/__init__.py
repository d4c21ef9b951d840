"""Export of contacts to files: CSV and Excel."""

from .files import KINDS
from .rows import export_rows, ordered
from .workbook import Number

__all__ = ["KINDS", "Number", "export_rows", "ordered"]
