"""Style sheets and scripts: many small source files, published as few, and each page loads only what it needs."""

import gzip
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from playwright.sync_api import Page, Route, expect

from generator.pages.assets import COMMENTS

SOURCES = ROOT / "content" / "assets"


def loaded(site: Path, page: str) -> list[str]:
    """Return the style sheets and scripts that a page loads, in order."""
    html = (site / page).read_text(encoding="utf-8")
    addresses = re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', html)
    return [Path(address).name for address in addresses]


@pytest.mark.parametrize(
    ("page", "own"),
    [
        ("index.html", []),
        ("shortlist.html", ["list.js", "actions.js", "plan.js"]),
        ("actions/index.html", ["list.js", "search.js", "actions.js", "finder.js"]),
    ],
)
def test_each_page_loads_only_what_it_needs(site: Path, page: str, own: list[str]) -> None:
    assert loaded(site, page) == ["site.css", "colours.js", "site.js", *own]
    html = (site / page).read_text(encoding="utf-8")
    assert not re.search(r"<script(?! src)", html)


def test_our_scripts_are_small(site: Path) -> None:
    """All scripts that we wrote, compressed as servers do. No page loads them all."""
    scripts = list((site / "assets" / "javascripts").glob("*.js"))
    names = {"site", "search", "colours", "actions", "finder", "plan", "changes", "not-found"}
    assert {script.stem for script in scripts} == names
    assert measure(scripts) <= 55_000


def test_an_action_page_loads_little(site: Path) -> None:
    """What the plan and the search need is not loaded before a reader uses them."""
    page = site / "actions" / "empty-homes.html"
    sources = re.findall(r'<script src="([^"]+)"', page.read_text(encoding="utf-8"))
    scripts = [page.parent / source for source in sources]
    assert len(scripts) == 2
    assert measure(scripts) <= 7_000


def measure(files: Iterable[Path]) -> int:
    """Return the size of files in bytes, each compressed as servers do."""
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


def test_the_plans_files_need_little(tmp_path: Path) -> None:
    """What makes Word files, calendars and tables, without the template, is a small part of the plan's scripts."""
    sources = [SOURCES / "javascripts" / "plan" / f"{name}.js" for name in ("calendar", "csv", "word")]
    joined = tmp_path / "joined.js"
    joined.write_text("".join(COMMENTS.sub("", source.read_text(encoding="utf-8")) for source in sources))
    assert measure([joined]) <= 7_200


def test_no_source_file_is_forgotten(site: Path) -> None:
    """Each style sheet and script is part of the file that its folder names, and none is published by itself."""
    sources = [path.relative_to(SOURCES) for kind in ("js", "css") for path in SOURCES.rglob(f"*.{kind}")]
    assert sources
    for source in sources:
        kind, part, *below = source.parts
        assert below, f"{source} is in no folder that becomes a file."
        joined = (site / "assets" / kind / part).with_suffix(source.suffix).read_text(encoding="utf-8")
        assert COMMENTS.sub("", (SOURCES / source).read_text(encoding="utf-8")) in joined
    ours = {f"assets/{source.parts[0]}/{source.parts[1]}{source.suffix}" for source in sources}
    published = {
        path.relative_to(site).as_posix() for kind in ("js", "css") for path in (site / "assets").rglob(f"*.{kind}")
    }
    assert published == ours


