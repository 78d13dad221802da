"""Pages and data files in, a site out: the plugin of MkDocs, and the only module that knows MkDocs."""

import logging
import os
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Literal, NamedTuple

from markupsafe import escape
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import get_build_date

from generator import read_guidance
from generator.editions.history import find_change_dates
from generator.exports.data import export_data
from generator.model import Guidance
from generator.pages.page import Edition, Page
from generator.pages.render import render_pages
from generator.problem import Problem, Problems

log = logging.getLogger("mkdocs.plugins.guidance")

UNUSED = ("assets/javascripts/lunr/*", "assets/stylesheets/palette.*", "assets/images/favicon.png", "*.map")
"""Files of the theme that no page asks for: stemmers, palettes, its icon, and maps for its developers."""


class GuidanceConfig(Config):  # type: ignore[no-untyped-call]
    """The options in mkdocs.yml."""

    folder = config_options.Dir(exists=True, default="journeys")
    """Where the guidance is kept."""


class Converted(NamedTuple):
    """What MkDocs has made of a page's Markdown."""

    source: Any
    """All that it was made from."""
    html: str
    toc: TableOfContents
    anchors: set[str] | None


class GuidancePlugin(BasePlugin[GuidanceConfig]):  # type: ignore[no-untyped-call]
    """Puts the guidance's pages beside the hand-written ones of `content/`."""

    guidance: Guidance
    mistakes: list[tuple[Problem, str]]
    """What every page of a live preview says is to be mended, each with the line it stands on."""
    serving = False

    def __init__(self) -> None:
        self.converted: dict[str, Converted] = {}
        """While serving, the guidance's pages by their paths, so that only what changes is converted again."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note what is being done. A plugin that has this method outlives rebuilds, with its last guidance."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the guidance before MkDocs empties the site's folder, so that a mistake leaves the last good site."""
        self.read_guidance()
        self.edition = Edition(
            name=config.site_name,
            date=date.fromisoformat(get_build_date()),
            address=config.site_url or "",
            editor=config.edit_uri or "",
            contact=config.extra["contact"],
            enforcement=config.extra["enforcement"],
            language=config.theme["language"],
            changed=find_change_dates(self.guidance),
        )
        self.pages = list(render_pages(self.guidance, self.edition))
        config.nav = expand(config.nav, self.pages)
        config.watch += [self.config.folder, str(Path(__file__).parent / "pages" / "templates")]
        return config

    def read_guidance(self) -> None:
        """Take the guidance anew, or go on with the last good one where there is one and somebody is looking."""
        try:
            self.guidance = read_guidance(Path(os.path.relpath(self.config.folder)))
        except Problems as found:
            self.log_problems(found.problems)
            if not self.serving:
                raise Abort("Nothing was published; the last good site stays.") from None
            if not hasattr(self, "guidance"):
                raise Abort("There are no good pages to show yet: mend this, then start again.") from None
            self.mistakes = [(problem, problem.shown) for problem in found.problems if not problem.advice]
            return
        self.mistakes = []
        self.log_problems(self.guidance.advice)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Look for changes of the guidance ten times a second, not twice; MkDocs has no setting for it."""
        server.observer._timeout = 0.1
        return server

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Tell the templates of edition and mistakes, and of the theme's files, whose names change with its version."""
        env.globals |= {"edition": self.edition, "mistakes": self.mistakes}

        @cache
        def theme_file(pattern: str) -> str:
            return next(file.dest_uri for file in files if fnmatchcase(file.dest_uri, pattern))

        env.globals["theme_file"] = theme_file
        return env

    def log_problems(self, problems: list[Problem]) -> None:
        """Print mistakes as errors; advice stops nothing, so it is no warning to MkDocs."""
        for problem in problems:
            log.log(logging.INFO if problem.advice else logging.ERROR, str(problem))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and the data, each page with the line to edit; leave out what no page asks for."""
        for file in list(files):
            if any(fnmatchcase(file.dest_uri, pattern) for pattern in UNUSED):
                files.remove(file)
        for file in files.documentation_pages():
            file.edit_uri = os.path.relpath(file.abs_src_path) if file.abs_src_path else None
        for page in self.pages:
            file = File.generated(config, page.path, content=page.markdown, inclusion=InclusionLevel.NOT_IN_NAV)
            file.edit_uri = f"{page.place.file}#L{page.place.line}" if page.place else None
            files.append(file)
        for address, text in export_data(self.guidance):
            files.append(File.generated(config, address, content=text))
        return files

    def on_page_markdown(self, markdown: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Give MkDocs nothing to convert where it has converted the very same before: the slowest part of a build."""
        self.source = (markdown, config.markdown_extensions, config.mdx_configs)
        return "" if self.known(page) else markdown

    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Put back what was made of the page before, or remember what was made of it now."""
        if known := self.known(page):
            page.markdown, page.toc, page.present_anchor_ids = known.source[0], known.toc, known.anchors
            return known.html
        # The links of hand-written pages depend on other pages, too. The guidance's own are HTML, as they will stand.
        if self.serving and page.file.generated_by:
            self.converted[page.file.src_uri] = Converted(self.source, html, page.toc, page.present_anchor_ids)
        return html

    def known(self, page: SitePage) -> Converted | None:
        """What was made of the page before, from the very same."""
        known = self.converted.get(page.file.src_uri)
        return known if known and known.source == self.source else None


def expand(nav: Any, pages: list[Page]) -> Any:
    """The hand-written navigation, with each `folder/*` in it replaced by the guidance's pages of that folder.

    A page with a folder of its own, like a topic with its grades, becomes a section.
    """
    if isinstance(nav, list):
        return [expand(item, pages) for item in nav]
    if isinstance(nav, dict):
        return {title: expand(item, pages) for title, item in nav.items()}
    if not (isinstance(nav, str) and nav.endswith("/*")):
        return nav
    folder, entries = nav.removesuffix("/*"), []
    for page in within(folder, pages):
        section = [{str(escape(part.menu or part.title)): part.path} for part in [page, *within(page.path[:-3], pages)]]
        entries.append({str(escape(page.title)): section if section[1:] else page.path})
    return entries


def within(folder: str, pages: list[Page]) -> list[Page]:
    """The pages of one folder that the navigation knows, without those of the folders below it."""
    return [page for page in pages if page.menu is not None and str(PurePosixPath(page.path).parent) == folder]
