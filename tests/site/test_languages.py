"""The site in English and in Welsh: each page has its counterpart, and says of each text which language it is in."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import build_site, read_files
from languages import Spoken, find_names, find_telling_words, read_spoken
from markupsafe import escape
from playwright.sync_api import Page, expect
from site_html import find_broken_links, read_links
from site_pages import search_site
from synthetic import choose_languages

from generator.exports.offline import make_zip
from generator.guidance import Guidance
from generator.welsh import PLACES

OTHER = {"en": "cy", "cy": "en"}


@pytest.fixture(scope="module")
def spoken(site: Path) -> dict[str, Spoken]:
    """The texts of every page, by its address."""
    return {path.relative_to(site).as_posix(): read_spoken(path) for path in sorted(site.rglob("*.html"))}


@pytest.fixture(scope="module")
def names(guidance: Guidance) -> list[str]:
    welsh = [one.translations["cy"].name for one in guidance.organisations if "cy" in one.translations]  # type: ignore[attr-defined]
    return [*find_names(guidance), *filter(None, map(str, welsh))]


def test_every_page_links_to_its_counterpart_and_back(spoken: dict[str, Spoken]) -> None:
    pages = {address for address in spoken if not address.startswith("cy/")} - {"404.html"}
    assert {address.removeprefix("cy/") for address in spoken if address.startswith("cy/")} == pages
    assert len(pages) > 150
    for address in pages:
        up = "../" * address.count("/")
        first, back = spoken[address].links[0], spoken[f"cy/{address}"].links[0]
        assert (first["href"], first["hreflang"], first["lang"]) == (f"{up}cy/{address}", "cy", "cy"), address
        assert (back["href"], back["hreflang"], back["lang"]) == (f"../{up}{address}", "en", "en"), address


def test_no_text_is_in_another_language_than_its_page_says(spoken: dict[str, Spoken], names: list[str]) -> None:
    """By words that only one of the languages has. Names are left out."""
    assert sum(len(page.texts) for page in spoken.values()) > 20_000
    wrong = {
        (address, language, text)
        for address, page in spoken.items()
        for language, text in page.texts
        if find_telling_words(text, OTHER[language], names)
    }
    assert wrong == set()


def test_texts_differ_from_those_of_the_counterpart(spoken: dict[str, Spoken], names: list[str]) -> None:
    """A Welsh text isn't also on the English page, and what is in English on a Welsh page is."""
    same_in_both = re.compile(r"[\W\d_]*|St|zip|CSV|JSON|API|XLSX|RSS|Excel|HTML|WCAG")
    for address, welsh in spoken.items():
        if not address.startswith("cy/"):
            continue
        english = {text for language, text in spoken[address.removeprefix("cy/")].texts if language == "en"}
        left: dict[str, set[str]] = {"cy": set(), "en": set()}
        for language, text in welsh.texts:
            if (language == "cy") == (text in english):
                rest = text
                for name in names:
                    rest = rest.replace(name, "")
                if not same_in_both.fullmatch(rest) and not re.fullmatch(r"[\w./-]+(/|\.\w+)[^ ]*(, .*|: \d+)?", text):
                    left[language].add(text)
        assert left["cy"] == set(), address
        whole = " ".join(text for _, text in spoken[address.removeprefix("cy/")].texts)
        assert {text for text in left["en"] - {"English"} if text not in whole} == set(), address


def test_places_have_their_welsh_names(site: Path, spoken: dict[str, Spoken]) -> None:
    """In filters, lists and on pages: wherever a place is named on its own, or as one of several."""
    finder = (site / "cy" / "actions" / "index.html").read_text("utf-8")
    filters = re.findall("<option[^>]*>([^<(]*[^<( ])", finder[finder.index('name="place"') :].split("</select>")[0])
    assert {"Aberdâr", "Bro Morgannwg", "Caerffili", "Casnewydd", "Sir Fynwy", "Yr Iseldiroedd"} < set(filters)
    assert not PLACES.keys() & set(filters)
    lists = ("cy/index", "cy/actions/index", "cy/case-studies/", "cy/organisations/", "cy/shortlist")
    texts = {text for address, page in spoken.items() if address.startswith(lists) for text in page.texts}
    parts = [re.split("[·,:]", text) if language == "cy" else [text] for language, text in texts]  # not official words
    named = {name.strip() for names in parts for name in names}
    assert {"Caerffili", "Casnewydd", "Lloegr", "Yr Alban"} <= named
    assert PLACES.keys() & named == set()


def test_changes_name_places_and_kinds_of_bodies_in_welsh(spoken: dict[str, Spoken]) -> None:
    """Each value follows the label of its field. A keyword may be the same English word."""
    texts = spoken["cy/about/changes.html"].texts
    after = [
        texts[at + 1 : at + 3] for at, (_, text) in enumerate(texts) if re.search(", (lleoedd|ardal|math):$", text)
    ]
    assert {"Wrexham", "Cardiff", "council", "charity"} & {name for each in after for _, name in each} == set()
    assert [each for each in after if each and each[0][0] == "en"] == []


