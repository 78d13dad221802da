"""Draw the pictures that the site shows elsewhere: one for links to it, with its name, and its icon for phones."""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from generator.pages.fonts import FACES
from generator.pages.kept import keep, version

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 630
"""The size of the picture for links, in pixels. Other sites ask for it."""
ICONS = {"180": (180, True), "192": (192, False), "512": (512, False), "maskable": (512, True)}
"""The name of each icon, its size in pixels, and whether the phone cuts its shape out of a full square."""
FINE = 4
"""Everything is drawn this many times larger and then made smaller, for smooth edges."""

TEAL, PAPER, GOLD = "#0f4f55", "#fdfbf7", "#e9b04a"
STEPS = [("#e2f0e5", "#2b7348"), ("#fbecd2", "#9a5400"), ("#f1e4f5", "#6a2b78")]
"""The soft and the strong colour of each grade."""
MARGIN = 72
STEP, FIRST_STEP = 104, 510
"""How much higher each step is than the one before, and where the top of the first one is."""

MARK = [(6, 25), (12, 25), (12, 20), (19, 20), (19, 14), (26, 14), (26, 8)]
"""The line of the icon in a square of 32. It is the same as in `mark.svg`, which a test compares."""
MARK_LINE, MARK_DOT, MARK_RADIUS, MARK_CORNER = 3, (8.5, 15), 2.5, 7
SAFE = 0.85
"""How large the mark is in a full square: phones cut off what is outside a circle of 80 % of its width."""


def make_icons() -> Iterator[tuple[str, bytes]]:
    """Yield the address of each icon, from the root of the site, and its content."""
    for name, (size, is_full) in ICONS.items():
        yield f"assets/icons/{name}.png", keep_picture(f"{name} {size}", partial(draw_icon, size, is_full=is_full))


def make_link_picture(name: str, grades: Sequence[str]) -> bytes:
    """Return the picture that other sites show with a link: the site's name, and stairs with the grades' names."""
    return keep_picture("\n".join([name, *grades]), partial(draw_link_picture, name, grades))


def keep_picture(subject: str, draw: "partial[Image.Image]") -> bytes:
    """Return a picture as PNG: the kept one, or a new one of this subject."""
    versions = [version(name) for name in ("pillow", "fonttools", "font-source-sans-pro")]
    recipe = "\n".join([subject, *versions]).encode() + Path(__file__).read_bytes()

    def save() -> bytes:
        content = BytesIO()
        draw().save(content, "PNG", optimize=True)
        return content.getvalue()

    return keep(".png", recipe, save)


# --- The picture for links -------------------------------------------------------------------------------------------


def draw_link_picture(name: str, grades: Sequence[str]) -> "Image.Image":
    """Return the picture for links."""
    from PIL import Image, ImageDraw  # slow to load, and rarely needed

    picture = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), TEAL)
    draw = ImageDraw.Draw(picture)
    width = WIDTH / len(STEPS)
    for number, ((soft, strong), grade) in enumerate(zip(STEPS, grades, strict=True)):
        left, top = width * number, FIRST_STEP - STEP * number
        fill_rectangle(draw, (left, top, left + width, HEIGHT), soft)
        fill_rectangle(draw, (left, HEIGHT - 14, left + width, HEIGHT), strong)
        start = left + (MARGIN / 2 if number else MARGIN)
        size = next(size for size in range(40, 0, -2) if Letters(size).measure(grade) < left + width - start)
        Letters(size).write(draw, (start, top + 64), grade, strong)
    radius = 34
    fill_circle(draw, (MARGIN + radius, FIRST_STEP - radius), radius, GOLD)

    room = FIRST_STEP - STEP * (len(STEPS) - 1)  # above the highest step
    letters, lines = fit_words(name, WIDTH - 2 * MARGIN, room - MARGIN)
    first = (room - letters.leading * (len(lines) - 1) + letters.height) / 2
    for number, line in enumerate(lines):
        letters.write(draw, (MARGIN, first + letters.leading * number), line, PAPER)
    return picture.reduce(FINE)


class Letters:
    """Writes words in the semibold font, in letters of a size.

    Pillow puts letters nearer to each other, as in "Ta", only with a library that not every system has. So that the
    picture is the same everywhere, this reads the distances from the font.
    """

    def __init__(self, size: int) -> None:
        """`size` is in pixels."""
        from PIL import ImageFont

        package, file = FACES["semibold"]
        self.path = str(files(package) / "files" / file)
        self.size = size
        self.font = ImageFont.truetype(self.path, size * FINE, layout_engine=ImageFont.Layout.BASIC)
        self.leading = size * 1.1
        """From one line to the next, in pixels."""
        self.height = size * 0.66
        """How high a capital letter is."""

    def place(self, words: str) -> Iterator[tuple[str, float]]:
        """Yield each letter with its place on the line, and at last an empty text with the place of the end."""
        place = 0.0
        for letter, following in pairwise([*words, ""]):
            yield letter, place / FINE
            place += self.font.getlength(letter) + find_kerning(self.path, letter, following) * self.size * FINE
        yield "", place / FINE

    def measure(self, words: str) -> float:
        """Return how wide words are, in pixels."""
        return max(place for _, place in self.place(words))

    def write(self, draw: "ImageDraw.ImageDraw", at: tuple[float, float], words: str, colour: str) -> None:
        """Write words on a line that starts at a place."""
        x, y = at
        for letter, place in self.place(words):
            draw.text(((x + place) * FINE, y * FINE), letter, fill=colour, font=self.font, anchor="ls")


