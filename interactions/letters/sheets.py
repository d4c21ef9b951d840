"""Sheets of labels as they are sold."""

from dataclasses import dataclass

A4 = (210.0, 297.0)
US_LETTER = (215.9, 279.4)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lengths in millimetres. The steps are from one label's edge to the next one's."""

    name: str
    paper: tuple[float, float]
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    step_across: float
    step_down: float

    @property
    def count(self) -> int:
        """Labels on a sheet."""
        return self.columns * self.rows

    def __str__(self) -> str:
        return f"{self.name} ({self.columns} × {self.rows}, {self.width:g} × {self.height:g} mm)"


def _without_gaps(height: float, width: float, columns: int) -> Sheet:
    """R240: eight rows that fill an A4 sheet from side to side."""
    top = (A4[1] - 8 * height) / 2
    name = f"{height:g} × {width:g}"
    return Sheet(name, A4, columns, 8, width, height, 0, top, width, height)


SHEETS = {
    "L7160": Sheet("Avery L7160", A4, 3, 7, 63.5, 38.1, 7.25, 15.15, 66.0, 38.1),
    "L7163": Sheet("Avery L7163", A4, 2, 7, 99.1, 38.1, 4.65, 15.15, 101.6, 38.1),
    "5160": Sheet("Avery 5160", US_LETTER, 3, 10, 66.675, 25.4, 4.7625, 12.7, 69.85, 25.4),
    "36x70": _without_gaps(36, 70, 3),
    "37x70": _without_gaps(37, 70, 3),
    "36x105": _without_gaps(36, 105, 2),
    "37x105": _without_gaps(37, 105, 2),
}
