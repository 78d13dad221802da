"""The data of the files that leave the plan and come back."""

import json
from collections import Counter
from pathlib import Path

import pytest

from generator.pages import kept
from generator.pages.plan_files import describe_table, make_plan_files
from generator.pages.word_template import make_kept_template, make_template, read_word_template


@pytest.mark.parametrize("language", ["en", "cy"])
def test_each_word_of_the_table_means_one_thing(language: str) -> None:
    """A heading or a status can be in any language, so no two columns or statuses share a word in any of them."""
    columns = describe_table(language)
    for named in (
        [one["names"] for one in columns],
        *(list(one["values"].values()) for one in columns if "values" in one),
    ):
        counts = Counter(name.lower() for names in named for name in set(names))
        assert [name for name, count in counts.items() if count > 1] == []


def test_the_language_of_the_page_comes_first() -> None:
    for english, welsh in zip(describe_table("en"), describe_table("cy"), strict=True):
        assert english["names"] == welsh["names"][::-1]
        assert english["names"][0] != english["names"][1]
        assert (english["field"], english["kind"]) == (welsh["field"], welsh["kind"])


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_template_is_the_same_each_time(language: str) -> None:
    assert make_template("A & B <site>", language) == make_template("A & B <site>", language)
    files = json.loads(make_template("A & B <site>", language))
    assert next(iter(files)) == "[Content_Types].xml"
    assert [path for path, text in files.items() if "A &amp; B &lt;site&gt;" in text] == [
        "word/footer1.xml",
        "word/footer2.xml",
    ]
    assert files["docProps/core.xml"].count(f"{language}-GB") == 1


def test_what_the_script_fills_in_is_there_once() -> None:
    text = "".join(read_word_template("A", "en").values())
    assert {name: text.count(f"{{{name}}}") for name in ("body", "links", "numbers", "title")} == {
        "body": 1,
        "links": 1,
        "numbers": 1,
        "title": 2,
    }


def test_the_template_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "FOLDER", tmp_path)
    make_kept_template.cache_clear()
    (word, _), _ = make_plan_files("A", "en")
    assert word == "plan/word.js"
    assert [path.suffix for path in tmp_path.iterdir()] == [".json"]
    make_kept_template.cache_clear()
    monkeypatch.setattr("generator.pages.word_template.make_template", lambda name, language: b"made again")
    assert read_word_template("A", "en")
    make_kept_template.cache_clear()
