"""List the pages of the guidance: the address, title, template and search settings of each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

from generator.editions.change import Revision
from generator.exports.database import VIEWS
from generator.exports.entry_data import EVERY_TABLE, KINDS, RELATION_COLUMNS, TABLES, Link, columns_of, find_links
from generator.exports.samples import PYTHON, SQL
from generator.exports.tables import ABOUT_COLUMNS, ENTRY_COLUMNS, FIELD_COLUMNS, table_columns
from generator.model import CaseStudy, Entry, Grade, Organisation, Requirement, Theme, Topic
from generator.pages.linked_data import describe_dataset
from generator.pages.page import Page
from generator.pages.render import NOT_FOUND, Crumb, Renderer

HIDDEN = {"exclude": True}
"""Search settings for pages that the search doesn't find."""
BY_TITLE = {"by_title": True}
"""Search settings for lists: they are found by their title. An action is found as its own page, not in every list."""
LOWER = {"boost": 0.5}
"""Search settings for pages that rank below the actions."""


def list_pages(renderer: Renderer, revisions: Sequence[Revision] = ()) -> Iterator[Page]:
    """Yield every page of the guidance. `revisions` are what changed in each edition, the newest first."""
    yield from list_home(renderer)
    yield from list_journeys(renderer)
    yield from list_topics(renderer)
    yield from list_actions(renderer)
    yield from list_lists(renderer)
    yield from list_retired(renderer)
    yield from list_about(renderer)
    yield from list_changes(renderer, revisions)


def list_home(renderer: Renderer) -> Iterator[Page]:
    """Yield the home page."""
    site = renderer.site
    yield renderer.page("home", "index.html", site.question or site.name, site.description, is_wide=True)


def list_journeys(renderer: Renderer) -> Iterator[Page]:
    """Yield a page for each goal."""
    for journey in renderer.guidance.journeys:
        yield renderer.page("journey", journey.address, journey, search={"boost": 1.5})


