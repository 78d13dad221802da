"""Let MkDocs build and serve the site. Only this module imports MkDocs.

MkDocs reads mkdocs.yml, empties the folder of the site, and serves a live preview. What the site has is in `site.py`.
"""

import gc
import logging
import os
import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.utils.yaml import yaml_load

from generator import read_guidance
from generator.exports.build import read_moment
from generator.guidance import Guidance
from generator.messages import ENGLISH, LOCALES, is_translated
from generator.pages.menu import find_entries
from generator.pages.page import Download, Site
from generator.pages.render import TEMPLATES
from generator.preview import INTERVAL, Preview, make_observer
from generator.problem import Problem, Problems
from generator.site import Part, Settings, make_site, write_file

log = logging.getLogger("mkdocs.plugins.guidance")

EXTRA = ("short_name", "contact", "enforcement", "headers", "examples", "footer")
"""What mkdocs.yml says below `extra`."""
ADDRESS = re.compile(r"https?://[\w-]+(\.[\w-]+)*(:\d+)?/([^\s\"'<>{}]*/)?")
"""The address of a site, or of a folder of files."""
EXAMPLES = {"site_url": "https://example.org/", "edit_uri": "https://github.com/OWNER/NAME/edit/main/"}
OFFERED = {".zip", ".pdf", ".sha256"}
"""The kinds of file that the site offers as downloads."""


class GuidanceConfig(Config):  # type: ignore[no-untyped-call]
    """The options in mkdocs.yml."""

    folder = config_options.Dir(exists=True, default="journeys")
    """The folder of the guidance."""
    downloads = config_options.Type(str, default="")
    """A folder of files that the site offers as downloads, if there are any; empty for none."""
    is_copy = config_options.Type(bool, default=False)
    """Whether the site is the copy in the zip file, which offers no zip file."""
    languages = config_options.ListOfItems(config_options.Type(str), default=[])
    """The codes of other languages. In each, the site is part of the one in English, in a folder of its own."""


