"""The Welsh labels and buttons: every message has its Welsh, with the same values in it, rightly spelt."""

import io
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from spylls.hunspell import Dictionary  # type: ignore[import-untyped]

from generator.guidance import Guidance
from generator.messages import find_catalogue, find_reviewer, read_messages
from generator.pages.questions import load_questions

ROOT = Path(__file__).parents[2]
ACCEPTED = set(Path(__file__).with_name("welsh_words.txt").read_text(encoding="utf-8").split())
"""Words that are right although the dictionary doesn't have them, and names."""
VALUE = re.compile(r"%\(\w+\)s|\{\w+\}")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
JOINED = re.compile("['’](r|n|i|u|m|ch|th|w)$")
"""Short words that are joined to the one before: a'r, sy'n, i'w."""


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po(io.BytesIO(read_messages("cy")), "cy")


@pytest.fixture(scope="module")
def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def texts_of(message: Message) -> list[str]:
    """Return the Welsh of a message, in each of its forms."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def test_every_message_is_translated(messages: list[Message]) -> None:
    assert len(messages) > 600
    assert [message.id for message in messages if not all(texts_of(message)) or message.fuzzy] == []


MUTATING = (
    "a|â|ail|am|ambell|amryw|ar|at|ch|chwe|cryn|dacw|dan|dau|dros|drwy|dwy|dy|dyma|dyna|ei|ein|eu|fath|fe|fy|gan|go|"
    "gwahanol|gyda|hanner|heb|hen|hoff|holl|hyd|i|m|mewn|mor|n|na|neu|ni|o|oni|pa|pan|prif|pur|pwy|r|rhy|rhyw|saith|sut|"
    "tair|tan|th|tri|tros|trwy|tua|u|un|unig|unrhyw|w|wrth|wyth|y|yn|yng|ym|yr|\\w+wch|\\w+soch|\\w+som|\\w+thoch|\\w+thom"
)
"""Words after which the next one may begin with another letter: prepositions, articles (o'r), adjectives before their
nouns, orders (dewiswch) and verbs that are followed by their object (copïasom)."""
UNCHANGED = "all|count|day|most|num|number"
"""Values that don't mutate in writing: figures and dates."""
JOINING = "a|â|gyda|na"
"""Words that are longer before a vowel: ac wyth, ag un ar ddeg. So a figure or a date may not follow them either."""
BETWEEN = r"\s+(?:<[^>]*>|[^\w\s.:;,?!·…%{<])*"
"""What can be between a word and the value that it changes: spaces, a tag, a quotation mark or a bracket."""


@pytest.mark.parametrize(
    "wrong",
    [
        *["Enghraifft o %(action)s", "Newydd yn {place}", "Mynd drwy “%(topic)s”", "Dewiswch %(name)s", "o'r %(name)s"],
        *["Y cyfan o  %(name)s", "drwy\u00a0%(name)s", "gan <em>%(name)s</em>", "o (“%(name)s”)", "i'w %(name)s"],
        *["unrhyw %(kind)s", "Copïasom %(file)s", "y prif %(theme)s", "ein %(name)s", "a %(count)s arall", "â {day}"],
    ],
)
def test_names_after_words_that_would_change_them_are_found(wrong: str) -> None:
    assert find_name_that_changes(wrong)


@pytest.mark.parametrize(
    "right",
    [
        *[
            "Camau: %(count)s o %(all)s",
            "Enghraifft o'r cam gweithredu hwn: %(action)s",
            "ar %(day)s",
            "y nod hwn (%(goal)s)",
        ],
        *[
            "a hefyd %(count)s arall",
            "Beth nesaf yn? %(name)s",
            "Mae %(name)s yma",
            "yn hirach na %(most)s o lythrennau",
        ],
    ],
)
def test_names_that_stand_alone_are_not_found(right: str) -> None:
    assert not find_name_that_changes(right)


def test_no_name_follows_a_word_that_would_change_it(messages: list[Message]) -> None:
    """A name stands alone or after a noun of its own, as in "o'r cam gweithredu hwn: …"."""
    assert [text for message in messages for text in texts_of(message) if find_name_that_changes(text)] == []


def test_no_message_ends_with_a_word_that_would_change_what_follows_it(messages: list[Message]) -> None:
    """Templates and scripts put names after some messages. One name of a field ends so: a colon or nothing follows."""
    fixed = "a|â|am|ar|at|dan|dros|drwy|ei|eu|fy|gan|gyda|heb|hyd|i|mewn|na|neu|o|tan|trwy|wrth|y|yn|yr"
    texts = {text for message in messages for text in texts_of(message)}
    assert {text for text in texts if re.search(rf"(?i)\b(?:{fixed})$", text)} == {"disodlwyd gan"}


def find_name_that_changes(text: str) -> re.Match[str] | None:
    """Return the value in a Welsh text that comes after a word that would change it, or None."""
    name = rf"(?:{MUTATING}){BETWEEN}(?:%\(|\{{)(?!(?:{UNCHANGED})[)}}])"
    figure = rf"(?:{JOINING}){BETWEEN}(?:%\(|\{{)(?!most[)}}])"
    return re.search(rf"(?i)\b(?:{name}|{figure})\w+", text)


def test_plurals_have_six_forms(catalogue: Catalog, messages: list[Message]) -> None:
    assert catalogue.num_plurals == 6
    assert catalogue.plural_expr == "(n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : n>10 ? 5 : 0)"
    assert find_catalogue("cy").read_text(encoding="utf-8").count("Plural-Forms") == 1
    plurals = [message for message in messages if message.pluralizable]
    assert plurals
    assert [message.id for message in plurals if len(texts_of(message)) != 6] == []


def test_values_are_in_the_translation(messages: list[Message]) -> None:
    for message in messages:
        english = message.id if isinstance(message.id, str) else message.id[1]
        for text in texts_of(message):
            assert sorted(VALUE.findall(text)) == sorted(VALUE.findall(english)), message.id


def test_extracting_the_messages_again_changes_nothing(tmp_path: Path) -> None:
    """No message is new, changed or gone. If this fails, type: make messages"""
    recipe = re.search(r"^messages:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    copy = tmp_path / "cy.po"
    copy.write_bytes(find_catalogue("cy").read_bytes())
    commands = (
        recipe[1]
        .replace("\t@", "")
        .replace("\\\n", " ")
        .replace(".venv/messages.pot", shlex.quote(str(tmp_path / "pot")))
    )
    for command in commands.replace("generator/locales/cy.po", shlex.quote(str(copy))).splitlines():
        done = command.replace("$(BIN)/pybabel", f"{shlex.quote(sys.executable)} -m babel.messages.frontend")
        subprocess.run(done, shell=True, cwd=ROOT, check=True)
    assert copy.read_text(encoding="utf-8") == find_catalogue("cy").read_text(encoding="utf-8")


def test_the_state_is_recorded() -> None:
    """Nobody has reviewed the Welsh yet. Who does, writes their name into the catalogue."""
    assert find_reviewer("cy") == ""
    assert "# Reviewed by: nobody yet\n" in find_catalogue("cy").read_text(encoding="utf-8")


def words_in(text: str) -> Iterator[str]:
    """Yield the words of a Welsh text, without what is joined to them, and without addresses and code."""
    plain = re.sub(r"https?://\S+|\[([^]]*)\]\(\S*\)", r"\1", VALUE.sub(" ", text))
    for word in WORD.findall(plain):
        yield JOINED.sub("", word.replace("’", "'"))


def test_the_spelling(messages: list[Message], guidance: Guidance) -> None:
    dictionary = Dictionary.from_files(str(ROOT / ".venv" / "dictionary" / "index"))
    texts = [text for message in messages for text in texts_of(message)]
    for top in guidance.tops:
        for entry in top.within():
            if translation := entry.translations.get("cy"):
                texts += [str(text) for path, text in translation.texts() if path[0] not in ("english", "official")]
    for subject in load_questions()["subjects"]:
        texts += [subject["name"]["cy"], *(each["cy"] for each in subject["nearest"])]
    assert len(texts) > 900
    words = {word for text in texts for word in words_in(text)}
    unknown = {word for word in words if not dictionary.lookup(word) and not dictionary.lookup(word.lower())}
    assert " ".join(sorted(unknown - ACCEPTED)) == ""
    assert sorted(ACCEPTED - words) == []
