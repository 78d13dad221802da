"""Make the menu and the links of the footer from mkdocs.yml."""

import posixpath
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from generator.pages.page import Page
from generator.problem import Place, Problem


@dataclass(frozen=True)
class MenuItem:
    """A link of the menu, or a section of it."""

    title: str
    address: str = ""
    """Empty for a section. One of the guidance begins with the page that it is about."""
    items: Sequence["MenuItem"] = ()

    def leads_to(self, address: str) -> bool:
        """Return whether this is the item of a page, or a section with it."""
        return self.address == address != "" or any(item.leads_to(address) for item in self.items)


def make_menu(nav: Sequence[Any], pages: Sequence[Page], translate: Callable[[str], str]) -> Iterator[MenuItem]:
    """Yield the items of the menu, with their titles translated.

    `folder/*` in `nav` stands for the pages of a folder; with `folder/**`, each that has pages below it becomes a
    section. A section of one page becomes this page, and an empty one is left out, like a page that doesn't exist.
    """
    by_address = {page.address: page for page in pages}
    for title, target in read_entries(nav):
        if isinstance(target, list):
            yield MenuItem(translate(title), items=list(make_menu(target, pages, translate)))
        elif target.endswith("*"):
            items = list(list_folder(target, pages))
            if len(items) == 1 and items[0].address:
                yield MenuItem(translate(title or items[0].title), items[0].address)
            elif title and items:
                yield MenuItem(translate(title), items=items)
            else:
                yield from items
        elif page := by_address.get(name_page(target)):
            yield MenuItem(translate(title or page.title), page.address)


def nest_topics(nav: Sequence[Any], has_several_goals: bool) -> list[Any]:
    """Return the menu of mkdocs.yml as it is for the number of goals. Several goals have their topics below them."""
    nested = {"journeys/*": {"Goals": "journeys/**"}, "topics/**": None}
    if not has_several_goals:
        return list(nav)
    return [new for entry in nav for _, target in read_entries([entry]) if (new := nested.get(str(target), entry))]


def name_page(target: str) -> str:
    """Return the address of a page that `nav` names like a Markdown file."""
    return f"{target.removesuffix('.md')}.html"


def find_missing_pages(nav: Sequence[Any], pages: Collection[str], file: Path) -> Iterator[Problem]:
    """Yield a problem for each page in `nav` that isn't among the addresses `pages`. `file` is mkdocs.yml."""
    lines = file.read_text(encoding="utf-8").splitlines()
    for _, target in find_entries(nav):
        if isinstance(target, str) and not target.endswith("*") and name_page(target) not in pages:
            line = next((number for number, line in enumerate(lines, start=1) if target in line), 1)
            near = get_close_matches(name_page(target), pages, 1, 0.8)
            meant = f"{near[0].removesuffix('.html')}.md" if near else ""
            remedy = f'Did you mean "{meant}"?' if meant else "Correct it, or delete this line."
            message = f'The menu has "{target}", but there is no such page.'
            yield Problem(Place(file.name, line), message, remedy)


def list_folder(pattern: str, pages: Sequence[Page]) -> Iterator[MenuItem]:
    """Yield the items for the pages of a folder: of `folder/*`, or of `folder/**` with those below each."""
    folder, _, depth = pattern.rpartition("/")
    shown = [page for page in pages if page.menu is not None]
    below: dict[str, list[Page]] = {}
    for page in shown if depth == "**" else ():
        for _, address in page.breadcrumbs[-1:]:
            below.setdefault(address, []).append(page)
    return (make_item(page, below) for page in shown if posixpath.dirname(page.address) == folder)


def make_item(page: Page, below: dict[str, list[Page]]) -> MenuItem:
    """Return the item for a page; if there are pages `below` its address, a section that begins with it."""
    item = MenuItem(page.menu or page.title, page.address)
    parts = below.get(page.address)
    return MenuItem(item.title, items=[item, *(make_item(part, below) for part in parts)]) if parts else item


def list_addresses(menu: Sequence[MenuItem]) -> set[str]:
    """Return the addresses of all pages in the menu."""
    return {item.address for item in menu} | {address for item in menu for address in list_addresses(item.items)}


def read_entries(nav: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the title and the target of each entry of `nav`. The title is empty if the entry has only a target."""
    for entry in nav:
        for title, target in entry.items() if isinstance(entry, dict) else [("", entry)]:
            within = [target] if isinstance(target, dict) else target
            yield title, within if isinstance(within, list) else str(target or "")


def find_entries(nav: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the title and the target of each entry of `nav`, also inside sections, whose target is a list."""
    for title, target in read_entries(nav):
        yield title, target
        if isinstance(target, list):
            yield from find_entries(target)
