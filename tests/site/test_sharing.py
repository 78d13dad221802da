"""What other sites, search engines and phones learn of the site: pictures, icons, names, sitemap and linked data."""

import gzip
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import ROOT
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser, Page
from site_html import check_html

from generator.guidance import Guidance
from generator.pages import pictures
from generator.pages.guidance_pages import list_pages
from generator.pages.linked_data import describe_dataset
from generator.pages.page import Site
from generator.pages.render import Renderer

ADDRESS = "https://site.example/guidance/"
ACTION = "actions/empty-homes.html"
LANGUAGES = {
    "": ("en_GB", "cy_GB", "en", "Simple, Adventurous, Ambition"),
    "cy/": ("cy_GB", "en_GB", "cy", "Syml, Mentrus, Uchelgais"),
}
"""By the folder of a language: its locale, that of the other language, its picture, and the grades that it shows."""


def read_meta(page: Path) -> dict[str, str]:
    """Return what the head of a page says, by its property or name."""
    html = page.read_text(encoding="utf-8")
    return dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html))


def read_linked_data(page: Path) -> dict[str, Any]:
    """Return the linked data in a page."""
    (found,) = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page.read_text(encoding="utf-8"))
    data: dict[str, Any] = json.loads(found)
    return data


# --- Pictures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", LANGUAGES)
def test_a_shared_link_has_a_picture(addressed_site: Path, folder: str) -> None:
    """It has the size that the page says, and the site's name in the language of the page."""
    meta = read_meta(addressed_site / folder / ACTION)
    locale, other, language, grades = LANGUAGES[folder]
    assert (meta["og:locale"], meta["og:locale:alternate"]) == (locale, other)
    assert meta["twitter:card"] == "summary_large_image"
    assert meta["og:image"] == f"{ADDRESS}assets/sharing/{language}.png"
    assert meta["og:image:alt"].startswith(meta["og:site_name"])
    assert meta["og:image:alt"].endswith(grades)
    with Image.open(addressed_site / meta["og:image"].removeprefix(ADDRESS)) as picture:
        assert picture.size == (int(meta["og:image:width"]), int(meta["og:image:height"])) == (1200, 630)
    assert (addressed_site / "assets" / "sharing" / f"{language}.png").stat().st_size < 100_000


def test_each_language_has_a_picture_of_its_own(site: Path) -> None:
    assert len({path.read_bytes() for path in (site / "assets" / "sharing").iterdir()}) == 2


def test_a_site_without_an_address_names_none(site: Path, addressed_site: Path) -> None:
    """The picture needs a full address, as for links between languages. The 404 page is not shared."""
    for page in (site / ACTION, site / "cy" / ACTION, addressed_site / "404.html"):
        assert not {"og:image", "og:image:alt", "og:url", "twitter:card"} & read_meta(page).keys()
        assert "x-default" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "Wales",
        "Journey to Cohesive Communities",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
        "A very long name that goes on and on, so that it needs several lines: " + "everything and more, " * 8,
        "",
    ],
)
def test_any_name_fits_into_the_picture(name: str) -> None:
    """Nothing is in the margins beside the name, and the name is above the highest step."""
    grades = ["Simple", "Adventurous and more than that", "Ambition"]
    picture = Image.open(io.BytesIO(pictures.make_link_picture(name, grades)))
    top = pictures.FIRST_STEP - 2 * pictures.STEP
    ground = picture.getpixel((0, 0))
    for box in ((0, 0, 68, top), (1132, 0, 1200, top), (0, 0, 1200, 30), (0, top - 30, 1200, top)):
        assert picture.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), ground)], box
    letters = picture.crop((68, 30, 1132, top - 30)).getcolors(maxcolors=100_000) or []
    assert (len(letters) > 1) == bool(name)
    edge = picture.crop((790, pictures.FIRST_STEP - pictures.STEP, 800, 610))
    assert len(edge.getcolors() or []) == 1, "The name of a grade stays on its step."