def list_topics(renderer: Renderer) -> Iterator[Page]:
    """Yield a page for each topic and for each of its grades."""
    _ = renderer.gettext
    summary = _("The full wording of %(count)s actions of the topic %(topic)s, with examples.")
    for topic in renderer.guidance.topics:
        menu = topic.own_label if topic.actions else None
        yield renderer.page("topic", topic.address, topic, crumbs=[topic.journey], menu=menu)
        # A grade keeps its page after its last action was removed, because readers may have its address.
        for grade in Grade if topic.actions else ():
            heading = renderer.grade_headings[grade]
            yield renderer.page(
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


def list_actions(renderer: Renderer) -> Iterator[Page]:
    """Yield the finder, the plan and a page for each action."""
    _, actions = renderer.gettext, renderer.guidance.actions
    summary = _("Every action of the guidance in one list.")
    scripts = ["actions/list.js", *(f"assets/javascripts/{name}.js" for name in ("search", "actions", "finder"))]
    yield renderer.page(
        "actions", "actions/index.html", _("All actions"), summary, search=BY_TITLE, is_wide=True, scripts=scripts
    )
    summary = _("The actions that you choose, with what you plan for them and where you stand, to print, copy or save.")
    scripts = ["actions/list.js", "assets/javascripts/actions.js", "assets/javascripts/plan.js"]
    words = [_("plan"), _("action plan"), _("self-assessment"), _("annual report"), _("where do we stand"), "shortlist"]
    yield renderer.page(
        "plan",
        "shortlist.html",
        _("Your plan"),
        summary,
        keywords=words,
        search=BY_TITLE,
        is_wide=True,
        scripts=scripts,
    )
    for before, action, after in zip([None, *actions], actions, [*actions[1:], None], strict=False):
        topic = action.topic
        grade = (renderer.grade_names[action.grade], topic.grade_address(action.grade))
        crumbs: list[Crumb] = [topic.journey, topic, grade]
        yield renderer.page("action", action.address, action, crumbs=crumbs, before=before, after=after, menu=None)


def list_lists(renderer: Renderer) -> Iterator[Page]:
    """Yield an index for each kind of entry outside the journey, and a page for each entry."""
    _, guidance = renderer.gettext, renderer.guidance
    requirements = [entry for journey in guidance.journeys for entry in journey.statutory_requirements]
    one_goal = _("The statutory requirements in relation to the goal, and the actions that rest on them.")
    several_goals = _("The statutory requirements in relation to the goals, and the actions that rest on them.")
    summary = several_goals if guidance.has_several_goals else one_goal
    keywords = [_("St"), _("legal duty"), _("legislation"), _("law")]
    yield from index_pages(renderer, Requirement, requirements, _("Legal duties"), summary, keywords)
    summary = _("The subjects of the guidance, each with its actions and case studies.")
    yield from index_pages(renderer, Theme, guidance.themes, _("Themes"), summary, search=LOWER)
    summary = _("What people have done, in our own words, with the actions that this illustrates.")
    yield from index_pages(renderer, CaseStudy, guidance.case_studies, _("Case studies"), summary, search=LOWER)
    summary = _("The organisations that the guidance and the case studies mention, and where.")
    yield from index_pages(renderer, Organisation, guidance.organisations, _("Organisations"), summary, search=LOWER)


def list_retired(renderer: Renderer) -> Iterator[Page]:
    """Yield a page at the old address of each retired entry; for a topic also at those of its grades."""
    summary = renderer.gettext("No longer part of the guidance: %(reason)s")
    for retired in renderer.guidance.retired:
        pages = [] if "#" in retired.page else [retired.address]
        if retired.page.startswith(f"{Topic.folder}/"):
            pages += [f"{Topic.folder}/{retired.id}/{grade}.html" for grade in Grade]
        for address in pages:
            yield renderer.page(
                "retired", address, retired, summary % {"reason": retired.reason.plain}, search=HIDDEN, menu=None
            )


def index_pages(
    renderer: Renderer,
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
    yield renderer.page(kind.folder, index, title, summary, keywords=keywords, search=out, entries=entries)
    for entry in entries:
        summary = entry.gist or renderer.gettext("Where the guidance and case studies mention %(name)s.") % {
            "name": entry.label
        }
        yield renderer.page(
            kind.noun.replace(" ", "_"),
            entry.address,
            entry,
            summary,
            crumbs=[(title, index)],
            search=search,
            menu=None,
        )


def list_about(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages about the site: sources, gaps and accessibility."""
    _, guidance = renderer.gettext, renderer.guidance
    summary = _("Where the content of this site comes from, whose words it is in, and what is not known.")
    sources = (_("Sources"), "about/sources.html")
    words = [_("copyright"), _("licence"), _("terms of use"), _("where the words come from"), _("author")]
    yield renderer.page("sources", sources[1], sources[0], summary, keywords=words, search={"boost": 0.2})
    for source in guidance.sources:
        if source.lessons:
            yield renderer.page("source", source.address, source, crumbs=[sources], search=LOWER)
    summary = _("What is missing or uncertain in our copy of the guidance, with file and line.")
    yield renderer.page("gaps", "about/gaps.html", _("Gaps"), summary, search=BY_TITLE)
    summary = _("All of the guidance as data, for spreadsheets and programs, and what each field means.")
    words = [_("open data"), _("download"), _("spreadsheet"), "Excel", "CSV", "JSON", "XLSX", "API", _("dataset")]
    links = cache(lambda: list(find_links(guidance)))
    data: dict[str, Any] = {
        "tables": lambda: describe_data(renderer, len(links())),
        "relations": lambda: count_relations(links()),
        "samples": {"Python": PYTHON, "SQL": SQL},
        "views": list(VIEWS),
        "dataset": partial(describe_dataset, renderer, "about/data.html", _("Open data"), summary),
    }
    yield renderer.page("data", "about/data.html", _("Open data"), summary, keywords=words, search=LOWER, **data)
    summary = _("How to keep a copy of this site on a computer or a USB stick, and what works there.")
    words = [_("without internet"), _("internet"), _("USB stick"), _("download"), _("no connection"), _("zip")]
    yield renderer.page("offline", "about/offline.html", _("Use this site offline"), summary, keywords=words)
    summary = _("How the Welsh pages were made, and which texts of the guidance are in Welsh.")
    words = [_("Welsh"), _("translation"), _("language")]
    yield renderer.page("welsh", "about/welsh.html", _("Welsh pages"), summary, keywords=words, search=LOWER)
    summary = _("How accessible this site is, how we test it, and who to contact about a problem.")
    yield renderer.page("accessibility", "about/accessibility.html", _("Accessibility"), summary, search=LOWER)


def describe_data(renderer: Renderer, relations: int) -> list[dict[str, Any]]:
    """Return what the page of open data says about each table: its title, its rows, its files and its fields.

    `relations` is their number.
    """
    _, guidance = renderer.gettext, renderer.guidance
    titles = {
        "about": _("About the data"),
        "actions": _("Actions"),
        "case-studies": _("Case studies"),
        "disablers": _("Disablers"),
        "enablers": _("Enablers"),
        "entries": _("All entries"),
        "examples": _("Examples"),
        "fields": _("Fields"),
        "figures": _("Figures"),
        "focus-areas": _("Focus areas"),
        "journeys": _("Journeys"),
        "lessons": _("Lessons"),
        "organisations": _("Organisations"),
        "quotations": _("Quotations"),
        "relations": _("Relations"),
        "retired": _("Retired entries"),
        "sources": _("Sources"),
        "st-marks": _("St marks"),
        "statutory-requirements": _("Statutory requirements"),
        "synergies": _("Synergies"),
        "themes": _("Themes"),
        "topics": _("Topics"),
    }
    counts = Counter(type(entry) for top in guidance.tops for entry in top.within())
    others = {
        "about": ABOUT_COLUMNS,
        "entries": ENTRY_COLUMNS,
        "relations": RELATION_COLUMNS,
        "fields": FIELD_COLUMNS,
    }
    rows: dict[str, int | str] = {"about": "", "entries": counts.total(), "relations": relations, "fields": ""}
    return [
        {
            "name": name,
            "title": titles.get(name) or renderer.english(name.replace("-", " ").capitalize()),
            "count": rows[name] if name in rows else counts[TABLES[name]],
            "json": name in KINDS or name == "relations",
            "columns": others.get(name) or [*table_columns(TABLES[name]), *list_inner(TABLES[name])],
        }
        for name in EVERY_TABLE
    ]


def list_inner(kind: type[Entry]) -> list[Any]:
    """Return the fields that only the JSON of a kind has: the entries inside it."""
    return [column for column in columns_of(kind) if column.entry and column.name != "statutory"]


def count_relations(links: Sequence[Link]) -> list[dict[str, Any]]:
    """Return how many relations of each name there are between two kinds of entry."""
    counts = Counter((link.start.noun, link.relation, link.end.noun) for link in links)
    return [{"start": start, "name": name, "end": end, "count": n} for (start, name, end), n in counts.items()]


def list_changes(renderer: Renderer, revisions: Sequence[Revision]) -> Iterator[Page]:
    """Yield the page about what changed in each edition."""
    _ = renderer.gettext
    summary = _("What changed in the guidance, edition by edition, with old and new words marked.")
    words = [_("what changed"), _("new"), _("editions"), _("history"), _("feed"), "Atom", "RSS"]
    scripts = ["assets/javascripts/changes.js"]
    context: dict[str, Any] = {"revisions": revisions}
    yield renderer.page(
        "changes",
        "about/changes.html",
        _("What changed"),
        summary,
        keywords=words,
        search=BY_TITLE,
        scripts=scripts,
        **context,
    )


def make_not_found(renderer: Renderer) -> Page:
    """Return the page for an unknown address."""
    return renderer.page(
        "not_found",
        NOT_FOUND,
        renderer.gettext("Page not found"),
        search=HIDDEN,
        menu=None,
        scripts=["assets/javascripts/not-found.js"],
    )
