"""The guidance in Welsh, text by text: what is shown, its status, and the file for translators."""

import json
from collections import Counter
from pathlib import Path

import pytest

from generator import read_guidance
from generator.__main__ import main
from generator.fields import entry_fields, fields_of
from generator.guidance import Guidance, TextStatus
from generator.messages import load_messages, make_forms, sort_key_of
from generator.reading.translate import checksum_of, texts_to_translate
from generator.text import Words, unmark

TOPIC = Path("journeys/a-goal/a-topic")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, small_guidance: Path) -> Path:
    """A copy of the small guidance, in the current folder."""
    monkeypatch.chdir(small_guidance.parent)
    return small_guidance


def translate(file: str, *lines: str) -> None:
    """Write a file with translations."""
    Path("journeys", file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_both() -> tuple[Guidance, Guidance]:
    """Return the guidance in English and in Welsh."""
    folder = Path("journeys")
    return read_guidance(folder), read_guidance(folder, guarded=False, language="cy")


def statuses_of(guidance: Guidance, key: str) -> dict[str, TextStatus]:
    """Return the status of each text of an entry."""
    return {each.field: each for each in guidance.translations if each.entry.key == key}


def write_all(marks: str = "Cymraeg: ") -> int:
    """Translate every text of the small guidance into Welsh of our own. Return how many there are."""
    count = 0
    folder = Path("journeys")
    for name in sorted({entry.where().file for entry in read_guidance(folder).tops}):
        assert main(["new", "translation", name]) == 0
        file = Path(name).with_suffix(".cy.yml")
        lines = file.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines):
            field = line.strip().removeprefix("# ").split(":")[0]
            if line.strip().startswith("# ") and line.endswith(": |"):
                lines[number] = line.replace("# ", "", 1)
                lines[number + 1] = lines[number + 1].replace("#   ", f"  {marks}", 1)
                count += field != "keywords"
        file.write_text("\n".join(lines), encoding="utf-8")
    return count


