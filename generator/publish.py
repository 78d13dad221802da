"""The MkDocs plugin: puts the guidance's pages and data files into the site. Only this module imports MkDocs."""

import logging
import os
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cache, partial
from gettext import NullTranslations
from pathlib import Path
from typing import Any, BinaryIO, Literal

import mkdocs.utils
from markdown.extensions.toc import slugify  # type: ignore[import-untyped]
from markupsafe import Markup
from mkdocs.commands.build import build
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, PluginCollection
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import get_build_date
from mkdocs.utils.yaml import yaml_load

from generator import read_guidance, read_revisions
from generator.change import Revision, find_edition
from generator.editions.history import find_change_dates
from generator.editions.record import read_wordings
from generator.exports.data import export_data
from generator.exports.open_data import export_open_data
from generator.guidance import Guidance
from generator.languages import ENGLISH, LOCALES, find_reviewer, is_translated, load_messages, make_forms, read_messages
from generator.pages.fonts import make_fonts
from generator.pages.page import SHARED, Download, Page, Site
from generator.pages.render import TITLE, render_action_list, render_feed, render_pages
from generator.pages.reuse import TEMPLATES, Bodies
from generator.pages.search import make_search
from generator.problem import Problem, Problems
from generator.text import FRAME_IDS, Words, mark_language, unmark

log = logging.getLogger("mkdocs.plugins.guidance")

UNUSED = (
    *("assets/javascripts/bundle.*", "assets/javascripts/lunr/*", "assets/javascripts/workers/*"),
    *("assets/stylesheets/palette.*", "assets/images/favicon.png", "*.map"),
)
"""Files of the theme that no page uses: its scripts, palettes, icon and source maps."""


SHARED_ADDRESS = re.compile(rf'((?:src|href)="(?:\.\./)*)({"|".join(SHARED)})')
"""The address of a shared file in a page, in two parts: before and after the way to the English site."""

COMMENTS = re.compile(r"^ */\*(?:(?!\*/).)*\*/ *\n|^ *//[^\n]*\n", re.MULTILINE | re.DOTALL)
"""Comments of style sheets and scripts that have lines of their own."""


class GuidanceConfig(Config):  # type: ignore[no-untyped-call]
    """The options in mkdocs.yml."""

    folder = config_options.Dir(exists=True, default="journeys")
    """The folder of the guidance."""
    downloads = config_options.Type(str, default="")
    """A folder of files that the site offers as downloads, if there are any; empty for none."""
    languages = config_options.ListOfItems(config_options.Type(str), default=[])
    """The codes of other languages. In each, the site is part of the one in English, in a folder of its own."""
    joined = config_options.DictOfItems(config_options.ListOfItems(config_options.File(exists=True)), default={})
    """Source files to publish as one: its address on the site, and the paths of the source files in order."""


@dataclass
class Finished:
    """A finished page of a live preview, kept for the next build."""

    source: Page
    html: str


class GuidancePage(SitePage):
    """A page of the guidance. It is finished HTML, so MkDocs has nothing to read or convert."""

    def __init__(self, page: Page, title: str | None, file: File, config: MkDocsConfig) -> None:
        """Make a page of MkDocs from one of the guidance. `title` is its name in the navigation, if it has one."""
        super().__init__(title, file, config)
        self.source = page
        self.finished: Finished | None = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Set what MkDocs and its plugins look up about a page."""
        page, self.markdown = self.source, ""
        self.update_date = str(page.changed) if page.changed else self.update_date
        meta = {
            "title": page.title,
            "description": page.description,
            "breadcrumbs": page.breadcrumbs,
            "scripts": page.scripts,
            "is_empty": page.is_empty,
        }
        self.meta = {name: value for name, value in meta.items() if value}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set the body and the table of contents."""
        page = self.source
        self.content = str(page.body)
        self.toc = table_of_contents(page)
        self.present_anchor_ids = {heading.id for heading in page.headings}


def table_of_contents(page: Page) -> TableOfContents:
    """Return the headings of a page as MkDocs keeps them: nested, below the title of the page."""
    top = AnchorLink(page.title, TITLE, 1)
    open_links = [top]
    for heading in page.headings:
        while open_links[-1].level >= heading.level:
            open_links.pop()
        link = AnchorLink(heading.title, heading.id, heading.level)
        open_links[-1].children.append(link)
        open_links.append(link)
    return TableOfContents([top])


