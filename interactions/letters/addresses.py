"""Addresses in letters are written as on pages."""

from contacts.addresses import address_block, with_alternative

__all__ = ["address_block", "with_alternative"]
