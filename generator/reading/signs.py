"""Find signs that no text should have: read with a wrong encoding, written for a web page, or not in our fonts."""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from html import unescape
from html.entities import html5
from importlib.resources import files
from io import BytesIO
from itertools import islice
from unicodedata import category, combining, normalize

from generator.document import Path, invisible
from generator.model import Entry, Organisation, Retired, Theme, Translation
from generator.problem import Problem
from generator.text import ADDRESS, LINK, Text

SHOWN = 30
"""A message shows so many characters that our fonts don't have."""
FEW = 5
"""A text gets at most so many messages of one kind, and a file so many about signs. More have the same cause."""
ODD = re.compile(r"[^\x00-\x7f]|[&\\]|[=%][0-9A-F]|\w\?\w")
"""Something that most texts don't have and that needs a closer look."""
ENCODINGS = ("cp1252", "mac_roman", "cp850", "cp437", "cp1250")
"""What programs take UTF-8 for: Windows, older Macs, the console of Windows, and Windows in Central Europe."""
NON_ASCII = re.compile(r"[^\x00-\x7f]+")
LAST_QUOTE = "â€"
"""What Windows makes of a last quotation mark: it has no character for the third byte."""
MEANT = re.compile(
    "[\xa0-\u017f\u0300-\u030c\u1e80-\u1ef3\u2010-\u2044\u20ac\u2122\u2190-\u2193\u2212\ufb00-\ufb06\ufeff]|[\U0001f000-\U0001ffff]"
)
"""A character that people use in English or Welsh."""
ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);|&(?:#\d+|nbsp|amp|quot|lt|gt)\b")
"""A character in the notation of web pages."""
ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|(?:=[0-9A-F]{2}){2,}|=20\b|(?:%[89A-F][0-9A-F]){2,}|%20")
"""A character in the notation of a program, an email or an address."""
LOST_LETTER = re.compile(r"(?<![\w./=&?-])\w*[^\W\d_]\?[^\W\d_]\w*(?![\w./=&?])")
"""A word with a question mark inside: its letter may be lost."""
TURNS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Invisible characters that change the direction of the words after them."""
LIGATURE = re.compile("[\ufb00-\ufb06]")
BROKEN = re.compile("[\ufffc\ufffd]")
IGNORED = re.compile("[\u200b-\u200d\u2060\ufe00-\ufe0f\u00ad\ufeff]")
"""What fonts don't need: invisible characters and variants."""
FONTS = (
    ("font_source_sans_pro", "SourceSansPro-Regular.otf"),
    ("font_source_serif_pro", "SourceSerifPro-Regular.otf"),
)
"""The packages and the files of the handbook's fonts. The bold ones have the same characters."""
USUAL = "–—‘’“”…€"
"""Signs that many texts have. The fonts have them, as they have all letters of Latin alphabets."""


def find_broken_signs(entry: Entry) -> Iterator[Problem]:
    """Find signs in the texts of an entry, without entries inside it, that are broken or cannot be printed."""
    for path, text in entry.texts():
        if ODD.search(text):
            found: set[str] = set()
            for kind in (find_wrong_encoding, find_notations, find_odd_characters):
                for sign, message, remedy, advice in islice(kind(entry, path, text), FEW):
                    if not any(sign in other for other in found):
                        found.add(sign)
                        yield Problem(entry.place_of_words(sign, *path), message, remedy, advice=advice)


def merge_problems(problems: list[Problem]) -> list[Problem]:
    """Return the problems with signs of one file; if there are many mistakes, only the first: the file is broken."""
    mistakes = [problem for problem in problems if not problem.advice]
    if len(mistakes) <= 2 * FEW:
        return problems
    first = mistakes[0]
    remedy = (
        f"{first.remedy} There are {len(mistakes) - 1} more signs like this in the file. Perhaps a program saved it "
    )
    remedy += 'with another encoding: restore it, or save it again as "UTF-8".'
    return [Problem(first.place, first.message, remedy), *(problem for problem in problems if problem.advice)]


Found = tuple[str, str, str, bool]
"""What is wrong: the sign as it is written, the message, the remedy, and whether it is only advice."""


def find_wrong_encoding(entry: Entry, path: Path, text: Text) -> Iterator[Found]:
    """Find letters that a program read with the wrong encoding, as it shows é as Ã©, and letters that it lost."""
    for run in dict.fromkeys(NON_ASCII.findall(text)):
        repaired = next(filter(None, (list(repair(run, encoding)) for encoding in ENCODINGS)), [])
        for sign, letter in repaired or [(LAST_QUOTE, "”")] * (LAST_QUOTE in run):
            remedy = f'Write "{letter}".' if letter.isprintable() and is_in_fonts(letter) else "Delete it."
            if combining(letter):
                remedy = "Type the letter before it again, with its accent."
            yield sign, f'"{sign}" is what a program makes of "{letter}" when it reads a text wrongly.', remedy, False
    for sign in dict.fromkeys(BROKEN.findall(text)):
        message = f'"{sign}" (U+{ord(sign):04X}) is shown where a program lost a letter or a picture.'
        yield sign, message, "Look it up in the source, and type it again.", False
    for word in dict.fromkeys(LOST_LETTER.findall(remove_addresses(text))):
        message = f'"{word}" has a question mark inside. A program may have lost a letter.'
        yield word, message, "Look it up in the source. If the question mark is right, type a space after it.", True


def repair(run: str, encoding: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a run that are UTF-8 read with an encoding, each with what it was."""
    start = 0
    while start < len(run):
        for length in (4, 3, 2):
            part = run[start : start + length]
            with suppress(ValueError):
                meant = encode(part, encoding).decode("utf-8")
                if len(part) == length and MEANT.fullmatch(meant):
                    yield part, meant
                    start += length - 1
                    break
        start += 1


def encode(words: str, encoding: str) -> bytes:
    """Return the bytes of words. Windows shows bytes that its encoding doesn't use as control characters."""
    return b"".join(
        bytes([ord(sign)]) if encoding == "cp1252" and "\x80" <= sign <= "\x9f" else sign.encode(encoding)
        for sign in words
    )


def find_notations(entry: Entry, path: Path, text: Text) -> Iterator[Found]:
    """Find characters in a notation of web pages, programs or emails, as &amp; for &."""
    words = remove_addresses(text) + " ".join(re.findall("&amp;", " ".join(address for _, address in text.links)))
    for sign in dict.fromkeys(ENTITY.findall(words)):
        if sign.startswith("&#") or f"{sign.removesuffix(';')[1:]};" in html5:
            meant = unescape(sign if sign.endswith(";") else f"{sign};")
            remedy = f'Write "{meant}".' if meant.isprintable() and meant.strip() else "Type a normal space."
            yield sign, f'"{sign}" is how web pages write a character. Readers would see it as it is.', remedy, False
    for sign in dict.fromkeys(ESCAPE.findall(words)):
        message = f'"{sign}" is how a program writes a character. Readers would see it as it is.'
        yield sign, message, "Type the character itself.", False


def find_odd_characters(entry: Entry, path: Path, text: Text) -> Iterator[Found]:
    """Find characters that turn words around, that programs make of others, or that our fonts don't have."""
    for sign in dict.fromkeys(TURNS.findall(text)):
        message, _ = invisible(sign)
        yield sign, f"{message} It can turn words around.", "Delete it.", False
    for sign in dict.fromkeys(LIGATURE.findall(text)):
        meant = normalize("NFKC", sign)
        message = f'"{sign}" is one sign (U+{ord(sign):04X}) for "{meant}". The search does not find words with it.'
        yield sign, message, f'Write "{meant}".', False
    for sign in dict.fromkeys(sign for sign in text if category(sign) in ("Co", "Cn")):
        message = f"There is a sign here (U+{ord(sign):04X}) that only one program or font can show."
        remedy = "Delete it. For a list, start a new paragraph for each item. For a letter, type it again."
        yield sign, message, remedy, False
    known = "".join([*(sign for sign in text if category(sign) in ("Co", "Cn", "Cc")), "\n"])
    odd = [sign for sign in dict.fromkeys(text) if sign > "\xff" and sign not in known and not is_known(sign)]
    if missing := [sign for sign in odd if not is_in_fonts(sign)]:
        yield explain_missing(entry, path, text, missing)


def is_known(sign: str) -> bool:
    """Return whether a character has a message of its own, or needs no font."""
    return bool(TURNS.match(sign) or LIGATURE.match(sign) or BROKEN.match(sign) or IGNORED.match(sign))


def explain_missing(entry: Entry, path: Path, text: Text, missing: list[str]) -> Found:
    """Return what to do about characters that our fonts don't have. It depends on where they are shown."""
    run = next(re.finditer(f"[{''.join(missing)}]+", text))[0]
    others = len(missing) - len(set(run))
    shown = f'"{run[:SHOWN]}{"…" if len(run) > SHOWN else ""}" (U+{ord(run[0]):04X})' + (
        f" and {others} more" if others else ""
    )
    message = f"The fonts of the handbook do not have {shown}."
    sign = run[0]
    plain = normalize("NFKC", run).replace("‐", "-")
    if plain != run and all(map(is_in_fonts, plain)):
        return sign, message, f'Write "{plain}".', False
    if not is_printed(entry, path):
        remedy = "This is not in the handbook, so it can stay if readers need it. Some devices cannot show it."
        return sign, message, remedy, True
    if text.exact:
        return sign, message, 'Write what it stands for in words, and say so in "gap".', False
    return sign, message, "Delete it, or say it in words or in Latin letters.", False


def is_printed(entry: Entry, path: Path) -> bool:
    """Return whether a text of an entry is in the handbook, which leaves out what is only for lists and the search."""
    field = str(path[0])
    if len(path) > 1 or field in ("reworded", "page", "reviewer"):
        return False
    kinds = (Theme, Organisation, Retired)
    only_named = isinstance(entry, kinds) or (
        isinstance(entry, Translation) and type(entry).noun.endswith(tuple(kind.noun for kind in kinds))
    )
    return not only_named or (field in ("title", "name", "gap") and not isinstance(entry, Retired))


@cache
def is_in_fonts(sign: str) -> bool:
    """Return whether the fonts of the handbook have a character. Others need a font that we don't have."""
    return sign < "\u0180" or sign in USUAL or ord(sign) in read_fonts()


@cache
def read_fonts() -> frozenset[int]:
    """Return the characters of the fonts. Few texts need to know them, because reading a font takes a while."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # slow to load, and rarely needed

    fonts = (TTFont(BytesIO((files(package) / "files" / file).read_bytes()), lazy=True) for package, file in FONTS)
    return frozenset(character for font in fonts for character in font.getBestCmap())


def remove_addresses(text: str) -> str:
    """Return a text without the addresses of its links and those printed in it, which have signs of their own."""
    return ADDRESS.sub(" ", LINK.sub(r"\1", text))
