"""The build: good guidance gives a site; a mistake gives a message and leaves the last good site in place."""

import hashlib
import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, build_site, read_files
from firefox import Firefox
from playwright.sync_api import BrowserContext, expect
from pypdf import PdfReader
from site_html import find_broken_links, read_links
from site_pages import SIMPLE_ACTIONS

TOPIC = "people-active-in-their-communities"
GOAL = "journeys/cohesive-communities.html"


def run_make(project: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run `make` with a command in a copy of the project, using the virtual environment of these tests."""
    if not (project / ".venv").exists():
        (project / ".venv").symlink_to(Path(sys.prefix))
    untouched = [f"--assume-old={target}" for target in (".venv/build", ".venv/test", "requirements.txt")]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment["SOURCE_DATE_EPOCH"] = "1700000000"
    return subprocess.run(
        ["make", *untouched, command], cwd=project, env=environment, capture_output=True, text=True, check=False
    )


def test_a_mistake_leaves_the_last_good_site(project: Path) -> None:
    """Try both ways to build: `mkdocs build` and `make build`."""
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site")
    simple = project / SIMPLE_ACTIONS
    wording = simple.read_text(encoding="utf-8")
    simple.write_text(wording.replace("title: Help a parkrun start", "titel: Help a parkrun start"), encoding="utf-8")
    line = wording[: wording.index("title: Help a parkrun start")].count("\n") + 1
    expected = f'{SIMPLE_ACTIONS}:{line}:3: An action has no field "titel". Did you mean "title"?'

    for done in (build_site(project, project / "site"), run_make(project, "build")):
        assert done.returncode != 0
        assert expected in done.stderr
        assert "Traceback" not in done.stderr
        assert read_files(project / "site") == {"index.html": b"the last good site"}


def test_a_broken_link_in_a_hand_written_page_leaves_the_last_good_site(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the last good site")
    (project / "content" / "about" / "editing.md").write_text("# Editing\n\n[Gone](../topics/gone.md)\n")
    done = run_make(project, "build")
    assert done.returncode != 0
    assert "topics/gone.md" in done.stderr
    assert read_files(project / "site") == {"index.html": b"the last good site"}


def test_a_language_without_a_translation_leaves_the_last_good_site(bilingual_project: Path) -> None:
    """An English site must not claim to be in another language."""
    (bilingual_project / "site").mkdir()
    (bilingual_project / "site" / "index.html").write_text("the last good site")
    configuration = bilingual_project / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    for setting, name in (("language: !ENV [SITE_LANGUAGE, en]", "The theme's language"), ("languages: [cy]", "One")):
        field = setting.split(":")[0]
        assert setting in text
        wrong = text.replace(setting, "language: fr" if field == "language" else "languages: [cy, fr]")
        configuration.write_text(wrong, encoding="utf-8")
        done = run_make(bilingual_project, "build")
        assert done.returncode != 0
        assert f"mkdocs.yml: {name}" in done.stdout + done.stderr
        assert 'is "fr", but the site has no labels and buttons in it.' in done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr
        assert read_files(bilingual_project / "site") == {"index.html": b"the last good site"}


def test_exit_status_of_the_check(project: Path) -> None:
    check = [sys.executable, "-m", "generator", "check"]
    assert subprocess.run(check, cwd=project, capture_output=True, check=False).returncode == 0
    (project / SIMPLE_ACTIONS).write_text("")
    done = subprocess.run(check, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{SIMPLE_ACTIONS}:1:1: The file is empty." in done.stderr


def test_builds_elsewhere_are_the_same(site: Path, site_built_elsewhere: Path) -> None:
    assert read_files(site) == read_files(site_built_elsewhere)


def test_offline_copy(bilingual_project: Path, tmp_path: Path, context: BrowserContext) -> None:
    """The zip file is the same each time, has a checksum and works offline. The next build offers it."""
    assert run_make(bilingual_project, "offline").returncode == 0
    (file,) = (bilingual_project / "dist").glob("*.zip")
    assert re.fullmatch(r"journey-to-cohesive-communities(-draft)?-\d{4}-\d\d-\d\d(-[0-9a-f]{8})?", file.stem)
    content = file.read_bytes()
    assert run_make(bilingual_project, "offline").returncode == 0
    assert file.read_bytes() == content
    checksum = file.with_name(f"{file.name}.sha256").read_text()
    assert checksum == f"{hashlib.sha256(content).hexdigest()}  {file.name}\n"
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path / "stick")

    page = context.new_page()
    context.set_offline(True)
    page.goto((tmp_path / "stick" / "Open this first.html").as_uri())
    page.wait_for_url("**/index.html")
    page.get_by_label("Search the guidance").fill("empty homes")
    page.locator("#results > li a").first.click()
    page.get_by_role("button", name="Add to plan: Consider").click()
    page.locator("[data-plan-link]").click()
    expect(page.locator(".plan__table > [data-action]")).to_have_count(1)

    page.goto((tmp_path / "stick" / "Agorwch hon yn gyntaf.html").as_uri())
    page.wait_for_url("**/cy/index.html")
    expect(page.locator("[data-plan-link]")).to_have_text("Cynllun (1)")

    firefox = Firefox(tmp_path / "profile")
    firefox.open((tmp_path / "stick" / file.stem / "index.html").as_uri())
    firefox.evaluate(
        "(field => { field.value = 'empty homes'; field.focus(); field.dispatchEvent(new Event('input')) })"
        "(document.querySelector('#query'))"
    )
    found = "!!document.querySelector('#results a')"
    deadline = time.monotonic() + 20
    while not firefox.evaluate(found) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert "empty homes" in firefox.evaluate("document.querySelector('#results a').textContent")
    firefox.open((tmp_path / "stick" / file.stem / "downloads" / f"{file.stem}-handbook.pdf").as_uri())
    assert firefox.evaluate("document.contentType") == "application/pdf"
    firefox.close()

    assert run_make(bilingual_project, "build").returncode == 0
    copied = read_files(tmp_path / "stick" / file.stem)
    built = read_files(bilingual_project / "site")
    offered = {address for address in built if address.startswith("downloads/")}
    zips = {f"downloads/{file.name}", f"downloads/{file.name}.sha256"}
    assert offered - copied.keys() == zips
    assert {Path(address).name.removeprefix(file.stem) for address in copied if address.startswith("downloads/")} == {
        f"-{name}{ending}"
        for name in ("handbook", "handbook-cy", TOPIC, f"{TOPIC}-cy")
        for ending in (".pdf", ".pdf.sha256")
    } | {"-actions.docx", "-actions-cy.docx"}
    assert copied.keys() >= {"data/changes.xml", "data/v1/guidance.xlsx", "data/v1/guidance.sqlite"}
    different = {address for address in built if built[address] != copied.get(address)} - zips
    assert different <= {
        *("about/offline.html", "cy/about/offline.html"),
        *("index.html", "cy/index.html", GOAL, f"cy/{GOAL}"),  # they offer the zip file
        *("404.html", "_headers", "robots.txt"),  # for web servers and search engines
        *(address for address in built if address.startswith(("search/", "cy/search/"))),
    }
    page.goto((bilingual_project / "site" / "about" / "offline.html").as_uri())
    expect(page.get_by_role("link", name=file.name, exact=True)).to_be_visible()
    expect(page.get_by_text(f"({len(content) / 1_000_000:.1f} MB)")).to_be_visible()
    for address in ("index.html", GOAL):
        page.goto((bilingual_project / "site" / address).as_uri())
        offers = page.locator("main")
        handbook = file.with_name(f"{file.stem}-handbook.pdf")
        told = f"Handbook (PDF, {len(PdfReader(handbook).pages)} pages, {handbook.stat().st_size / 1_000_000:.1f} MB)"
        expect(offers.get_by_role("link", name=told)).to_be_visible()
        told = f"The whole site to use offline (zip, {len(content) / 1_000_000:.1f} MB)"
        expect(offers.get_by_role("link", name=told)).to_be_visible()

    page.goto((tmp_path / "stick" / file.stem / "about" / "offline.html").as_uri())
    expect(page.get_by_text("You are using a copy of this site.")).to_be_visible()
    assert page.get_by_text(re.compile("Download|Get the zip|make offline")).count() == 0
    links = read_links(tmp_path / "stick" / file.stem)
    assert find_broken_links(tmp_path / "stick" / file.stem, links) == []


def test_files_of_another_draft_are_not_offered(project: Path) -> None:
    """A folder collects files of many versions. The site offers its own, and those that are of no version."""
    folder = project / "dist"
    folder.mkdir()
    draft = "journey-to-cohesive-communities-draft-2026-11-28-01234567"
    for name in (
        f"{draft}-handbook.pdf",
        f"{draft}.zip",
        "journey-to-cohesive-communities-2020-01-01.zip",
        "other.pdf",
    ):
        (folder / name).write_bytes(b"")
    assert build_site(project, project / "site", DOWNLOADS="dist").returncode == 0
    offered = {path.name for path in (project / "site" / "downloads").iterdir() if path.suffix != ".docx"}
    assert offered == {"other.pdf"}


def test_make_alone_lists_the_commands() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for command in ("build", "serve", "check", "test", "offline"):
        assert f"make {command}" in " ".join(listed.split())


def test_edit_links_lead_to_the_line(addressed_site: Path) -> None:
    page = (addressed_site / "actions" / "help-a-parkrun-start.html").read_text(encoding="utf-8")
    lines = (ROOT / SIMPLE_ACTIONS).read_text(encoding="utf-8").splitlines()
    line = lines.index("- id: help-a-parkrun-start") + 1
    assert f'href="https://code.example/our/guidance/edit/main/{SIMPLE_ACTIONS}#L{line}"' in page


def test_without_a_repository_no_edit_link(site: Path) -> None:
    assert 'rel="edit"' not in (site / "actions" / "help-a-parkrun-start.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("unused", ["assets/javascripts/lunr", ".map"])
def test_nothing_that_no_page_asks_for(site: Path, unused: str) -> None:
    assert [name for name in read_files(site) if unused in name] == []
