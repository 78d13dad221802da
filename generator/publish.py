"""Pages and data files in, a site out: the plugin of MkDocs, and the only module that knows MkDocs."""

import logging
import os
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from markupsafe import escape
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

from generator import read
from generator.export import export
from generator.model import Guidance
from generator.problem import Problems
from generator.render import TEMPLATES, Page, render
from generator.report import report

log = logging.getLogger("mkdocs.plugins.guidance")

UNUSED = ("assets/javascripts/lunr/", ".map")
"""Files of the theme that no page asks for: stemmers of other languages, and maps for its own developers."""


class GuidanceConfig(Config):
    """The options in mkdocs.yml."""

    folder = config_options.Dir(exists=True, default="journeys")
    """Where the guidance is kept."""


class GuidancePlugin(BasePlugin[GuidanceConfig]):
    """Puts the guidance's pages beside the hand-written ones of `content/`."""

    guidance: Guidance | None = None
    serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note what is being done. Having this method also lets the plugin outlive a rebuild, with its last guidance."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the guidance now: MkDocs has not emptied the site's folder yet, so a mistake leaves the last good site."""
        self.read_guidance()
        self.pages = list(render(self.guidance, config.theme["language"]))
        config.nav = expand(config.nav, self.pages)
        config.watch += [self.config.folder, str(TEMPLATES)]
        return config

    def read_guidance(self) -> None:
        """Take the guidance anew, or go on with the last good one where there is one and somebody is looking."""
        try:
            self.guidance = read(Path(os.path.relpath(self.config.folder)))
        except Problems as found:
            for line in report(found.problems).splitlines():
                log.error(line)
            if not (self.serving and self.guidance):
                raise Abort("The guidance has mistakes.") from None
            return
        for problem in self.guidance.advice:
            log.info(str(problem))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and the data; leave out what the theme ships and no page asks for."""
        for file in list(files):
            if file.src_uri.startswith(UNUSED[0]) or file.src_uri.endswith(UNUSED[1]):
                files.remove(file)
        for page in self.pages:
            file = File.generated(config, page.path, content=page.markdown, inclusion=InclusionLevel.NOT_IN_NAV)
            file.edit_uri = f"../{page.place.file}#L{page.place.line}" if page.place else None
            files.append(file)
        for address, text in export(self.guidance):
            files.append(File.generated(config, address, content=text))
        return files


def expand(nav: Any, pages: list[Page]) -> Any:
    """The hand-written navigation, with each `folder/*` in it replaced by the guidance's pages of that folder.

    A page with a folder of its own, like a topic with its grades, becomes a section.
    """
    if isinstance(nav, list):
        return [expand(item, pages) for item in nav]
    if isinstance(nav, dict):
        return {title: expand(item, pages) for title, item in nav.items()}
    if not (isinstance(nav, str) and nav.endswith("/*")):
        return nav
    entries: list[Any] = []
    for page in pages:
        path = PurePosixPath(page.path)
        if str(path.parent) == nav.removesuffix("/*"):
            within = [other.path for other in pages if PurePosixPath(other.path).parent == path.with_suffix("")]
            entries.append({str(escape(page.title)): [page.path, *within] if within else page.path})
    return entries
