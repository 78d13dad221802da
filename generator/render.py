"""The guidance in, pages out: Markdown with front matter, ready for the site. All escaping happens here.

A page's body is HTML under Markdown headings, so that the site makes the table of contents. What a template prints is
text: HTML and Markdown signs in it are shown, never obeyed. Only `Text.html` and `Markup` pass as they are.
"""

import gettext
import json
import posixpath
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator.model import Action, Entry, Grade, Guidance, Text, Topic
from generator.page import Edition, Page
from generator.problem import Place

TEMPLATES = Path(__file__).parent / "templates"
LOCALES = Path(__file__).parent / "locales"
SIGNS = re.compile(r"[&<>\"'\\`*_{}\[\]#|~^=$]")
"""What HTML, Markdown or an extension of it could take for markup, inside a line."""

OUT = {"exclude": True}
"""Keeps a list out of the search: an action is found as its own page."""
BELOW = {"boost": 0.5}
"""Ranks a page below the actions."""

Crumb = Entry | tuple[str, str]
"""A step on the way to a page: an entry, or words and an address from the root."""


def render(guidance: Guidance, edition: Edition, language: str = "en") -> Iterator[Page]:
    """Every page that the guidance makes, in its order. `language` picks the interface words, not the guidance's."""
    press = Press(guidance, edition, language)
    yield from press.journeys()
    yield from press.topics()
    yield from press.actions()
    yield from press.lists()
    yield from press.about()


class Press:
    """The templates, and what every page needs of them."""

    def __init__(self, guidance: Guidance, edition: Edition, language: str) -> None:
        translation = gettext.translation("messages", LOCALES, [language], fallback=True)
        self.guidance, self.language, self.gettext = guidance, language, translation.gettext
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            extensions=["jinja2.ext.i18n"],
            autoescape=True,
            undefined=StrictUndefined,
            finalize=as_text,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.install_gettext_translations(translation, newstyle=True)  # type: ignore[attr-defined]
        self.environment.globals |= {"guidance": guidance, "edition": edition, "Grade": Grade, "href": href}
        self.environment.globals["day"] = format_date(edition.date, "d MMMM y", language)
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

    def journeys(self) -> Iterator[Page]:
        """A page for each goal."""
        for journey in self.guidance.journeys:
            yield self.page("journey", journey.address, journey, journey.definition.plain, journey=journey)

    def topics(self) -> Iterator[Page]:
        """A page for each topic, and one for each grade of it, with every action in full."""
        _ = self.gettext
        described = _("%(count)s actions of the topic %(topic)s, in full, with their examples.")
        for topic in self.guidance.topics:
            menu = _("At a glance") if topic.actions else ""
            crumbs: list[Crumb] = [topic.journey]
            yield self.page("topic", topic.address, topic, topic.subtitle.plain, crumbs=crumbs, menu=menu, topic=topic)
            for grade in topic.grades:
                heading = self.grade_headings[grade]
                yield self.page(
                    "grade",
                    topic.grade_address(grade),
                    f"{heading}: {topic.label}",
                    described % {"count": len(topic.graded(grade)), "topic": topic.label},
                    crumbs=[topic.journey, topic],
                    search=OUT,
                    menu=heading,
                    heading=heading,
                    topic=topic,
                    grade=grade,
                )

    def actions(self) -> Iterator[Page]:
        """The list of all actions, and a page for each."""
        _, actions = self.gettext, self.guidance.actions
        described = _("Every action of the guidance in one list.")
        yield self.page("actions", "actions/index.html", _("All actions"), described, search=OUT)
        for before, action, after in zip([None, *actions], actions, [*actions[1:], None], strict=False):
            topic, grade = action.topic, action.grade
            yield self.page(
                "action",
                action.address,
                action,
                action.text.plain,
                crumbs=[topic.journey, topic, (self.grade_names[grade], topic.grade_address(grade))],
                keywords=action.keywords,
                action=action,
                before=before,
                after=after,
            )

    def page(
        self,
        template: str,
        address: str,
        subject: Entry | str,
        description: str,
        *,
        crumbs: Sequence[Crumb] = (),
        keywords: Sequence[str] = (),
        search: dict[str, Any] | None = None,
        menu: str = "",
        **context: Any,
    ) -> Page:
        """One page. `subject` is the entry that it shows, or its title; `crumbs` lead to it from the home page."""
        title = subject if isinstance(subject, str) else subject.label
        context |= {"here": address, "title": title, "keywords": keywords}
        body = self.environment.get_template(f"{template}.md").render(context)
        steps = [(crumb.label, crumb.address) if isinstance(crumb, Entry) else crumb for crumb in crumbs]
        front = {
            "title": escape(title),
            "description": escape(textwrap.shorten(description, 160, placeholder=" …")),
            "breadcrumbs": [{"title": escape(words), "url": relative(to, address)} for words, to in steps],
            "tags": [Text(word).plain for word in keywords],
            "search": search,
        }
        matter = "\n".join(f"{name}: {json.dumps(value)}" for name, value in front.items() if value)
        place = subject.where() if isinstance(subject, Entry) else None
        return Page(address, title, f"---\n{matter}\n---\n{body}", place, menu)

    def lists(self) -> Iterator[Page]:
        """The lists beside the journey, each with a page for each of its entries."""
        _, guidance = self.gettext, self.guidance
        kinds: list[tuple[str, str, str, list[Any]]] = [
            (
                "requirement",
                _("Statutory requirements"),
                _("The statutory requirements in relation to the goal, and the actions that rest on them."),
                [requirement for journey in guidance.journeys for requirement in journey.statutory_requirements],
            ),
            ("theme", _("Themes"), _("The actions by subject."), guidance.themes),
            (
                "case_study",
                _("Case studies"),
                _("What happened somewhere, told in our own words, with the actions that it illustrates."),
                guidance.case_studies,
            ),
            (
                "organisation",
                _("Organisations"),
                _("The organisations that the guidance names, and what they do in it."),
                guidance.organisations,
            ),
        ]
        for kind, title, description, entries in kinds:
            if not entries:
                continue
            index = f"{entries[0].folder}/index.html"
            keywords = [_("St"), _("legal duty"), _("legislation"), _("law")] if kind == "requirement" else []
            yield self.page(
                f"{entries[0].folder}",
                index,
                title,
                description,
                keywords=keywords,
                search=None if kind == "requirement" else OUT,
                entries=entries,
            )
            for entry in entries:
                described = next(
                    (getattr(entry, name).plain for name in ("summary", "about", "text") if hasattr(entry, name)), ""
                )
                yield self.page(
                    kind,
                    entry.address,
                    entry,
                    described or _("%(name)s in the guidance on cohesive communities.") % {"name": entry.label},
                    crumbs=[(title, index)],
                    keywords=getattr(entry, "keywords", getattr(entry, "also", [])),
                    search=BELOW if kind in ("theme", "organisation") else None,
                    entry=entry,
                )

    def about(self) -> Iterator[Page]:
        """Where the words come from, and what is missing."""
        _, guidance = self.gettext, self.guidance
        described = _("What comes from where, whose words they are, what is ours, and what is not known.")
        sources = (_("Sources"), "about/sources.html")
        words = [_("copyright"), _("licence"), _("terms of use"), _("where the words come from"), _("author")]
        yield self.page("sources", sources[1], sources[0], described, keywords=words, search=BELOW)
        for source in guidance.sources:
            if source.lessons:
                about = source.about.plain if source.about else source.title.plain
                yield self.page("source", source.address, source, about, crumbs=[sources], search=BELOW, entry=source)
        described = _("What is lost, missing or in doubt, with file and line, to be mended one by one.")
        yield self.page("gaps", "about/gaps.html", _("Gaps"), described, search=OUT, gaps=gaps(guidance))