class GuidancePlugin(BasePlugin[GuidanceConfig]):  # type: ignore[no-untyped-call]
    """Adds the pages of the guidance to the hand-written ones in `content/`."""

    english: Guidance
    guidance: Guidance
    """In the language of the site, where it is translated."""
    revisions: list[Revision]
    site: Site
    data_files: list[tuple[str, str | bytes]]
    mistakes: list[tuple[Problem, str]]
    """The mistakes that every page of a live preview shows, each with its line of the file."""
    serving = False
    main: "GuidancePlugin | None" = None
    """The plugin of the site in English, if this builds a part of it."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember the command. Only a plugin with this method is kept between the builds of a live preview."""
        self.serving = command == "serve"
        self.bodies, self.finished = Bodies(), dict[str, Finished]()
        self.open_data: list[tuple[str, str | bytes]] = []
        self.basis: Any = None
        self.paths: set[str] = set()
        if self.serving:
            mkdocs.utils.clean_directory = lambda directory: None
            mkdocs.utils.write_file = write_if_changed

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the guidance and render its pages. After a mistake the last good site stays, as it isn't deleted yet."""
        language = config.theme["language"]
        self.translation = self.load_language(language, "The theme's language")
        for other in self.config.languages:
            self.load_language(other, "One of the languages")
        config.nav = translate_nav(config.nav, self.translation.gettext)
        config.site_name = self.translation.gettext(config.site_name)
        if config.site_description:
            config.site_description = self.translation.gettext(config.site_description)
        self.read_guidance(language)
        folder = Path(self.config.folder)
        self.revisions = self.main.revisions if self.main else read_revisions(folder, self.english)
        edition, is_draft = find_edition(self.revisions)
        self.downloads = self.find_downloads()
        parts = [] if self.serving or language != ENGLISH else self.config.languages
        self.site = Site(
            name=config.site_name,
            date=date.fromisoformat(get_build_date()),
            address=config.site_url or "",
            editor=config.edit_uri or "",
            edition=edition,
            is_draft=is_draft,
            downloads=[Download(path.name, path.stat().st_size) for path in self.downloads],
            contact=config.extra["contact"],
            enforcement=config.extra["enforcement"],
            language=language,
            reviewer=find_reviewer(language),
            has_own_translations=self.guidance.has_own_translations,
            root="../" if self.main else "",
            others={ENGLISH: "../"} if self.main else {other: f"{other}/" for other in parts},
            changed=self.main.site.changed if self.main else find_change_dates(self.guidance),
        )
        bodies = self.bodies if self.serving else None
        self.pages = list(render_pages(self.guidance, self.site, self.revisions, bodies))
        listed = render_action_list(self.guidance, self.site, read_wordings(folder), bodies)
        self.data_files = list(listed)
        if not self.main:
            feed = render_feed(self.guidance, self.site, self.revisions)
            self.data_files += [*self.export_data(), feed, *make_fonts()]
        config.nav = expand_nav(config.nav, self.pages)
        config.mdx_configs.setdefault("toc", {})["slugify"] = make_heading_id
        config.watch += [self.config.folder, str(TEMPLATES), str(LOCALES), str(config.theme.custom_dir)]
        return config

    def load_language(self, language: str, name: str) -> NullTranslations:
        """Return the messages in a language. Stop if there are none, because the pages would be in two languages."""
        if is_translated(language):
            return load_messages(language)
        raise Abort(
            f'mkdocs.yml: {name} is "{language}", but the site has no labels and buttons in it. Write "{ENGLISH}", or '
            "another language that has a file in generator/locales. Nothing was published. The last good site is still "
            "there."
        )

    def export_data(self) -> list[tuple[str, str | bytes]]:
        """Return the address and content of each data file. A live preview keeps the open data of its first build."""
        if not (self.serving and self.open_data):
            exported = export_open_data(self.guidance, self.site.name, self.site.address, self.site.edition)
            self.open_data = list(exported)
        return [*export_data(self.guidance), *self.open_data]

    def find_downloads(self) -> list[Path]:
        """Return the files that the site offers as downloads."""
        folder = Path(self.config.downloads)
        suffixes = {".zip", ".pdf", ".sha256"}
        return sorted(path for path in folder.glob("[!.]*") if path.suffix in suffixes) if self.config.downloads else []

    def read_guidance(self, language: str) -> None:
        """Read the guidance. If it has mistakes, stop or, in a live preview, keep showing the last good one."""
        folder = Path(os.path.relpath(self.config.folder))
        try:
            english = self.main.english if self.main else read_guidance(folder)
            is_english = language == ENGLISH
            self.guidance = english if is_english else read_guidance(folder, guarded=False, language=language)
            self.english = english
        except Problems as found:
            self.log_problems(found.problems)
            if not self.serving:
                raise Abort("Nothing was published. The last good site is still there.") from None
            if not hasattr(self, "guidance"):
                raise Abort("There are no good pages to show yet. Fix this, then start again.") from None
            self.mistakes = [(problem, problem.excerpt) for problem in found.problems if not problem.advice]
            return
        self.mistakes = []
        if not self.main:
            self.log_problems(self.english.advice)

    def on_build_error(self, error: Exception) -> None:
        """Stop with a sentence instead of a traceback if a file cannot be read or written."""
        if isinstance(error, OSError):
            raise Abort(
                f"{error.filename or 'The site'}: {error.strerror}. The last good site is still there."
            ) from None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Look for changed files twenty times a second and wait for no others. MkDocs has no settings for this."""
        server.observer._timeout = 0.05
        server.build_delay = 0.05
        return server

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Remember the navigation, which the menu shows."""
        self.nav = nav

    def on_page_content(self, html: str, *, page: SitePage, config: MkDocsConfig, files: Files) -> str:
        """Mark the titles of a hand-written page's contents as HTML, which they are, and keep it for the search."""
        if not isinstance(page, GuidancePage):
            if self.site.language != ENGLISH:
                note = self.translation.gettext("This page is only in English.")
                page.meta["description"] = Words(page.meta.get("description", ""), ENGLISH)
                html = SHARED_ADDRESS.sub(rf"\1{self.site.root}\2", html)
                html = f'<p class="whose">{note}</p>\n<div lang="{ENGLISH}">{html}</div>'
            mark_titles(page.toc, self.site.language)
            keywords, search = page.meta.get("tags", ()), page.meta.get("search", {})
            title = str(page.title)
            self.written.append(Page(page.url, title, Markup(html), keywords=keywords, search=search))
        return html

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Turn on escaping for the templates in overrides/, and add what they need to MkDocs's variables."""
        env.autoescape = True
        env.install_gettext_translations(self.translation)
        env.filters |= {"unmark": unmark, "lang": mark_language}
        env.globals["plurals"] = partial(make_forms, self.translation)
        env.globals["translate_to"] = lambda code, message: load_messages(code).gettext(message)
        by_url = {page.url: page for page in self.nav.pages}
        menus: dict[Any, Markup] = {}

        @cache
        def theme_file(pattern: str) -> str:
            """Return the name of a file of the theme. It changes with the theme's version."""
            return next(name for name in self.theme_files if fnmatchcase(name, pattern))

        def menu(page: SitePage | None, base_url: str) -> Markup:
            """Return the menu. Pages that are not in it share one if they have the same folder and page above them."""
            here, above = (page.url, page.meta.get("breadcrumbs", ())) if page else (base_url, ())
            urls = [here, *(address for _, address in reversed(above))]
            nearest = next((by_url[url] for url in urls if url in by_url), None)
            key = nearest and nearest.url, here if page is nearest else posixpath.dirname(here)
            if key not in menus:
                open_sections = nearest.ancestors if nearest else ()
                template = env.get_template("partials/nav.html")
                context = {"nav": self.nav, "page": page, "base_url": base_url, "nearest": nearest}
                menus[key] = Markup(template.render(context, open=open_sections))
            return menus[key]

        env.globals |= {"site": self.site, "mistakes": self.mistakes, "serving": self.serving}
        env.globals |= {"theme_file": theme_file, "menu": menu}
        if self.main:  # not earlier, because hand-written pages link to pictures
            for file in [file for file in files if not file.is_documentation_page()]:
                if not file.generated_by or self.site.locate(file.dest_uri) != file.dest_uri:
                    files.remove(file)
        for address, text in make_search([*self.pages, *self.written], self.site.language):
            files.append(File.generated(config, address, content=text))
        if self.serving:
            self.remove_old_files(files)
        if self.serving and not self.mistakes:
            self.reuse_pages(config)
        return env

    def remove_old_files(self, files: Files) -> None:
        """Remove files of the last build that this one doesn't have. MkDocs would remove all, and write all again."""
        paths = {file.abs_dest_path for file in files}
        for path in self.paths - paths:
            Path(path).unlink(missing_ok=True)
        self.paths = paths

    def reuse_pages(self, config: MkDocsConfig) -> None:
        """Show each page as it was in the last build if its content and all that pages share are the same."""
        overrides = sorted(path for path in Path(str(config.theme.custom_dir)).rglob("*") if path.is_file())
        templates = [path.read_text(encoding="utf-8") for path in overrides]
        shown = templates, read_messages(self.site.language)
        basis = config.user_configs, config.nav, config.site_url, replace(self.site, changed={}), shown
        if basis != self.basis:
            self.basis, self.finished = basis, {}
        for page in self.site_pages:
            finished = self.finished.get(page.url)
            if finished and finished.source == page.source:
                page.finished, page.content = finished, ""
                page.meta["template"] = "finished.html"

    def on_post_page(self, output: str, *, page: SitePage, config: MkDocsConfig) -> None:
        """Keep a page of a live preview for the next build."""
        if self.serving and not self.mistakes and isinstance(page, GuidancePage) and not page.finished:
            self.finished[page.url] = Finished(page.source, output)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Build the parts of the site in other languages. A live preview is in one language."""
        for language in self.site.others if not self.main else ():
            settings: dict[str, Any] = {
                "site_dir": f"{config.site_dir}/{language}",
                "site_url": config.site_url and f"{config.site_url}{language}/",
                "strict": config.strict,
            }
            part = load_config(config.config_file_path, **settings)
            part.theme["language"] = language
            part.theme.static_templates -= {"_headers", "404.html"}  # hosts read only those in the root
            # MkDocs gives both builds the same plugins, but a part needs one of its own.
            plugin = GuidancePlugin()
            plugin.config, plugin.main = self.config, self
            plugins = PluginCollection()
            for name, other in part.plugins.items():
                plugins[name] = plugin if other is self else other
            part.plugins = plugins
            plugin.on_startup(command="build", dirty=False)
            build(part)

    def log_problems(self, problems: list[Problem]) -> None:
        """Log mistakes as errors. Advice is not even a warning, because warnings stop a strict build."""
        for problem in problems:
            log.log(logging.INFO if problem.advice else logging.ERROR, str(problem))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages, each with the line to edit, and the data files; remove what no page uses."""
        for file in list(files):
            if any(fnmatchcase(file.dest_uri, pattern) for pattern in UNUSED):
                files.remove(file)
        self.theme_files = [file.dest_uri for file in files]
        join_files(self.config.joined, files, config)
        for file in files.documentation_pages():
            file.edit_uri = os.path.relpath(file.abs_src_path) if file.abs_src_path else None
        titles = dict(titles_in(config.nav))
        self.written: list[Page] = []
        self.site_pages: list[GuidancePage] = []
        for page in self.pages:
            file = File.generated(config, markdown_name(page), content="", inclusion=InclusionLevel.NOT_IN_NAV)
            file.edit_uri = f"{page.place.file}#L{page.place.line}" if page.place else None
            file.page = GuidancePage(page, titles.get(file.src_uri), file, config)
            self.site_pages.append(file.page)
            files.append(file)
        for address, content in self.data_files:
            files.append(File.generated(config, address, content=content))
        for path in self.downloads:
            files.append(File.generated(config, f"downloads/{path.name}", abs_src_path=str(path.resolve())))
        return files


