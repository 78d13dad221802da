"""Read the hand-written pages: Markdown files in `content/`, which are only in English."""

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from html import unescape
from itertools import count
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import Any

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions.toc import slugify  # type: ignore[import-untyped]
from markupsafe import Markup
from PIL import Image
from pymdownx.snippets import SnippetMissingError  # type: ignore[import-untyped]

from generator.messages import ENGLISH
from generator.pages.page import SHARED, Body, Heading, Page, Site
from generator.problem import Place, Problem, Problems
from generator.text import FRAME_IDS, Words

LOCAL_LINK = re.compile(r'((?:href|src)=")(?![a-z]+:)([^"#]*)(#[^"]*)?"')
"""A link to a page or a file of the site, as HTML, in three parts: before the address, its path, and its anchor."""
SHARED_ADDRESS = re.compile(rf'((?:src|href)="(?:\.\./)*)({"|".join(SHARED)})')
"""The address of a shared file, as HTML, in two parts: before and after the way to the English site."""
PICTURE = re.compile(r'<img (?=[^>]*src="([^":]+)")')
"""The beginning of a picture of the site, as HTML, and its address."""
TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
SNIPPET = re.compile(r'^--8<-- "([^":]+)', re.MULTILINE)
"""The name of another file that is part of a page."""


def read_written_pages(folder: Path, extensions: Sequence[str], settings: Mapping[str, Any]) -> Iterator[Page]:
    """Yield the page of each Markdown file in a folder.

    `extensions` and `settings` are those of Python-Markdown in mkdocs.yml. Each file begins with the title and the
    description of its page.
    """
    for file in sorted(folder.rglob("*.md")):
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            place = Place(Path(os.path.relpath(file)).as_posix())
            remedy = 'Save the file again with the encoding "UTF-8".'
            raise Problems([Problem(place, "This file is not UTF-8.", remedy)]) from None
        converter = Markdown(
            extensions=[*extensions, "meta"],
            extension_configs=dict(settings) | {"toc": {**settings.get("toc", {}), "slugify": make_heading_id}},
        )
        place = Place(Path(os.path.relpath(file)).as_posix())
        try:
            html = LOCAL_LINK.sub(name_page, converter.convert(text))
            html = PICTURE.sub(partial(add_size, file.parent), html)
            html = TABLE.sub(partial(make_scrollable, count(1)), html)
        except SnippetMissingError as error:
            raise Problems([Problem(place, f"{error}.", "Correct the name of the file.")]) from None
        about = {name: " ".join(lines) for name, lines in converter.Meta.items()}
        tokens = converter.toc_tokens
        headings = [heading for top in tokens for heading in list_headings(top["children"])]
        yield Page(
            file.relative_to(folder).with_suffix(".html").as_posix(),
            about.get("title") or next((unescape(token["name"]) for token in tokens), file.stem),
            partial(Body, Markup(html), headings),
            description=about.get("description", ""),
            search={"boost": float(about.get("boost", 1))},
            place=place,
        )


def name_page(link: re.Match[str]) -> str:
    """Return a link to a Markdown file as a link to its page."""
    return f'{link[1]}{re.sub(r"[.]md$", ".html", link[2])}{link[3] or ""}"'


def add_size(folder: Path, picture: re.Match[str]) -> str:
    """Return the beginning of a picture with its size, so that browsers keep room for it.

    Its address starts at `folder`.
    """
    path = folder / picture[1]
    if not path.is_file() or path.suffix == ".svg":
        return picture[0]
    with Image.open(path) as image:
        return f'{picture[0]}width="{image.width}" height="{image.height}" '


def make_scrollable(numbers: Iterator[int], table: re.Match[str]) -> str:
    """Return a table in a box that can be scrolled, also by keyboard, where the page is narrower than its words."""
    return f'<div class="wide" role="region" aria-label="Table {next(numbers)}" tabindex="0">\n{table[0]}\n</div>'


def make_heading_id(title: str, separator: str) -> str:
    """Return the HTML id for a heading, other than those that every page has."""
    id = slugify(title, separator)
    return f"{id}{separator}1" if id in FRAME_IDS else id


def list_headings(tokens: Sequence[Mapping[str, Any]]) -> Iterator[Heading]:
    """Yield the headings of a page in order, from the nested ones of Python-Markdown."""
    for token in tokens:
        yield Heading(Markup(token["name"]), token["id"], token["level"])
        yield from list_headings(token["children"])


def show_written_pages(written: Sequence[Page], site: Site, gettext: Callable[[str], str]) -> Iterator[Page]:
    """Yield the hand-written pages as they are on a site: in another language with a note, and marked as English."""
    for page in written:
        if site.language == ENGLISH:
            yield page
        else:
            note, title = gettext("This page is only in English."), gettext(page.title)
            render = partial(mark_as_english, page, site, note)
            yield replace(page, render=render, title=title, description=Words(page.description, ENGLISH))


def mark_as_english(page: Page, site: Site, note: str) -> Body:
    """Return the body of a hand-written page on a site in another language."""
    body = page.render()
    html = SHARED_ADDRESS.sub(r"\1../\2", str(body.html)) if site.folder else body.html
    titles = [Markup(f'<span lang="{ENGLISH}">{heading.title}</span>') for heading in body.headings]
    headings = [replace(heading, title=title) for heading, title in zip(body.headings, titles, strict=True)]
    note = Markup(f'<p class="whose">{note}</p>')
    return replace(body, html=note + Markup(f'\n<div lang="{ENGLISH}">{html}</div>'), headings=headings)


def find_broken_links(written: Sequence[Page], pages: Mapping[str, Page], files: Collection[str]) -> Iterator[Problem]:
    """Yield the problems of links in the hand-written pages that lead to no page, no place on it, and no file.

    `pages` are all pages of the site by their address, and `files` the addresses of its other files.
    """
    for page in written:
        for _, path, anchor in LOCAL_LINK.findall(page.render().html):
            address = normpath(join(dirname(page.address), path)) if path else page.address
            if address in files or (address in pages and (not anchor or has_anchor(pages[address], anchor[1:]))):
                continue
            near = get_close_matches(address, [*pages, *files], 1, 0.8) if address not in pages else []
            remedy = "Correct the address, or delete the link."
            if near:
                remedy = f'Did you mean "{re.sub("[.]html$", ".md", relpath(near[0], dirname(page.address)))}"?'
            link, place = find_link(page, path, anchor)
            what = f'There is no heading for "{anchor}" there' if address in pages else "There is no such page or file"
            yield Problem(place, f'This links to "{link}". {what}.', remedy)


def has_anchor(page: Page, anchor: str) -> bool:
    """Return whether a page has an element with this HTML id."""
    return f' id="{anchor}"' in page.render().html


def find_link(page: Page, path: str, anchor: str) -> tuple[str, Place]:
    """Return a link of a hand-written page as it is written, and its first place in the files that the page is from."""
    assert page.place, "A hand-written page has a file."
    own = Path(page.place.file)
    links = [f"{path.removesuffix('.html')}.md{anchor}", f"{path}{anchor}"]
    for file in (own, *map(Path, SNIPPET.findall(own.read_text(encoding="utf-8")))):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            for link in links:
                if link in line:
                    return link, Place(file.as_posix(), number, line.index(link) + 1)
    return links[0], page.place
