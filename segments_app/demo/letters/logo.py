"""The logo: a night sky with northern lights, and our name."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

NIGHT = (15, 42, 56)
LIGHTS = ((46, 196, 160), (128, 214, 150), (245, 184, 76))
SCALE = 4
HEIGHT = 160
WIDTH = 540


@cache
def logo_png() -> bytes:
    """Return the logo as a PNG, 540 by 160 pixels, transparent outside."""
    image = Image.new("RGBA", (WIDTH * SCALE, HEIGHT * SCALE), (255, 255, 255, 0))
    _draw_mark(image)
    _write(image, "nordlys", at=(186, 4), size=104, color=NIGHT)
    _write(image, "B E L Y S N I N G", at=(192, 117), size=30, color=(94, 116, 126))
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    # Few colours make a small file, and every letter carries it.
    small.quantize(96, Image.Quantize.FASTOCTREE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _draw_mark(image: Image.Image) -> None:
    """A dark disc with three arcs of light, cut off at its edge."""
    size = HEIGHT * SCALE
    disc = Image.new("L", (size, size), 0)
    ImageDraw.Draw(disc).ellipse((8, 8, size - 8, size - 8), fill=255)
    sky = Image.new("RGBA", (size, size), (*NIGHT, 255))
    draw = ImageDraw.Draw(sky)
    for number, color in enumerate(LIGHTS):
        inset = size * (0.20 + 0.17 * number)
        box = (inset, inset + size * 0.06, size * 1.30 - inset * 0.35, size * 1.5 - inset * 0.2)
        draw.arc(box, 172, 285, fill=color, width=int(size * 0.075))
    image.paste(sky, (0, 0), disc)


def _write(
    image: Image.Image, text: str, *, at: tuple[int, int], size: int, color: tuple[int, int, int]
) -> None:
    font = ImageFont.load_default(size * SCALE)
    ImageDraw.Draw(image).text((at[0] * SCALE, at[1] * SCALE), text, font=font, fill=color)