def write_if_changed(content: bytes, output_path: str) -> None:
    """Write a file of a live preview, unless it has this content already: comparing is faster."""
    file = Path(output_path)
    if not (file.is_file() and file.read_bytes() == content):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def make_heading_id(title: str, separator: str) -> str:
    """Return the HTML id for a heading of a hand-written page, other than those that every page has."""
    id = slugify(title, separator)
    return f"{id}{separator}1" if id in FRAME_IDS else id


def mark_titles(links: Iterable[AnchorLink], language: str) -> None:
    """Mark the titles of links in a table of contents as HTML, and as English on a site in another language."""
    for link in links:
        link.title = Markup(link.title if language == ENGLISH else f'<span lang="{ENGLISH}">{link.title}</span>')
        mark_titles(link.children, language)


def markdown_name(page: Page) -> str:
    """Return the Markdown file name of a page. There is no such file, but MkDocs looks up pages by it."""
    return f"{page.address.removesuffix('.html')}.md"


def join_files(joined: dict[str, list[str]], files: Files, config: MkDocsConfig) -> None:
    """Publish source files joined into one instead of each by itself, so that a page loads few files.

    `joined` has the paths of the source files, in order, by the address of the file that they are joined into. Comments
    are left out: they are a quarter of the scripts.
    """
    for address, paths in joined.items():
        for file in [file for file in files if file.abs_src_path in paths]:
            files.remove(file)
        content = "\n".join(Path(path).read_text(encoding="utf-8") for path in paths)
        files.append(File.generated(config, address, content=COMMENTS.sub("", content)))


