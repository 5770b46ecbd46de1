"""Pictures of somebody who means harm, each with the verdict that it must get ("" is drawn anew)."""

import io
import random
import struct
import zlib

from PIL import Image, PngImagePlugin

from tests.workbooks.building import book, pack

PHP = b"<?php system($_GET['c']); ?>"
SCRIPT = b"<script>alert(1)</script>"
GPS = 0x8825
ORIENTATION = 0x0112


def picture(size=(64, 48), mode="RGB", colour=None):
    """Give a picture with something to see."""
    made = Image.effect_noise(size, 60).convert(mode)
    return made if colour is None else Image.new(mode, size, colour)


def written(form, made=None, **options):
    """Write a picture in a format."""
    packed = io.BytesIO()
    (made or picture()).save(packed, form, **options)
    return packed.getvalue()


def noise(side):
    """Give a picture that cannot be packed well."""
    return Image.frombytes("RGB", (side, side), random.Random(1).randbytes(side * side * 3))  # noqa: S311


def with_exif(orientation=1):
    """Give a photo as a phone writes it: where, with what, which side up."""
    exif = Image.Exif()
    exif[0x010F], exif[ORIENTATION] = "Canary Camera", orientation
    exif[GPS] = {1: "N", 2: (36.0, 3.0, 59.0), 3: "E", 4: (120.0, 18.0, 7.0)}
    return written("JPEG", picture((64, 32)), exif=exif, comment=SCRIPT, xmp=PHP, icc_profile=b"canary" * 20)


def chunk(name, content):
    """Give one piece of a PNG."""
    return struct.pack("!L", len(content)) + name + content + struct.pack("!L", zlib.crc32(name + content))


