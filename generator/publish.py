"""Let MkDocs build and serve the site. Only this module imports MkDocs.

MkDocs reads mkdocs.yml, empties the folder of the site, and serves a live preview. What the site has is in `site.py`.
"""

import errno
import logging
import os
import posixpath
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.utils import get_build_date
from mkdocs.utils.yaml import yaml_load
from watchdog.observers.polling import PollingObserverVFS

from generator import read_guidance
from generator.guidance import Guidance
from generator.languages import ENGLISH, LOCALES, is_translated
from generator.pages.menu import find_entries
from generator.pages.render import NOT_FOUND, TEMPLATES
from generator.problem import Problem, Problems
from generator.site import Part, Settings, make_site

log = logging.getLogger("mkdocs.plugins.guidance")

INTERVAL = 0.05
"""Seconds after which a live preview looks for changed files again."""


class GuidanceConfig(Config):  # type: ignore[no-untyped-call]
    """The options in mkdocs.yml."""

    folder = config_options.Dir(exists=True, default="journeys")
    """The folder of the guidance."""
    downloads = config_options.Type(str, default="")
    """A folder of files that the site offers as downloads, if there are any; empty for none."""
    languages = config_options.ListOfItems(config_options.Type(str), default=[])
    """The codes of other languages. In each, the site is part of the one in English, in a folder of its own."""


