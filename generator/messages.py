"""The languages of the site: its messages in each, and the order of words in it.

English is in the templates. Another language has a catalogue in `locales/`, which `make messages` keeps up to date.
"""

import gettext
import io
import json
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, get_month_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from generator.model import Grade
from generator.text import make_id
from generator.welsh import WELSH, sort_welsh

LOCALES = Path(__file__).parent / "locales"
ENGLISH = "en"
LANGUAGES = sorted(path.stem for path in LOCALES.glob("*.po"))
"""The other languages in which there are labels and buttons, by their codes."""


def name_in_english(language: str) -> str:
    """Return what a language is called in English."""
    return name_language(language, ENGLISH)


def name_language(language: str, shown_in: str) -> str:
    """Return what a language is called in another one."""
    return str(Locale.parse(language).get_display_name(shown_in))


def find_catalogue(language: str) -> Path:
    """Return the file with the messages in a language, which may not exist."""
    return LOCALES / f"{language}.po"


def is_translated(language: str) -> bool:
    """Whether there are labels and buttons in a language."""
    return language in (ENGLISH, *LANGUAGES)


def find_reviewer(language: str) -> str:
    """Return who has reviewed the messages in a language, as their catalogue says at its top; empty if nobody has."""
    found = re.search(r"^# Reviewed by: *(.*)$", read_messages(language).decode(), re.MULTILINE)
    return "" if found is None or found[1] == "nobody yet" else found[1]


def load_messages(language: str) -> gettext.NullTranslations:
    """Return the messages in a language for templates. A message that isn't translated stays English."""
    catalogue = read_messages(language)
    return compile_messages(catalogue, language) if catalogue else gettext.NullTranslations()


def read_messages(language: str) -> bytes:
    """Return the catalogue of a language as it is in the file; nothing for English."""
    return b"" if language == ENGLISH else find_catalogue(language).read_bytes()


@lru_cache(maxsize=10)
def compile_messages(catalogue: bytes, language: str) -> gettext.GNUTranslations:
    """Return the messages of a catalogue in the form that templates use."""
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(catalogue), language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def name_grades(gettext: Callable[[str], str]) -> dict[Grade, str]:
    """Return what each grade is called, in the language of `gettext`."""
    _ = gettext
    return {
        Grade.SIMPLE: _("Simple"),
        Grade.ADVENTUROUS: _("Adventurous"),
        Grade.AMBITION: _("Ambition"),
    }


def head_grades(gettext: Callable[[str], str]) -> dict[Grade, str]:
    """Return the heading of the actions of each grade, in the language of `gettext`."""
    _ = gettext
    return {
        Grade.SIMPLE: _("Making Simple Changes"),
        Grade.ADVENTUROUS: _("Being More Adventurous"),
        Grade.AMBITION: _("Owning your Ambition"),
    }


def make_forms(translation: gettext.NullTranslations, one: str, many: str) -> str:
    """Return a message with a number in all its forms, for scripts: the text by number, and for "other" numbers.

    Welsh has forms of their own for 1, 2, 3, 6 and above ten (22 o gamau), English for 1. The text has `{count}` in
    place of the number.
    """
    other = translation.ngettext(one, many, 100)
    forms = {str(number): translation.ngettext(one, many, number) for number in range(11)}
    different = {number: text for number, text in forms.items() if text != other}
    return json.dumps({**different, "other": other}, ensure_ascii=False)


def format_day(day: date, language: str) -> str:
    """Return a date in the words of a language, like 23 November 2026."""
    return format_date(day, "d MMMM y", language)


def list_months(language: str) -> list[str]:
    """Return the names of the months in a language, for scripts: browsers don't know them in Welsh."""
    names: dict[int, str] = get_month_names("wide", locale=language)  # type: ignore[assignment]
    return [names[number] for number in range(1, 13)]


def sort_key_of(language: str) -> Callable[[str], Any]:
    """Return a key function that sorts words by a language's alphabet, ignoring accents."""
    return sort_welsh if language == WELSH else make_id