def test_letters_are_as_near_as_the_font_says() -> None:
    letters = pictures.Letters(100)
    assert letters.measure("Ta") < letters.measure("T") + letters.measure("a") - 3
    assert letters.measure("nn") == pytest.approx(2 * letters.measure("n"), abs=1)


def test_the_icon_is_the_same_as_in_the_browser(browser: Browser, site: Path) -> None:
    """`mark.svg` is the icon of a tab, and the others are drawn. They differ only in the smoothness of edges."""
    page = browser.new_page(viewport={"width": 512, "height": 512})
    page.goto((ROOT / "content" / "assets" / "images" / "mark.svg").as_uri())
    shown = page.screenshot(omit_background=True)
    page.close()
    drawn = (site / "assets" / "icons" / "512.png").read_bytes()
    white = Image.new("RGBA", (512, 512), "white")
    pair = [Image.alpha_composite(white, Image.open(io.BytesIO(icon)).convert("RGBA")) for icon in (shown, drawn)]
    difference = ImageChops.difference(*(icon.convert("RGB") for icon in pair))
    assert max(ImageStat.Stat(difference).mean) < 1


def test_icons_of_phones_are_full_squares_with_a_safe_margin(site: Path) -> None:
    """A phone may cut off all that is outside a circle of 80 % of the width."""
    for name, size in {"180": 180, "maskable": 512}.items():
        icon = Image.open(site / "assets" / "icons" / f"{name}.png").convert("RGBA")
        assert icon.size == (size, size)
        assert icon.getchannel("A").getextrema() == (255, 255)
        ground = icon.getpixel((0, 0))
        for x in range(size):
            for y in range(size):
                if (x - size / 2) ** 2 + (y - size / 2) ** 2 > (0.4 * size) ** 2:
                    assert icon.getpixel((x, y)) == ground


# --- Manifest --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["", "cy/"])
def test_the_manifest_names_icons_that_exist(site: Path, folder: str) -> None:
    manifest = json.loads((site / folder / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["name"] == read_meta(site / folder / "index.html")["og:site_name"]
    assert len(manifest["short_name"]) <= 12
    assert (site / folder / manifest["start_url"]).is_file()
    for icon in manifest["icons"]:
        with Image.open(site / folder / icon["src"]) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]
    assert [icon.get("purpose") for icon in manifest["icons"]] == [None, None, "maskable"]


@pytest.mark.parametrize("folder", ["", "cy/"])
def test_a_browser_reads_the_manifest_only_from_a_server(
    browser: Browser, site: Path, online: str, folder: str
) -> None:
    """From a folder it can't, and would report an error in the console."""
    context = browser.new_context()
    page = context.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    devtools = context.new_cdp_session(page)
    page.goto(f"{online}/{folder}{ACTION}")
    found = devtools.send("Page.getAppManifest")
    assert found["url"] == f"{online}/{folder}manifest.webmanifest"
    assert found["errors"] == []
    page.goto(f"{site.as_uri()}/{folder}{ACTION}")
    assert devtools.send("Page.getAppManifest")["url"] == ""
    page.wait_for_timeout(300)
    assert messages == []
    context.close()


# --- Search engines --------------------------------------------------------------------------------------------------


def test_one_sitemap_has_each_page_in_each_language(addressed_site: Path) -> None:
    space = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "html": "http://www.w3.org/1999/xhtml"}
    text = (addressed_site / "sitemap.xml").read_bytes()
    pages = {}
    for url in ElementTree.fromstring(text):
        links = {link.get("hreflang"): link.get("href") for link in url.findall("html:link", space)}
        pages[url.findtext("map:loc", "", space)] = links
    built = {path.relative_to(addressed_site).as_posix() for path in addressed_site.rglob("*.html")} - {"404.html"}
    assert pages.keys() == {ADDRESS + address for address in built}
    for address, links in pages.items():
        page = address.removeprefix(ADDRESS).removeprefix("cy/")
        assert links == {"en": ADDRESS + page, "cy": f"{ADDRESS}cy/{page}", "x-default": ADDRESS + page}
        html = (addressed_site / address.removeprefix(ADDRESS)).read_text(encoding="utf-8")
        assert dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html)) == links
    assert gzip.decompress((addressed_site / "sitemap.xml.gz").read_bytes()) == text
    assert [path for path in addressed_site.rglob("sitemap*") if path.parent != addressed_site] == []


