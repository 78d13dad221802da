"""Render the guidance as HTML pages. All escaping happens here: what a template prints is text, unless it is Markup."""

import posixpath
import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import cache, cached_property, partial
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, uuid5

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from generator.change import Revision, diff_words, label_field
from generator.guidance import Guidance
from generator.languages import ENGLISH, head_grades, list_months, load_messages, make_forms, name_grades
from generator.model import (
    Action,
    CaseStudy,
    Entry,
    Example,
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
from generator.pages.action_list import make_action_list
from generator.pages.page import Heading, Page, Site
from generator.pages.reuse import TEMPLATES, Bodies, Content
from generator.records import (
    CSV_TABLES,
    EXAMPLE_COLUMNS,
    KINDS,
    RELATION_COLUMNS,
    columns_of,
    entries_of,
    find_links,
)
from generator.text import Words, make_id, mark_language, unmark

TITLE = "__title"
"""The HTML id of a page's own title. No entry has it, because ids don't begin with underscores."""

HIDDEN = {"exclude": True}
"""Search settings for pages that the search doesn't find."""
BY_TITLE = {"by_title": True}
"""Search settings for lists: they are found by their title. An action is found as its own page, not in every list."""
LOWER = {"boost": 0.5}
"""Search settings for pages that rank below the actions."""

SAMPLE = """import collections, json

with open("data/v1/actions.json", encoding="utf-8") as file:
    actions = json.load(file)
print(collections.Counter(action["grade"] for action in actions))
"""
"""A program that shows how to read the open data."""

IN_LANGUAGE = re.compile(r'(<span lang="[^"]*">[^<]*</span>)')
"""Words that are marked with their language, as HTML."""

INVITATIONS = {"en": "This site is also in English.", "cy": "Mae'r wefan hon ar gael yn Gymraeg hefyd."}
"""What the home page says about the site in each other language, in that language."""

Crumb = Entry | tuple[str, str]
"""A page above another one: an entry, or title and address from the root."""


def render_pages(
    guidance: Guidance, site: Site, revisions: Sequence[Revision] = (), bodies: Bodies | None = None
) -> Iterator[Page]:
    """Render every page of the guidance, with labels and buttons in the site's language.

    `revisions` are what changed in each edition. With `bodies`, those that are the same as in the last build are not
    rendered again.
    """
    renderer = Renderer(guidance, site, bodies)
    with bodies.reuse(guidance, site) if bodies else nullcontext():
        yield from renderer.home()
        yield from renderer.journeys()
        yield from renderer.topics()
        yield from renderer.actions()
        yield from renderer.lists()
        yield from renderer.retired()
        yield from renderer.about()
        yield from renderer.changes(revisions)


def render_feed(guidance: Guidance, site: Site, revisions: Sequence[Revision]) -> tuple[str, str]:
    """Return the address of the feed of editions, from the root of the site, and its text."""
    renderer = Renderer(guidance, site)
    renderer.here, renderer.base = "data/changes.xml", site.address
    template = renderer.environment.get_template("feed.xml")
    updated = next((revision.until for revision in revisions if revision.until), str(site.date))
    return "data/changes.xml", template.render(revisions=revisions, updated=updated, feed_id=make_feed_id)


def make_feed_id(name: str) -> str:
    """Return the id of a feed or of an entry in it. It doesn't depend on where the site is published."""
    return uuid5(NAMESPACE_URL, f"journey-to-cohesive-communities/{name}").urn


def render_action_list(
    guidance: Guidance, site: Site, editions: Mapping[str, Mapping[str, str]], bodies: Bodies | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the address and text of each data file of the finder and the shortlist, like `render_pages`.

    `editions` are the wordings of actions in each published edition, by date and id.
    """
    renderer = Renderer(guidance, site, bodies)
    with bodies.reuse(guidance, site) if bodies else nullcontext():
        yield from make_action_list(guidance, editions, renderer.names(), renderer.wording)


class Renderer:
    """Renders pages from templates, one at a time."""

    def __init__(self, guidance: Guidance, site: Site, bodies: Bodies | None = None) -> None:
        self.bodies = bodies
        translation = load_messages(site.language)
        self.guidance, self.site, self.gettext = guidance, site, translation.gettext
        # About the page being rendered. Kept here and not passed to templates, so that macros are loaded once for all.
        self.here = ""
        """Its address, which links are relative to."""
        self.base = ""
        """What links begin with in a file that is read elsewhere, instead of being relative."""
        self.headings: list[Heading] = []
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            extensions=["jinja2.ext.i18n"],
            autoescape=True,
            undefined=StrictUndefined,
            bytecode_cache=TemplateCache(),
            auto_reload=False,  # each build has its own environment
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.install_gettext_translations(translation, newstyle=True)  # type: ignore[attr-defined]
        self.environment.globals |= {"guidance": guidance, "site": site, "Grade": Grade}
        self.environment.globals |= {"href": self.href, "heading": self.heading, "reuse": self.reuse}
        self.grade_names, self.grade_headings = name_grades(self.gettext), head_grades(self.gettext)
        self.environment.globals |= {"grade_names": self.grade_names, "grade_headings": self.grade_headings}
        self.environment.globals |= {"diff_words": diff_words, "label_field": label_field}
        self.environment.globals |= {"plurals": partial(make_forms, translation), "months": list_months(site.language)}
        self.environment.globals |= {"invitations": INVITATIONS, "english": self.english}
        self.environment.filters |= {"make_id": make_id, "unmark": unmark, "lang": mark_language}

    def english(self, words: str) -> str:
        """Return words that are in English on every page."""
        return words if self.site.language == ENGLISH else Words(words, ENGLISH)

    def home(self) -> Iterator[Page]:
        """Yield the home page."""
        _ = self.gettext
        summary = _(
            "Actions that public bodies in Wales can take for a Wales of cohesive communities, from simple changes to "
            "ambitious ones, in the words of the Future Generations Commissioner for Wales."
        )
        yield self.page("home", "index.html", _("What public bodies can do for cohesive communities"), summary)

    def journeys(self) -> Iterator[Page]:
        """Yield a page for each goal."""
        for journey in self.guidance.journeys:
            yield self.page("journey", journey.address, journey, search={"boost": 1.5})

    def topics(self) -> Iterator[Page]:
        """Yield a page for each topic and for each of its grades."""
        _ = self.gettext
        summary = _("The full wording of %(count)s actions of the topic %(topic)s, with examples.")
        for topic in self.guidance.topics:
            yield self.page("topic", topic.address, topic, crumbs=[topic.journey])
            # A grade whose last action was removed keeps its page, because readers may have its address.
            for grade in Grade if topic.actions else ():
                heading = self.grade_headings[grade]
                yield self.page(
                    "grade",
                    topic.grade_address(grade),
                    f"{heading}: {topic.label}",
                    summary % {"count": len(topic.graded(grade)), "topic": topic.label},
                    crumbs=[topic.journey, topic],
                    search=BY_TITLE,
                    menu=heading if grade in topic.grades else None,
                    heading=heading,
                    topic=topic,
                    grade=grade,
                )

    def actions(self) -> Iterator[Page]:
        """Yield the finder, the shortlist and a page for each action."""
        _, actions = self.gettext, self.guidance.actions
        summary = _("Every action of the guidance in one list.")
        scripts = ["actions/list.js", "assets/javascripts/finder.js"]
        yield self.page("actions", "actions/index.html", _("All actions"), summary, search=BY_TITLE, scripts=scripts)
        summary = _("The actions that you keep for later, to print, copy, download or send by email.")
        scripts = ["actions/list.js", "assets/javascripts/plan.js"]
        yield self.page("shortlist", "shortlist.html", _("Shortlist"), summary, search=BY_TITLE, scripts=scripts)
        for before, action, after in zip([None, *actions], actions, [*actions[1:], None], strict=False):
            topic = action.topic
            grade = (self.grade_names[action.grade], topic.grade_address(action.grade))
            crumbs: list[Crumb] = [topic.journey, topic, grade]
            yield self.page("action", action.address, action, crumbs=crumbs, before=before, after=after, menu=None)

    def lists(self) -> Iterator[Page]:
        """Yield an index for each kind of entry outside the journey, and a page for each entry."""
        _, guidance = self.gettext, self.guidance
        requirements = [entry for journey in guidance.journeys for entry in journey.statutory_requirements]
        summary = _("The statutory requirements in relation to the goal, and the actions that rest on them.")
        keywords = [_("St"), _("legal duty"), _("legislation"), _("law")]
        yield from self.index_pages(Requirement, requirements, _("Statutory requirements"), summary, keywords)
        summary = _("The subjects of the guidance, each with its actions and case studies.")
        yield from self.index_pages(Theme, guidance.themes, _("Themes"), summary, search=LOWER)
        summary = _("What people have done, in our own words, with the actions that this illustrates.")
        yield from self.index_pages(CaseStudy, guidance.case_studies, _("Case studies"), summary, search=LOWER)
        summary = _("The organisations that the guidance and the case studies mention, and where.")
        yield from self.index_pages(Organisation, guidance.organisations, _("Organisations"), summary, search=LOWER)

    def retired(self) -> Iterator[Page]:
        """Yield a page at the old address of each retired entry; for a topic also at those of its grades."""
        summary = self.gettext("No longer part of the guidance: %(reason)s")
        for retired in self.guidance.retired:
            pages = [] if "#" in retired.page else [retired.address]
            if retired.page.startswith(f"{Topic.folder}/"):
                pages += [f"{Topic.folder}/{retired.id}/{grade}.html" for grade in Grade]
            for address in pages:
                yield self.page(
                    "retired", address, retired, summary % {"reason": retired.reason.plain}, search=HIDDEN, menu=None
                )

    def index_pages(
        self,
        kind: type[Entry],
        entries: Sequence[Entry],
        title: str,
        summary: str,
        keywords: Sequence[str] = (),
        search: Mapping[str, Any] | None = None,
    ) -> Iterator[Page]:
        """Yield an index of entries and a page for each. The search finds the index only if it has keywords."""
        index = f"{kind.folder}/index.html"
        out = None if keywords else BY_TITLE
        yield self.page(kind.folder, index, title, summary, keywords=keywords, search=out, entries=entries)
        for entry in entries:
            summary = entry.gist or self.gettext("Where the guidance and case studies mention %(name)s.") % {
                "name": entry.label
            }
            yield self.page(
                kind.noun.replace(" ", "_"),
                entry.address,
                entry,
                summary,
                crumbs=[(title, index)],
                search=search,
                menu=None,
            )

    def about(self) -> Iterator[Page]:
        """Yield the pages about the site: sources, gaps and accessibility."""
        _, guidance = self.gettext, self.guidance
        summary = _("Where the content of this site comes from, whose words it is in, and what is not known.")
        sources = (_("Sources"), "about/sources.html")
        words = [_("copyright"), _("licence"), _("terms of use"), _("where the words come from"), _("author")]
        yield self.page("sources", sources[1], sources[0], summary, keywords=words, search={"boost": 0.2})
        for source in guidance.sources:
            if source.lessons:
                yield self.page("source", source.address, source, crumbs=[sources], search=LOWER)
        summary = _("What is missing or uncertain in our copy of the guidance, with file and line.")
        yield self.page("gaps", "about/gaps.html", _("Gaps"), summary, search=BY_TITLE)
        summary = _("All of the guidance as data, for spreadsheets and programs, and what each field means.")
        words = [_("open data"), _("download"), _("spreadsheet"), "Excel", "CSV", "JSON", "XLSX", "API", _("dataset")]
        data: dict[str, Any] = {"kinds": self.describe_data(), "relations": self.count_relations(), "sample": SAMPLE}
        yield self.page("data", "about/data.html", _("Open data"), summary, keywords=words, search=LOWER, **data)
        summary = _("How to keep a copy of this site on a computer or a USB stick, and what works there.")
        words = [_("without internet"), _("internet"), _("USB stick"), _("download"), _("no connection"), _("zip")]
        yield self.page("offline", "about/offline.html", _("Use this site offline"), summary, keywords=words)
        summary = _("How the Welsh pages were made, and which texts of the guidance are in Welsh.")
        words = [_("Welsh"), _("translation"), _("language")]
        yield self.page("welsh", "about/welsh.html", _("Welsh pages"), summary, keywords=words, search=LOWER)
        summary = _("How accessible this site is, how we test it, and who to contact about a problem.")
        yield self.page("accessibility", "about/accessibility.html", _("Accessibility"), summary, search=LOWER)

    def describe_data(self) -> list[dict[str, Any]]:
        """Return what the page of open data says about each kind: its names, number, files and fields."""
        _, guidance = self.gettext, self.guidance
        titles = {
            "journeys": _("Journeys"),
            "topics": _("Topics"),
            "actions": _("Actions"),
            "examples": _("Examples"),
            "themes": _("Themes"),
            "organisations": _("Organisations"),
            "case-studies": _("Case studies"),
            "sources": _("Sources"),
            "retired": _("Retired entries"),
            "relations": _("Relations"),
        }
        tables = {"examples": EXAMPLE_COLUMNS, "relations": RELATION_COLUMNS}
        examples = [entry for top in guidance.tops for entry in top.within() if isinstance(entry, Example)]
        counts = {"examples": len(examples), "relations": len(list(find_links(guidance)))}
        return [
            {
                "name": name,
                "title": title,
                "count": counts.get(name) if name in counts else len(entries_of(guidance, KINDS[name])),
                "json": name in KINDS,
                "csv": name in CSV_TABLES,
                "columns": tables.get(name) or columns_of(KINDS[name]),
            }
            for name, title in titles.items()
        ]

    def count_relations(self) -> list[dict[str, Any]]:
        """Return how many relations of each name there are between two kinds of entry."""
        links = find_links(self.guidance)
        counts = Counter((link.start.noun, link.relation, link.end.noun) for link in links)
        return [{"start": start, "name": name, "end": end, "count": n} for (start, name, end), n in counts.items()]

    def changes(self, revisions: Sequence[Revision]) -> Iterator[Page]:
        """Yield the page about what changed in each edition."""
        _ = self.gettext
        summary = _("What changed in the guidance, edition by edition, with old and new words marked.")
        words = [_("what changed"), _("new"), _("editions"), _("history"), _("feed"), "Atom", "RSS"]
        scripts = ["assets/javascripts/changes.js"]
        context: dict[str, Any] = {"revisions": revisions}
        yield self.page(
            "changes",
            "about/changes.html",
            _("What changed"),
            summary,
            keywords=words,
            search=BY_TITLE,
            scripts=scripts,
            **context,
        )

    def href(self, target: Entry | str) -> str:
        """Return the address of an entry, or of a page given from the root: relative, unless there is a `base`."""
        address = self.site.locate(target if isinstance(target, str) else target.address)
        return self.base + address if self.base else relative(address, self.here)

    def heading(
        self, title: str, id: str, level: int = 2, *, to: Entry | None = None, searched: bool = False
    ) -> Markup:
        """Return a heading and add it to the page's table of contents.

        With `to` it links to that entry. Unless it is `searched`, it is no search result of its own: the text below
        it belongs to the result of the page.
        """
        self.headings.append(Heading(strip_tags(title), id, level))
        words = Markup('<a href="{}">{}</a>').format(self.href(to), title) if to else title
        left_out = Markup("") if searched else Markup(' data-search-exclude="true"')
        return Markup(
            '<div class="headed">\n<h{0} id="{1}"{2}>{3}</h{0}>\n'
            '<a class="anchor" href="#{1}" aria-label="{4}" data-search-exclude="true">#</a>\n</div>'
        ).format(level, id, left_out, words, self.gettext("Copy link to this section"))

    def reuse(self, macro: Macro, entry: Entry) -> Markup:
        """Return what a macro without headings prints for an entry. In a live preview, reuse that of the last build."""
        if not self.bodies:
            return Markup(macro(entry))
        return self.bodies.render(f"{self.here} {macro.name} {entry.key}", entry, lambda: (Markup(macro(entry)), []))[0]

    @cached_property
    def parts(self) -> Any:
        """The macros that several pages use."""
        return self.environment.get_template("parts.html").module

    def names(self) -> dict[str, dict[str, str]]:
        """Return the names of the values that the list of actions has, by field and value."""
        guidance = self.guidance
        return {
            "grade": {str(grade): name for grade, name in self.grade_names.items()},
            "scope": {scope: str(self.parts.scope_name(scope)) for scope in ("national", "organisational")},
            "topic": {topic.key: topic.label for topic in guidance.topics if topic.actions},
            "theme": {theme.key: theme.label for theme in guidance.themes},
        }

    def wording(self, entry: Action | Retired) -> dict[str, Markup | str]:
        """Return the wording of an action, or why it was retired, as HTML with addresses from the root of the site."""
        self.here = "index.html"
        macros: Any = self.environment.get_template("action_wording.html").module
        if isinstance(entry, Retired):
            return {"html": macros.retired_wording(entry)}
        return {
            "html": self.reuse(macros.action_wording, entry),
            "law": self.reuse(macros.legal_basis, entry).unescape(),
        }

    def label(self, entry: Entry) -> Markup:
        """Return what search results show about an entry's page."""
        _ = self.gettext
        if isinstance(entry, Action):
            return Markup("{} · {}").format(self.parts.grade(entry.grade), entry.topic.label)
        kinds = {Journey: _("Goal"), Topic: _("Topic"), Theme: _("Theme"), CaseStudy: _("Case study")}
        others = {Organisation: _("Organisation"), Requirement: _("Statutory requirement"), Source: _("Source")}
        return escape({**kinds, **others}.get(type(entry), ""))

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
        scripts: Sequence[str] = (),
        **context: Any,
    ) -> Page:
        """Render one page. `subject` is the entry that it shows, or its title; `heading` replaces the title on it."""
        entry = subject if isinstance(subject, Entry) else None
        title = entry.label if entry else str(subject)
        keywords = [text.plain for text in entry.searched_as] if entry else keywords
        others = entry.other_labels if entry else []
        context = {template: entry, "entry": entry, "keywords": keywords} | context
        retired_parts = [retired for retired in self.guidance.retired if retired.page.startswith(f"{address}#")]
        replaced = [other for part in entry.within() for other in part.related["replaces"]] if entry else []
        end = {"retired_parts": retired_parts, "replaced": each_once(replaced)}

        def render() -> Content:
            self.here, self.headings = address, []
            body = Markup(self.environment.get_template(f"{template}.html").render(context))
            if any(end.values()):
                body += Markup(self.environment.get_template("retired_parts.html").render(end))
            start = Markup('<h1 id="{}">{}</h1>\n').format(TITLE, heading or title)
            if self.site.language != ENGLISH:
                has_english = f'lang="{ENGLISH}"' in start + body
                start += Markup(self.environment.get_template("language.html").render(has_english=has_english))
            return start + body, self.headings

        inputs = (template, heading or title, context, end)
        body, headings = self.bodies.render(address, inputs, render) if self.bodies else render()
        about = summary or (entry.gist if entry else "")
        description = textwrap.shorten(about, 160, placeholder=" …")
        steps = [(crumb.label, crumb.address) if isinstance(crumb, Entry) else crumb for crumb in crumbs]
        return Page(
            address,
            title,
            body,
            headings=headings,
            description=Words(description, about.language) if isinstance(about, Words) else description,
            keywords=[*keywords, *others],
            breadcrumbs=steps,
            search=search or {},
            scripts=scripts,
            place=entry.where() if entry else None,
            is_empty=isinstance(entry, Topic) and not entry.actions,
            changed=self.site.changed.get(entry.key) if entry else None,
            label=self.label(entry) if entry else "",
            menu=menu,
        )


def strip_tags(title: str) -> str:
    """Return a title without its HTML, but with the marks of other languages."""
    if not isinstance(title, Markup):
        return title
    pieces = IN_LANGUAGE.split(title)
    texts = [Markup(piece) if number % 2 else Markup(piece).striptags() for number, piece in enumerate(pieces)]
    return Markup("").join(texts) if texts[1:] else texts[0]


class TemplateCache(BytecodeCache):
    """Keeps compiled templates between the builds of a live preview. Jinja recompiles a template when it changes."""

    kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja the compiled template, if there is one. Jinja checks that it is up to date."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store a compiled template."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


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
