"""A picture as a letter shows it: its kind, its size, and the element that stands for it."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from PIL import Image

from .word_fields.structure import Element

FORMATS = {"PNG": "png", "JPEG": "jpeg"}
EMU_PER_INCH, EMU_PER_MM = 914_400, 36_000
USUAL_DPI = 96
DRAWING = """
<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"
/><wp:docPr id="{number}" name="{name}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData
 uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr
 id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip
 r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off
 x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst
/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>
""".strip()


@dataclass(frozen=True, slots=True)
class Space:
    """The room a picture may take, in Word's unit. A larger one is made smaller."""

    width: int
    height: int


LETTERHEAD = Space(80 * EMU_PER_MM, 30 * EMU_PER_MM)
SIGNATURE = Space(60 * EMU_PER_MM, 20 * EMU_PER_MM)


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG file that was checked when it was uploaded. `key` tells pictures apart."""

    data: bytes
    key: str = ""
    space: Space = LETTERHEAD

    @cached_property
    def _facts(self) -> tuple[str, int, int]:
        """Ending and size in Word's unit: its own, but never larger than its space."""
        with Image.open(io.BytesIO(self.data), formats=tuple(FORMATS)) as image:
            dpi = [float(value) or USUAL_DPI for value in image.info.get("dpi", (USUAL_DPI,) * 2)]
            sizes = [
                pixels / max(per_inch, 1.0) * EMU_PER_INCH
                for pixels, per_inch in zip(image.size, dpi, strict=True)
            ]
            kind = FORMATS[str(image.format)]
        scale = min(1.0, self.space.width / sizes[0], self.space.height / sizes[1])
        return kind, max(round(sizes[0] * scale), 1), max(round(sizes[1] * scale), 1)

    @property
    def ending(self) -> str:
        """`png` or `jpeg`."""
        return self._facts[0]

    @property
    def relation(self) -> str:
        """The name by which a part of a letter knows it."""
        return f"rIdPicture{self.key}"

    @property
    def file(self) -> str:
        """Its name in a letter."""
        return f"word/media/picture_{self.key}.{self.ending}"

    @property
    def values(self) -> Mapping[str, str]:
        """What `drawing` needs to know of it, as texts."""
        _kind, width, height = self._facts
        return {"relation": self.relation, "width": str(width), "height": str(height)}


def drawing(number: int, name: str, values: Mapping[str, str]) -> Element:
    """Return the element that shows a picture in a line of text."""
    return etree.fromstring(DRAWING.format(number=number, name=name, **values))
