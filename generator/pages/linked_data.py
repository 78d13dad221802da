"""Describe the open data in the terms of schema.org, so that search engines for data find it."""

from collections.abc import Iterator
from typing import Any

from generator.exports.entry_data import EVERY_TABLE, KINDS
from generator.exports.open_data import DATABASE, FOLDER, WORKBOOK
from generator.messages import ENGLISH
from generator.model import each_once
from generator.pages.render import Renderer

FORMATS = {
    "csv": "text/csv",
    "json": "application/json",
    "sqlite": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The media type of a file, by the end of its name."""


def describe_dataset(renderer: Renderer, address: str, title: str, summary: str) -> dict[str, Any]:
    """Return what the page of open data at an address says about the data, for programs.

    It says only what is known: there is no licence and no publisher, and a draft has no version. Links are relative
    unless the address of the site is known.
    """
    site = renderer.site

    def locate(address: str) -> str:
        return site.address + address if site.address else renderer.href(address)

    def locate_file(address: str) -> str:
        return site.root + address if site.address else renderer.href(address)

    guidance = renderer.guidance
    sources = [source for entry in [*guidance.journeys, *guidance.case_studies] for source in entry.related["source"]]
    described = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"{site.name}: {title}",
        "description": f"{site.description} {summary}".strip(),
        "url": locate(address),
        "inLanguage": ENGLISH,
        "isAccessibleForFree": True,
        "creator": {"@type": "Project", "name": site.name, "url": locate("index.html")},
        "isBasedOn": [{"@type": "CreativeWork", "name": source.label} for source in each_once(sources)],
        "usageInfo": f"{locate(address)}#terms",
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "contentUrl": locate_file(f"{FOLDER}/{name}"),
                "encodingFormat": FORMATS[name.rpartition(".")[2]],
            }
            for name in list_files()
        ],
    }
    if site.edition and not site.is_draft:
        described |= {"version": site.edition, "dateModified": site.edition}
    else:
        described |= {"creativeWorkStatus": "Draft"}
    return described


def list_files() -> Iterator[str]:
    """Yield the names of the files that contain the data."""
    yield from ("everything.json", WORKBOOK, DATABASE)
    yield from (f"{name}.json" for name in (*KINDS, "relations"))
    yield from (f"{name}.csv" for name in EVERY_TABLE)
