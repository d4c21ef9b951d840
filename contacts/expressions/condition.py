from typing import Any

from contacts.conditions import Condition, Text

from .expression import Expression
from .field import ExpressionField
from .kind import Kind


class Expressed(Condition):
    """A condition typed as a filter expression (D4, R30).

    `lookup` is the path to the column that is asked, `subject` what a sentence calls it.
    """

    field_class = ExpressionField

    def __init__(self, *, kind: Kind, lookup: str, subject: Text, **kwargs: Any) -> None:
        self.lookup, self.subject = lookup, subject
        super().__init__(kind=kind, **kwargs)

    def filter(self, contacts: Any, value: Expression | None) -> Any:
        return contacts.filter(value.q(self.lookup)) if value else contacts

    def say(self, value: Expression) -> str:
        return value.say(self.subject)

    def words(self, value: Expression) -> list[Text]:
        return [value.words()]

    def texts(self, value: Expression) -> list[str]:
        return [value.text]
