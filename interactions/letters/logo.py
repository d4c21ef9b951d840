"""Whether a file can be our logo, or a salesperson's signature."""

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image

from .picture import FORMATS

MAX_LOGO_SIZE = 2 * 2**20
MAX_SIGNATURE_SIZE = 2**19
MAX_PIXELS = 4_000_000


def logo_problem(data: bytes) -> str:
    """Return why `data` cannot be our logo, in words for people; "" if it can.

    It goes into every letter, so it must be small.
    """
    return _problem(data, MAX_LOGO_SIZE)


def signature_problem(data: bytes) -> str:
    """Return why `data` cannot be a signature, in words for people; "" if it can."""
    return _problem(data, MAX_SIGNATURE_SIZE)


def _problem(data: bytes, most: int) -> str:
    if len(data) > most:
        limit = f"{most // 2**20} MB" if most >= 2**20 else f"{most // 2**10} kB"
        return _("The picture is larger than %(limit)s.") % {"limit": limit}
    try:
        return _size_problem(data)
    except Exception:  # Whatever a damaged picture can make its reader do.
        return _("The file is not a PNG or JPEG picture.")


def _size_problem(data: bytes) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=tuple(FORMATS)) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS:
                limit = MAX_PIXELS // 10**6
                return _("The picture has more than %(limit)s million pixels.") % {"limit": limit}
            picture.load()
    return ""