def test_bodies_have_their_welsh_names(site: Path) -> None:
    page = (site / "cy" / "organisations" / "index.html").read_text("utf-8")
    for name in ("Cyfoeth Naturiol Cymru", "Amgueddfa Cymru", "Cyngor Abertawe", "Gofal a Thrwsio"):
        assert f">{name}</a>" in page
    assert "Comisiynydd Cenedlaethau&#39;r Dyfodol Cymru, <cite>" in (
        site / "cy" / "actions" / "empty-homes.html"
    ).read_text("utf-8")


def test_topics_have_a_title_of_ours_beside_the_commissioners(site: Path, guidance: Guidance) -> None:
    goal = (site / "cy" / guidance.journeys[0].address).read_text("utf-8")
    for topic in guidance.journeys[0].topics:
        page = (site / "cy" / topic.address).read_text("utf-8")
        ours = str(topic.translations["cy"].title)  # type: ignore[attr-defined]
        assert f'<h1 id="__title">{escape(ours)}</h1>' in page
        assert f'<p class="official"><span lang="en">{topic.title}</span></p>' in page
        assert f'<p class="whose"><span lang="en">{topic.title}</span></p>' in goal
        assert ours not in (site / topic.address).read_text("utf-8").split("<main")[1].split("</h1>")[0]


def test_assets_are_shared(site: Path) -> None:
    """The Welsh pages add only pages, what scripts read in Welsh, a feed, and a manifest with the Welsh name."""
    added = {path.relative_to(site / "cy").parts[0] for path in (site / "cy").rglob("*") if path.suffix != ".html"}
    assert added & {"assets", "downloads", "_headers"} == set()
    files = [path for path in (site / "cy").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".html", ".js", ".webmanifest", ".xml"}
    assert [path for path in files if path.suffix == ".xml"] == [site / "cy" / "data" / "changes.xml"]
    assert list((site / "cy" / "data").iterdir()) == [site / "cy" / "data" / "changes.xml"]


def test_the_feed_is_in_welsh_too(site: Path) -> None:
    """Each page names the feed of its language, and the two are different feeds."""
    texts = [(site / folder / "data" / "changes.xml").read_text("utf-8") for folder in (".", "cy")]
    languages, ids = zip(*(re.findall(r'xml:lang="(\w+)"|<id>(.*?)</id>', text)[:2] for text in texts), strict=True)
    assert [language for language, _ in languages] == ["en", "cy"]
    assert len({id for _, id in ids}) == 2
    page = (site / "cy" / "actions" / "empty-homes.html").read_text("utf-8")
    assert 'type="application/atom+xml" title="Beth sydd wedi newid" href="../data/changes.xml"' in page


def test_readers_change_the_language_where_they_are(page: Page, root: str) -> None:
    """The link leads to the same page, with the same filters, and back. The plan is the same."""
    page.goto(f"{root}/actions/index.html#grade=simple")
    expect(page.locator(".finder__count")).to_have_text("22 of 57 actions")
    page.get_by_role("link", name="Cymraeg", exact=True).click()
    expect(page.locator(".finder__count")).to_have_text("Camau gweithredu: 22 o 57")
    assert page.url == f"{root}/cy/actions/index.html#grade=simple"
    page.get_by_role("button", name="Ychwanegu at y cynllun: Dileu rhwystrau i ddigwyddiadau lleol").click()
    expect(page.locator("[data-plan-link]")).to_have_text("Cynllun (1)")
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator("[data-plan-link]")).to_have_text("Plan (1)")
    page.locator("[data-plan-link]").click()
    expect(page.locator(".plan__table th > a")).to_have_text("Remove barriers to local events")
    page.get_by_role("link", name="Cymraeg", exact=True).click()
    expect(page.locator(".plan__table th > a")).to_have_text("Dileu rhwystrau i ddigwyddiadau lleol")
    expect(page.get_by_role("heading", level=1)).to_have_text("Eich cynllun")


READ_TEXTS = """() => {
  const left = "script, template, code, [hidden]"
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, node =>
    node.parentElement.closest(left) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT)
  const texts = []
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode
    if (textContent.trim()) texts.push([parentElement.closest("[lang]").lang, textContent.trim().replace(/\\s+/g, " ")])
  }
  for (const element of document.querySelectorAll("body [aria-label]:not(template *)")) {
    texts.push([element.closest("[lang]").lang, element.getAttribute("aria-label")])
  }
  return texts
}"""
"""Returns the language and the words of each text that a page shows now, with those that scripts have added."""


def check_languages(page: Page, names: list[str]) -> None:
    """Check that no text that is on the page now is in another language than the page says."""
    wrong = [
        (language, text)
        for language, text in page.evaluate(READ_TEXTS)
        if find_telling_words(text, OTHER[language], names)
    ]
    assert wrong == []


