"""Changes of the guidance: as data, and in plain words.

`test_compare.md` is the description of the twenty-two changes in `edit_guidance`.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator import read_guidance
from generator.__main__ import main
from generator.editions.change import Change, diff_words
from generator.editions.compare import compare_guidance

ROOT = Path(__file__).parents[2]
TOPIC = "journeys/cohesive-communities/people-active-in-their-communities"

# fmt: off
# ruff: noqa: E501
EDITS = [
    # file, old text, new text
    ("simple.yml", "Make it easy for residents to start up Park Runs", "Make it simple for residents to start Park Runs"),
    ("simple.yml", "  title: Help a parkrun start\n  themes: [sport, green-space]", "  title: Help a parkrun begin\n  themes: [sport]"),
    ("simple.yml", "  gap: The beginning of this action is missing in our copy.\n", ""),
    ("simple.yml", "        'Fit and Fed' from Streetgames Wales", "        'Fit and Fed' by Streetgames Wales"),
    ("simple.yml", "      organisations: [cardiff-city-of-sanctuary]", "      organisations: [cardiff-city-of-sanctuary, home-office]"),
    ("simple.yml", "  next: [kindness-at-the-heart]\n", ""),
    ("adventurous.yml", "    - id: example-1\n      text: |\n        Swansea Environmental Forum.\n      organisations: [swansea-environmental-forum]\n      places: [Swansea]\n", ""),
    ("ambition.yml", "- id: learn-from-fire-starter-scotland\n  scope: organisational", "- id: learn-from-fire-starter-scotland\n  scope: national"),
    (
        "adventurous.yml",
        "  title: Pilot play streets",
        "  statutory:\n    - under: active-travel-act\n      basis: A test says so.\n\n  title: Pilot play streets",
    ),
    (
        "adventurous.yml",
        "- id: play-streets\n",
        "- id: a-new-action\n  text: |\n    Do something new.\n\n  title: Something new\n\n- id: play-streets\n",
    ),
    ("simple.yml", "[Space Saviours]()", "[Space Saviours](https://example.org)"),
    (
        "adventurous.yml",
        "schemes to enable staff to contribute time",
        "schemes so that staff can contribute time",
    ),
    (
        "adventurous.yml",
        "  title: Encourage employee volunteering schemes\n",
        "  reworded: The Commissioner wrote it anew in 2027.\n  title: Encourage employee volunteering schemes\n",
    ),
    ("../../organisations.yml", "- id: cai-park\n  name: Cai Park Wrexham", "- id: cai-park\n  name: Cai Park"),
    ("../../case-studies/normacot.yml", "source: improving-cohesion-with-normacot-united", "source: thriving-neighbourhoods-meeting"),
    ("ambition.yml", "Paris – 5% of city budget.\n      places: [Paris]\n", "Paris – 5% of city budget.\n      places: [Paris]\n    - text: |\n        Another town.\n      organisations: [cai-park]\n"),
    ("adventurous.yml", "  themes: [community-support, health]\n  strengthens: [what", "  themes: [health, community-support]\n  strengthens: [what"),
    (
        "adventurous.yml",
        "        [Swansea Council local area coordination]()\n      organisations: [swansea-council]\n"
        "      places: [Swansea]\n    - id: example-2\n      text: |\n"
        "        Blaenau Gwent County Borough Council Community Connectors\n      organisations: [blaenau-gwent-council]\n"
        "      places: [Blaenau Gwent]\n",
        "        Blaenau Gwent County Borough Council Community Connectors\n      organisations: [blaenau-gwent-council]\n"
        "      places: [Blaenau Gwent]\n"
        "    - text: |\n        [Swansea Council local area coordination]()\n      organisations: [swansea-council]\n"
        "      places: [Swansea]\n",
    ),
    ("../../themes.yml", "- id: events\n", "- id: play\n  name: Play\n  about: Playing.\n\n- id: events\n"),
    ("topic.yml", "Co-production Network Wales knowledge base.", "Co-production Network Wales knowledge base. <!--"),
    ("topic.yml", "place-based plans.\n\n  People", "place-based plans.\n  People"),
]
# fmt: on
RETIRED = """
- id: food-fridges
  title: Ask whether food fridges would work in your community
  page: actions/food-fridges.html
  reason: Every community has one now.
  replaced_by: [food-brings-communities-together]