class GuidancePlugin(BasePlugin[GuidanceConfig]):  # type: ignore[no-untyped-call]
    """Writes the site, and makes the pages of a live preview when a browser asks for them."""

    is_preview = False
    parts: Sequence[Part] = ()
    good: tuple[Settings, dict[str, Guidance]] | None = None
    """What the last site without mistakes was made from."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember the command. MkDocs keeps only plugins with this method between the builds of a live preview."""
        self.is_preview, self.lock = command == "serve", threading.Lock()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the guidance and list the site. After a mistake the last good site stays: it isn't emptied yet."""
        settings = self.read_settings(config)
        try:
            guidance = {language: self.read_guidance(language) for language in {ENGLISH: None} | dict.fromkeys(settings.languages)}
            parts = list(make_site(settings, guidance))
            self.good = settings, guidance
            self.log_problems(guidance[ENGLISH].advice)
        except Problems as found:
            self.log_problems(found.problems)
            if not self.is_preview:
                raise Abort("Nothing was published. The last good site is still there.") from None
            if not self.good:
                raise Abort("There are no good pages to show yet. Fix this, then start again.") from None
            parts = list(make_site(*self.good, [problem for problem in found.problems if not problem.advice]))
        with self.lock:
            self.parts = parts
        config.nav = []  # the menu is ours
        config.theme.static_templates = set()
        config.watch += [self.config.folder, str(TEMPLATES), str(LOCALES), str(config.theme.custom_dir)]
        return config

    def read_settings(self, config: MkDocsConfig) -> Settings:
        """Return what mkdocs.yml says. Stop if a language has no messages: the pages would be in two languages."""
        main = config.theme["language"]
        languages = [main] if self.is_preview or main != ENGLISH else [main, *self.config.languages]
        for language, name in [(main, "The theme's language"), *((one, "One of the languages") for one in self.config.languages)]:
            if not is_translated(language):
                raise Abort(
                    f'mkdocs.yml: {name} is "{language}", but the site has no labels and buttons in it. Write '
                    f'"{ENGLISH}", or another language that has a file in generator/locales. Nothing was published. '
                    "The last good site is still there."
                )
        downloads = Path(self.config.downloads)
        offered = [path for path in sorted(downloads.glob("[!.]*")) if path.suffix in {".zip", ".pdf", ".sha256"}]
        styles = (style for folder in config.theme.dirs for style in Path(folder).glob("assets/stylesheets/main.*.min.css"))
        return Settings(
            file=Path(config.config_file_path),
            name=config.site_name,
            description=config.site_description or "",
            address=config.site_url or "",
            editor=config.edit_uri or "",
            contact=config.extra["contact"],
            enforcement=config.extra["enforcement"],
            headers=config.extra["headers"],
            nav=config.nav or [],
            languages=languages,
            date=date.fromisoformat(get_build_date()),
            guidance=Path(os.path.relpath(self.config.folder)),
            content=Path(config.docs_dir),
            frame=Path(config.theme.custom_dir),
            style=next(styles),
            downloads=offered if self.config.downloads else [],
            extensions=config.markdown_extensions,
            extension_settings=config.mdx_configs,
            is_preview=self.is_preview,
        )

    def read_guidance(self, language: str) -> Guidance:
        """Return the guidance in a language. Only in English is it compared with the published edition."""
        folder = Path(os.path.relpath(self.config.folder))
        return read_guidance(folder, guarded=language == ENGLISH, language=language)

    def log_problems(self, problems: list[Problem]) -> None:
        """Log mistakes as errors. Advice is not even a warning, because warnings stop a strict build."""
        for problem in problems:
            log.log(logging.INFO if problem.advice else logging.ERROR, str(problem))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Give MkDocs no files to build: the site is finished HTML."""
        return Files([])

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the site one file at a time. Of a live preview, files are written when a browser asks for them."""
        for part in () if self.is_preview else self.parts:
            write_part(part, Path(config.site_dir))

    def on_build_error(self, error: Exception) -> None:
        """Stop with a sentence instead of a traceback if a file cannot be read or written."""
        if isinstance(error, OSError):
            message = f"{error.filename or 'The site'}: {error.strerror}. The last good site is still there."
            raise Abort(message) from None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Make what a browser asks for, and look for changes often, also in folders that come back."""
        server.set_app(Preview(self, server))
        watched = [config.docs_dir, str(config.config_file_path)]
        for path in watched:
            server.unwatch(path)
        server.observer = PollingObserverVFS(stat_again, os.scandir, polling_interval=INTERVAL)
        server.build_delay = INTERVAL
        for path in watched:
            server.watch(path)
        return server


class Preview:
    """Answers the requests of a live preview: makes the files that are asked for, and lets MkDocs serve them."""

    def __init__(self, plugin: GuidancePlugin, server: LiveReloadServer) -> None:
        """`plugin` has the parts of the site; `server` serves the files of its folder."""
        self.plugin, self.server = plugin, server

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request, as WSGI servers ask."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/"):
            return self.server.serve_request(environ, start_response)
        address = posixpath.normpath(f"/{path.removeprefix(self.server.mount_path)}").lstrip("/.")
        address = posixpath.join(address, "index.html") if path.endswith("/") else address
        started: list[tuple[Any, ...]] = []
        for _ in range(2):
            # MkDocs waits for the end of a build, which removes what was written before. Then it is written again.
            self.make(address)
            started.clear()
            answer = self.server.serve_request(environ, lambda *arguments: started.append(arguments))
            if not started[0][0].startswith("404"):
                break
        start_response(*started[0])
        return answer

    def make(self, address: str) -> None:
        """Write the file with an address, and those that are made together with it; for none, the 404 page."""
        with self.plugin.lock:
            parts = self.plugin.parts
            exact = [part for part in parts if part.folder + part.address == address]
            within = [part for part in parts if part.address.endswith("/") and address.startswith(part.folder + part.address)]
            lost = [part for part in parts if part.address == NOT_FOUND]
            for part in (exact or within or lost)[:1]:
                write_part(part, Path(self.server.root))


def write_part(part: Part, folder: Path) -> None:
    """Make the files of a part and write each into a folder."""
    for address, content in part.make_files():
        file = folder / address
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def stat_again(path: str) -> os.stat_result:
    """Return the status of a file. If a watched folder is missing, raise the kind of error that is tried again."""
    try:
        return os.stat(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise OSError(errno.ESTALE, error.strerror, path) from None


def extract_settings(
    file: BinaryIO, keywords: object, comment_tags: object, options: object
) -> list[tuple[int, str, str, list[str]]]:
    """Return the messages of mkdocs.yml for Babel: the site's name, what it is about, and the titles of its menu."""
    settings = yaml_load(file)
    titles = [title for title, _ in find_entries(settings["nav"])]
    return [(1, "gettext", text, []) for text in (settings["site_name"], settings["site_description"], *titles)]
