"""The guidance in, pages out: Markdown with front matter, ready for the site. All escaping happens here.

A page's body is HTML under Markdown headings, so that the site makes the table of contents. What a template prints is
text: HTML and Markdown signs in it are shown, never obeyed. Only `Text.html` and `Markup` pass as they are.
"""

import gettext
import html
import json
import posixpath
import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from generator.guidance import Guidance
from generator.model import Entry, Grade, Topic, each_once
from generator.pages.page import Edition, Page

TEMPLATES = Path(__file__).parent / "templates"
LOCALES = Path(__file__).parent.parent / "locales"
SIGNS = re.compile(r"[&<>\"'\\`*_{}\[\]#|~^=$]")
"""What HTML, Markdown or an extension of it could take for markup, inside a line."""

OUT = {"exclude": True}
"""Keeps a list out of the search: an action is found as its own page."""
BELOW = {"boost": 0.5}
"""Ranks a page below the actions."""

Crumb = Entry | tuple[str, str]
"""A step on the way to a page: an entry, or words and an address from the root."""


def render_pages(guidance: Guidance, edition: Edition) -> Iterator[Page]:
    """Every page that the guidance makes, in its order, with interface words in the edition's language."""
    press = Press(guidance, edition)
    yield from press.home()
    yield from press.journeys()
    yield from press.topics()
    yield from press.actions()
    yield from press.lists()
    yield from press.retired()
    yield from press.about()


