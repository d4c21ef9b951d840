"""Whether a file can be our logo."""

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image

from .pictures import FORMATS

MAX_LOGO_SIZE = 2 * 2**20
MAX_PIXELS = 4_000_000


def logo_problem(data: bytes) -> str:
    """Return why `data` cannot be our logo, in words for people; "" if it can.

    It goes into every letter, so it must be small.
    """
    if len(data) > MAX_LOGO_SIZE:
        return _("The picture is larger than %(limit)s MB.") % {"limit": MAX_LOGO_SIZE // 2**20}
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