def test_a_missing_folder_leaves_the_last_good_site(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site")
    shutil.rmtree(project / "content" / "assets" / "stylesheets")
    build = [sys.executable, "-m", "generator", "build"]
    done = subprocess.run(build, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    (line,) = [line for line in (done.stdout + done.stderr).splitlines() if "stylesheets" in line]
    assert line.endswith("The last good site is still there.")
    assert "Traceback" not in done.stdout + done.stderr
    assert (project / "site" / "index.html").read_text() == "the last good site"


def test_scripts_use_no_undefined_name(tmp_path: Path) -> None:
    """The linter also finds names of the browser that a script hardly means, such as `status`."""

    def find_mistakes(folder: Path) -> str:
        linter, config = Path(sys.executable).with_name("oxlint"), ROOT / "tests" / "oxlint.json"
        done = subprocess.run([linter, "--config", config, folder], capture_output=True, text=True, check=False)
        return done.stdout if done.returncode else ""

    assert find_mistakes(SOURCES / "javascripts") == ""
    (tmp_path / "wrong.js").write_text("site.record.change(record, status)\n")
    mistakes = find_mistakes(tmp_path)
    assert "'record' is not defined" in mistakes
    assert "Unexpected use of 'status'" in mistakes
    assert "Found 0 warnings and 2 errors" in mistakes


@pytest.mark.parametrize("part", ["finder", "plan"])
def test_scripts_use_no_undefined_part(page: Page, online: str, site: Path, part: str) -> None:
    """Every `site.x` and `site.x.y` in the scripts of a page is there when all of them have run."""
    scripts = [
        site / "assets" / "javascripts" / f"{name}.js" for name in ("colours", "site", "search", "actions", part)
    ]
    text = "\n".join(script.read_text(encoding="utf-8") for script in scripts)
    text = re.sub(r"\bplan\.", "site.plan.", text)
    used = set(re.findall(r"\bsite\.\w+(?:\.\w+)?", text))
    for names, owner in re.findall(r"const \{ ([\w, ]+) \} = (site|site\.\w+|plan)\n", text):
        used |= {f"{owner.replace('plan', 'site.plan')}.{name}" for name in names.split(", ")}
    page.goto(f"{online}/{'actions/index' if part == 'finder' else 'shortlist'}.html")
    page.evaluate("site.loadSearch()")
    undefined = (
        "names => names.filter(name => name.split('.').slice(1).reduce((one, key) => one?.[key], site) === undefined)"
    )
    assert len(used) > 30
    assert page.evaluate(undefined, sorted(used)) == []
    assert page.evaluate(undefined, ["site.record.forget", "site.nothing"]) == ["site.record.forget", "site.nothing"]


@pytest.mark.parametrize("address", ["index.html", "actions/index.html#theme=food", "shortlist.html#ids=empty-homes"])
def test_the_order_of_scripts_in_a_folder_does_not_matter(page: Page, online: str, address: str) -> None:
    """Joined the other way round, they work as well. The page fails the test if one of them fails."""

    def answer(route: Route) -> None:
        folder = SOURCES / "javascripts" / Path(route.request.url).stem
        sources = sorted(folder.glob("*.js"), reverse=True)
        text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
        route.fulfill(body=text, content_type="text/javascript")

    page.route("**/assets/javascripts/*.js", answer)
    page.goto(f"{online}/{address}")
    page.get_by_label("Search the guidance").fill("empty homes")
    expect(page.locator("#results > li a").first).to_contain_text("empty homes")
    if "#" in address:
        expect(page.locator("[data-ready]")).to_be_visible()
        expect(page.locator(".item:visible, [data-action]:visible").first).to_be_visible()


def test_the_fonts_are_small(site: Path) -> None:
    fonts = list((site / "assets" / "fonts").iterdir())
    assert {font.name for font in fonts} == {"regular.woff2", "italic.woff2", "semibold.woff2", "serif.woff2"}
    assert sum(font.stat().st_size for font in fonts) <= 75_000


@pytest.mark.parametrize(
    ("style", "file"),
    [
        ("400 16px Guidance", "regular"),
        ("italic 400 16px Guidance", "italic"),
        ("600 16px Guidance", "semibold"),
        ("700 16px Guidance", "semibold"),
        ("400 16px 'Guidance Serif'", "serif"),
    ],
)
def test_each_style_asks_for_its_font(page: Page, online: str, style: str, file: str) -> None:
    """Semibold and bold are one file."""
    empty = '<link rel="stylesheet" href="assets/stylesheets/site.css">'
    page.route("**/empty.html", lambda route: route.fulfill(body=empty, content_type="text/html"))
    page.goto(f"{online}/empty.html")
    with page.expect_request("**/*.woff2") as request:
        page.evaluate("async style => (await document.fonts.load(style, 'ŵ')).length", style)
    assert Path(request.value.url).stem == file


def test_the_fonts_have_the_letters_of_welsh(site: Path) -> None:
    for font in (site / "assets" / "fonts").iterdir():
        characters = TTFont(font).getBestCmap()
        assert set(map(ord, "aâáàäeêéèëiîíìïoôóòöuûúùüwŵẃẁẅyŷýỳÿAŴŶ’–…")) <= set(characters)
