"""A page for developers with every component in all its states. The tests look at it; it is not published.

To look at it yourself, build the site, then type `.venv/bin/python tests/site/components.py`.
"""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import cast

from markupsafe import Markup
from mkdocs.config import load_config

from generator import read_guidance
from generator.guidance import Guidance
from generator.pages.guidance_pages import list_pages
from generator.pages.menu import make_menu
from generator.pages.render import Renderer
from generator.pages.written_pages import read_written_pages, show_written_pages
from generator.problem import Place, Problem
from generator.publish import GuidancePlugin
from generator.site import describe_language

COMPONENTS = "components.html"
"""The address of the page, and its template in this folder."""
PAGES = {
    "ACTION": "actions/co-design-of-housing-estates.html",
    "GRADE": "topics/people-active-in-their-communities/simple.html",
    "OTHER_GRADE": "topics/people-active-in-their-communities/adventurous.html",
    "TOPIC": "topics/people-active-in-their-communities.html",
    "CASE_STUDY": "case-studies/normacot.html",
}
"""The pages that it shows pieces of."""
MISTAKES = [
    (Problem(Place("simple.yml", 3), "This line is wrong.", "Write this instead:\n    a: b"), "\n    a; b\n     ^"),
    (Problem(Place("themes.yml", 9), "There is no such theme.", "Correct it."), ""),
]
"""What a live preview shows above a page."""


def cut_out(html: str, start: str, before: str = "") -> Markup:
    """Return an element that begins with `start`: the first or, if `before` is given, the last one before that."""
    first = html.rindex(start, 0, html.index(before)) if before else html.index(start)
    depth = 0
    for tag in re.finditer(rf"<(/?){start[1:].split()[0].rstrip('>')}\b[^>]*>", html[first:]):
        depth += -1 if tag[1] else 1
        if not depth:
            return Markup(html[first : first + tag.end()])
    raise ValueError(f"{start} has no end")


def write_components(guidance: Guidance, site: Path, folder: Path) -> Path:
    """Write a copy of the built site, and the page in it, into a new folder. Return the path of the page."""
    shutil.copytree(site, folder)
    config = load_config(str(Path(__file__).parent.parent.parent / "mkdocs.yml"))
    settings = cast(GuidancePlugin, config.plugins["guidance"]).read_settings(config)
    whole = replace(settings.site, editor="https://code.example/edit/", mistakes=MISTAKES)
    described = describe_language(whole, settings.languages, guidance)
    renderer = Renderer(guidance, described, settings.frame)
    written = read_written_pages(settings.content, settings.extensions, settings.extension_settings)
    pages = [*list_pages(renderer), *show_written_pages(list(written), described, renderer.gettext)]
    renderer.menu = list(make_menu(settings.nav, pages, renderer.gettext))
    renderer.footer = list(make_menu(settings.footer, pages, renderer.gettext))
    renderer.environment.loader.searchpath.append(str(Path(__file__).parent))  # type: ignore[union-attr]

    def piece(address: str, start: str, before: str = "") -> Markup:
        return cut_out((site / address).read_text(encoding="utf-8"), start, before)

    renderer.environment.globals |= PAGES | {"piece": piece}
    page = renderer.page("components", COMPONENTS, "Components", crumbs=[("The page above", PAGES["TOPIC"])])
    path = folder / COMPONENTS
    path.write_text(renderer.render(replace(page, place=MISTAKES[0][0].place)), encoding="utf-8")
    return path


if __name__ == "__main__":
    print(f"Open {write_components(read_guidance(Path('journeys')), Path('site'), Path(mkdtemp()) / 'site')}")
