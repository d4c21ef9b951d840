"""Interactions from a CSV file, all or nothing."""

from .log import LogResult, log_interactions

__all__ = ["LogResult", "log_interactions"]
