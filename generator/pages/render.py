"""Render pages from templates: their bodies, and the frame around them. All escaping happens here.

What a template prints is text unless it is Markup. The templates of bodies are in `templates/`, those of the frame in
`overrides/`.
"""

import posixpath
import re
import textwrap
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.certainty import describe_marks, explain_lost_mark
from generator.editions.change import Revision, diff_words, label_field
from generator.guidance import Guidance
from generator.messages import (
    ENGLISH,
    head_grades,
    list_months,
    load_messages,
    make_forms,
    name_grades,
    name_language,
    sort_key_of,
)
from generator.model import (
    Action,
    CaseStudy,
    Entry,
    Grade,
    Journey,
    Organisation,
    Requirement,
    Retired,
    Source,
    Theme,
    Topic,
    each_once,
)
from generator.pages.menu import MenuItem, list_addresses
from generator.pages.page import FEED, PAPER_LANGUAGE, Body, Download, Heading, Page, Site
from generator.text import Words, make_id, mark_language, unmark
from generator.welsh import name_place

TEMPLATES = Path(__file__).parent / "templates"
PARTS = ("above", "facts", "is_whole")
"""What a template may set besides the text below the title."""
NOT_FOUND = "404.html"
"""The page for an unknown address. Hosts show it at any depth, so its links begin at the root."""

IN_LANGUAGE = re.compile(r'(<span lang="[^"]*">[^<]*</span>)')
"""Words that are marked with their language, as HTML."""

Crumb = Entry | tuple[str, str]
"""A page above another one: an entry, or title and address from the root."""