class Press:
    """The templates, and what every page needs of them."""

    def __init__(self, guidance: Guidance, edition: Edition) -> None:
        translation = gettext.translation("messages", LOCALES, [edition.language], fallback=True)
        self.guidance, self.gettext = guidance, translation.gettext
        self.here = ""
        """The page being made, which links are relative to. Kept here, so that macros are read once for all pages."""
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            extensions=["jinja2.ext.i18n"],
            autoescape=True,
            undefined=StrictUndefined,
            finalize=as_text,
            bytecode_cache=Compiled(),
            auto_reload=False,  # each build has its own environment
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.install_gettext_translations(translation, newstyle=True)  # type: ignore[attr-defined]
        self.environment.globals |= {"guidance": guidance, "edition": edition, "Grade": Grade}
        self.environment.globals["href"] = self.href
        _ = self.gettext
        self.grade_names = {
            Grade.SIMPLE: _("Simple"),
            Grade.ADVENTUROUS: _("Adventurous"),
            Grade.AMBITION: _("Ambition"),
        }
        self.grade_headings = {
            Grade.SIMPLE: _("Making Simple Changes"),
            Grade.ADVENTUROUS: _("Being More Adventurous"),
            Grade.AMBITION: _("Owning your Ambition"),
        }
        self.environment.globals["grade_names"] = self.grade_names

    def home(self) -> Iterator[Page]:
        """What this is, the journey as a picture, and the ways in."""
        _ = self.gettext
        described = _(
            "Actions that public bodies in Wales can take towards a Wales of cohesive communities, from simple changes "
            "to ambitious ones, in the words of the Future Generations Commissioner for Wales."
        )
        yield self.page("home", "index.html", _("What public bodies can do for cohesive communities"), described)

    def journeys(self) -> Iterator[Page]:
        """A page for each goal."""
        for journey in self.guidance.journeys:
            yield self.page("journey", journey.address, journey)

    def topics(self) -> Iterator[Page]:
        """A page for each topic, and one for each grade of it, with every action in full."""
        _ = self.gettext
        described = _("%(count)s actions of the topic %(topic)s, in full, with their examples.")
        for topic in self.guidance.topics:
            menu = _("At a glance") if topic.actions else ""
            yield self.page("topic", topic.address, topic, crumbs=[topic.journey], menu=menu)
            # A grade that has no actions any more keeps its page: its address may be known.
            for grade in Grade if topic.actions else ():
                heading = self.grade_headings[grade]
                yield self.page(
                    "grade",
                    topic.grade_address(grade),
                    f"{heading}: {topic.label}",
                    described % {"count": len(topic.graded(grade)), "topic": topic.label},
                    crumbs=[topic.journey, topic],
                    search=OUT,
                    menu=heading if grade in topic.grades else None,
                    heading=heading,
                    topic=topic,
                    grade=grade,
                )

    def actions(self) -> Iterator[Page]:
        """The finder of all actions, the shortlist, and a page for each."""
        _, actions = self.gettext, self.guidance.actions
        described = _("Every action of the guidance in one list.")
        yield self.page("actions", "actions/index.html", _("All actions"), described, search=OUT, scripts=["finder"])
        described = _("The actions that you keep for later, to print, copy, save or mail.")
        yield self.page("shortlist", "shortlist.html", _("Shortlist"), described, search=OUT, scripts=["shortlist"])
        for before, action, after in zip([None, *actions], actions, [*actions[1:], None], strict=False):
            topic = action.topic
            grade = (self.grade_names[action.grade], topic.grade_address(action.grade))
            crumbs: list[Crumb] = [topic.journey, topic, grade]
            yield self.page("action", action.address, action, crumbs=crumbs, before=before, after=after)

    def lists(self) -> Iterator[Page]:
        """The lists beside the journey, each with a page for each of its entries."""
        _, guidance = self.gettext, self.guidance
        requirements = [entry for journey in guidance.journeys for entry in journey.statutory_requirements]
        described = _("The statutory requirements in relation to the goal, and the actions that refer to them.")
        keywords = [_("St"), _("legal duty"), _("legislation"), _("law")]
        yield from self.listed("requirement", requirements, _("Statutory requirements"), described, keywords)
        described = _("The subjects of the guidance, each with its actions and case studies.")
        yield from self.listed("theme", guidance.themes, _("Themes"), described, search=BELOW)
        described = _("What happened somewhere, told in our own words, with the actions that it illustrates.")
        yield from self.listed("case_study", guidance.case_studies, _("Case studies"), described, search=BELOW)
        described = _("The organisations that the guidance and the case studies name, and where each is named.")
        yield from self.listed("organisation", guidance.organisations, _("Organisations"), described, search=BELOW)

    def retired(self) -> Iterator[Page]:
        """A page for each retired id that had one, at its old address; for a topic, for its grades too."""
        described = self.gettext("No longer part of the guidance: ")
        for retired in self.guidance.retired:
            pages = [] if "#" in retired.page else [retired.address]
            if retired.page.startswith(f"{Topic.folder}/"):
                pages += [f"{Topic.folder}/{retired.id}/{grade}.html" for grade in Grade]
            for address in pages:
                yield self.page("retired", address, retired, described + retired.reason.plain, search=OUT, menu=None)

    def listed(
        self,
        kind: str,
        entries: Sequence[Entry],
        title: str,
        description: str,
        keywords: Sequence[str] = (),
        search: dict[str, Any] | None = None,
    ) -> Iterator[Page]:
        """A list of entries, found by its keywords if it has any, and a page for each entry."""
        if not entries:
            return
        folder = entries[0].folder
        index = f"{folder}/index.html"
        out = None if keywords else OUT
        yield self.page(folder, index, title, description, keywords=keywords, search=out, entries=entries)
        for entry in entries:
            described = entry.gist or self.gettext("Where %(name)s is named, and for what.") % {"name": entry.label}
            yield self.page(kind, entry.address, entry, described, crumbs=[(title, index)], search=search)

    def about(self) -> Iterator[Page]:
        """Where the words come from, and what is missing."""
        _, guidance = self.gettext, self.guidance
        described = _("What comes from where, whose words they are, what is ours, and what is not known.")
        sources = (_("Sources"), "about/sources.html")
        words = [_("copyright"), _("licence"), _("terms of use"), _("where the words come from"), _("author")]
        yield self.page("sources", sources[1], sources[0], described, keywords=words, search={"boost": 0.2})
        for source in guidance.sources:
            if source.lessons:
                yield self.page("source", source.address, source, crumbs=[sources], search=BELOW)
        described = _("What is lost, missing or in doubt, with file and line, to be mended one by one.")
        yield self.page("gaps", "about/gaps.html", _("Gaps"), described, search=OUT, gaps=guidance.gaps)
        described = _("How accessible this site is, how that was tested, and whom to tell of a problem.")
        yield self.page("accessibility", "about/accessibility.html", _("Accessibility"), described, search=BELOW)

    def href(self, target: Entry | str) -> Markup:
        """The address of an entry, or of a page given from the root, as seen from the page being made."""
        return Markup(relative(target if isinstance(target, str) else target.address, self.here))

    def page(
        self,
        template: str,
        address: str,
        subject: Entry | str,
        description: str = "",
        *,
        crumbs: Sequence[Crumb] = (),
        keywords: Sequence[str] = (),
        search: dict[str, Any] | None = None,
        menu: str | None = "",
        scripts: Sequence[str] = (),
        **context: Any,
    ) -> Page:
        """One page. `subject` is the entry that it shows, or its title; `crumbs` lead to it from the home page;
        `scripts` are what it needs beyond those of every page."""
        entry = subject if isinstance(subject, Entry) else None
        title = entry.label if entry else str(subject)
        keywords = [text.plain for text in entry.searched_as] if entry else keywords
        context = {template: entry, "entry": entry, "title": title, "keywords": keywords} | context
        steps = [(crumb.label, crumb.address) if isinstance(crumb, Entry) else crumb for crumb in crumbs]
        front = {
            "title": escape(title),
            "description": escape(
                textwrap.shorten(description or (entry.gist if entry else ""), 160, placeholder=" …")
            ),
            "breadcrumbs": [{"title": escape(words), "url": relative(to, address)} for words, to in steps],
            # The theme shows them as HTML among the results; quotation marks it looks for as they are.
            "tags": [html.escape(word, quote=False) for word in keywords],
            "search": search,
            "scripts": scripts,
        }
        matter = "\n".join(f"{name}: {json.dumps(value)}" for name, value in front.items() if value)
        self.here = address
        body = self.environment.get_template(f"{template}.md").render(context)
        gone = [retired for retired in self.guidance.retired if retired.page.startswith(f"{address}#")]
        replaced = [other for part in entry.within() for other in part.related["replaces"]] if entry else []
        if gone or replaced:
            body += self.environment.get_template("retired_parts.md").render(gone=gone, replaced=each_once(replaced))
        return Page(address, title, f"---\n{matter}\n---\n{body}", entry.where() if entry else None, menu)


class Compiled(BytecodeCache):
    """Templates, compiled once for all builds of a live preview. Jinja compiles one again when its text has changed."""

    kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What is kept of a template, if Jinja finds that it still holds."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


def as_text(value: Any) -> Any:
    """What a template prints: text on one line, in which no sign of HTML or Markdown is obeyed."""
    return value if isinstance(value, Markup) else quoted(str(value))


@cache
def quoted(words: str) -> Markup:
    """Words with each sign that could be obeyed as an entity; the same few come again and again."""
    return Markup(SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", re.sub(r"\s+", " ", words)))


@cache
def relative(address: str, here: str) -> str:
    """`address` as seen from the page `here`, both from the root of the site."""
    path, sign, part = address.partition("#")
    if path == here and sign:
        return sign + part
    return posixpath.relpath(path, posixpath.dirname(here)) + sign + part
