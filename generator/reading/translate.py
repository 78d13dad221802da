"""Read the guidance in other languages: `simple.cy.yml` translates `simple.yml`, with ids and texts only.

Each text has a status. Only official texts are the Commissioner's words; our own are never shown as theirs. Where the
English has changed since, pages show the English until someone has translated it again.
"""

import hashlib
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

from generator.document import TRANSLATED, Document
from generator.fields import entry_fields, fields_of
from generator.guidance import Status, TextStatus
from generator.messages import ENGLISH, is_translated
from generator.model import FILES, RETIRED, Entry, Part, Source, Translation, find_pattern, translation_of
from generator.problem import Place, Problem
from generator.reading.validate import validate_file
from generator.text import ADDRESS, Name, Text, Words

CHECKSUM = re.compile("[0-9a-f]{6}")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
"""A number in digits."""


def texts_to_translate(entry: Entry) -> Iterator[tuple[str, Text]]:
    """Yield the field and the English of each text of an entry that needs a translation. Names and keywords don't."""
    for name, field in fields_of(type(entry)).items():
        text = getattr(entry, name)
        is_name = field.content is Name or name in ("reworded", "page")
        if text and field.is_text and not field.is_list and not is_name:
            yield name, text


def checksum_of(text: Text) -> str:
    """Return a short checksum of an English text. It changes with the text, but not with its line breaks."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:6]


def name_in_translation(entry: Any) -> str:
    """Return the id that translations use for an entry; empty if it has none."""
    return str((entry.id if isinstance(entry, Part) else entry.key) or "")


def split_translations(documents: list[Document]) -> tuple[list[Document], list[Document]]:
    """Return the documents with English and those with translations."""
    translated = [document for document in documents if language_of(document.parts)]
    return [document for document in documents if not language_of(document.parts)], translated


def language_of(parts: tuple[str, ...]) -> str:
    """Return the language of a file with translations, which has this path; empty for other files."""
    name = TRANSLATED.fullmatch(parts[-1])
    return name[2] if name and name[2] != ENGLISH and is_translated(name[2]) else ""


def parts_of_english(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the path of the English file that the file with this path translates."""
    return (*parts[:-1], TRANSLATED.sub(r"\1\3", parts[-1]))


def translate_entries(
    entries: list[Entry], documents: list[Document], language: str, problems: list[Problem]
) -> tuple[list[TextStatus], list[Problem]]:
    """Put the texts of a language into the entries, which are in English, and add what is wrong to `problems`.

    `documents` are the files with translations. Texts without an up-to-date translation stay English and are marked as
    English. Return the status of each text in each language that has such a file, and advice about translations without
    English. This is only advice, because it must not stop people who edit the English.
    """
    translator = Translator(entries, problems)
    names: dict[tuple[str, ...], list[str]] = {}
    for entry in entries:
        names.setdefault(entry.parts[:-1], []).append(entry.parts[-1])
    for document in documents:
        english = parts_of_english(document.parts)
        pattern = find_pattern(Document("", english))
        originals = [entry for entry in entries if entry.parts == english]
        if not pattern or not (originals or document.is_unread):
            message = f"There is no {english[-1]} in this folder for this file to translate."
            remedy = "Move the file, rename it or delete it."
            if english[-1].casefold() in names.get(english[:-1], ()):
                remedy = f"Rename it to {document.parts[-1].casefold()}."
            translator.orphans.append(Problem(Place(document.file), message, remedy, advice=True))
        elif document.data is not None:
            translations = validate_file(document, translation_of(FILES[pattern]), problems)
            translator.match(originals, list(translations))
    languages = sorted({language_of(document.parts) for document in documents} | {language} - {ENGLISH})
    statuses: list[TextStatus] = []
    for entry in (inner for top in entries for inner in top.within()):
        rated = [status for code in languages for status in rate_texts(code, entry)]
        show_language(entry, language, rated)
        statuses += rated
    return statuses, translator.orphans


