"""The page of changes and the feed, with made-up editions that contain every kind of change."""

import copy
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import feedparser  # type: ignore[import-untyped]
import pytest
from conftest import ROOT, BuildOnce, build_site, copy_project
from lxml import etree  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from generator.editions.record import write_edition
from generator.reading.load import load_documents

SIMPLE = "cohesive-communities/people-active-in-their-communities/simple.yml"
ADVENTUROUS = "cohesive-communities/people-active-in-their-communities/adventurous.yml"
(NEWEST,) = (ROOT / "journeys" / "editions").glob("*.json")
HOMES = "empty-homes"


def find(files: dict[str, Any], file: str, key: str) -> dict[str, Any]:
    """Return an entry of a list in the record of an edition."""
    found: dict[str, Any] = next(entry for entry in files[file] if entry["id"] == key)
    return found


def write_editions(folder: Path) -> None:
    """Write two editions that are older than the newest: each change is made backwards."""
    third = json.loads(NEWEST.read_text(encoding="utf-8"))["files"]

    second = copy.deepcopy(third)
    homes = find(second, SIMPLE, HOMES)
    homes["text"] = homes["text"].replace("blight", "harm <b>")
    homes["examples"][0]["text"] = "A made-up example."
    homes["themes"] = [*homes["themes"], "arts"]
    find(second, SIMPLE, "help-a-parkrun-start")["title"] = "Start a parkrun"
    second[ADVENTUROUS] = [entry for entry in second[ADVENTUROUS] if entry["id"] != "play-streets"]
    for entries in second.values():
        for entry in entries if isinstance(entries, list) else ():
            for field in ("next", "illustrates"):
                if "play-streets" in entry.get(field, ()):
                    entry[field].remove("play-streets")
            if not entry.get("next", True):
                del entry["next"]
    moved = find(second, SIMPLE, "map-public-land")
    second[SIMPLE].remove(moved)
    second[SIMPLE].insert(0, moved)
    second["retired.yml"] = [
        {
            "id": "tea-dance",
            "title": "Hold a tea dance",
            "page": "actions/tea-dance.html",
            "reason": "It is part of another action now.",
            "replaced_by": [HOMES],
        }
    ]

    first = copy.deepcopy(second)
    first["retired.yml"] = []
    first[SIMPLE].append({"id": "tea-dance", "text": "Dance.", "title": "Hold a tea dance", "themes": ["arts"]})
    first["themes.yml"][0], first["themes.yml"][1] = first["themes.yml"][1], first["themes.yml"][0]
    for day, files in (("2025-01-31", first), ("2025-06-30", second)):
        title = "Tai gwag" if files is first else "Cartrefi gwag"
        welsh = {"id": HOMES, "english": [], "title": title}
        record = {"edition": day, "files": files, "translations": {SIMPLE.replace(".yml", ".cy.yml"): [welsh]}}
        (folder / f"{day}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


@pytest.fixture(scope="module")
def changed_site(tmp_path_factory: pytest.TempPathFactory, build_once: BuildOnce) -> Path:
    """The folder of a site with three editions, published at a known address."""
    project = copy_project(tmp_path_factory.mktemp("changes") / "project")
    write_editions(project / "journeys" / "editions")
    return build_once("changed", project, SITE_URL="https://site.example/")


def test_every_kind_of_change_is_told(changed_site: Path, page: Page) -> None:
    page.goto(f"{changed_site.as_uri()}/about/changes.html")
    sections = page.locator("[data-until]")
    headings = [heading.split("\n")[0] for heading in sections.locator("h2").all_inner_texts()]
    _, second, first = (heading for heading in headings if heading.startswith("Edition of"))
    assert (second, first) == ("Edition of 30 June 2025", "Edition of 31 January 2025")
    expect(page.locator("[data-until='2025-01-31']")).to_contain_text("The first edition.")

    told = page.locator("[data-until='2025-06-30'] li").all_inner_texts()
    assert any(line.startswith("No longer part of the guidance: ") and "Hold a tea dance" in line for line in told)
    assert any("has another place in the order." in line for line in told)

    welsh = page.locator("[data-until='2025-06-30']").locator("h3:has-text('Translations') + details li")
    expect(welsh).to_have_count(1)
    expect(welsh).to_contain_text("title (Welsh):")
    expect(welsh.locator("del [lang=cy]")).to_have_text("Tai")
    expect(welsh.locator("ins [lang=cy]")).to_have_text("Cartrefi")

    until_newest = page.locator(f"[data-until='{NEWEST.stem}']")
    expect(until_newest.locator("p").first).to_have_text("The Commissioner's words have changed.")
    titles = ["The Commissioner's words", "New and removed entries", "Our words and links", "Translations"]
    expect(until_newest.locator("h3")).to_have_text(titles)  # the newest edition has no Welsh
    official = until_newest.locator("h3:has-text('The Commissioner') + ul")
    wording = official.locator("li", has_text="wording:").filter(has_text="Consider new ways").first
    assert "harm <b>" in wording.locator("del").inner_text()
    assert "blight" in wording.locator("ins").inner_text()
    expect(official).to_contain_text("A made-up example.")
    expect(official.locator("li", has_text="New: Pilot play streets")).to_have_count(1)
    expect(official).to_contain_text("in another order.")
    folded = until_newest.locator("details")
    assert not folded.locator("li:visible").count()
    title = folded.locator("li", has_text="Help a parkrun start, title:")
    assert "Start" in str(title.locator("del").first.text_content())
    themes = folded.filter(has=page.get_by_text("Themes (1)", exact=True)).locator("li")
    expect(themes).to_contain_text("themes: removed: Arts and culture")
    assert page.locator("main b").count() == 0


def test_readers_choose_the_edition_to_start_from(changed_site: Path, page: Page) -> None:
    page.goto(f"{changed_site.as_uri()}/about/changes.html")
    field = page.get_by_label("Show what changed since")
    shown = page.locator("[data-until]:visible")
    everything = shown.count()
    field.select_option("the edition of 30 June 2025")
    assert [section.get_attribute("data-until") for section in shown.all()] == ["now", NEWEST.stem][-shown.count() :]
    field.select_option("the beginning")
    assert shown.count() == everything


def test_with_one_edition_the_page_says_so(site: Path, page: Page) -> None:
    page.goto(f"{site.as_uri()}/about/changes.html")
    expect(page.get_by_text("There is only one edition so far")).to_be_visible()
    expect(page.get_by_label("Show what changed since")).to_have_count(0)


def test_only_the_commissioners_words_and_new_entries_are_open(changed_site: Path, page: Page) -> None:
    """A draft with hundreds of changed keywords takes a few lines, with the number of changes of each field."""
    page.goto(f"{changed_site.as_uri()}/about/changes.html")
    draft = page.locator("[data-until='now']")
    summaries = draft.locator("summary").all_inner_texts()
    assert any(re.fullmatch(r"Keywords \(\d+\)", summary) for summary in summaries)
    for summary, folded in zip(summaries, draft.locator("details").all(), strict=True):
        assert summary.endswith(f"({folded.locator('li').count()})")
    height = page.evaluate("document.querySelector('[data-until=now]').getBoundingClientRect().height")
    assert height < 3000


SCHEMA = etree.RelaxNG(file=str(Path(__file__).with_name("atom.rng")))


def parse_feed(site: Path, address: str = "") -> Any:
    """Return a feed that has been checked as strictly as RFC 4287 asks: as XML, by the schema, and for its readers."""
    tree = etree.parse(site / "data" / "changes.xml")
    SCHEMA.assertValid(tree)
    namespaces = {"atom": "http://www.w3.org/2005/Atom"}
    ids = tree.xpath("//atom:id/text()", namespaces=namespaces)
    assert len(set(ids)) == len(ids)
    contents = [content.text for content in tree.findall(".//{*}content")]
    assert all(len(text.split()) < 250 for text in contents)  # a minute's reading
    links = [link.get("href") for link in tree.findall(".//{*}link")]
    for link in links + re.findall(r'href="([^"]*)"', "".join(contents)):
        assert link.startswith(address)
        path = urldefrag(link.removeprefix(address)).url
        assert (site / path if address else site / "data" / path).is_file()
    return tree


def test_a_schema_that_forgives_nothing(site: Path) -> None:
    text = (site / "data" / "changes.xml").read_text(encoding="utf-8")
    for right, wrong in (
        ("&lt;p&gt;", "<p></p>"),
        ("<updated>", "<updated>on "),
        ("<author>", "<author><name/></author><author>"),
        ("urn:uuid:", ""),
        ('type="html"', 'type="markdown"'),
        ("<title>", "<title/><title>"),
        (' href="', ' link="'),
    ):
        broken = text.replace(right, wrong) if right in text else text.replace("The first edition.", wrong)
        assert not SCHEMA.validate(etree.fromstring(broken.encode())), right


def test_the_feed(changed_site: Path, site: Path, addressed_site: Path) -> None:
    """It is valid with one edition and with three, with and without an address. Its ids are the same everywhere."""
    parse_feed(changed_site, "https://site.example/")
    parse_feed(addressed_site, "https://site.example/guidance/")
    parse_feed(site)
    feed = feedparser.parse((changed_site / "data" / "changes.xml").read_bytes())
    assert not feed.bozo
    assert feed.version == "atom10"
    assert [entry.title for entry in feed.entries][1:] == ["Edition of 30 June 2025", "Edition of 31 January 2025"]
    newest = feed.entries[0]
    assert newest.link == f"https://site.example/about/changes.html#edition-{NEWEST.stem}"
    assert newest.updated == f"{NEWEST.stem}T00:00:00Z"
    assert "The Commissioner's words have changed." in newest.content[0].value
    assert "Pilot play streets" in newest.content[0].value
    links = re.findall(r'href="([^"]*)"', newest.content[0].value)
    assert links
    assert all(link.startswith("https://site.example/") for link in links)
    elsewhere = feedparser.parse((site / "data" / "changes.xml").read_bytes())
    assert not elsewhere.bozo
    assert [entry.id for entry in elsewhere.entries] == [newest.id]
    assert len({entry.id for entry in feed.entries} | {feed.feed.id}) == 4


def test_every_page_says_which_edition_it_is(tmp_path: Path) -> None:
    """None yet, a release, or a draft after it."""
    project = copy_project(tmp_path / "project")
    journeys = project / "journeys"
    (journeys / "editions" / NEWEST.name).unlink()

    def read_footer(address: str) -> str:
        done = build_site(project, project / "site")
        assert done.returncode == 0, done.stderr
        html = (project / "site" / address).read_text(encoding="utf-8")
        footer = re.findall(r'<p class="foot__edition">.*?</p>', html, re.DOTALL)[0]
        return " ".join(re.sub("<[^>]*>", "", footer).split())

    assert read_footer("index.html").endswith("Draft, built on 14 November 2023.")
    write_edition(journeys, load_documents(journeys, []), date(2026, 11, 30))
    assert read_footer("actions/empty-homes.html").endswith("Edition of 30 November 2026.")
    text = (journeys / SIMPLE).read_text(encoding="utf-8")
    (journeys / SIMPLE).write_text(text.replace("title: Help a parkrun start", "title: Parkrun"), encoding="utf-8")
    expected = "Draft after the edition of 30 November 2026, built on 14 November 2023."
    assert read_footer("404.html").endswith(expected)