class GuidancePlugin(BasePlugin[GuidanceConfig]):  # type: ignore[no-untyped-call]
    """Writes the site, and makes the pages of a live preview when a browser asks for them."""

    is_serving = False
    preview: Preview | None = None
    """Makes the files of a live preview. Without it, as in the first build, all are written."""
    parts: Sequence[Part] = ()
    good: tuple[Settings, dict[str, Guidance]] | None = None
    """What the last site without mistakes was made from."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember the command. MkDocs keeps only plugins with this method between the builds of a live preview.

        A build is over before it pays to look for memory that is no longer used.
        """
        self.is_serving = command == "serve"
        if not self.is_serving:
            gc.disable()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the guidance and list the site. After a mistake the last good site stays: it isn't emptied yet."""
        settings = self.read_settings(config)
        try:
            languages = dict.fromkeys([ENGLISH, *settings.languages])
            guidance = {language: self.read_guidance(language) for language in languages}
            self.parts = list(make_site(settings, guidance))
            self.good = settings, guidance
            self.log_problems(guidance[ENGLISH].advice)
        except Problems as found:
            self.log_problems(found.problems)
            if not self.is_serving:
                raise Abort("Nothing was published. The last good site is still there.") from None
            if not self.good:
                raise Abort("There are no good pages to show yet. Fix this, then start again.") from None
            mistakes = [problem for problem in found.problems if not problem.advice]
            self.parts = list(make_site(*self.good, mistakes))
        if self.preview:
            self.preview.parts = self.parts
        config.nav = []  # the menu is ours
        config.theme.static_templates = set()
        config.theme.dirs = [str(config.theme.custom_dir)]  # don't let MkDocs look through ten thousand icons
        config.watch += [self.config.folder, str(TEMPLATES), str(LOCALES), str(config.theme.custom_dir)]
        return config

    def read_settings(self, config: MkDocsConfig) -> Settings:
        """Return what mkdocs.yml says. Stop if a language has no messages: the pages would be in two languages."""
        main, others = config.theme["language"], self.config.languages
        for language in (main, *others):
            if not is_translated(language):
                name = "The theme's language" if language == main else "One of the languages"
                raise Abort(
                    f'mkdocs.yml: {name} is "{language}", but the site has no labels and buttons in it. Write '
                    f'"{ENGLISH}", or another language that has a file in generator/locales. Nothing was published. '
                    "The last good site is still there."
                )
        if missing := [name for name in EXTRA if name not in config.extra]:
            names = " and ".join(f'"{name}"' for name in missing)
            raise Abort(f"mkdocs.yml: {names} is missing below extra. Add it, with an empty value if it is not known.")
        for name in ("site_url", "edit_uri"):
            if (address := config[name]) and not ADDRESS.fullmatch(address):
                raise Abort(
                    f'mkdocs.yml: {name} is "{address.removesuffix("/")}", which is not a full web address. '
                    f"Write it like {EXAMPLES[name]}, in mkdocs.yml or in the environment variable {name.upper()}, "
                    "or leave it empty. Nothing was published. The last good site is still there."
                )
        try:
            moment = read_moment()
        except LookupError as error:
            raise Abort(f"{error.args[0]} Nothing was published. The last good site is still there.") from None
        downloads = sorted(Path(self.config.downloads).glob("[!.]*")) if self.config.downloads else []
        site = Site(
            name=config.site_name,
            short_name=config.extra["short_name"],
            question=config.extra.get("question", ""),
            description=config.site_description or "",
            date=moment.date(),
            address=config.site_url or "",
            editor=config.edit_uri or "",
            contact=config.extra["contact"],
            enforcement=config.extra["enforcement"],
            headers=config.extra["headers"],
            examples=config.extra["examples"],
            downloads=[Download(path, path.stat().st_size) for path in downloads if self.is_offered(path.name)],
            is_copy=self.config.is_copy,
            is_preview=self.is_serving,
        )
        return Settings(
            site=site,
            file=Path(str(config.config_file_path)),
            nav=config.nav or [],
            footer=config.extra["footer"],
            languages=[main] if self.is_serving or main != ENGLISH else [main, *others],
            guidance=Path(os.path.relpath(self.config.folder)),
            content=Path(config.docs_dir),
            frame=Path(str(config.theme.custom_dir)),
            extensions=config.markdown_extensions,
            extension_settings=config.mdx_configs,
        )

    def is_offered(self, name: str) -> bool:
        """Return whether the site offers a file of this name as a download."""
        return Path(name).suffix in OFFERED and not (self.config.is_copy and ".zip" in name)

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
        """Write the site, one file at a time. A live preview writes a file when a browser asks for it."""
        for part in () if self.preview else self.parts:
            for address, content in part.make_files():
                write_file(Path(config.site_dir) / address, content)

    def on_build_error(self, error: Exception) -> None:
        """Stop with a sentence instead of a traceback if a file cannot be read or written."""
        if isinstance(error, OSError):
            message = f"{error.filename or 'The site'}: {error.strerror}. The last good site is still there."
            raise Abort(message) from None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Put the preview in front of the server, and let it look for changes often."""
        self.preview = Preview(self.parts)
        server.set_app(partial(self.preview.answer, server.serve_request, server.mount_path))
        server.root, server.error_handler = str(self.preview.folder), self.preview.find_error_page
        watched = [config.docs_dir, str(config.config_file_path)]
        for path in watched:
            server.unwatch(path)
        server.observer, server.build_delay = make_observer(), INTERVAL  # type: ignore[assignment]
        for path in watched:
            server.watch(path)
        return server

    def on_shutdown(self) -> None:
        """Delete the files of a live preview."""
        gc.enable()
        if self.preview:
            self.preview.temporary.cleanup()


def read_site_name(file: Path) -> tuple[str, str]:
    """Return the site's name and its address, which is empty if it isn't known, as mkdocs.yml gives them."""
    with file.open("rb") as stream:
        settings = yaml_load(stream)
    return settings["site_name"], settings.get("site_url") or ""


def extract_settings(
    file: BinaryIO, keywords: object, comment_tags: object, options: object
) -> list[tuple[int, str, str, list[str]]]:
    """Return the messages of mkdocs.yml for Babel: the site's names, what it is about, and the words of its links."""
    settings = yaml_load(file)
    extra = settings["extra"]
    titles = [title for title, _ in find_entries([*settings["nav"], *extra["footer"]]) if title]
    names = settings["site_name"], extra["short_name"], settings["site_description"], extra["question"]
    texts = *names, *titles, *extra["examples"]
    return [(1, "gettext", text, []) for text in texts]