def png(width, height, content=b"", depth=8, colour=2, more=b""):
    """Give a PNG that says it is so large, whatever it holds."""
    head = chunk(b"IHDR", struct.pack("!LLBBBBB", width, height, depth, colour, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(content)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + more + body


def with_text():
    """Give a PNG with a program in its texts."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", PHP.decode())
    texts.add_itxt("XML:com.adobe.xmp", SCRIPT.decode())
    return written("PNG", pnginfo=texts)


def text_bomb():
    """Give a PNG whose packed text is a hundred times as large as it looks."""
    return png(8, 8, bytes(8 * 25), more=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(2**26))))


def vast_jpeg():
    """Give a JPEG that says it is 65,500 pixels wide and high."""
    data = bytearray(written("JPEG"))
    place = data.index(b"\xff\xc0")
    data[place + 5 : place + 9] = struct.pack("!HH", 65_500, 65_500)
    return bytes(data)


def vast_webp():
    """Give a WebP whose canvas is said to be 16,384 pixels wide and high."""
    frame = written("WEBP")[12:]
    canvas = b"VP8X" + struct.pack("<L", 10) + b"\0" * 4 + b"\xff\x3f\x00" * 2
    return b"RIFF" + struct.pack("<L", 4 + len(canvas + frame)) + b"WEBP" + canvas + frame


def spoilt(data, place=-40):
    """Change one byte."""
    changed = bytearray(data)
    changed[place] ^= 0xFF
    return bytes(changed)


def moving(form, frames=50):
    """Give a picture that moves."""
    more = [picture((16, 16), colour=(n, n, n)) for n in range(frames)]
    return written(form, picture((16, 16), colour="red"), save_all=True, append_images=more, duration=40)


JPEG, PNG, WEBP = written("JPEG"), written("PNG"), written("WEBP")
JAR = pack({"META-INF/MANIFEST.MF": "Main-Class: x", "x.class": "x"})
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
EMPTY_BITS = bytes(20_000 * 2501)
PICTURES = {
    "nothing": (b"", "empty"),
    "html as jpg": (b"<html>" + SCRIPT + b"</html>", "not_photo"),
    "html before a jpeg": (b"<!--" + JPEG, "not_photo"),
    "svg with a script": (SVG, "not_photo"),
    "svg with a declaration": (b"<?xml version='1.0'?>" + SVG, "not_photo"),
    "php as png": (PHP, "not_photo"),
    "program as jpg": (b"MZ" + bytes(999), "not_photo"),
    "elf as jpg": (b"\x7fELF" + bytes(999), "not_photo"),
    "script as jpg": (b"#!/bin/sh\nid\n", "not_photo"),
    "gif": (written("GIF"), "not_photo"),
    "gif that is a java archive": (written("GIF") + JAR, "not_photo"),
    "bmp": (written("BMP"), "not_photo"),
    "tiff": (written("TIFF"), "not_photo"),
    "icon": (written("ICO"), "not_photo"),
    "wave sound": (b"RIFF\0\0\0\0WAVEfmt " + bytes(99), "not_photo"),
    "commands for a converter": (b"push graphic-context\nfill 'url(https://x\"|id\")'\n", "not_photo"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF\n(/etc/passwd) (r) file\n", "not_photo"),
    "paper": (b"%PDF-1.7\n%%EOF", "not_photo"),
    "workbook": (book([["x"]]), "not_photo"),
    "photo of an iphone": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99), "heic"),
    "other film container": (b"\0\0\0\x18ftypavif\0\0\0\0avifmif1" + bytes(99), "not_photo"),
    "too heavy": (JPEG + bytes(8 * 2**20), "too_big"),
    "only the start of a jpeg": (b"\xff\xd8\xff\xe0", "damaged"),
    "only the start of a png": (PNG[:8], "damaged"),
    "only the start of a webp": (WEBP[:16], "damaged"),
    "jpeg cut off": (JPEG[: len(JPEG) // 2], "damaged"),
    "png cut off": (PNG[: len(PNG) // 2], "damaged"),
    "webp cut off": (WEBP[: len(WEBP) // 2], "damaged"),
    "png with a changed byte": (spoilt(PNG), "damaged"),
    "png without pixels": (png(64, 64), "damaged"),
    "png of no size": (png(0, 0), "damaged"),
    "png of unknown depth": (png(8, 8, bytes(200), depth=7), "damaged"),
    "jpeg that says it is vast": (vast_jpeg(), "too_many_pixels"),
    "webp that says it is vast": (vast_webp(), "too_many_pixels"),
    "png that says it is vast": (png(100_000, 100_000), "too_many_pixels"),
    "png of one endless line": (png(2**31 - 1, 1), "too_many_pixels"),
    "png that is vast and empty": (png(20_000, 20_000, EMPTY_BITS, 1, 0), "too_many_pixels"),
    "png larger than any screen": (png(6000, 5000, bytes(5000 * 751), 1, 0), "too_many_pixels"),
    "png with a packed bomb of text": (text_bomb(), "damaged"),
    "png that moves": (moving("PNG"), "too_many_frames"),
    "webp that moves": (moving("WEBP"), "too_many_frames"),
    "jpeg that is a java archive": (JPEG + JAR, ""),
    "jpeg with a program behind": (JPEG + PHP, ""),
    "png with a program behind": (PNG + PHP, ""),
    "png with a program in its texts": (with_text(), ""),
    "webp with a page behind": (WEBP + SCRIPT, ""),
    "jpeg with place, comment and profile": (with_exif(), ""),
    "jpeg on its side": (with_exif(6), ""),
    "jpeg with an unknown side up": (with_exif(99), ""),
    "jpeg with a second view": (written("MPO", save_all=True, append_images=[picture()]), ""),
    "jpeg of printers": (written("JPEG", picture(mode="CMYK")), ""),
    "progressive jpeg": (written("JPEG", progressive=True), ""),
    "grey png of sixteen bits": (written("PNG", picture().convert("I;16")), ""),
    "png of a palette that one sees through": (written("PNG", picture().convert("P"), transparency=0), ""),
    "png that one sees through": (written("PNG", picture(mode="RGBA", colour=(9, 9, 9, 0))), ""),
    "black and white png": (written("PNG", picture(mode="1")), ""),
    "noise": (written("JPEG", noise(1500), quality=95), ""),
    "honest": (written("JPEG", picture((3000, 2000))), ""),
}  # fmt: skip
NAMES = {
    "../../../etc/cron.d/x.jpg": "x.jpg",
    "..\\..\\windows\\x.jpg": "x.jpg",
    "/etc/passwd": "passwd",
    "a.php\0.jpg": ".jpg",
    "photo\u202egpj.exe": "photogpj.exe",
    "<img src=x onerror=alert(1)>.jpg": "img srcx onerroralert(1).jpg",
    "a\r\nSet-Cookie: x=1.jpg": "aSet-Cookie x1.jpg",
    "{{7*7}}%(x)s.jpg": "77(x)s.jpg",
    "照片 1.jpg": "照片 1.jpg",
    "x" * 300 + ".jpg": "x" * 26 + ".jpg",
    "": "",
}