def test_there_is_no_sitemap_without_an_address(site: Path) -> None:
    assert list(site.rglob("sitemap*")) == []


def test_robots_may_read_everything(site: Path, addressed_site: Path) -> None:
    allowed = "User-agent: *\nAllow: /\n"
    assert (site / "robots.txt").read_text() == allowed
    assert (addressed_site / "robots.txt").read_text() == f"{allowed}\nSitemap: {ADDRESS}sitemap.xml\n"
    assert list(site.rglob("robots.txt")) == [site / "robots.txt"]


def test_every_page_leads_to_the_feed(site: Path) -> None:
    """To that of its language."""
    for path in site.rglob("*.html"):
        (feed,) = re.findall(
            r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">',
            path.read_text(encoding="utf-8"),
        )
        folder = site / "cy" if path.is_relative_to(site / "cy") else site
        found = path.parent / feed if path.name != "404.html" else site / feed.lstrip("/")
        assert found.resolve() == (folder / "data" / "changes.xml").resolve()


# --- Linked data -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["", "cy/"])
def test_the_page_of_open_data_describes_it_for_programs(site: Path, addressed_site: Path, folder: str) -> None:
    """Every file that it names exists. It names no licence, because that is not known."""
    page = f"{folder}about/data.html"
    for root, start in ((site, ""), (addressed_site, ADDRESS)):
        data = read_linked_data(root / page)
        assert data["@type"] == "Dataset"
        assert 50 <= len(data["description"]) <= 5000
        assert data["inLanguage"] == "en"
        assert not {"license", "publisher"} & data.keys()
        assert len(data["distribution"]) > 10
        links = [each["contentUrl"] for each in data["distribution"]]
        links += [data["url"], data["usageInfo"], data["creator"]["url"]]
        for link in links:
            assert link.startswith(start)
            path, _, anchor = link.removeprefix(start).partition("#")
            target = root / path if start else (root / page).parent / path
            assert target.is_file(), link
            assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8")
    named = {Path(each["contentUrl"]).name for each in data["distribution"]}
    files = {path.name for path in (addressed_site / "data" / "v1").iterdir() if path.is_file()}
    assert named == files - {"datapackage.json"}


def test_nothing_in_linked_data_ends_its_element(guidance: Guidance) -> None:
    name = "</script><b>&amp;\"'"
    renderer = Renderer(guidance, Site(name))
    (page,) = [page for page in list_pages(renderer) if page.address == "about/data.html"]
    html = page.render().html
    assert "</script><b>" not in html
    (found,) = re.findall(r"<script[^>]*>(.*?)</script>", html)
    assert json.loads(found)["creator"]["name"] == name


def test_only_an_edition_has_a_version(guidance: Guidance) -> None:
    site = Site("A site", edition="2026-11-22")
    for is_draft in (True, False):
        renderer = Renderer(guidance, replace(site, is_draft=is_draft))
        data = describe_dataset(renderer, "about/data.html", "Open data", "All as data.")
        assert data.get("version") == data.get("dateModified") == (None if is_draft else "2026-11-22")
        assert data.get("creativeWorkStatus") == ("Draft" if is_draft else None)


def test_the_policy_allows_linked_data(page: Page, root: str) -> None:
    """It is no script. The fixture of the page fails if the policy stops something."""
    page.goto(f"{root}/about/data.html")
    text = page.locator("script[type='application/ld+json']").text_content()
    assert text
    assert json.loads(text)["@context"] == "https://schema.org"


def test_pages_with_an_address_are_valid(addressed_site: Path) -> None:
    kinds = (ACTION, "index.html", "about/data.html")
    pages = [addressed_site / folder / page for folder in LANGUAGES for page in kinds]
    assert check_html(*pages, addressed_site / "404.html") == []