class Renderer:
    """Renders the pages of one site, one at a time."""

    def __init__(self, guidance: Guidance, site: Site, frame: Path | None = None) -> None:
        """Prepare the templates. `frame` is the folder of the frame's templates, which `render` needs."""
        translation = load_messages(site.language)
        self.guidance, self.site, self.gettext = guidance, site, translation.gettext
        self.menu: Sequence[MenuItem] = ()
        """The menu in the frame."""
        self.footer: Sequence[MenuItem] = ()
        """The groups of links in the footer."""
        self.messages, self.shared = dict[str, Markup](), dict[tuple[str, ...], Markup]()
        # About the page being rendered. Kept here and not passed to templates, so that macros are loaded once for all.
        self.here = ""
        """Its address, which links are relative to."""
        self.base = ""
        """What links begin with in a file that is read elsewhere, instead of being relative."""
        self.headings: list[Heading] = []
        self.environment = Environment(
            loader=FileSystemLoader([TEMPLATES, *([frame] if frame else [])]),
            extensions=["jinja2.ext.i18n"],
            autoescape=True,
            undefined=StrictUndefined,
            bytecode_cache=find_template_cache(),
            auto_reload=False,  # each build has its own environment
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.install_gettext_translations(translation, newstyle=True)  # type: ignore[attr-defined]
        self.environment.globals["_"] = self.translate  # the same, but faster
        self.grade_names, self.grade_headings = name_grades(self.gettext), head_grades(self.gettext)
        self.environment.globals |= {
            "guidance": guidance,
            "site": site,
            "Grade": Grade,
            "href": self.href,
            "link_to": link_to,
            "link_entry": self.link_entry,
            "heading": self.heading,
            "shared": self.render_shared,
            "grade_names": self.grade_names,
            "grade_headings": self.grade_headings,
            "diff_words": diff_words,
            "label_field": label_field,
            "describe_marks": partial(describe_marks, self.gettext),
            "explain_lost_mark": partial(explain_lost_mark, self.gettext),
            "plurals": partial(make_forms, translation),
            "months": list_months(site.language),
            "english": self.english,
            "name_language": partial(name_language, shown_in=site.language),
            "translate_to": lambda code, message: load_messages(code).gettext(message),
            "not_found": NOT_FOUND,
            "handouts": sort_handouts(site.papers, [topic.key for topic in guidance.topics]),
        }
        to_name = partial(name_place, site.language)
        named_places = [(place, to_name(place)) for place in guidance.places]
        alphabetical = sort_key_of(site.language)
        self.environment.globals["named_places"] = sorted(named_places, key=lambda names: alphabetical(names[1]))
        self.environment.filters |= {"make_id": make_id, "unmark": unmark, "lang": mark_language, "name_place": to_name}

    def translate(self, message: str, **values: object) -> Markup:
        """Return a message in the site's language, with values in place of its placeholders."""
        if values:
            return Markup(self.gettext(message)) % values
        if message not in self.messages:
            self.messages[message] = Markup(self.gettext(message)) % {}
        return self.messages[message]

    def render_shared(self, template: str, **shown: str) -> Markup:
        """Return a part of the frame. It is the same for all pages of a folder with the same values."""
        key = template, posixpath.dirname(self.here), self.base, *shown.values()
        if key not in self.shared:
            links = {"menu": self.menu, "footer": self.footer}
            self.shared[key] = Markup(self.environment.get_template(template).render(shown | links))
        return self.shared[key]

    def english(self, words: str, language: str = ENGLISH) -> str:
        """Return words that are in English, or in another language, on every page."""
        return words if self.site.language == language else Words(words, language)

    def page(
        self,
        template: str,
        address: str,
        subject: Entry | str,
        summary: str = "",
        *,
        heading: str = "",
        crumbs: Sequence[Crumb] = (),
        keywords: Sequence[str] = (),
        search: Mapping[str, Any] | None = None,
        menu: str | None = "",
        is_wide: bool = False,
        scripts: Sequence[str] = (),
        **context: Any,
    ) -> Page:
        """Return one page. `subject` is the entry that it shows, or its title; `heading` replaces the title on it."""
        entry = subject if isinstance(subject, Entry) else None
        title = entry.label if entry else str(subject)
        keywords = [text.plain for text in entry.searched_as] if entry else keywords
        about = summary or (entry.gist if entry else "")
        description = textwrap.shorten(about, 160, placeholder=" …")
        context = {template: entry, "entry": entry, "keywords": keywords} | context
        alone = entry.own_label if entry else title  # the line above it names its goal
        return Page(
            address,
            title,
            partial(self.render_body, template, address, heading or alone, context),
            description=Words(description, about.language) if isinstance(about, Words) else description,
            keywords=[*keywords, *(entry.other_labels if entry else ())],
            section_names={inner.key: inner.other_labels for inner in (entry.within() if entry else ())},
            breadcrumbs=[(crumb.own_label, crumb.address) if isinstance(crumb, Entry) else crumb for crumb in crumbs],
            search=search or {},
            is_wide=is_wide,
            scripts=scripts,
            place=entry.where() if entry else None,
            changed=self.site.changed.get(entry.key) if entry else None,
            label=self.label(entry) if entry else "",
            menu=menu,
        )

    def begin(self, address: str) -> None:
        """Begin to render a page, whose links are relative to its address."""
        self.here, self.headings = address, []
        self.base = (urlsplit(self.site.address).path or "/") if address == NOT_FOUND else ""

    def render_body(self, template: str, address: str, title: str, context: Mapping[str, Any]) -> Body:
        """Return the body of a page: its title, what its template prints, and the retired entries that lead here.

        Functions in the context are called now, so that their results need not be kept until the page is rendered. A
        template may set other `PARTS` of the body.
        """
        self.begin(address)
        values = {name: value() if callable(value) else value for name, value in context.items()}
        made: Any = self.environment.get_template(f"{template}.html").make_module(values)
        html, parts = Markup(made), {name: getattr(made, name) for name in PARTS if hasattr(made, name)}
        entry = context["entry"]
        retired_parts = [retired for retired in self.guidance.retired if retired.page.startswith(f"{address}#")]
        replaced = [other for part in entry.within() for other in part.related["replaces"]] if entry else []
        if retired_parts or replaced:
            end = self.environment.get_template("retired_parts.html")
            html += Markup(end.render(retired_parts=retired_parts, replaced=each_once(replaced)))
        if self.site.language != ENGLISH:
            has_english = f'lang="{ENGLISH}"' in escape(title) + html + Markup().join(parts.values())
            html = Markup(self.environment.get_template("language.html").render(has_english=has_english)) + html
        return Body(html, self.headings, title, **parts)

    def render(self, page: Page, note: Callable[[Page, Body], None] | None = None) -> str:
        """Return a whole page: its body in the frame. Pass the body to `note` as well, if given."""
        body = page.render()
        if note:
            note(page, body)
        self.begin(page.address)
        # The item of the menu for the page itself or, if it has none, for the page that is nearest above it.
        above = [page.address, *(address for _, address in reversed(page.breadcrumbs))]
        nearest = next((address for address in above if address in self.listed), "")
        frame = self.environment.get_template("main.html")
        return frame.render(page=page, body=body, nearest=nearest)

    @cached_property
    def listed(self) -> set[str]:
        """The addresses of all pages in the menu."""
        return list_addresses(self.menu)

    def render_text(self, template: str, here: str = "", **context: Any) -> str:
        """Return a file that isn't a page, at the address `here`. Its links begin with the address of the site.

        If that is not known, they are relative.
        """
        self.here, self.base = here, self.site.address
        return self.environment.get_template(template).render(context)

    def render_feed(self, revisions: Sequence[Revision]) -> str:
        """Return the feed of editions."""
        updated = next((revision.until for revision in revisions if revision.until), str(self.site.date))
        feed_id = partial(make_feed_id, f"{self.site.id}/{self.site.folder}".rstrip("/"))
        return self.render_text("feed.xml", FEED, revisions=revisions, updated=updated, feed_id=feed_id)

    def href(self, target: Entry | str) -> str:
        """Return the address of an entry, or of a page given from the root: relative, unless there is a `base`."""
        address = self.site.locate(target if isinstance(target, str) else target.address)
        return self.base + address if self.base else relative(address, self.here)

    def link_entry(self, entry: Entry, words: str = "") -> Markup:
        """Return a link to an entry, with its label unless other words are given."""
        return link_to(self.href(entry), words or entry.label)

    def heading(
        self, title: str, id: str, level: int = 2, *, to: Entry | None = None, searched: bool = False
    ) -> Markup:
        """Return a heading and add it to the page's table of contents.

        With `to` it links to that entry. Unless it is `searched`, it is no search result of its own: the text below
        it belongs to the result of the page.
        """
        self.headings.append(Heading(strip_tags(title), id, level))
        words, id = self.link_entry(to, title) if to else escape(title), escape(id)
        left_out = "" if searched else ' data-search-exclude="true"'
        label = escape(self.gettext("Copy link to this section"))
        return Markup(
            f'<div class="headed">\n<h{level} id="{id}"{left_out}>{words}</h{level}>\n'
            f'<a class="anchor" href="#{id}" aria-label="{label}"'
            ' data-search-exclude="true">#</a>\n</div>'
        )

    @cached_property
    def parts(self) -> Any:
        """The macros that several pages use."""
        return self.environment.get_template("parts.html").module

    @cached_property
    def wording_macros(self) -> Any:
        """The macros that show the wording of an action."""
        return self.environment.get_template("action_wording.html").module

    def names(self) -> dict[str, dict[str, str]]:
        """Return the names of the values that the list of actions has, by field and value."""
        guidance = self.guidance
        return {
            "grade": {str(grade): name for grade, name in self.grade_names.items()},
            "scope": {scope: str(self.parts.scope_name(scope)) for scope in ("national", "organisational")},
            "journey": {goal.key: goal.label for goal in guidance.journeys if goal.actions},
            "topic": {topic.key: topic.own_label for topic in guidance.topics if topic.actions},
            "theme": {theme.key: theme.label for theme in guidance.themes},
        }

    def wording(self, entry: Action | Retired) -> dict[str, Markup | str]:
        """Return the wording of an action, or why it was retired, as HTML with addresses from the root of the site."""
        self.begin("index.html")
        macros = self.wording_macros
        if isinstance(entry, Retired):
            return {"html": macros.retired_wording(entry)}
        return {
            "html": Markup(macros.action_wording(entry)),
            "law": Markup(macros.legal_basis(entry)).unescape(),
        }

    def label(self, entry: Entry) -> Markup:
        """Return what search results show about an entry's page."""
        _ = self.gettext
        if isinstance(entry, Action):
            themes = Markup(", ").join(theme.label for theme in entry.related["themes"])
            return Markup(f"{self.parts.grade(entry.grade)} · {themes}{self.parts.goal(entry)}")
        kinds = {Journey: _("Goal"), Topic: _("Topic"), Theme: _("Theme"), CaseStudy: _("Case study")}
        others = {Organisation: _("Organisation"), Requirement: _("Statutory requirement"), Source: _("Source")}
        return escape({**kinds, **others}.get(type(entry), ""))


def sort_handouts(papers: Sequence[Download], topics: Sequence[str]) -> Mapping[str, list[Download]]:
    """Return the handouts of topics by the topic's id, with which the name of each ends, and other documents by "".

    The longest id counts: one may be the end of another one.
    """
    sorted_papers = defaultdict[str, list[Download]](list)
    for paper in papers:
        name = PAPER_LANGUAGE.sub("", paper.name).removesuffix(".pdf")
        ends = [topic for topic in topics if name.endswith(f"-{topic}")]
        sorted_papers[max(ends, key=len, default="")].append(paper)
    return sorted_papers


def make_feed_id(site: str, name: str) -> str:
    """Return the id of a site's feed or of an entry in it. It doesn't depend on where the site is published."""
    return uuid5(NAMESPACE_URL, f"{site}/{name}").urn


class TemplateCache(FileSystemBytecodeCache):
    """Keeps compiled templates in the system's folder for temporary files: compiling them takes a fifth of a build."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the same key wherever the project is, so that copies of it don't fill the folder.

        Jinja compiles a template again if its text differs from the one that is kept.
        """
        return super().get_cache_key(name)


def find_template_cache() -> TemplateCache | None:
    """Return the cache of compiled templates; None where the system has no safe folder for it."""
    with suppress(RuntimeError, OSError):
        return TemplateCache(pattern="guidance-%s.cache")
    return None


def strip_tags(title: str) -> str:
    """Return a title without its HTML, but with the marks of other languages."""
    if not isinstance(title, Markup):
        return title
    pieces = IN_LANGUAGE.split(title)
    texts = [Markup(piece) if number % 2 else Markup(piece).striptags() for number, piece in enumerate(pieces)]
    return Markup("").join(texts) if texts[1:] else texts[0]


def link_to(address: str, words: str) -> Markup:
    """Return a link."""
    return Markup(f'<a href="{escape(address)}">{escape(words)}</a>')


def relative(address: str, here: str) -> str:
    """Return `address` as seen from the page `here`; both are given from the root of the site."""
    path, sign, part = address.partition("#")
    if path == here and sign:
        return sign + part
    return relative_path(path, posixpath.dirname(here)) + sign + part


@cache
def relative_path(path: str, folder: str) -> str:
    """Return a path as seen from a folder. The same few come again and again."""
    return posixpath.relpath(path, folder)
