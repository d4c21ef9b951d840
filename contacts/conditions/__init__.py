"""What a condition on contacts is made of: it narrows, and it says itself in a sentence."""

from .condition import UNKNOWN, YES_NO, Condition, OneOf, YesNo
from .dated import InForce, OnDay, days
from .group import GROUPS, Group, Text
from .pick import AnyObject, AnyOf, Lists, ObjectsField, OneCompany, SeveralField
from .reachable import Reachable
from .related import HAS, HAS_NOT, Asked, Belonging, How, InGroups, Related, members

__all__ = [
    "GROUPS",
    "HAS",
    "HAS_NOT",
    "UNKNOWN",
    "YES_NO",
    "AnyObject",
    "AnyOf",
    "Asked",
    "Belonging",
    "Condition",
    "Group",
    "How",
    "InForce",
    "InGroups",
    "Lists",
    "ObjectsField",
    "OnDay",
    "OneCompany",
    "OneOf",
    "Reachable",
    "Related",
    "SeveralField",
    "Text",
    "YesNo",
    "days",
    "members",
]
