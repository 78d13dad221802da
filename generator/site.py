"""Make the site: everything that it has, from top to bottom."""

import gzip
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from generator import read_revisions
from generator.editions.history import find_change_dates
from generator.editions.record import read_wordings
from generator.editions.version import find_version
from generator.exports.open_data import export_actions, export_open_data
from generator.guidance import Guidance
from generator.messages import ENGLISH, find_reviewer, load_messages
from generator.pages.action_list import make_action_list
from generator.pages.assets import join_assets
from generator.pages.fonts import make_fonts
from generator.pages.guidance_pages import list_pages, make_not_found
from generator.pages.menu import find_missing_pages, make_menu, nest_topics
from generator.pages.page import FEED, Page, Site
from generator.pages.pictures import make_icons, make_link_picture
from generator.pages.plan_files import make_plan_files
from generator.pages.render import NOT_FOUND, Renderer
from generator.pages.search import SearchIndex
from generator.pages.word_edition import make_word_edition
from generator.pages.written_pages import find_broken_links, read_written_pages, show_written_pages
from generator.problem import Place, Problem, Problems
from generator.text import make_id

Content = str | bytes
STYLES, SCRIPTS = "assets/stylesheets/", "assets/javascripts/"
PICTURES = {".png", ".svg", ".jpg"}


@dataclass(frozen=True)
class Settings:
    """What mkdocs.yml says, and where things are."""

    site: Site
    """What mkdocs.yml says about the site itself."""
    file: Path
    """mkdocs.yml, for messages."""
    nav: Sequence[Any]
    """The menu."""
    footer: Sequence[Any]
    """The links of the footer, in groups, written like the menu."""
    languages: Sequence[str]
    """The languages of the site. The first is that of the whole site, and each other one has a folder of its own."""
    guidance: Path
    """The folder of the guidance."""
    content: Path
    """The folder of hand-written pages, styles, scripts and pictures."""
    frame: Path
    """The folder of the frame's templates."""
    extensions: Sequence[str]
    """Extensions of Python-Markdown for the hand-written pages."""
    extension_settings: Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """A file of the site, or several that are made together. Nothing is made before it is asked for."""

    address: str
    """From the root of the site in its language. If it ends with a slash, this part has several files in a folder."""
    make: Callable[[], Content | Iterable[tuple[str, Content]]]
    """Returns the content of the file; for several, the address and the content of each."""
    folder: str = ""
    """The folder of the language, like "cy/"; empty for the whole site."""

    def make_files(self) -> Iterator[tuple[str, Content]]:
        """Make the files one at a time, and yield their addresses and contents."""
        made = self.make()
        for address, content in [(self.address, made)] if isinstance(made, str | bytes) else made:
            yield self.folder + address, content


def make_site(settings: Settings, guidance: Mapping[str, Guidance], mistakes: Sequence[Problem] = ()) -> Iterator[Part]:
    """Yield every part of the site: what it has in each language, and what it has once.

    `guidance` is the guidance by language, always with English. Each page of a live preview shows the `mistakes`. Raise
    Problems for mistakes in the menu and in the hand-written pages.
    """
    english = guidance[ENGLISH]
    revisions = read_revisions(settings.guidance, english)
    written = list(read_written_pages(settings.content, settings.extensions, settings.extension_settings))
    files = sorted(path for path in settings.content.rglob("*") if path.suffix in PICTURES)
    pictures = {path.relative_to(settings.content).as_posix(): path for path in files}
    version = find_version(settings.guidance, revisions, settings.site.date, make_id(settings.site.name))
    whole = replace(
        settings.site,
        date=version.day,
        edition=version.edition,
        is_draft=version.is_draft,
        version=version.name,
        downloads=[file for file in settings.site.downloads if version.includes(file.name)],
        changed=find_change_dates(english),
        mistakes=[(mistake, mistake.excerpt) for mistake in mistakes],
    )
    for language in settings.languages:
        site = describe_language(whole, settings.languages, guidance[language])
        renderer = Renderer(guidance[language], site, settings.frame)
        pages = [*list_pages(renderer, revisions), *show_written_pages(written, site, renderer.gettext)]
        nav = nest_topics(settings.nav, english.has_several_goals)
        renderer.menu = list(make_menu(nav, pages, renderer.gettext))
        renderer.footer = list(make_menu(settings.footer, pages, renderer.gettext))
        search = SearchIndex(language)
        yield from (Part(page.address, partial(renderer.render, page, search.add), site.folder) for page in pages)
        yield Part("search/", partial(search.make_files, pages), site.folder)
        yield Part("actions/", partial(list_actions, renderer, settings.guidance), site.folder)
        yield Part("plan/", partial(make_plan_files, site.name, language), site.folder)
        yield Part(site.word, partial(make_word_edition, renderer))
        yield Part(FEED, partial(renderer.render_feed, revisions), site.folder)
        yield Part("manifest.webmanifest", partial(renderer.render_text, "manifest.webmanifest"), site.folder)
        yield Part(site.picture, partial(make_link_picture, site.name, list(renderer.grade_names.values())))
        if not site.folder:
            check_site(settings, pages, written, pictures)
        if not site.folder and not site.is_copy:  # what only web servers and search engines need
            yield Part(NOT_FOUND, partial(renderer.render, make_not_found(renderer)))
            yield Part("_headers", partial(renderer.render_text, "_headers"))
            yield Part("robots.txt", partial(write_robots, site.address))
            if site.address:
                yield Part("sitemap.xml", partial(renderer.render_text, "sitemap.xml", pages=pages))
                yield Part("sitemap.xml.gz", partial(compress_sitemap, renderer, pages))
    yield Part("data/actions.json", partial(export_actions, english, whole.address))
    yield Part("data/v1/", partial(export_open_data, english, whole.name, whole.address, version))
    yield Part("assets/fonts/", make_fonts)
    yield Part("assets/icons/", make_icons)
    yield Part(STYLES, partial(join_assets, settings.content, STYLES, ".css"))
    yield Part(SCRIPTS, partial(join_assets, settings.content, SCRIPTS, ".js"))
    yield from (Part(address, path.read_bytes) for address, path in pictures.items())
    yield from (Part(file.address, file.path.read_bytes) for file in whole.downloads)


