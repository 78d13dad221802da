"""With several journeys, nothing that is true of one is said of all: on no page, in no document and in no table.

The guidance in `two-journeys/` has one journey whose St marks are lost, and one of which everything is known.
"""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from axe import find_violations
from conftest import ROOT, BuildOnce, copy_project
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from site_html import check_html, find_broken_links, read_links

from generator import read_guidance
from generator.__main__ import main
from generator.certainty import LEVELS_HELP, describe_marks
from generator.editing.schema import make_schemas
from generator.exports.field_help import HELP
from generator.guidance import Guidance
from generator.messages import load_messages
from generator.model import Journey

LANGUAGES = ["en", "cy"]
ABOUT_A_COPY = {
    "en": re.compile(r"\bour cop(y|ies)\b|\boriginal\b|not on this site", re.IGNORECASE),
    "cy": re.compile(r"\bein cop[iï]|gwreiddiol|ar y wefan hon eto", re.IGNORECASE),
}
"""Sentences about our copy of a document."""
TRUE_OF_ANY = [
    "Our copy of the original lost it, so it is not known. It does not mean “no”.",  # what the word "lost" means
    "These words were links in the original. If you find the address, type it between the round brackets that follow "
    "the words.",
    "This is what our copies of the guidance are missing, goal by goal. If you have an original, you can help: each "
    "item gives the file and line to change. See %(page)s.",
    "If you can see a mark in the original, add %(field)s to the action, with the requirement and how we know.",
    LEVELS_HELP,
    "The Commissioner's words have a coloured line beside them and are copied word for word. Mistakes in the original "
    "are copied, with a note.",
    *HELP.values(),
]
"""Sentences that name no goal because they are true of every one."""
BLOCK = re.compile(r"</?(?:p|li|dd|dt|h[1-6]|div|td|th|button|option|label|summary|section|nav|ul|title)\b[^>]*>")
UNSEEN = re.compile(r"<(script|style|svg)\b.*?</\1>", re.DOTALL)


