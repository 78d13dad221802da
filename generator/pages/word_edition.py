"""Make a Word file with all actions, for people who write plans. The Commissioner's words have the style Quote."""

import re
from collections.abc import Iterator
from io import BytesIO

from markupsafe import Markup, escape

from generator.exports.offline import write_zip
from generator.messages import load_messages
from generator.model import Action, Entry, Grade
from generator.pages.render import Renderer
from generator.pages.word_template import read_word_template
from generator.text import Text, unmark

START = 315_532_800
"""The first moment that a zip file can have, in seconds since 1970."""


def make_word_edition(renderer: Renderer) -> bytes:
    """Return the Word file in the language of a site. The same guidance gives the same bytes."""
    site, _ = renderer.site, renderer.gettext
    day = site.day if site.is_draft else site.format_iso(site.edition)
    whose = _(
        "Text with a line beside it is in the words of the Future Generations Commissioner for Wales. The "
        "Commissioner has not published or checked this document. Titles, themes, case studies and links between "
        "actions are ours."
    )
    state = (_("Draft of %(day)s") if site.is_draft else _("Edition of %(day)s")) % {"day": day}
    title = _("%(site)s: the actions") % {"site": site.name}
    body = [
        write_paragraph("Title", title),
        write_paragraph("Subtitle", f"{state} ({site.version})"),
        write_paragraph("Source", whose),
    ]
    for topic in renderer.guidance.topics:
        for grade in Grade:
            if actions := topic.graded(grade):
                body.append(write_paragraph("Heading1", f"{topic.label}: {renderer.grade_names[grade]}", topic.label))
            for action in actions:
                body += write_action(renderer, action)
    values = {"title": str(escape(title)), "body": "".join(body), "links": "", "numbers": ""}
    files = {
        path: re.sub(r"\{(title|body|links|numbers)\}", lambda found: values[found[1]], text).encode()
        for path, text in read_word_template(site.name, site.language).items()
    }
    made = BytesIO()
    write_zip(made, files, START)
    return made.getvalue()


def write_action(renderer: Renderer, action: Action) -> Iterator[str]:
    """Yield the paragraphs of an action: its title, what it is about, its wording, its examples, and where it is."""
    _, site = renderer.gettext, renderer.site
    yield write_paragraph("Heading2", action.label)
    themes = ", ".join(unmark(theme.label) for theme in action.related["themes"])
    law = renderer.wording_macros.legal_basis(action)
    facts = [(_("Themes"), themes), (_("Legal basis"), str(Markup(law).unescape()))]
    for label, value in facts:
        if value:
            yield write_paragraph("Facts", f"{label}: {value}")
    yield from write_text("Quote", action.text)
    yield from write_note(renderer, action)
    if action.examples:
        ngettext = load_messages(renderer.site.language).ngettext
        yield write_paragraph("Heading3", ngettext("Example", "Examples", len(action.examples)))
    for example in action.examples:
        yield from write_text("Quote", example.text)
        yield from write_note(renderer, example)
    reference = f"{_('Permanent reference')}: {action.key}"
    yield write_paragraph("Source", f"{site.address}{action.address}" if site.address else reference)


def write_note(renderer: Renderer, entry: Entry) -> Iterator[str]:
    """Yield our note about what is missing or uncertain in an entry, if there is one."""
    if entry.gap:
        label, note = renderer.gettext("Our note:"), entry.gap.plain
        yield write_paragraph("Source", f"{label} {unmark(note)}", note)


def write_text(style: str, text: Text) -> Iterator[str]:
    """Yield the paragraphs of a text. A translation of ours is replaced by the Commissioner's own words."""
    shown = text.original if text.original and text.original.official and not text.official else text
    for paragraph in shown.plain.split("\n\n"):
        yield write_paragraph(style, paragraph, shown)


def write_paragraph(style: str, words: str, text: str = "") -> str:
    """Return a paragraph. `text` is what the words are from, if that may be in another language than the document."""
    language = getattr(text or words, "language", "")
    properties = f'<w:rPr><w:lang w:val="{language}-GB"/></w:rPr>' if language else ""
    run = f'<w:r>{properties}<w:t xml:space="preserve">{escape(unmark(words))}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'
