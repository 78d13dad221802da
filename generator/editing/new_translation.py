"""Write a file for translators: the ids of a file's entries, with the English of each text as a comment."""

import re
import textwrap
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from generator.document import Document
from generator.editing.schema import translation_schema_name, write_schema_comment
from generator.fields import entry_fields
from generator.model import FILES, Entry, Part, find_pattern
from generator.problem import Place
from generator.reading.translate import checksum_of, name_in_translation, texts_to_translate
from generator.text import Text, make_id

INTRODUCTION = """# Translation of {file} ({language}).
# To translate a text, delete the "# " at the start of its lines and replace the English words.
# Texts that you leave out stay in English on the site.
# Leave "english" as it is: it records which English you translated.
# For official texts, add their source and their fields: "source: some-id-of-sources.yml" and "official: [title]".
# When our own translation has been reviewed, add: reviewer: some name.
"""


def add_translation(folder: Path, name: str, language: str, entries: list[Entry]) -> Place:
    """Write what a file of the guidance says into a file for translators, beside it, and return its first new line.

    `name` is the path of the English file, and `entries` are those of all files. Parts without an id get one in the
    English file. If there is such a file already, what is missing in it is added. Raise LookupError with a message if
    there is nothing to translate.
    """
    parts = Path(name).relative_to(folder).parts if Path(name).is_relative_to(folder) else Path(name).parts
    own = [entry for entry in entries if entry.parts == parts]
    if not own:
        files = sorted({"/".join(entry.parts) for entry in entries})
        raise LookupError(f'There are no entries in "{name}". Use one of: {", ".join(files)}.')
    file = folder.joinpath(*parts)
    give_ids(file, own)
    target = file.with_name(f"{file.stem}.{language}.yml")
    english = Document("", parts)
    pattern = find_pattern(english)
    head = write_schema_comment(english, translation_schema_name(pattern))
    head += INTRODUCTION.format(file=file.name, language=language)
    old = target.read_text(encoding="utf-8") if target.exists() else ""
    lines = (old or head).splitlines()
    first = add_missing(lines, own, language, is_item="id" in FILES[pattern].model_fields)
    if not first:
        raise LookupError(f"{target.as_posix()} has all texts of {file.name}, or lines for them.")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return Place(target.as_posix(), first if old else 1)


def add_missing(lines: list[str], entries: list[Entry], language: str, *, is_item: bool) -> int:
    """Add what a file for translators doesn't have to its lines, and return the number of the first new one.

    The number is 0 if nothing is missing.
    """
    first = 0
    indent = "  " if is_item else ""
    for entry in reversed([entry for entry in entries if entry.translations.get(language)]):
        translation = entry.translations[language]
        block = translation.lines if is_item else range(1, len(lines) + 1)
        own = lines[block.start - 1 : block.stop - 1]
        texts = {name: text for name, text in texts_to_translate(entry) if not getattr(translation, name)}
        texts = {name: text for name, text in texts.items() if f"{indent}# {name}: |" not in own}
        new = [indent + line for name, text in texts.items() for line in write_comment(name, text)]
        lists = [name for name in entry_fields(type(entry)) if not getattr(translation, name)]
        new += [indent + line for name in lists for line in scaffold_list(entry, name)]
        at = block.stop - 1
        while at > block.start and not lines[at - 1].strip():
            at -= 1
        lines[at:at] = new
        first = at + 1 if new else first
    for entry in [entry for entry in entries if not entry.translations.get(language)]:
        first = first or len(lines) + 2
        lines += ["", *scaffold(entry, is_item=is_item)]
    return first


def give_ids(file: Path, entries: list[Entry]) -> None:
    """Give each part without an id one that is different from those of its list, and write it into the file."""
    content = file.read_bytes().decode("utf-8", "surrogateescape")
    lines = content.splitlines(keepends=True)
    end = "\r\n" if "\r\n" in content else "\n"
    for entry in (inner for top in entries for inner in top.within()):
        for field in entry_fields(type(entry)):
            listed = [part for part in getattr(entry, field) if isinstance(part, Part)]
            taken = {part.id for part in listed}
            for part in [part for part in listed if not part.id]:
                numbered = (f"{make_id(part.noun)}-{number}" for number in count(1))
                part.id = next(key for key in numbered if key not in taken)
                taken.add(part.id)
                at = part.where().line - 1
                lines[at] = re.sub("^ *- +", rf"\g<0>id: {part.id}{end}{' ' * (part.where().column - 1)}", lines[at])
    if "".join(lines) != content:
        file.write_bytes("".join(lines).encode("utf-8", "surrogateescape"))


def scaffold(entry: Entry, *, is_item: bool) -> Iterator[str]:
    """Yield the lines of an entry for translators, as an item of a list or as a whole file."""
    lines: list[str] = [f"id: {name_in_translation(entry)}"] if is_item else []
    texts = dict(texts_to_translate(entry))
    if texts:
        lines.append(f"english: [{', '.join(f'{name} {checksum_of(text)}' for name, text in texts.items())}]")
    for name, text in texts.items():
        lines += write_comment(name, text)
    if hasattr(entry, "keywords"):
        lines.append("# keywords: []")
    for name in entry_fields(type(entry)):
        lines += scaffold_list(entry, name)
    for number, line in enumerate(lines):
        yield ("- " if number == 0 else "  ") + line if is_item else line


def scaffold_list(entry: Entry, name: str) -> list[str]:
    """Return the lines of a list of parts for translators; none if the entry has none."""
    inner = [line for part in getattr(entry, name) for line in scaffold(part, is_item=True)]
    return [f"{name}:", *(f"  {line}" for line in inner)] if inner else []


def write_comment(name: str, text: Text) -> Iterator[str]:
    """Yield the lines of a field as a comment with its English."""
    yield f"# {name}: |"
    for number, paragraph in enumerate(text.paragraphs):
        if number:
            yield "#"
        yield from (f"#   {line}" for line in textwrap.wrap(paragraph, 96, break_long_words=False))