class Translator:
    """Finds the translation of each entry, and what is wrong with it."""

    def __init__(self, entries: list[Entry], problems: list[Problem]) -> None:
        """`entries` are those of all English files."""
        self.sources = [entry.key for entry in entries if isinstance(entry, Source)]
        self.files = {entry.key: entry.parts[-1] for entry in entries}
        self.problems, self.orphans = problems, list[Problem]()

    def match(self, originals: list[Any], translations: list[Any]) -> None:
        """Give each entry of a list its translation, and report translations without an entry."""
        by_id = {name_in_translation(one): one for one in originals}
        for translation in translations:
            kind: type[Translation] = type(translation)
            language = language_of(translation.parts)
            key = getattr(translation, "id", "")  # None if it is missing, which has been reported
            original = by_id.get(key) if "id" in kind.model_fields else originals[0]
            if original is None:
                if key:
                    self.report_unknown(translation, key, [*filter(None, by_id)])
            elif language in original.translations:
                message = f'"{key}" is here twice.'
                self.problems.append(Problem(translation.where("id"), message, "Delete one of the two."))
            else:
                original.translations[language] = translation
                self.problems += self.check_source(translation)
                self.check_texts(original, translation)
                for name in entry_fields(kind):
                    self.match(getattr(original, name) or [], getattr(translation, name) or [])

    def report_unknown(self, translation: Translation, key: str, keys: list[str]) -> None:
        """Report a translation without an English entry. `keys` are the ids in the English file."""
        noun = translation.noun.removeprefix("translation of ").split(" ", 1)[1]
        english = parts_of_english(translation.parts)[-1]
        close = get_close_matches(key, keys, 1)
        remedy = f'Did you mean "{close[0]}"?' if close else "Delete it, or correct the id."
        if not keys:
            remedy = f"Add an id to the {noun} in {english} first: id: {key}"
        elif self.files.get(key) == RETIRED and not translation.parent:
            remedy = f"It is retired: delete it here. Its title and reason can be in {RETIRED.replace('.', '.cy.')}."
        elif key in self.files and not translation.parent:
            remedy = f"It is in {self.files[key]}. Move this to the translation of that file."
        message = f'{english} has no {noun} "{key}".'
        self.orphans.append(Problem(translation.where("id"), message, remedy, advice=True))

    def check_source(self, translation: Translation) -> Iterator[Problem]:
        """Find what is wrong with the source of a translation, and with the fields that are copied from it."""
        place = translation.where("source")
        if translation.source and translation.source not in self.sources:
            close = get_close_matches(translation.source, self.sources, 1)
            remedy = f'Did you mean "{close[0]}"?' if close else "Use an id of sources.yml, or add the source there."
            yield Problem(place, f'There is no source "{translation.source}".', remedy)
        if translation.source and not translation.official:
            remedy = "List the fields that are copied from it, for example: official: [title]. All others are ours."
            yield Problem(place, '"source" needs "official" as well.', remedy)
        elif translation.official and not translation.source:
            remedy = 'Add "source: " and an id of sources.yml. If the translation is ours, delete "official".'
            yield Problem(translation.where("official"), '"official" needs "source" as well.', remedy)
        elif translation.source:
            for position, (field, checksum) in enumerate(read_official(translation)):
                text = getattr(translation, field, None) if field in own_texts(translation) else None
                if text and checksum and not isinstance(text, list) and checksum != checksum_of(text):
                    message = f'"{field}" is not as it was copied from its source.'
                    remedy = f'Change it back. If the source has these words, write "{field} {checksum_of(text)}" in '
                    yield Problem(translation.where(field), message, f'{remedy}"official".')
                if not text:
                    message = f'"{field}" is not one of the translated fields here.'
                    remedy = 'Remove it from "official", or add the text.'
                    yield Problem(translation.where("official", position), message, remedy)

    def check_texts(self, original: Entry, translation: Translation) -> None:
        """Report texts without English, texts whose English has changed, and missing checksums."""
        texts = dict(texts_to_translate(original))
        current = {name: checksum_of(text) for name, text in texts.items()}
        checksums = read_checksums(translation)
        for name in own_texts(translation):
            place = translation.where(name)
            if not getattr(original, name, None) and not fields_of(type(original))[name].is_list:
                message = f'The English has no "{name}" here, so there is nothing to translate.'
                remedy = f'Delete "{name}", or write it in the English file first.'
                self.orphans.append(Problem(place, message, remedy, advice=True))
            elif name in current and checksums.get(name, current[name]) != current[name]:
                words = textwrap.shorten(texts[name].plain, 80, placeholder=" …")
                message = f'The English of "{name}" has changed since it was translated. It is now "{words}".'
                remedy = f'Update this if necessary, then write "{name} {current[name]}" in "english".'
                self.problems.append(Problem(place, message, remedy, advice=True))
            elif name in current and (difference := compare_numbers(texts[name], getattr(translation, name))):
                message = f'The numbers in "{name}" are not those of the English: {difference}.'
                self.problems.append(Problem(place, message, "Correct them: digits are the same in both languages."))
        if unlisted := [name for name in own_texts(translation) if name in current.keys() - checksums.keys()]:
            names = " and ".join(f'"{name}"' for name in unlisted)
            written = ", ".join(f"{name} {current[name]}" for name in [*checksums, *unlisted] if name in current)
            message, remedy = f'"english" is missing the checksum of {names}.', f"Write: english: [{written}]"
            place = translation.where(unlisted[0])
            if broken := [problem for problem in self.problems if is_about_english(problem, translation)]:
                # One message is enough, and only here is it known what to write.
                self.problems[:] = [problem for problem in self.problems if problem not in broken]
                place, message = broken[0].place, broken[0].message
            self.problems.append(Problem(place, message, remedy))