"""


def edit_guidance(project: Path) -> None:
    """Make the changes of EDITS to the real guidance in a project, retire one action and move another."""
    for file, old, new in EDITS:
        path = project / TOPIC / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old)
        path.write_text(text.replace(old, new), encoding="utf-8")
    # One action is retired.
    source = project / TOPIC / "adventurous.yml"
    blocks = source.read_text(encoding="utf-8").split("\n- id: ")
    source.write_text("\n- id: ".join(block for block in blocks if not block.startswith("food-fridges\n")), "utf-8")
    (project / "journeys" / "retired.yml").write_text(RETIRED, encoding="utf-8")
    # One action moves to another grade: its block goes from one file to the other.
    target = project / TOPIC / "simple.yml"
    blocks = source.read_text(encoding="utf-8").split("\n- id: ")
    moved = next(block for block in blocks if block.startswith("care-and-repair-agencies\n"))
    source.write_text("\n- id: ".join(block for block in blocks if block != moved), encoding="utf-8")
    target.write_text(f"{target.read_text(encoding='utf-8').rstrip()}\n\n- id: {moved.rstrip()}\n", encoding="utf-8")


def test_changes_in_plain_words(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit_guidance(repository)
    assert main(["diff", "HEAD"]) == 0
    printed = capsys.readouterr().out
    assert printed == Path(__file__).with_suffix(".md").read_text(encoding="utf-8")


def test_markdown_in_words_is_shown_as_it_is(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = repository / "journeys" / "themes.yml"
    words = "![i](https://example.org/i.png) `a` <b> *c* d_e | #1 ~~"
    file.write_text(
        file.read_text(encoding="utf-8").replace("name: Housing and design", f"name: '{words}'"), encoding="utf-8"
    )
    assert main(["diff", "HEAD"]) == 0
    escaped = r"!\[i\](https://example.org/i.png) \`a\` &lt;b> \*c\* d\_e \| \#1 \~\~"
    assert f"the name changed: ~~Housing and design~~ **{escaped}**" in capsys.readouterr().out


def test_since_the_published_edition(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A release writes an edition, which is then what to compare with; none is written while there is a mistake."""
    editions = repository / "journeys" / "editions"
    shutil.rmtree(editions)
    shutil.rmtree(repository / ".git")  # git would report that the edition was deleted
    assert main(["diff"]) == 2
    assert capsys.readouterr().err.startswith("No edition has been published yet")
    assert main(["release"]) == 0
    assert capsys.readouterr().out.startswith("This is the first edition.\n")
    assert main(["diff"]) == 0
    assert capsys.readouterr().out == "Nothing has changed in the guidance.\n"
    (edition,) = editions.iterdir()
    promised = edition.read_bytes()

    edit_guidance(repository)
    assert main(["diff"]) == 0
    assert capsys.readouterr().out == Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    assert main(["release"]) == 1
    assert "changed without a reason" in capsys.readouterr().err
    assert list(editions.iterdir()) == [edition]
    assert edition.read_bytes() == promised