def test_a_fully_welsh_guidance(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every text is shown in Welsh, as ours, with the Commissioner's words beside it."""
    count = write_all()
    english, welsh = read_both()
    assert Counter(each.status for each in welsh.translations) == {"ours": count}
    for top in welsh.tops:
        for entry in top.within():
            for name, text in texts_to_translate(entry):
                assert text.startswith("Cymraeg: "), (entry.key, name)
                assert not text.official
                assert text.original == text.removeprefix("Cymraeg: ")
                assert not isinstance(text.plain, Words)
    assert welsh.has_own_translations
    assert not english.has_own_translations
    assert [action.label for action in english.actions][:1] == ["Help with street parties"]
    capsys.readouterr()
    assert main(["check"]) == 0
    counts = capsys.readouterr().out.splitlines()[-1]
    assert counts == f"Texts in Welsh: 0 official, 0 reviewed, {count} ours, 0 missing, 0 out of date."


def test_a_translation_of_what_is_missing_in_english(small: Path) -> None:
    """It gets advice, and is shown nevertheless."""
    translate("a-goal/a-topic/topic.cy.yml", "gap: Bwlch.", "english: []")
    _, welsh = read_both()
    assert [welsh.topics[0].gap, welsh.topics[0].other_labels] == ["Bwlch.", []]
    assert ["nothing to translate" in advice.message for advice in welsh.advice] == [True]


def test_a_half_welsh_guidance(small: Path) -> None:
    """What is missing stays English and is marked so."""
    title = "Help with street parties"
    translate(
        "a-goal/a-topic/simple.cy.yml",
        "- id: street-party",
        "  reviewer: A. Golygydd",
        "  english: [title e02e66]",
        "  title: Helpu gyda phartïon stryd",
        "  keywords: [parti]",
    )
    english, welsh = read_both()
    action = welsh.entries["street-party"]
    assert statuses_of(welsh, "street-party")["title"].status == "reviewed"
    assert statuses_of(welsh, "street-party")["title"].reviewer == "A. Golygydd"
    assert statuses_of(welsh, "street-party")["text"].status == "missing"
    assert str(action.label) == "Helpu gyda phartïon stryd"
    assert action.other_labels == [title]
    assert [str(word) for word in action.searched_as] == ["parti"]
    festival = welsh.entries["street-festival"].label
    assert isinstance(festival, Words)
    assert str(festival.__html__()) == '<span lang="en">Help with street festivals</span>'
    assert unmark(festival) == "Help with street festivals"
    # On the English site, only its Welsh search words are Welsh.
    action = english.entries["street-party"]
    assert action.label == title
    assert [(str(word), word.language) for word in action.searched_as] == [("parti", "cy")]
    assert action.other_labels == ["Helpu gyda phartïon stryd"]


def test_welsh_that_is_out_of_date(small: Path) -> None:
    """The English is shown until someone has looked at the Welsh again."""
    translate(
        "a-goal/a-topic/simple.cy.yml",
        "- id: street-party",
        "  english: [title e02e66, text bf7b6e]",
        "  title: Helpu gyda phartïon stryd",
        "  text: Helpu cymdogion i gynnal parti stryd.",
    )
    file = TOPIC / "simple.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("neighbours", "neighbors"), encoding="utf-8")
    english, welsh = read_both()
    assert statuses_of(welsh, "street-party")["title"].status == "ours"
    assert statuses_of(welsh, "street-party")["text"].status == "out of date"
    text = welsh.actions[0].text
    assert text == "Help neighbors hold a street party."
    assert text.language == "en"
    assert text.official
    (advice,) = [one for one in english.advice if one.place.file.endswith(".cy.yml")]
    assert 'It is now "Help neighbors hold a street party."' in str(advice)


def test_official_welsh_needs_its_source(small: Path) -> None:
    """Only the fields that are named are official, and not those of entries inside."""
    translate(
        "a-goal/a-topic/simple.cy.yml",
        "- id: street-party",
        "  source: a-document",
        "  official: [text]",
        "  english: [title e02e66, text bf7b6e]",
        "  title: Helpu gyda phartïon stryd",
        "  text: Helpu cymdogion i gynnal parti stryd.",
    )
    _, welsh = read_both()
    rated = statuses_of(welsh, "street-party")
    assert (rated["text"].status, rated["text"].source, rated["title"].status) == ("official", "a-document", "ours")
    assert welsh.actions[0].text.official
    assert welsh.actions[0].text.source == "a-document"
    assert not welsh.actions[0].title.official


def test_translations_do_not_disturb_the_english(guidance: Guidance) -> None:
    """English pages, data and editions have the same texts with and without Welsh files."""
    for top in guidance.tops:
        for entry in top.within():
            assert all(not text.language for _, text in entry.texts())


def test_the_file_for_translators(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It has every text as a comment, gives ids to parts, and a second time adds only what is missing."""
    before = (TOPIC / "simple.yml").read_text(encoding="utf-8")
    assert main(["new", "translation", str(TOPIC / "simple.yml")]) == 0
    after = (TOPIC / "simple.yml").read_text(encoding="utf-8")
    assert after == before.replace("    - text: |", "    - id: example-1\n      text: |")
    file = TOPIC / "simple.cy.yml"
    written = file.read_text(encoding="utf-8")
    assert f"  english: [text {checksum_of(read_guidance(small).actions[0].text)}, title e02e66]" in written
    assert "  # title: |\n  #   Help with street parties\n" in written
    assert "    - id: example-1\n" in written
    assert main(["check"]) == 0
    assert main(["new", "translation", "a-goal/a-topic/simple.yml"]) == 2
    assert "has all texts of simple.yml, or lines for them." in capsys.readouterr().err

    file.write_text("- id: street-party\n  english: [title e02e66]\n  title: Helpu\n", encoding="utf-8")
    (TOPIC / "simple.yml").write_text(
        after + "\n- id: coffee\n  text: |\n    Coffee.\n\n  title: Coffee\n", encoding="utf-8"
    )
    assert main(["new", "translation", str(TOPIC / "simple.yml")]) == 0
    added = file.read_text(encoding="utf-8")
    assert added.startswith("- id: street-party\n  english: [title e02e66]\n  title: Helpu\n  # text: |\n")
    assert "  examples:\n    - id: example-1\n" in added
    assert added.count("- id: coffee\n") == 1
    assert main(["check"]) == 0
    assert main(["new", "translation", "nowhere.yml"]) == 2
    assert (
        'There are no entries in "nowhere.yml". Use one of: a-goal/a-topic/adventurous.yml' in capsys.readouterr().err
    )


def test_every_text_of_the_model_can_be_translated(guidance: Guidance) -> None:
    """Every part that the guidance has can be named: it has an id."""
    for top in guidance.tops:
        for entry in top.within():
            for name in entry_fields(type(entry)):
                assert all(getattr(part, "id", None) for part in getattr(entry, name)), (entry.key, name)
            assert set(dict(texts_to_translate(entry))) <= set(fields_of(type(entry)))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *((0, "0 cam gweithredu"), (1, "1 cam gweithredu"), (2, "2 gam gweithredu"), (3, "3 cham gweithredu")),
        *((4, "4 cam gweithredu"), (5, "5 cam gweithredu"), (6, "6 cham gweithredu"), (7, "7 cam gweithredu")),
        *((10, "10 cam gweithredu"), (11, "11 o gamau gweithredu"), (100, "100 o gamau gweithredu")),
    ],
)
def test_the_six_plurals(number: int, words: str) -> None:
    message = load_messages("cy").ngettext("%(num)s action", "%(num)s actions", number)
    assert message % {"num": number} == words


def test_plurals_for_scripts() -> None:
    welsh = make_forms(load_messages("cy"), "1 result", "{count} results")
    few = {str(number): "{count} canlyniad" for number in range(11)}
    changed = {"2": "{count} ganlyniad", "3": "{count} chanlyniad", "6": "{count} chanlyniad"}
    assert json.loads(welsh) == {**few, **changed, "other": "{count} o ganlyniadau"}
    english = make_forms(load_messages("en"), "1 result", "{count} results")
    assert english == '{"1": "1 result", "other": "{count} results"}'


def test_the_welsh_alphabet() -> None:
    words = "afon angladd bara cath chwarae dŵr dant ddoe eira ffa gwaith ngwaith haf llan lôn ŵyn wedi ŷd yn rhaw rwy"
    ordered = (
        "afon angladd bara cath chwarae dant dŵr ddoe eira ffa gwaith ngwaith haf lôn llan rwy rhaw wedi ŵyn ŷd yn"
    )
    assert sorted(words.split(), key=sort_key_of("cy")) == ordered.split()
    assert sorted(["Llan Fach", "Llanach", "Llan"], key=sort_key_of("cy")) == ["Llan", "Llan Fach", "Llanach"]
    names = [
        "Cymru",
        "Yr Alban",
        "Y Swyddfa Gartref",
        "Yr Adran Gwaith",
        "Sir Fynwy",
        "Tai Calon",
        "Yr",
        "Ystrad Mynach",
    ]
    in_order = [
        "Yr Adran Gwaith",
        "Yr Alban",
        "Cymru",
        "Sir Fynwy",
        "Y Swyddfa Gartref",
        "Tai Calon",
        "Yr",
        "Ystrad Mynach",
    ]
    assert sorted(names, key=sort_key_of("cy")) == in_order
