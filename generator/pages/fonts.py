"""Make the site's fonts: the characters of Source Sans and Source Serif that English and Welsh need."""

from collections.abc import Iterator
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from generator.pages.kept import keep, version

FACES = {
    "regular": ("font_source_sans_pro", "SourceSansPro-Regular.otf"),
    "italic": ("font_source_sans_pro", "SourceSansPro-It.otf"),
    "semibold": ("font_source_sans_pro", "SourceSansPro-Semibold.otf"),
    "serif": ("font_source_serif_pro", "SourceSerifPro-Regular.otf"),
}
"""The faces that `fonts.css` declares, each with its package and its file there."""
CHARACTERS = [
    *range(0x20, 0x7F),  # ASCII
    *range(0xA0, 0x180),  # accents, also ŵ and ŷ
    *range(0x2010, 0x203B),  # dashes, quotation marks, the ellipsis
    *map(ord, "ẀẁẂẃẄẅỲỳ"),  # rare accents of Welsh
    *map(ord, "€™←↑→↓−✓"),
]
LICENCE = [0, 13, 14]
"""Entries of the font's own table of names: copyright, licence, and its address. The licence asks to keep them."""


def make_fonts() -> Iterator[tuple[str, bytes]]:
    """Yield the address of each font, from the root of the site, and its content."""
    for face in FACES:
        yield f"assets/fonts/{face}.woff2", make_font(face)


@cache  # a live preview builds the site again and again
def make_font(face: str) -> bytes:
    """Return the content of a font. It takes longer than many pages, so it is kept."""
    package, file = FACES[face]
    source = (files(package) / "files" / file).read_bytes()
    recipe = source + Path(__file__).read_bytes() + version("fonttools").encode() + version("brotli").encode()
    return keep(".woff2", recipe, partial(subset_font, source))


def subset_font(source: bytes) -> bytes:
    """Return a part of a font. It has no name, because the licence reserves the name for the whole font."""
    from fontTools import subset  # type: ignore[import-untyped]  # slow to load, and rarely needed

    options = subset.Options(
        flavor="woff2",
        layout_features=["ccmp", "kern", "liga", "locl", "mark"],
        hinting=False,
        desubroutinize=True,
        name_IDs=LICENCE,
        obfuscate_names=True,
    )
    font = subset.load_font(BytesIO(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    content = BytesIO()
    subset.save_font(font, content, options)
    return content.getvalue()