def test_a_release_never_changes_an_earlier_edition(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a change there is no new edition; two on one day would have the same name."""
    editions = repository / "journeys" / "editions"
    shutil.rmtree(editions)
    shutil.rmtree(repository / ".git")
    assert main(["release"]) == 0
    (editions / f"{date.today()}.json").rename(editions / "2026-01-01.json")
    capsys.readouterr()
    published = {file: file.read_bytes() for file in editions.iterdir()}
    assert main(["release"]) == 0
    assert capsys.readouterr().out == "Nothing has changed since the published edition, so there is no new one.\n"
    assert {file: file.read_bytes() for file in editions.iterdir()} == published

    sources = repository / "journeys" / "sources.yml"
    sources.write_text(sources.read_text("utf-8").replace("  publisher: ", "  publisher: The ", 1), "utf-8")
    (repository / "CHANGELOG.md").write_text("# Changes\n\n## Not yet released\n\n- New.\n", "utf-8")
    assert main(["release"]) == 0
    said = capsys.readouterr().out
    assert "the publisher changed" in said
    assert f"git tag edition-{date.today()}" in said
    changelog = (repository / "CHANGELOG.md").read_text("utf-8")
    assert changelog == f"# Changes\n\n## Not yet released\n\n## Edition of {date.today():%-d %B %Y}\n\n- New.\n"
    today = editions / f"{date.today()}.json"
    assert {file: file.read_bytes() for file in editions.iterdir() if file != today} == published
    assert main(["diff"]) == 0
    assert capsys.readouterr().out == "Nothing has changed in the guidance.\n"

    new = today.read_bytes()
    sources.write_text(sources.read_text("utf-8").replace("  publisher: ", "  publisher: The ", 1), "utf-8")
    assert main(["release"]) == 1
    assert f"journeys/editions/{today.name}:1:1: There is an edition of {date.today()}" in capsys.readouterr().err
    assert today.read_bytes() == new


def test_no_change(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "HEAD"]) == 0
    assert main(["diff", str(ROOT / "journeys")]) == 0
    assert capsys.readouterr().out == "Nothing has changed in the guidance.\n" * 2


def test_nothing_to_compare_with(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "no-such-branch"]) == 2
    assert capsys.readouterr().err.startswith('"no-such-branch" is neither a folder nor a git revision that contains')


def test_another_order(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = repository / TOPIC / "ambition.yml"
    head, first, second, *rest = file.read_text(encoding="utf-8").split("\n- id: ")
    file.write_text("\n- id: ".join([head, second, first, *rest]), encoding="utf-8")
    assert main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out == (
        "## The Commissioner's words\n\n"
        "- Topic *People active in their communities*: the Ambition actions are in a different order: "
        "*Make co-production the default* moved.\n"
    )
    themes = repository / "journeys" / "themes.yml"
    head, first, second, *rest = themes.read_text(encoding="utf-8").split("\n- id: ")
    themes.write_text("\n- id: ".join([head, second, first, *rest]), encoding="utf-8")
    assert main(["diff", "HEAD"]) == 0
    assert "- Theme *Arts and culture*: moved in the order of the themes.\n" in capsys.readouterr().out


def test_without_git(repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["diff", "HEAD"]) == 1
    assert capsys.readouterr().err == "git: No such file or directory.\n"


def test_changes_of_welsh(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are shown like all others, official ones first."""
    journey = repository / "journeys" / "cohesive-communities" / "journey.cy.yml"
    text = journey.read_text("utf-8").replace("title: Cymru o gymunedau cydlynus", "title: Cymru ranedig")
    journey.write_text(text.replace("title 6b4d57, ", "").replace("keywords: [cydlyniant cymunedol, ", "keywords: ["))
    themes = repository / "journeys" / "themes.cy.yml"
    themes.write_text(themes.read_text("utf-8") + "  reviewer: A. Golygydd\n", "utf-8")
    assert main(["diff", "HEAD"]) == 0
    last = read_guidance(Path("journeys")).themes[-1].label
    assert capsys.readouterr().out == (
        "## Texts in Welsh\n\n"
        "- Journey *A Wales of cohesive communities*: the official Welsh title changed: "
        "Cymru ~~o gymunedau cydlynus~~ **ranedig**\n"
        "- Journey *A Wales of cohesive communities*: Welsh keywords: cydlyniant cymunedol removed.\n"
        "- Journey *A Wales of cohesive communities*: Welsh official texts: title removed.\n"
        f"- Theme *{last}*: the Welsh reviewer is new: A. Golygydd\n"
    )
    journey.unlink()
    assert main(["diff", "HEAD"]) == 0
    assert "the official Welsh title was removed: Cymru o gymunedau cydlynus\n" in capsys.readouterr().out


SIMPLE, ADVENTUROUS = "a-goal/a-topic/simple.yml", "a-goal/a-topic/adventurous.yml"


def compare_edited(folder: Path, file: str, old: str, new: str) -> list[Change]:
    """Return the changes when `old` becomes `new` in a file of the small guidance."""
    before = read_guidance(folder)
    text = (folder / file).read_text("utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), "utf-8")
    return compare_guidance(before, read_guidance(folder))


def test_changed_official_text(small_guidance: Path) -> None:
    (change,) = compare_edited(small_guidance, SIMPLE, "hold a street party", "hold street parties")
    assert (change.kind, change.field) == ("changed", "text")
    assert (change.old, change.new) == ("Help neighbours hold a street party.", "Help neighbours hold street parties.")
    assert change.before
    assert change.after
    assert change.before.key == change.after.key == "street-party"
    assert change.official
    assert change.words_removed
    assert change.place == change.after.where("text")
    assert change.reason == ""


def test_changed_words_of_ours(small_guidance: Path) -> None:
    (change,) = compare_edited(small_guidance, SIMPLE, "Help with street parties", "Street parties")
    assert (change.kind, change.field, change.new) == ("changed", "title", "Street parties")
    assert not change.official
    assert not change.words_removed


def test_reason_for_changed_official_text(small_guidance: Path) -> None:
    new = "a big street party.\n  reworded: It grew."
    (change,) = compare_edited(small_guidance, SIMPLE, "a street party.", new)
    assert (change.field, change.reason) == ("text", "It grew.")


def test_address_added_to_a_link(small_guidance: Path) -> None:
    (change,) = compare_edited(small_guidance, ADVENTUROUS, "[festival]()", "[festival](https://example.org)")
    assert (change.kind, change.field, change.official) == ("links changed", "text", False)


def test_changed_part(small_guidance: Path) -> None:
    (change,) = compare_edited(small_guidance, SIMPLE, "A town did.", "A town did it.")
    assert (change.kind, change.field, change.old, change.new) == ("changed", "text", "A town did.", "A town did it.")
    assert change.part
    assert change.place == change.part.where("text")
    assert change.words_removed


def test_removed_part(small_guidance: Path) -> None:
    example = "  examples:\n    - text: |\n        A town did.\n      organisations: [a-town]\n"
    (change,) = compare_edited(small_guidance, SIMPLE, example, "")
    assert (change.kind, change.field, change.old, change.new) == ("part removed", "examples", "A town did.", None)
    assert change.words_removed


def test_changed_relation(small_guidance: Path) -> None:
    (change,) = compare_edited(small_guidance, SIMPLE, "themes: [events]", "themes: [tea, events, music]")
    assert (change.kind, change.field, change.old) == ("changed", "themes", [])
    assert [theme.key for theme in change.new] == ["tea", "music"]
    (change,) = compare_edited(small_guidance, SIMPLE, "[tea, events, music]", "[events, tea, music]")
    assert (change.kind, change.field) == ("reordered", "themes")
    assert [theme.key for theme in change.new] == ["events"]


def test_moved_and_removed_entries(small_guidance: Path) -> None:
    before = read_guidance(small_guidance)
    action = (small_guidance / SIMPLE).read_text("utf-8").replace("  next: [street-festival]\n", "")
    (small_guidance / SIMPLE).unlink()
    with (small_guidance / ADVENTUROUS).open("a", encoding="utf-8") as file:
        file.write(f"\n{action}")
    after = read_guidance(small_guidance)
    moved, relation = compare_guidance(before, after)
    assert (moved.kind, moved.field, moved.old, moved.new) == ("moved", "grade", "simple", "adventurous")
    assert moved.official
    assert not moved.words_removed
    assert moved.needs_check
    assert (relation.kind, relation.field, relation.new) == ("changed", "next", [])


def test_added_entry(small_guidance: Path) -> None:
    new = "- id: a-town\n  name: A Town\n\n- id: a-village\n  name: A Village\n"
    (change,) = compare_edited(small_guidance, "organisations.yml", "- id: a-town\n  name: A Town\n", new)
    assert (change.kind, change.field, change.before) == ("added", "", None)
    assert change.after
    assert change.after.key == "a-village"


def test_differences_of_words() -> None:
    """A link is one word."""
    assert diff_words("Make it easy for people to [start up]()", "Make it simple for all people to start") == [
        ("Make it", "Make it"),
        ("easy", "simple"),
        ("for", "for"),
        ("", "all"),
        ("people to", "people to"),
        ("[start up]()", "start"),
    ]