def test_what_scripts_show_is_in_welsh(page: Page, online: str, names: list[str]) -> None:
    page.goto(f"{online}/cy/index.html")
    assert search_site(page, "gwirfoddoli")
    expect(page.locator("#results p").first).not_to_have_text("")
    expect(page.get_by_role("search").get_by_role("status")).to_have_text(
        re.compile(r"\d+ (o ganlyniadau|canlyniad|ganlyniad|chanlyniad)")
    )
    check_languages(page, names)
    search_site(page, "residents")  # words that only the guidance has, in English
    expect(page.locator("#results p[lang=en]").first).not_to_have_text("")
    check_languages(page, names)

    page.goto(f"{online}/cy/actions/index.html#words=tai")
    page.locator(".item summary").first.click()
    expect(page.locator("[data-wording] .official").first).to_be_visible()
    check_languages(page, names)
    page.get_by_role("button", name=re.compile("Ychwanegu'r rhain")).click()
    page.locator("[data-plan-link]").click()
    row = page.locator(".plan__table [data-action]").first
    row.get_by_label(re.compile("Ble rydym ni arni?")).select_option("done")
    row.get_by_label(re.compile("^Erbyn")).fill("2027-08-03")
    expect(page.get_by_role("heading", level=1)).to_have_text("Eich cynllun")
    expect(row.locator("[data-said=by]")).to_contain_text("3 Awst 2027", use_inner_text=False)
    page.locator("[data-views] a[href='#report']").click()
    expect(page.locator("[data-report] h4").first).to_be_visible()
    check_languages(page, names)


def test_dates_are_welsh(site: Path) -> None:
    """The footer has the date of the build in Welsh, with Welsh months."""
    html = (site / "cy" / "index.html").read_text(encoding="utf-8")
    assert "adeiladwyd ar 14 Tachwedd 2023" in " ".join(html.split())


def test_a_published_page_names_its_counterpart(addressed_site: Path) -> None:
    """Where the site's address is known, search engines learn of both."""
    for folder in ("", "cy/"):
        html = (addressed_site / folder / "actions" / "empty-homes.html").read_text(encoding="utf-8")
        for language, part in (("en", ""), ("cy", "cy/")):
            address = f"https://site.example/guidance/{part}actions/empty-homes.html"
            assert f'<link rel="alternate" hreflang="{language}" href="{address}">' in html
    not_found = (addressed_site / "404.html").read_text(encoding="utf-8")
    assert '<div lang="cy">' in not_found
    assert 'href="/guidance/cy/index.html" hreflang="cy"' in not_found


def test_a_build_in_one_language(project: Path) -> None:
    """A live preview is in one language: with SITE_LANGUAGE=cy the whole site is Welsh, with its own assets."""
    done = build_site(project, project / "site", SITE_LANGUAGE="cy")
    assert done.returncode == 0, done.stderr
    files = read_files(project / "site")
    assert b'<html lang="cy"' in files["index.html"]
    assert "assets/javascripts/site.js" in files
    assert b"hreflang" not in files["index.html"]


CATALOGUE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Skip to content"
msgstr "Aller au contenu"
"""
"""The beginning of a catalogue in a third language."""


def test_a_third_language_needs_a_catalogue_and_one_line(project: Path) -> None:
    """Each page leads to its counterpart in each other language. What isn't translated yet stays English."""
    (project / "generator" / "locales" / "fr.po").write_text(CATALOGUE, encoding="utf-8")
    choose_languages(project, "cy, fr")
    done = build_site(project, project / "site", SITE_URL="https://example.org/")
    assert done.returncode == 0, done.stderr
    address = "actions/empty-homes.html"
    found = {}
    for folder in ("", "cy/", "fr/"):
        html = (project / "site" / folder / address).read_text(encoding="utf-8")
        links = Spoken(html).links
        found[folder] = {str(link["hreflang"]): link["href"] for link in links}
        counterparts = re.findall(r'hreflang="([a-z]+)" href="https://example.org/([a-z]*/?)actions', html)
        assert dict(counterparts) == {"en": "", "cy": "cy/", "fr": "fr/"}
    assert found[""] == {"cy": f"../cy/{address}", "fr": f"../fr/{address}"}
    assert found["cy/"] == {"en": f"../../{address}", "fr": f"../../fr/{address}"}
    assert found["fr/"] == {"en": f"../../{address}", "cy": f"../../cy/{address}"}
    french = (project / "site" / "fr" / address).read_text(encoding="utf-8")
    assert '<html lang="fr"' in french
    assert "Aller au contenu</a>" in french
    not_found = (project / "site" / "404.html").read_text(encoding="utf-8")
    assert re.findall(r'<div lang="([a-z]+)">', not_found) == ["cy", "fr"]
    assert find_broken_links(project / "site", read_links(project / "site")) == []
    archive = ZipFile(make_zip(project / "site", project / "dist", "copy", 1_700_000_000))
    starts = {name: archive.read(name).decode() for name in archive.namelist() if "/" not in name}
    assert {name: re.findall('url=(.*?)"', start) for name, start in starts.items()} == {
        "Open this first.html": ["copy/index.html"],
        "Agorwch hon yn gyntaf.html": ["copy/cy/index.html"],
    }
