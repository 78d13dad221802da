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
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from generator.model import Entry, Grade, Guidance
from generator.page import Page

TEMPLATES = Path(__file__).parent / "templates"
LOCALES = Path(__file__).parent / "locales"
SIGNS = re.compile(r"[&<>\"'\\`*_{}\[\]#|~^=$]")
"""What HTML, Markdown or an extension of it could take for markup, inside a line."""

Crumb = Entry | tuple[str, str]
"""A step on the way to a page: an entry, or words and an address from the root."""


def render(guidance: Guidance, language: str = "en") -> Iterator[Page]:
    """Every page that the guidance makes, in its order. `language` picks the interface words, not the guidance's."""
    press = Press(guidance, language)
    yield from press.journeys()
    yield from press.topics()
    yield from press.actions()
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
                    search={"exclude": True},
                    menu=heading,
                    heading=heading,
                    topic=topic,
                    grade=grade,
                )

    def actions(self) -> Iterator[Page]:
        """The list of all actions, and a page for each."""
        _, actions = self.gettext, self.guidance.actions
        described = _("Every action of the guidance in one list.")
        yield self.page("actions", "actions/index.html", _("All actions"), described, search={"exclude": True})
        for before, action, after in zip([None, *actions], actions, [*actions[1:], None], strict=False):
            topic, grade = action.topic, action.grade
            yield self.page(
                "action",
                action.address,
                action,
                action.text.plain,
                crumbs=[topic.journey, topic, (self.grade_names[grade], topic.grade_address(grade))],
                tags=action.search_words,
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
        tags: Sequence[str] = (),
        search: dict[str, Any] | None = None,
        menu: str = "",
        **context: Any,
    ) -> Page:
        """One page. `subject` is the entry that it shows, or its title; `crumbs` lead to it from the home page."""
        title = subject if isinstance(subject, str) else subject.label
        body = self.environment.get_template(f"{template}.md").render(here=address, title=title, **context)
        steps = [(crumb.label, crumb.address) if isinstance(crumb, Entry) else crumb for crumb in crumbs]
        front = {
            "title": escape(title),
            "description": escape(textwrap.shorten(description, 160, placeholder=" …")),
            "breadcrumbs": [{"title": escape(words), "url": relative(to, address)} for words, to in steps],
            "tags": tags,
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
                f"{kind}s",
                index,
                title,
                description,
                search={"exclude": kind != "requirement"},
                entries=entries,
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
