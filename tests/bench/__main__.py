"""Compare the speed and size of builds with those of other site generators. `make bench` runs it for half an hour.

Most figures are ratios to another tool in the same run, or growth, because times depend on the machine. The results
are written to `tests/bench/results.md`.
"""

import gzip
import json
import math
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import Request, sync_playwright
from synthetic import ROOT, TOPIC, choose_languages, write_markdown, write_project

RESULTS = Path(__file__).parent / "results.md"
ZENSICAL = ROOT / ".venv" / "zensical" / "bin" / "zensical"
MKDOCS = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir"]
COMMANDS: dict[str, list[str]] = {
    "ours": MKDOCS,
    "stock Material": MKDOCS,
    "lean Material": MKDOCS,
    "Zensical": [str(ZENSICAL), "build"],
}
SETTINGS = {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": "", "EDIT_URI": ""}
FILE = f"journeys/cohesive-communities/{TOPIC}/simple.yml"
PAGE = "actions/help-a-parkrun-start.html"
SEARCH = (("[data-md-component=search-query]", ".md-search-result__item"), ("#query", "#results > li"))
"""The search field and its results: with Material, and on our site."""
TITLES = ("title: Help a parkrun start", "title: Let a parkrun begin")
RUN = """
import json, os, subprocess, sys, time
started = time.monotonic()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(json.dumps([usage.ru_utime + usage.ru_stime, time.monotonic() - started, usage.ru_maxrss / 1000]))
sys.exit(status != 0)
"""
"""Runs a command and prints what it took. A process of its own, because its memory counts for those that it starts."""
STEPS = Path(__file__).parent / "steps.py"


@dataclass
class Measured:
    """What one build took."""

    cpu: float
    """In seconds, of the process and those that it started."""
    wall: float
    """In seconds."""
    memory: float
    """The most that the process used at one time, in megabytes."""
    size: float
    """The files that it wrote, in megabytes."""


def measure(tool: str, folder: Path) -> Measured:
    """Build a site with a tool and return what it took. Raise CalledProcessError if it fails."""
    site = folder / "site"
    command = COMMANDS[tool] + ([str(site)] if COMMANDS[tool] == MKDOCS else [])
    for earlier in (site, folder / ".cache"):
        shutil.rmtree(earlier, ignore_errors=True)
    command = [sys.executable, "-c", RUN, *command]
    done = subprocess.run(command, cwd=folder, env=os.environ | SETTINGS, stdout=subprocess.PIPE, check=True)
    cpu, wall, memory = json.loads(done.stdout)
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    return Measured(cpu, wall, memory, size / 1e6)


def spread(values: list[float], form: str = ".2f") -> str:
    """Return the median of values, with the smallest and the largest."""
    return f"{statistics.median(values):{form}} ({min(values):{form}} to {max(values):{form}})"


def find_port() -> int:
    """Return a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def measure_saves(project: Path, rounds: int) -> Iterator[float]:
    """Serve a project, change a title `rounds` times, and yield the seconds from each save to the new page."""
    address = f"127.0.0.1:{find_port()}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--livereload", "--dev-addr", address]
    process = subprocess.Popen(command, cwd=project, env=os.environ | SETTINGS)

    def shows(title: str) -> bool:
        try:
            with urlopen(f"http://{address}/{PAGE}", timeout=60) as answer:
                return title.removeprefix("title: ") + "</h1>" in answer.read().decode()
        except OSError:
            return False

    def wait(title: str) -> None:
        end = time.monotonic() + 120
        while not shows(title):
            if time.monotonic() > end:
                raise TimeoutError(title)
            time.sleep(0.01)

    try:
        wait(TITLES[0])
        text = (project / FILE).read_text(encoding="utf-8")
        for number in range(rounds):
            title = TITLES[(number + 1) % 2]
            time.sleep(1)  # the preview is watching again
            started = time.monotonic()
            (project / FILE).write_text(text.replace(TITLES[0], title), encoding="utf-8")
            wait(title)
            yield time.monotonic() - started
        (project / FILE).write_text(text, encoding="utf-8")
    finally:
        process.terminate()
        process.wait()


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder and give its address."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def measure_search(sites: Mapping[str, Path], rounds: int) -> dict[str, tuple[list[float], float]]:
    """Return what a first search takes on each site.

    This is the seconds from the first letter typed on a fresh page to the first result, and the size of the files that
    the browser loads for it, compressed, in kilobytes.
    """
    seconds: dict[str, list[float]] = {name: [] for name in sites}
    sizes = dict.fromkeys(sites, 0.0)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        for _ in range(rounds):
            for name, site in sites.items():
                field, result = SEARCH[name == "ours"]
                loaded: set[str] = set()
                with serve(site) as root:
                    page = browser.new_page()
                    page.on("request", partial(note_path, loaded))
                    page.goto(f"{root}/index.html")
                    page.evaluate("document.querySelector('[data-md-toggle=search]')?.click()")
                    started = time.monotonic()
                    page.focus(field)
                    page.locator(field).press_sequentially("parkrun")
                    page.wait_for_selector(result, state="attached", timeout=120_000)
                    seconds[name].append(time.monotonic() - started)
                    page.wait_for_load_state("networkidle")
                    page.close()
                files = [site / path.lstrip("/") for path in loaded if "search" in path]
                sizes[name] = sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files) / 1000
        browser.close()
    return {name: (seconds[name], sizes[name]) for name in sites}


def note_path(paths: set[str], request: Request) -> None:
    """Add the path of a browser's request to a set."""
    paths.add(urlsplit(request.url).path)


def find_chromium() -> str | None:
    """Return Debian's Chromium, or None for the one that Playwright brought."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


def describe_machine() -> str:
    """Return the machine and the versions that were measured."""
    cpus = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    zensical = subprocess.run([ZENSICAL, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    versions = f"MkDocs {version('mkdocs')}, Material {version('mkdocs-material')}, Zensical {zensical}"
    return f"{len(cpus)} × {cpus[0]}, {platform.system()}, Python {platform.python_version()}, {versions}"


def make_table(rows: list[list[str]]) -> str:
    """Return rows as a table in Markdown. The first row is its head."""
    head, *body = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])


def main() -> None:
    """Build, measure and write the results."""
    sizes, rounds = (1, 10, 40), 3
    with tempfile.TemporaryDirectory() as temporary:
        folders = {(tool, size): Path(temporary) / f"{tool}-{size}" for size in sizes for tool in COMMANDS}
        for size in sizes:
            project = folders["ours", size]
            write_project(project, size)
            for tool in ("stock Material", "lean Material", "Zensical"):
                write_markdown(project, folders[tool, size], lean=tool != "stock Material")
        measured: dict[tuple[str, int], list[Measured]] = {case: [] for case in folders}
        for number in range(rounds):
            for case, folder in folders.items():
                print(f"Round {number + 1}: {case[0]}, {case[1]} times", file=sys.stderr)
                measured[case].append(measure(case[0], folder))
        RESULTS.write_text("\n\n".join(write_report(folders, measured, sizes, rounds)) + "\n", encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))


def write_report(
    folders: Mapping[tuple[str, int], Path],
    measured: Mapping[tuple[str, int], list[Measured]],
    sizes: tuple[int, ...],
    rounds: int,
) -> Iterator[str]:
    """Measure the rest, and yield the parts of the report."""
    others = [tool for tool in COMMANDS if tool != "ours"]
    pages = {size: len(list((folders["ours", size] / "site").rglob("*.html"))) for size in sizes}
    yield "# Benchmark"
    yield f"{datetime.now(UTC):%d %B %Y}, with `make bench`, on {describe_machine()}."
    yield (
        "The same pages were built by four tools in turn, for three rounds. Ours reads YAML; the others read the "
        "finished pages as Markdown. Stock Material has its default settings, so its menu lists every page. With lean "
        "Material and Zensical the menu lists only the topics. Each figure is the median of the rounds, followed by "
        "the smallest and the largest."
    )
    yield "## Ours as a ratio to the others"
    rows = [["pages", "to", "CPU", "wall time", "peak memory", "size of the site"]]
    for size in sizes:
        for tool in others:
            pairs = list(zip(measured["ours", size], measured[tool, size], strict=True))
            cells = [
                spread([getattr(one, name) / getattr(other, name) for one, other in pairs])
                for name in ("cpu", "wall", "memory", "size")
            ]
            rows.append([str(pages[size]), tool, *cells])
    yield make_table(rows)
    yield "## Growth"
    small, large = sizes[-2:]
    factor = pages[large] / pages[small]
    yield (f"The exponent of the growth from {pages[small]} to {pages[large]} pages: 1 means in step with the pages.")
    rows = [["tool", "CPU", "peak memory", "size of the site"]]
    for tool in COMMANDS:
        pairs = list(zip(measured[tool, small], measured[tool, large], strict=True))
        rows.append(
            [tool]
            + [
                spread([math.log(getattr(more, name) / getattr(less, name), factor) for less, more in pairs])
                for name in ("cpu", "memory", "size")
            ]
        )
    yield make_table(rows)
    yield "## Where our time goes"
    yield "CPU in one build, as a share of the whole."
    shares = [read_steps(folders["ours", size]) for size in sizes]
    rows = [["step", *(f"{pages[size]} pages" for size in sizes)]]
    rows += [[step, *(f"{share[step]:.0%}" for share in shares)] for step in shares[0]]
    yield make_table(rows)
    yield "## In two languages"
    yield "A build in English and Welsh, as a ratio to the ones above, which are in English."
    rows = [["pages", "CPU", "wall time", "size of the site"]]
    for size in sizes:
        choose_languages(folders["ours", size], "cy")
        both = [measure("ours", folders["ours", size]) for _ in range(rounds)]
        choose_languages(folders["ours", size], "")
        pairs = list(zip(both, measured["ours", size], strict=True))
        ratios = [[getattr(two, name) / getattr(one, name) for two, one in pairs] for name in ("cpu", "wall", "size")]
        rows.append([str(pages[size]), *map(spread, ratios)])
        measure("ours", folders["ours", size])  # the search is measured on the site in English
    yield make_table(rows)
    yield "## From saving a file to the new page"
    yield "Under `make serve`, after a change of a title, in seconds, and as a ratio to the wall time of a whole build."
    rows = [["pages", "seconds", "ratio to a build"]]
    for size in sizes:
        saves = list(measure_saves(folders["ours", size], rounds))
        build = statistics.median(each.wall for each in measured["ours", size])
        rows.append([str(pages[size]), spread(saves), spread([save / build for save in saves])])
    yield make_table(rows)
    yield "## Search"
    yield (
        "What a browser loads for the first search, compressed, and the time from the first letter of “parkrun” on a "
        "fresh page to the first result."
    )
    rows = [["pages", "site", "kB", "seconds"]]
    for size in sizes:
        sites = {tool: folders[tool, size] / "site" for tool in ("ours", "stock Material", "lean Material")}
        for tool, (seconds, loaded) in measure_search(sites, rounds).items():
            rows.append([str(pages[size]), tool, f"{loaded:.0f}", spread(seconds)])
    yield make_table(rows)


def read_steps(project: Path) -> dict[str, float]:
    """Build a project and return the share of the CPU time that each step took."""
    command = [sys.executable, str(STEPS)]
    done = subprocess.run(command, cwd=project, env=os.environ | SETTINGS, capture_output=True, text=True, check=True)
    seconds: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {step: spent / sum(seconds.values()) for step, spent in seconds.items()}


if __name__ == "__main__":
    main()
