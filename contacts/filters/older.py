"""Conditions of earlier versions, in bookmarks and saved criteria, as they are asked today."""

from collections.abc import Callable

from django.utils.datastructures import MultiValueDict

Data = MultiValueDict[str, str]


def into_range(data: Data, first: str, last: str, name: str) -> None:
    """Replace two conditions, from and to, by one expression: "6000..9999"."""
    if first not in data and last not in data:
        return
    ends = [data.get(end, "").strip() for end in (first, last)]
    for end in (first, last):
        data.pop(end, None)
    if any(ends):
        add(data, name, "..".join(ends))


def add(data: Data, name: str, expression: str) -> None:
    """Ask for `expression` besides what `name` asks already."""
    asked = data.get(name, "")
    data[name] = f"({asked})&({expression})" if asked else expression


def postal_codes(data: Data) -> None:
    """`postal_code_from` and `postal_code_to` are one `postal_code` now."""
    into_range(data, "postal_code_from", "postal_code_to", "postal_code")


Older = Callable[[Data], None]
