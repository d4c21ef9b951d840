"""What a field of Word says: its kind, its words, its switches."""

import re
from dataclasses import dataclass

QUOTES = '"“”„'
# A text in quotation marks, a switch, or a word. A switch may touch what follows it.
TOKEN = re.compile(
    rf"""[{QUOTES}](?P<quoted>(?:\\.|[^\\{QUOTES}])*)[{QUOTES}]?"""
    rf"""|(?P<switch>\\[^\s\\{QUOTES}])|(?P<word>[^\s\\{QUOTES}]+)|\\\\?""",
    re.DOTALL,
)
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
ALONE = ("\\m", "\\v", "\\d")


@dataclass(frozen=True, slots=True)
class Instruction:
    """`kind` is in capitals. Switches are letter and text, in their order; "" is no text."""

    kind: str
    words: tuple[str, ...]
    switches: tuple[tuple[str, str], ...]

    def switch(self, letter: str) -> str:
        """Return the text of the last switch `letter`, or ""."""
        return next((text for name, text in reversed(self.switches) if name == letter), "")


def read_instruction(text: str) -> Instruction:
    """Read a field's text, such as ` MERGEFIELD Name \\* Upper `."""
    words: list[str] = []
    switches: list[tuple[str, str]] = []
    waiting = False
    for token in TOKEN.finditer(text):
        if switch := token["switch"]:
            switches.append((switch[1].lower(), ""))
            waiting = switch.lower() not in ALONE
            continue
        value = _value(token)
        if value is None:
            continue
        if waiting:
            switches[-1] = (switches[-1][0], value)
            waiting = False
        else:
            words.append(value)
    kind = words[0].upper() if words else ""
    return Instruction(kind, tuple(words[1:]), tuple(switches))


def _value(token: re.Match[str]) -> str | None:
    quoted: str | None = token["quoted"]
    return token["word"] if quoted is None else ESCAPED.sub(r"\1", quoted)