@dataclass(frozen=True)
class Gap:
    """Something that is lost, missing or in doubt: what, in which entry, and where to mend it."""

    kind: str
    entry: Entry
    words: str
    place: Place


def gaps(guidance: Guidance) -> list[Gap]:
    """Everything that somebody who holds the originals could mend, in the order of the files."""
    found: list[Gap] = []
    tops = [*guidance.journeys, *guidance.topics, *guidance.actions]
    for top in [*tops, *guidance.case_studies, *guidance.organisations, *guidance.themes, *guidance.sources]:
        for entry in top.within():
            for name, value in entry:
                if isinstance(value, Text):
                    for words in value.lost_links:
                        found.append(Gap("link", entry, words, entry.spot(name, f"[{words.split()[0]}")))
            if entry.gap:
                found.append(Gap("gap", entry, entry.gap.plain, entry.where("gap")))
        if isinstance(top, Topic) and not top.actions:
            found.append(Gap("topic", top, "", top.where()))
        if isinstance(top, Action) and not top.marked and top.topic.journey.statutory_marks == "lost":
            found.append(Gap("statutory", top, "", top.where()))
    return found


def as_text(value: Any) -> Any:
    """What a template prints: text on one line, in which no sign of HTML or Markdown is obeyed."""
    if hasattr(value, "__html__"):
        return value
    return Markup(SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", re.sub(r"\s+", " ", str(value))))


@pass_context
def href(context: Context, target: Entry | str) -> Markup:
    """The address of an entry, or of a page given from the root, as seen from the page being made."""
    return Markup(relative(target if isinstance(target, str) else target.address, context["here"]))


def relative(address: str, here: str) -> str:
    """`address` as seen from the page `here`, both from the root of the site."""
    path, sign, part = address.partition("#")
    if path == here and sign:
        return sign + part
    return posixpath.relpath(path, posixpath.dirname(here)) + sign + part
