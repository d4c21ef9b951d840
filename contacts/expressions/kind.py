from enum import StrEnum


class Kind(StrEnum):
    """What the values of a condition are, and so how they are read and compared.

    `CODE` is text whose case does not matter and whose numbers are compared as numbers: contact
    numbers, postal codes, codes of groups.
    """

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DATE = "date"
