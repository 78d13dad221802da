"""Build the project in the current folder and print how many seconds of CPU time each step took, as JSON."""

import json
import os
import sys
import time
from collections.abc import Callable
from pkgutil import resolve_name
from tempfile import TemporaryDirectory
from typing import Any

STEPS = {
    "reading YAML": "generator.reading.load:read_content",
    "checking": "generator:validate_documents",
    "linking": "generator:link_entries",
    "dates from git": "generator.site:find_change_dates",
    "lists of pages": "generator.pages.render:Renderer.page",
    "bodies of pages": "generator.pages.render:Renderer.render_body",
    "frames of pages": "generator.pages.render:Renderer.render",
    "search index": "generator.pages.search:SearchIndex.add",
    "workbook": "generator.exports.workbook:make_workbook",
    "writing": "generator.publish:write_file",
}
sys.path.insert(0, os.getcwd())  # measure this project's generator
REST = "starting Python, and the rest of MkDocs"

spent = dict.fromkeys([*STEPS, REST], 0.0)
current = [REST]
since = 0.0


def change_step(step: str | None) -> None:
    """Count the time since the last change for the current step; begin `step`, or go back to the one around it."""
    global since
    now = time.process_time()
    spent[current[-1]] += now - since
    since = now
    if step:
        current.append(step)
    else:
        current.pop()


def wrap(step: str, name: str) -> None:
    """Count the time that a function takes for a step."""
    owner, _, attribute = name.replace(":", ".").rpartition(".")
    holder: Any = resolve_name(owner)
    function: Callable[..., Any] = getattr(holder, attribute)

    def timed(*arguments: Any, **named: Any) -> Any:
        change_step(step)
        try:
            return function(*arguments, **named)
        finally:
            change_step(None)

    setattr(holder, attribute, timed)


for step, name in STEPS.items():
    wrap(step, name)

from mkdocs.commands.build import build  # noqa: E402
from mkdocs.config import load_config  # noqa: E402

with TemporaryDirectory() as site:
    build(load_config(site_dir=site))
change_step(None)
print(json.dumps(spent))