@pytest.fixture(scope="session")
def two_journeys(build_once: BuildOnce, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site with two journeys in both languages, with its handbooks and handouts."""
    project = copy_project(tmp_path_factory.mktemp("two") / "project", "cy")
    shutil.rmtree(project / "journeys")
    shutil.copytree(ROOT / "tests" / "two-journeys", project / "journeys")
    settings = project / "mkdocs.yml"
    text = settings.read_text("utf-8")
    text = re.sub("(?m)^site_name: .*", "site_name: Two Journeys", text)
    settings.write_text(
        re.sub(r"(?m)^site_description: >-\n(  .*\n)+", "site_description: About two.\n", text), "utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        assert main(["handbook", "dist"]) == 0
    return build_once("two-journeys", project, DOWNLOADS="dist", SITE_URL="", EDIT_URI="")


@pytest.fixture(scope="session", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def read(language: str) -> Guidance:
    return read_guidance(ROOT / "tests" / "two-journeys", guarded=False, language=language)


def list_blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Yield each paragraph or other block of a page, and the last heading or summary before it."""
    heading = ""
    html = UNSEEN.sub("", page.read_text("utf-8"))
    for start, text in zip(["", *BLOCK.findall(html)], BLOCK.split(html), strict=True):
        words = " ".join(unescape(re.sub("<[^>]*>", "", text)).split())
        if words and re.match("<(h[1-3]|summary)", start):
            heading = words
        if words:
            yield heading, words


def list_pages(site: Path, language: str) -> Iterator[Path]:
    """Yield the pages of a language, without that for editors, which is CONTRIBUTING.md."""
    for page in sorted((site / ("cy" if language == "cy" else ".")).rglob("*.html")):
        is_other = language == "en" and page.relative_to(site).parts[0] == "cy"
        if not is_other and page.name != "editing.html":
            yield page


def test_every_page_names_the_goal_whose_copy_it_speaks_of(two_journeys: Path, language: str, read: Guidance) -> None:
    translate = load_messages(language).gettext
    lost, whole = sorted(read.journeys, key=lambda journey: not journey.has_lost_marks)
    goals: dict[str, Journey | None] = {top.address: top.goal for top in read.tops if top.goal}
    goals |= {entry.address: goal for goal in (lost, whole) for entry in goal.statutory_requirements}
    goals |= {topic.grade_address(grade): topic.goal for topic in read.topics for grade in topic.grades}
    folder = two_journeys / ("cy" if language == "cy" else "")
    general = [translate(sentence).partition("%(")[0] for sentence in TRUE_OF_ANY]
    only_in_english = translate("We have the guidance only in English.")
    sentences, wrong = 0, []
    for page in list_pages(two_journeys, language):
        address = page.relative_to(folder).as_posix()
        for heading, words in list_blocks(page):
            assert only_in_english not in words, address
            if not ABOUT_A_COPY[language].search(words) or any(sentence in words for sentence in general):
                continue
            sentences += 1
            names = [str(name) for name in (lost.label, "The lost document")]
            is_named = any(name in text for name in names for text in (words, heading))
            complete = describe_marks(translate, are_lost=False)
            is_of_whole = words.endswith(complete) and (str(whole.label) in words or goals.get(address) is whole)
            if not (is_named or is_of_whole or goals.get(address) is lost):
                wrong.append((address, words))
    assert sentences > 15
    assert wrong == []


def test_the_pages_of_a_goal_of_which_all_is_known_miss_nothing(
    two_journeys: Path, language: str, read: Guidance
) -> None:
    whole = next(journey for journey in read.journeys if not journey.has_lost_marks)
    folder = two_journeys / ("cy" if language == "cy" else "")
    translate = load_messages(language).gettext
    known = {describe_marks(translate, are_lost=False)}
    for address in {
        entry.address.split("#")[0] for top in (whole, *whole.topics, *whole.actions) for entry in top.within()
    }:
        assert [words for _, words in list_blocks(folder / address) if ABOUT_A_COPY[language].search(words)] in (
            [],
            [*known],
        ), address


def name_files(site: Path) -> str:
    """Return what the names of the site's documents begin with."""
    (handbook,) = site.glob("downloads/two-journeys-draft-*-handbook.pdf")
    return handbook.name.removesuffix("-handbook.pdf")


def test_documents(two_journeys: Path, language: str, read: Guidance) -> None:
    translate = load_messages(language).gettext
    suffix = "-cy" if language == "cy" else ""
    lost, whole = sorted(read.journeys, key=lambda journey: not journey.has_lost_marks)
    papers = {file.name: PdfReader(file) for file in two_journeys.glob(f"downloads/two-journeys-*{suffix}.pdf")}
    papers = {name: paper for name, paper in papers.items() if name.endswith("-cy.pdf") == bool(suffix)}
    ends = {"handbook", *(topic.key for topic in read.topics if topic.actions)}
    name = name_files(two_journeys)
    assert set(papers) == {f"{name}-{end}{suffix}.pdf" for end in ends}
    pages = [" ".join(page.extract_text().split()) for page in papers[f"{name}-handbook{suffix}.pdf"].pages]
    printed = " ".join(pages)
    for said in (
        describe_marks(translate, are_lost=True),
        translate("Addresses of links that our copy lost: %(count)s."),
    ):
        start = said.split("%")[0].strip()
        before = [text.rstrip() for text in printed.split(start)[:-1]]
        assert before
        assert all(text.endswith(f"{lost.label}:") for text in before)
    of_whole = [page for page in pages if page.startswith(str(whole.label))]
    assert len(of_whole) == 3
    assert [page for page in of_whole if ABOUT_A_COPY[language].search(page)] == []
    assert translate("How we copied it") in printed
    for name, paper in papers.items():
        text = " ".join(" ".join(page.extract_text().split()) for page in paper.pages)
        assert translate("We have the guidance only in English.") not in text, name
        assert not re.search("cohesive|cydlynus", text, re.IGNORECASE), name


def test_each_topic_has_its_own_handout(two_journeys: Path) -> None:
    """The id of one topic is a part of another one's."""
    for topic in ("housing", "housing-for-all", "work"):
        html = (two_journeys / f"topics/{topic}.html").read_text("utf-8")
        assert re.findall('downloads/(.*?)"', html.partition("<footer")[0]) == [
            f"{name_files(two_journeys)}-{topic}.pdf"
        ]
    offline = (two_journeys / "cy/about/offline.html").read_text("utf-8").partition("<footer")[0]
    assert len(re.findall(rf"downloads/{name_files(two_journeys)}-[a-z-]+-cy\.pdf", offline)) == 4


def test_tables(two_journeys: Path) -> None:
    guidance = read_guidance(ROOT / "tests" / "two-journeys")
    table = list(csv.DictReader(io.StringIO((two_journeys / "data/v1/actions.csv").read_text("utf-8-sig"))))
    assert {row["id"]: row["journey"] for row in table} == {one.key: one.journey.key for one in guidance.actions}
    assert {row["id"]: row["statutory_certainty"] for row in table} == {
        "build-new-homes": "known",
        "build-a-town": "known",
        "train-people": "known",
        "mend-empty-homes": "lost",
        "ask-tenants": "inferred",
    }
    package = json.loads((two_journeys / "data/v1/datapackage.json").read_text("utf-8"))
    assert (package["name"], package["title"]) == ("two-journeys", "Two Journeys")


def test_no_file_has_the_name_of_another_site(two_journeys: Path) -> None:
    """Except the page for editors, whose examples are from the first journey, and what the search finds in it."""
    kinds = {".html", ".json", ".js", ".xml", ".csv", ".txt", ".webmanifest"}
    files = [file for file in two_journeys.rglob("*") if file.suffix in kinds]
    named = [file for file in files if re.search("cohesive|cydlynus", file.read_text("utf-8"), re.IGNORECASE)]
    addresses = [file.relative_to(two_journeys).as_posix() for file in named if file.name != "editing.html"]
    assert [address for address in addresses if "search/" not in address] == []


def test_pages_are_valid(two_journeys: Path) -> None:
    links = read_links(two_journeys)
    assert {here: page.repeated_ids for here, page in links.items() if page.repeated_ids} == {}
    assert find_broken_links(two_journeys, links) == []
    assert check_html(two_journeys) == []


def read_menu(page: Path) -> list[str]:
    """Return the words of the menu of a page."""
    menu = re.search(r'<nav class="menu".*?</nav>', page.read_text("utf-8"), re.DOTALL)
    assert menu
    return [unescape(words) for words in re.findall(r"<(?:a|span)[^>]*>([^<]+)</", menu[0])][1:]


def test_the_menu_has_only_the_topics_of_the_current_goal(two_journeys: Path) -> None:
    goals, rest = ["Goals", "The whole goal", "The lost goal"], ["All actions", "Themes", "Case studies"]
    assert read_menu(two_journeys / "index.html") == [*goals, *rest, "Legal duties", "Organisations"]
    grades = ["Making Simple Changes", "Owning your Ambition"]
    inside = [*goals[:2], "Housing", *grades, "Work", goals[2], *rest]
    assert read_menu(two_journeys / "topics/housing-for-all/simple.html")[: len(inside)] == inside


@pytest.mark.parametrize("address", ["index.html", "about/data.html", "statutory/index.html", "about/sources.html"])
def test_goals_are_in_the_order_of_their_numbers(two_journeys: Path, address: str) -> None:
    main_part = (two_journeys / address).read_text("utf-8").partition("<main")[2]
    assert 0 < main_part.index("The whole") < main_part.index("The lost")


@pytest.mark.parametrize("address", ["themes/homes.html", "case-studies/a-hall.html", "statutory/index.html"])
def test_lists_name_the_goal_of_each_action(two_journeys: Path, address: str) -> None:
    items = re.findall(r'<li class="item">.*?</li>', (two_journeys / address).read_text("utf-8"), re.DOTALL)
    assert len(items) >= 2
    for item in items:
        assert ("The lost goal" in item) != ("The whole goal" in item), item


def test_pages_of_one_title_name_their_goal(two_journeys: Path) -> None:
    for address, goal in (("housing", "The lost goal"), ("housing-for-all", "The whole goal")):
        html = (two_journeys / f"topics/{address}.html").read_text("utf-8")
        assert f"<title>Housing ({goal}) - Two Journeys</title>" in html
        assert '<h1 id="__title">Housing</h1>' in html
    law = (two_journeys / "statutory/housing-act.html").read_text("utf-8")
    assert "The same law in relation to other goals:" in law
    assert 'href="housing-act-for-the-whole-goal.html">The whole goal</a>' in law


def test_the_finder_filters_by_goal_and_topic(
    two_journeys: Path, page: Page, tmp_path: Path, serve: Callable[[Path], str]
) -> None:
    page.goto(f"{serve(two_journeys)}/actions/index.html")
    page.get_by_label("Goal").select_option(label="The lost goal (2)")
    expect(page.locator(".finder__count")).to_have_text("2 of 5 actions")
    expect(page).to_have_url(re.compile("#journey=lost-goal$"))
    expect(page.get_by_role("heading", level=2).filter(visible=True)).to_have_text(["Housing: Simple · The lost goal"])
    with page.expect_download() as download:
        page.get_by_role("button", name="Download (CSV)").click()
    download.value.save_as(tmp_path / "actions.csv")
    rows = list(csv.DictReader((tmp_path / "actions.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["Goal"], row["Topic"], row["Title"]) for row in rows] == [
        ("The lost goal", "Housing", "Mend empty homes"),
        ("The lost goal", "Housing", "Ask tenants"),
    ]
    page.get_by_label("Goal").select_option(label="Any goal")
    page.get_by_label("Topic").select_option("work")
    expect(page.locator(".finder__count")).to_have_text("1 of 5 actions")


def test_the_data_of_finder_and_plan_names_goals(two_journeys: Path) -> None:
    text = (two_journeys / "actions/list.js").read_text("utf-8")
    listed = json.loads(text.partition(", ")[2].rpartition(")")[0])
    assert listed["names"]["journey"] == {"whole-goal": "The whole goal", "lost-goal": "The lost goal"}
    assert {action["id"]: action["journey"] for action in listed["actions"]}["ask-tenants"] == "lost-goal"
    assert [(one["id"], one["journey"]) for one in listed["disablers"]] == [("bad-habits", "lost-goal")]


def test_the_plan_names_goals_and_cites_what_it_quotes(
    two_journeys: Path, page: Page, serve: Callable[[Path], str], read: Guidance
) -> None:
    ids = {action.topic.journey.key: action.key for action in read.actions}
    cited = {journey.key: journey.related["source"][0].label for journey in read.journeys}
    root = serve(two_journeys)
    page.goto(f"{root}/shortlist.html#ids={ids['lost-goal']}")
    page.locator("[data-do=add]").click()
    expect(page.locator(f"[data-action={ids['lost-goal']}] th")).to_contain_text("The lost goal")
    page.locator("[data-views] a[href='#report']").click()
    expect(page.locator("[data-report]")).to_contain_text(f"Quoted from: {cited['lost-goal']}.")
    page.goto(f"{root}/actions/{ids['whole-goal']}.html")
    page.locator("main [data-keep]").first.click()
    page.goto(f"{root}/shortlist.html#report")
    expect(page.locator("[data-report]")).to_contain_text(cited["whole-goal"])


def test_editors_are_offered_the_ids_of_other_journeys() -> None:
    schema = json.loads(dict(make_schemas(read_guidance(ROOT / "tests" / "two-journeys")))["journey.json"])
    offered = schema["definitions"]["topic"]["enum"]
    assert {"housing", "lost-goal/housing", "whole-goal/work"} <= set(offered)


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_accessible(two_journeys: Path, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in (
        "index",
        "actions/index",
        "about/gaps",
        "about/sources",
        "statutory/housing-act",
        "journeys/lost-goal",
    ):
        for folder in ("", "cy/"):
            page.goto((two_journeys / f"{folder}{address}.html").as_uri())
            for fold in page.locator("main details:not([open]) > summary").all():
                if fold.is_visible():
                    fold.click()
            assert find_violations(page) == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