def is_about_english(problem: Problem, translation: Translation) -> bool:
    """Return whether a problem is about the field "english" of a translation, perhaps under another name."""
    is_here = problem.place.file == translation.where().file and problem.place.line in translation.lines
    return is_here and not problem.advice and '"english"' in f"{problem.message} {problem.remedy}"


def rate_texts(language: str, entry: Entry) -> Iterator[TextStatus]:
    """Yield the status of each text of an entry in a language."""
    translation = entry.translations.get(language)
    checksums = read_checksums(translation) if translation else {}
    for name, text in texts_to_translate(entry):
        if not translation or not getattr(translation, name, None):
            yield TextStatus(language, entry, name, text.official, "missing", entry.where(name))
            continue
        source = str(translation.source or "") if name in dict(read_official(translation)) else ""
        reviewer = find_reviewer(translation)
        own: Status = "reviewed" if reviewer else "ours"
        status: Status = "official" if source else own
        if checksums.get(name) != checksum_of(text):
            status = "out of date"
        yield TextStatus(language, entry, name, text.official, status, translation.where(name), source, reviewer)


def read_translations(
    entries: list[Entry], documents: list[Document], read: Callable[[type[Entry], Any], Entry]
) -> None:
    """Give entries their translations from documents that had their checks. `read` makes an entry of a kind's data."""
    translator = Translator(entries, [])
    for document in documents:
        english = parts_of_english(document.parts)
        if pattern := find_pattern(Document("", english)):
            kind, is_list = translation_of(FILES[pattern]), "id" in FILES[pattern].model_fields
            made = [read(kind, data) for data in (document.data if is_list else [document.data])]
            for position, translation in enumerate(made):
                translation.set_source(document, (position,) if is_list else ())
            if originals := [entry for entry in entries if entry.parts == english]:
                translator.match(originals, made)


def own_texts(translation: Translation) -> list[str]:
    """Return the fields whose texts a translation has."""
    own = Translation.model_fields.keys() - {"gap"}
    texts = [name for name, field in fields_of(type(translation)).items() if field.is_text and name not in own]
    return [name for name in texts if getattr(translation, name)]


def read_checksums(translation: Translation) -> dict[str, str]:
    """Return the checksum of the English that each text was translated from, by field."""
    pairs = (str(item).split() for item in translation.english or ())
    return {pair[0]: pair[1].lower() for pair in pairs if len(pair) == 2 and CHECKSUM.fullmatch(pair[1].lower())}


def read_official(translation: Translation) -> list[tuple[str, str]]:
    """Return the fields with texts copied from a source, each with the checksum of its words; empty if it has none."""
    pairs = (str(item).split() for item in translation.official or ())
    return [(pair[0], pair[1].lower() if len(pair) == 2 else "") for pair in pairs if pair]


def find_numbers(text: Text) -> list[str]:
    """Return the numbers in the words of a text, without the commas between thousands."""
    return [re.sub(r",(?=\d{3}\b)", "", number) for number in NUMBER.findall(ADDRESS.sub(" ", text.plain))]


def compare_numbers(english: Text, translated: Text) -> str:
    """Return which numbers are different in a translation; empty if none is."""
    one, other = Counter(find_numbers(english)), Counter(find_numbers(translated))
    missing, extra = sorted((one - other).elements()), sorted((other - one).elements())
    return "; ".join(f"{', '.join(each)} {what}" for each, what in ((missing, "missing"), (extra, "too many")) if each)


def find_reviewer(translation: Any) -> str:
    """Return who has reviewed a translation, or the one around it; empty if nobody has."""
    around = translation.parent
    return str(translation.reviewer or "") or (find_reviewer(around) if around else "")


def show_language(entry: Entry, language: str, statuses: list[TextStatus]) -> None:
    """Put the texts of a language into an entry, and mark those of other languages in it."""
    for code, translation in entry.translations.items():
        for word in getattr(translation, "keywords", ()):
            word.language = "" if code == language else code
        title = getattr(translation, "title", None) or getattr(translation, "name", None)
        if title and code != language:
            entry.other_labels.append(Words(title.plain, code))
    if language == ENGLISH:
        return
    fields = fields_of(type(entry))
    for (name, *_), text in entry.texts():
        if fields[str(name)].content is not Name:
            text.language = ENGLISH
    own_translation = entry.translations.get(language)
    status_of = {each.field: each for each in statuses if each.language == language}
    for name in own_texts(own_translation) if own_translation else ():
        english, translated, status = getattr(entry, name), getattr(own_translation, name), status_of.get(name)
        if fields[name].is_list or (status and status.status == "out of date"):
            continue
        if status:
            if status.status == "official":
                translated = fields[name].content(translated)
            translated.source, translated.reviewer = status.source, status.reviewer
        translated.original = english
        setattr(entry, name, translated)
        if english and name in ("title", "name"):
            entry.other_labels.append(english.plain)