def fit_words(words: str, width: float, height: float) -> tuple[Letters, list[str]]:
    """Return the largest letters in which words fit, and the words in lines that are about equally long."""
    for size in range(96, 4, -4):
        letters = Letters(size)
        lines = wrap_words(words, width, letters)
        if letters.leading * len(lines) <= height and max(map(letters.measure, lines)) <= width:
            break
    for narrower in range(int(width), 0, -10):
        narrow_lines = wrap_words(words, narrower, letters)
        if len(narrow_lines) > len(lines) or max(map(letters.measure, narrow_lines)) > narrower:
            break
        lines = narrow_lines
    return letters, lines


def wrap_words(words: str, width: float, letters: Letters) -> list[str]:
    """Return words in lines, each with as many words as its width has room for."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if letters.measure(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def find_kerning(path: str, left: str, right: str) -> float:
    """Return by how much the font widens the space between two letters, as a part of the letters' size.

    Usually it is negative. OpenType has a list of tables of pairs, and the first that has the left letter decides.
    """
    font = load_font(path)
    names, positions = font.getBestCmap(), font["GPOS"].table
    first, second = names.get(ord(left)), names.get(ord(right)) if right else None
    features = positions.FeatureList.FeatureRecord
    kerning = {index for each in features if each.FeatureTag == "kern" for index in each.Feature.LookupListIndex}
    for table in (table for index in sorted(kerning) for table in positions.LookupList.Lookup[index].SubTable):
        table = getattr(table, "ExtSubTable", table)
        if first not in table.Coverage.glyphs:
            continue
        if table.Format == 1:  # pairs of letters
            pairs = table.PairSet[table.Coverage.glyphs.index(first)].PairValueRecord
            values = [each.Value1 for each in pairs if each.SecondGlyph == second]
        else:  # pairs of kinds of letters
            kind, other = table.ClassDef1.classDefs.get(first, 0), table.ClassDef2.classDefs.get(second, 0)
            values = [table.Class1Record[kind].Class2Record[other].Value1]
        if values:
            return float(getattr(values[0], "XAdvance", 0)) / float(font["head"].unitsPerEm)
    return 0


@cache
def load_font(path: str) -> "TTFont":
    """Return the tables of a font."""
    from fontTools.ttLib import TTFont  # slow to load, and rarely needed

    return TTFont(path)


# --- The icon --------------------------------------------------------------------------------------------------------


def draw_icon(size: int, *, is_full: bool) -> "Image.Image":
    """Return the icon in a square with round corners or, if it `is_full`, one whose shape the phone cuts out."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (size * FINE, size * FINE))
    draw = ImageDraw.Draw(picture)
    unit = size / 32
    fill_rectangle(draw, (0, 0, size, size), TEAL, 0 if is_full else MARK_CORNER * unit)

    def place(x: float, y: float) -> tuple[float, float]:
        scale = SAFE if is_full else 1
        return size / 2 + (x - 16) * unit * scale, size / 2 + (y - 16) * unit * scale

    half = MARK_LINE / 2
    for ends in pairwise(MARK):
        (x0, y0), (x1, y1) = sorted(ends)
        left, right = place(x0 - half, min(y0, y1) - half), place(x1 + half, max(y0, y1) + half)
        fill_rectangle(draw, (*left, *right), PAPER, min(right[0] - left[0], right[1] - left[1]) / 2)
    x, y = MARK_DOT
    fill_circle(draw, place(x, y), place(x + MARK_RADIUS, y)[0] - place(x, y)[0], GOLD)
    return picture.reduce(FINE)


def fill_rectangle(
    draw: "ImageDraw.ImageDraw", box: tuple[float, float, float, float], colour: str, radius: float = 0
) -> None:
    """Fill a rectangle: left, top, right and bottom, with round corners of a radius. All are in pixels."""
    left, top, right, bottom = (round(edge * FINE) for edge in box)
    draw.rounded_rectangle((left, top, right - 1, bottom - 1), radius * FINE, fill=colour)


def fill_circle(draw: "ImageDraw.ImageDraw", centre: tuple[float, float], radius: float, colour: str) -> None:
    """Fill a circle. All numbers are in pixels."""
    x, y = centre
    fill_rectangle(draw, (x - radius, y - radius, x + radius, y + radius), colour, radius)