def write_file(file: Path, content: Content) -> Path:
    """Write a file, and its folder if there is none yet. Return its path."""
    if not file.parent.is_dir():
        file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def describe_language(whole: Site, languages: Sequence[str], guidance: Guidance) -> Site:
    """Return what pages need to know about the site in the language of the guidance, one of the site's languages."""
    folders = {code: f"{code}/" if number else "" for number, code in enumerate(languages)}
    folder = folders.pop(guidance.language)
    gettext = load_messages(guidance.language).gettext
    return replace(
        whole,
        name=gettext(whole.name),
        id=make_id(whole.name),
        short_name=gettext(whole.short_name) if whole.short_name else "",
        question=gettext(whole.question) if whole.question else "",
        description=gettext(whole.description) if whole.description else "",
        address=whole.address and whole.address + folder,
        language=guidance.language,
        reviewer=find_reviewer(guidance.language),
        examples=[gettext(example) for example in whole.examples],
        has_own_translations=guidance.has_own_translations,
        folder=folder,
        others={code: f"../{other}" if folder else other for code, other in folders.items()},
    )


def check_site(
    settings: Settings, pages: Sequence[Page], written: Sequence[Page], pictures: Mapping[str, Path]
) -> None:
    """Raise Problems if the menu or a hand-written page links to something that the site doesn't have."""
    named = [*pictures.values(), *(Path(page.place.file) for page in written if page.place)]
    if odd := [name_problem(path) for path in named if not is_text(path.name)]:
        raise Problems(odd)
    by_address = {page.address: page for page in pages}
    files = [*pictures, *(file.address for file in settings.site.downloads)]
    problems = [
        *find_missing_pages([*settings.nav, *settings.footer], by_address, settings.file),
        *find_broken_links(written, by_address, files),
    ]
    if problems:
        raise Problems(problems)


def name_problem(path: Path) -> Problem:
    """Return the problem for a file in `content/` whose name is not text."""
    message = "The name of this file is not UTF-8, so no page can link to it."
    return Problem(Place(Path(os.path.relpath(path)).as_posix()), message, "Rename it, with the letters a to z.")


def is_text(name: str) -> bool:
    """Return whether a name can be written as UTF-8. Linux gives any bytes as the name of a file."""
    return name.isascii() or not re.search("[\ud800-\udfff]", name)


def list_actions(renderer: Renderer, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the files of the finder and the plan."""
    yield from make_action_list(renderer.guidance, read_wordings(folder), renderer.names(), renderer.wording)


def compress_sitemap(renderer: Renderer, pages: Sequence[Page]) -> bytes:
    """Return the sitemap as some search engines prefer it."""
    return gzip.compress(renderer.render_text("sitemap.xml", pages=pages).encode(), mtime=0)


def write_robots(address: str) -> str:
    """Return the rules for search engines: they may read everything. Without an address, there is no sitemap."""
    allowed = "User-agent: *\nAllow: /\n"
    return f"{allowed}\nSitemap: {address}sitemap.xml\n" if address else allowed
