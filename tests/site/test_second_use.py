"""What people take away, used a second time: two editions and a draft after them, two journeys, two languages.

Once the site's address is not known, and once it is below a path.
"""

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
import test_open_data
from conftest import ROOT, BuildOnce, copy_project, read_files
from openpyxl import load_workbook  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect
from site_html import find_broken_links, read_links
from synthetic import choose_languages, write_project
from test_changes import parse_feed

from generator import read_guidance
from generator.__main__ import main
from generator.editions.record import write_edition
from generator.reading.load import load_documents

ADDRESSES = {"unknown": "", "below-a-path": "https://site.example/a/path/"}
SIMPLE = "people-active-in-their-communities/simple.yml"


def replace_in(file: Path, old: str, new: str) -> None:
    """Replace words in a file that has them."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project with two journeys in two languages, two editions, and changes after them."""
    project = tmp_path_factory.mktemp("second") / "project"
    write_project(project, 2)
    choose_languages(project, "cy")
    journeys = project / "journeys"
    simple = journeys / "cohesive-communities" / SIMPLE
    write_edition(journeys, load_documents(journeys, []), date(2026, 1, 31))
    replace_in(simple, "blight communities", "harm communities & <b>homes</b>")
    replace_in(simple, "  title: Help a parkrun start", "  title: Start a parkrun")
    write_edition(journeys, load_documents(journeys, []), date(2026, 6, 30))
    replace_in(simple, "  title: Start a parkrun", "  title: '=Start & run'")
    return project


@pytest.fixture(scope="module", params=ADDRESSES)
def again(request: pytest.FixtureRequest, project: Path, build_once: BuildOnce) -> tuple[Path, str]:
    """The folder and the address of a site that was built from this project."""
    address = ADDRESSES[request.param]
    return build_once(f"second-{request.param}", project, SITE_URL=address), address


def test_the_feed(again: tuple[Path, str]) -> None:
    site, address = again
    tree = parse_feed(site, address)
    second, first = (content.text for content in tree.findall(".//{*}content"))
    assert "The Commissioner's words have changed." in second
    assert first == "The first edition."
    assert len(tree.findall(".//{*}entry")) == 2


def test_the_tables(again: tuple[Path, str], project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every relation is resolved in every format, and the package is valid."""
    data = again[0] / "data" / "v1"
    monkeypatch.chdir(project)
    guidance = read_guidance(Path("journeys"))
    assert len(guidance.journeys) == 2
    with closing(sqlite3.connect(data / "guidance.sqlite")) as database:
        test_open_data.test_the_tables_have_all_that_the_json_has(data, database)
        test_open_data.test_every_id_is_in_one_table(data, database)
        test_open_data.test_all_entries_are_in_one_table(data, database, guidance)
        test_open_data.test_the_database_answers_the_usual_questions(database, guidance)
    test_open_data.test_everything_has_a_schema(data)
    test_open_data.test_every_relation(data, guidance)
    test_open_data.test_the_data_package_is_valid(data)


def test_the_draft_says_so(again: tuple[Path, str]) -> None:
    """In the name and in the content of each file."""
    site, _ = again
    data = site / "data" / "v1"
    about = test_open_data.read_json(data / "everything.json")
    assert (about["edition"], about["draft_after"], about["date"]) == (None, "2026-06-30", "2023-11-14")
    version = f"draft-2023-11-14-{about['commit']}"
    assert re.fullmatch(r"draft-2023-11-14-[0-9a-f]{8}-[0-9a-f]{8}", version)
    assert test_open_data.read_json(data / "datapackage.json")["version"] == version
    rows = {row["name"]: row["value"] for row in test_open_data.read_csv(data / "about.csv")}
    assert (rows["edition"], rows["draft_after"], rows["commit"]) == ("", "2026-06-30", about["commit"])
    assert version in load_workbook(data / "guidance.xlsx").properties.title
    assert {path.name for path in (site / "downloads").iterdir()} == {
        f"journey-to-cohesive-communities-{version}-actions{language}.docx" for language in ("", "-cy")
    }
    for folder in ("", "cy/"):
        html = (site / folder / "about" / "data.html").read_text(encoding="utf-8")
        assert f'download="journey-to-cohesive-communities-{version}-guidance.xlsx"' in html


def test_the_page_of_changes(again: tuple[Path, str], page: Page) -> None:
    site, address = again
    for folder, answers in (
        ("", ["The Commissioner's words have not changed.", "The Commissioner's words have changed."]),
        ("cy/", ["Nid yw geiriau'r Comisiynydd wedi newid.", "Mae geiriau'r Comisiynydd wedi newid."]),
    ):
        page.goto((site / folder / "about" / "changes.html").as_uri())
        expect(page.locator("[data-until] > p > strong")).to_have_text(answers)
    broken = find_broken_links(site, read_links(site))
    assert [link for link in broken if not (address and link.startswith("404.html"))] == []


def test_an_edition_is_the_same_on_another_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files have one name, so they are the same, whenever they are made."""
    project = copy_project(tmp_path / "project")
    shutil.rmtree(project / "journeys")
    shutil.copytree(ROOT / "tests" / "two-journeys", project / "journeys")
    write_edition(project / "journeys", load_documents(project / "journeys", []), date(2026, 1, 31))
    monkeypatch.chdir(project)
    made = []
    for time in ("1767000000", "1790000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", time)
        assert main(["offline", time]) == 0
        made.append(read_files(project / time))
    assert made[0] == made[1]
    (archive,) = (project / time).glob("*.zip")
    assert re.fullmatch(r"journey-to-cohesive-communities-2026-01-31-[0-9a-f]{8}", archive.stem)
    with ZipFile(archive) as opened:
        opened.extractall(tmp_path / "stick")
    pages = read_links(tmp_path / "stick")
    assert {"Open this first.html", f"{archive.stem}/about/data.html"} <= pages.keys()
    assert find_broken_links(tmp_path / "stick", pages) == []
    assert not (tmp_path / "stick" / archive.stem / "404.html").exists()  # it works only on a web server
