"""The guidance in, pages out: Markdown with front matter, ready for the site. All escaping happens here.

A page's body is HTML under Markdown headings, so that the site makes the table of contents. What a template prints is
text: HTML and Markdown signs in it are shown, never obeyed. Only `Text.html` and `Markup` pass as they are.
"""

import gettext
import json
import posixpath
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator.model import Entry, Grade, Guidance, Journey, Topic
from generator.problem import Place

TEMPLATES = Path(__file__).parent / "templates"
LOCALES = Path(__file__).parent / "locales"
SIGNS = re.compile(r"[&<>\"'\\`*_{}\[\]#|~^=$]")
"""What HTML, Markdown or an extension of it could take for markup, inside a line."""


@dataclass(frozen=True)
class Page:
    """One page of the site."""

    address: str
    """From the root of the site, like `actions/help-a-parkrun-start.html`."""
    title: str
    """Plain words; not escaped."""
    markdown: str
    place: Place | None
    """Where an editor changes what it shows; None where that is no single place."""

    @property
    def path(self) -> str:
        """The Markdown file that the site makes it from."""
        return self.address.removesuffix(".html") + ".md"


def render(guidance: Guidance, language: str = "en") -> Iterator[Page]:
    """Every page that the guidance makes, in its order. `language` picks the interface words, not the guidance's."""
    press = Press(guidance, language)
    _ = press.gettext
    for journey in guidance.journeys:
        yield press.page("journey", journey.address, journey, journey.definition.plain, journey=journey)
    for topic in guidance.topics:
        yield press.page("topic", topic.address, topic, topic.subtitle.plain, crumbs=[topic.journey], topic=topic)
        for grade in topic.grades:
            yield press.grade_page(topic, grade)
    yield press.page("actions", "actions/index.html", _("All actions"), _("Every action of the guidance in one list."))
    for position, action in enumerate(guidance.actions):
        around = {"before": guidance.actions[position - 1] if position else None}
        around["after"] = guidance.actions[position + 1] if position + 1 < len(guidance.actions) else None
        crumbs = [action.topic.journey, action.topic, (action.grade, action.topic.grade_address(action.grade))]
        tags = action.search_words
        yield press.page(
            "action", action.address, action, action.text.plain, crumbs=crumbs, tags=tags, action=action, **around
        )
    yield from press.lists()


class Press:
    """The templates, and what every page needs of them."""

    def __init__(self, guidance: Guidance, language: str) -> None:
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
        self.environment.globals |= {"guidance": guidance, "Grade": Grade, "href": href}
        _ = self.gettext
        self.grade_names = {
            Grade.SIMPLE: _("Simple"),
            Grade.ADVENTUROUS: _("Adventurous"),
            Grade.AMBITION: _("Ambition"),
        }
        self.environment.globals["grade_names"] = self.grade_names

    def page(
        self,
        template: str,
        address: str,
        subject: Entry | str,
        description: str,
        *,
        crumbs: list[Any] | None = None,
        tags: list[str] | None = None,
        search: dict[str, Any] | None = None,
        **context: Any,
    ) -> Page:
        """One page. `crumbs` are the entries, or pairs of words and address, that lead to it from the home page."""
        title = subject if isinstance(subject, str) else subject.label
        body = self.environment.get_template(f"{template}.md").render(here=address, title=title, **context)
        trail = [self.crumb(crumb, address) for crumb in crumbs or []]
        front = {
            "title": escape(title),
            "description": escape(textwrap.shorten(description, 160, placeholder=" …")),
            "breadcrumbs": trail,
            "tags": tags or None,
            "search": search,
        }
        matter = "\n".join(f"{name}: {json.dumps(value)}" for name, value in front.items() if value is not None)
        place = subject.where() if isinstance(subject, Entry) else None
        return Page(address, title, f"---\n{matter}\n---\n{body}", place)

    def crumb(self, crumb: Any, here: str) -> dict[str, str]:
        """The words and the relative address of one step of the trail."""
        words, address = (crumb.label, crumb.address) if isinstance(crumb, Entry) else crumb
        return {"title": escape(self.grade_names.get(words, words)), "url": relative(address, here)}

    def grade_page(self, topic: Topic, grade: Grade) -> Page:
        """Every action of one grade of a topic, in full."""
        _ = self.gettext
        title = {
            Grade.SIMPLE: _("Making Simple Changes"),
            Grade.ADVENTUROUS: _("Being More Adventurous"),
            Grade.AMBITION: _("Owning your Ambition"),
        }[grade]
        description = _("%(count)s actions of the topic %(topic)s, in full, with their examples.")
        return self.page(
            "grade",
            topic.grade_address(grade),
            title,
            f"{title}: " + description % {"count": len(topic.graded(grade)), "topic": topic.label},
            crumbs=[topic.journey, topic],
            search={"exclude": True},
            topic=topic,
            grade=grade,
        )

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
            yield self.page(
                f"{kind}s", index, title, description, search={"exclude": kind != "requirement"}, entries=entries
            )
            for entry in entries:
                words = entry.about.plain if kind == "theme" else entry.text.plain if kind == "requirement" else ""
                described = words or _("%(name)s in the guidance on cohesive communities.") % {"name": entry.label}
                yield self.page(
                    kind,
                    entry.address,
                    entry,
                    described,
                    crumbs=[(title, index)],
                    tags=[word.plain for word in getattr(entry, "keywords", getattr(entry, "also", []))],
                    search={"boost": 0.5},
                    entry=entry,
                )


def as_text(value: Any) -> Any:
    """What a template prints: text on one line, in which no sign of HTML or Markdown is obeyed."""
    if hasattr(value, "__html__"):
        return value
    return Markup(SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", " ".join(str(value).split())))


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
