"""Write made-up guidance of many times today's size, and the same pages as Markdown for other site generators."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import yaml

from generator import read_guidance
from generator.pages.guidance_pages import list_pages
from generator.pages.page import Page, Site
from generator.pages.render import Renderer

ROOT = Path(__file__).parents[1]
JOURNEY = ROOT / "journeys" / "cohesive-communities"
TOPIC = "people-active-in-their-communities"
GRADES = ("simple", "adventurous", "ambition")
JOURNEYS = 7
"""The number of well-being goals in the Act: there cannot be more journeys."""


def write_project(folder: Path, times: int) -> None:
    """Write a copy of the project with `times` as many actions, in a git repository. Published editions are left out.

    The topic that has actions is copied, its copies spread over seven journeys. Titles and ids get a number.
    """
    shutil.copytree(ROOT, folder, ignore=leave_out)
    guidance = folder / "journeys"
    shutil.rmtree(guidance / "editions")
    (folder / "CHANGELOG.md").unlink()  # it names the editions
    choose_languages(folder, "")
    for number in range(2, times + 1):
        copy_topic(guidance, number, (number - 1) % JOURNEYS)
    if times > 1:
        configuration = folder / "mkdocs.yml"
        text = configuration.read_text(encoding="utf-8")
        text = re.sub(r"  - The goal: .*\n  - Topics: .*\n", "  - Goals: journeys/**\n", text)
        configuration.write_text(text, encoding="utf-8")
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "The guidance"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)


def leave_out(folder: str, names: list[str]) -> list[str]:
    """Return what a copy of the project leaves out of a folder: the tests, and what commands have made."""
    at_the_top = ("site", "dist", "tests") if Path(folder) == ROOT else ()
    return [name for name in names if name.startswith(".") or name == "__pycache__" or name in at_the_top]


def choose_languages(project: Path, languages: str) -> None:
    """Set in which languages, by their codes, the site of a project is besides English."""
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"(?m)^    languages: \[.*\]", f"    languages: [{languages}]", text), encoding="utf-8")


def copy_topic(guidance: Path, number: int, journey: int) -> None:
    """Add a copy of the topic with actions to a journey, and the journey if it isn't there yet."""
    home = guidance / (f"{JOURNEY.name}-{journey}" if journey else JOURNEY.name)
    if not home.exists():
        home.mkdir()
        text = number_ids((JOURNEY / "journey.yml").read_text(encoding="utf-8"), journey)
        text = re.sub(r"(?m)^ +topic: .*\n", "", text)
        (home / "journey.yml").write_text(re.sub(r"(?m)^title: (.*)", rf"title: \1 {journey}", text), encoding="utf-8")
    topic = home / f"topic-{number}"
    topic.mkdir()
    text = (JOURNEY / TOPIC / "topic.yml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^number: .*", f"number: {number + 10}", text)
    (topic / "topic.yml").write_text(re.sub(r"(?m)^title: (.*)", rf"title: \1 {number}", text), encoding="utf-8")
    for grade in GRADES:
        text = number_ids((JOURNEY / TOPIC / f"{grade}.yml").read_text(encoding="utf-8"), number)
        if journey:
            text = re.sub(r"(?m)^( +(?:strengthens|counters)): \[(.*)\]", lambda m: number_list(m, journey), text)
            text = re.sub(r"(?m)^( +- under: [a-z-]+)", rf"\1-{journey}", text)
        text = re.sub(r"(?m)^  next: \[(.*)\]", lambda m: number_list(m, number), text)
        text = re.sub(r"(?m)^(  title: .*?)(['\"]?)$", rf"\1 {number}\2", text)
        (topic / f"{grade}.yml").write_text(text, encoding="utf-8")


def number_ids(text: str, number: int) -> str:
    """Return the text of a file with a number at the end of each id."""
    return re.sub(r"(?m)^( *- id: \S+)", rf"\1-{number}", text)


def number_list(found: re.Match[str], number: int) -> str:
    """Return a line with a list of ids with a number at the end of each."""
    start, _, ids = found[0].partition("[")
    return start + "[" + ", ".join(f"{id.strip()}-{number}" for id in ids.removesuffix("]").split(",")) + "]"


def write_markdown(project: Path, folder: Path, *, lean: bool) -> None:
    """Write the pages of a project as Markdown, with a configuration for Material that has no settings of ours.

    The menu shows every page, or with `lean` only the topics. The search leaves out the same pages as on our site.
    """
    pages = list(list_pages(Renderer(read_guidance(project / "journeys"), Site("A site"))))
    for page in pages:
        file = folder / "docs" / page.address.replace(".html", ".md")
        file.parent.mkdir(parents=True, exist_ok=True)
        is_left_out = page.search.keys() & {"exclude", "by_title"}
        meta = {"description": page.description} | ({"search": {"exclude": True}} if is_left_out else {})
        file.write_text(f"---\n{yaml.safe_dump(meta)}---\n\n{to_markdown(page)}", encoding="utf-8")
    configuration = {"site_name": "A site", "use_directory_urls": False, "theme": {"name": "material", "font": False}}
    if lean:
        topics = [page.address.replace(".html", ".md") for page in pages if re.fullmatch("topics/[^/]+", page.address)]
        configuration |= {"nav": ["index.md", {"Topics": topics}], "not_in_nav": "*.md"}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")


def to_markdown(page: Page) -> str:
    """Return a page as Markdown: its headings, paragraphs, items and links."""
    converter = Converter()
    converter.feed(str(page.render().html))
    blocks = re.sub(r"\s*\n\s*\n\s*", "\n\n", "".join(converter.parts)).strip() + "\n"
    return re.sub(r"(?m)^-\s+", "- ", blocks)


class Converter(HTMLParser):
    """Turns the HTML of a page into Markdown."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.link = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Begin a block or a link."""
        if re.fullmatch("h[1-6]", tag):
            self.parts.append("\n\n" + "#" * int(tag[1]) + " ")
        elif tag == "li":
            self.parts.append("\n\n- ")
        elif tag in ("p", "ul", "ol", "table", "tr", "dt", "dd", "div"):
            self.parts.append("\n\n")
        elif tag == "a":
            self.link = (dict(attributes).get("href") or "").replace(".html", ".md")
            self.parts.append("[")

    def handle_endtag(self, tag: str) -> None:
        """End a link."""
        if tag == "a":
            self.parts.append(f"]({self.link})")

    def handle_data(self, data: str) -> None:
        """Add words, with the signs that mean something in Markdown escaped."""
        self.parts.append(re.sub(r"([\\`*_\[\]<])", r"\\\1", " ".join(data.split(" "))).replace("\n", " "))