def expand_nav(nav: Any, pages: list[Page]) -> Any:
    """Return the navigation of mkdocs.yml with the guidance's own pages in it.

    `folder/*` stands for the pages of a folder; with `folder/**`, each that has pages below it becomes a section. A
    section of one page becomes this page, and an empty one is left out.
    """
    if isinstance(nav, list):
        return [item for item in (expand_nav(item, pages) for item in nav) if item]
    if isinstance(nav, dict):
        ((title, target),) = nav.items()
        expanded = expand_nav(target, pages)
        if isinstance(target, str) and isinstance(expanded, list) and len(expanded) == 1:
            expanded = next(iter(expanded[0].values()))
        return {title: expanded} if expanded else None
    if not (isinstance(nav, str) and nav.endswith("*")):
        return nav
    folder, _, depth = nav.rpartition("/")
    shown = [page for page in pages if page.menu is not None]
    below: dict[str, list[Page]] = {}
    for page in shown if depth == "**" else ():
        for _, address in page.breadcrumbs[-1:]:
            below.setdefault(address, []).append(page)
    return [make_section(page, below) for page in shown if posixpath.dirname(page.address) == folder]


def make_section(page: Page, below: dict[str, list[Page]]) -> dict[str, Any]:
    """Return a page for the navigation, as a section that begins with itself if there are pages `below` its address."""
    title, parts = page.menu or page.title, below.get(page.address)
    if not parts:
        return {title: markdown_name(page)}
    return {title: [{title: markdown_name(page)}, *(make_section(part, below) for part in parts)]}


def translate_nav(nav: Any, translate: Callable[[str], str]) -> Any:
    """Return the navigation of mkdocs.yml with its titles translated."""
    if isinstance(nav, list):
        return [translate_nav(item, translate) for item in nav]
    if isinstance(nav, dict):
        return {translate(title): translate_nav(target, translate) for title, target in nav.items()}
    return nav


def extract_settings(
    file: BinaryIO, keywords: object, comment_tags: object, options: object
) -> list[tuple[int, str, str, list[str]]]:
    """Return the messages of mkdocs.yml for Babel: the site's name, what it is about, and the titles of its menu."""
    settings = yaml_load(file)
    titles: list[str] = []
    translate_nav(settings["nav"], lambda title: titles.append(title) or title)  # type: ignore[func-returns-value]
    return [(1, "gettext", text, []) for text in (settings["site_name"], settings["site_description"], *titles)]


def titles_in(nav: Any) -> Iterator[tuple[str, str]]:
    """Yield the name of the file and the title of each page in a navigation."""
    for item in nav if isinstance(nav, list) else [nav]:
        for title, target in item.items() if isinstance(item, dict) else ():
            yield from [(target, title)] if isinstance(target, str) else titles_in(target)
