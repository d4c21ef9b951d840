"""Contacts that are one and the same: found, compared, merged."""
