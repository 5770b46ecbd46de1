"""Drawing a picture anew: what is kept was made here, pixel by pixel, and carries nothing else.

Only a child does this (`files.rules.child`): decoders of pictures are large and old.
"""

import io
import warnings

from PIL import Image, ImageOps

from pairing.files.rules.kinds import FileKind
from pairing.files.rules.refusals import FileRefused, refuse

FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}
MOST_PIXELS = {FileKind.JPEG: 64_000_000, FileKind.PNG: 24_000_000, FileKind.WEBP: 24_000_000}
MOST_FRAMES = 3  # a phone keeps a preview or a second view beside the photo
SIDE = 1600
MOST_KEPT = 400_000
STEPS = ((SIDE, 85), (SIDE, 75), (SIDE, 60), (1280, 60), (1024, 50), (800, 40))  # side, quality
UNREADABLE = (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError, RuntimeError)

Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
warnings.simplefilter("error", Image.DecompressionBombWarning)


def redraw(data: bytes, kind: FileKind) -> bytes:
    """Return the picture as a JPEG of at most 1,600 pixels a side; FileRefused if it cannot be drawn."""
    try:
        with Image.open(io.BytesIO(data), formats=[FORMATS[kind]]) as picture:
            _refuse_size(picture, kind)
            return _squeeze(_flat(_small(picture)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refuse("too_many_pixels") from error
    except FileRefused:
        raise
    except UNREADABLE as error:
        raise refuse("damaged") from error


def _refuse_size(picture: Image.Image, kind: FileKind) -> None:
    """Refuse by what the file declares, before anything is unpacked."""
    width, height = picture.size
    if width * height > MOST_PIXELS[kind]:
        raise refuse("too_many_pixels")
    if getattr(picture, "n_frames", 1) > MOST_FRAMES:
        raise refuse("too_many_frames")


def _small(picture: Image.Image) -> Image.Image:
    """Make it small first, which a JPEG does while it is read, and turn it as the camera was held."""
    picture.draft("RGB", (SIDE, SIDE))
    if picture.mode not in ("L", "RGB", "RGBA"):
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail((SIDE, SIDE), reducing_gap=2.0)
    return ImageOps.exif_transpose(picture)


def _flat(picture: Image.Image) -> Image.Image:
    """Paint it on a white sheet of its own, to which nothing of the file sticks."""
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture.convert("RGB"), mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return sheet


def _squeeze(picture: Image.Image) -> bytes:
    """Write it at the best quality that is small enough."""
    written = b""
    for side, quality in STEPS:
        picture.thumbnail((side, side))
        packed = io.BytesIO()
        picture.save(packed, "JPEG", quality=quality, optimize=True)
        written = packed.getvalue()
        if len(written) <= MOST_KEPT:
            break
    return written
