"""Explain each field to readers of the data. The texts in the model are for the people who edit it."""

from generator.fields import Field
from generator.model import Entry

HELP = {
    "about": "What it is about, in a sentence of ours.",
    "also": "Other forms of its name that the sources print.",
    "area": "The area that it works for, if its name or a source says so. The country is not recorded.",
    "attachment": "uncertain: our copy does not show which action it belongs to. Else empty.",
    "basis": "How we know about the mark, in a sentence.",
    "bears_out": "The enablers and disablers that it supports with evidence.",
    "case_studies_note": "What the guidance says about its case studies.",
    "copied": "How we copied it, and what we had to decide.",
    "counters": "The disablers that it helps to overcome.",
    "country": "The country where it happened, or “Not named in the source”.",
    "date": "When it was published, as far as we know. It can be a year or a sentence.",
    "definition": "The goal as the Act defines it.",
    "figure": "The figure exactly as the source prints it. It can contain words and signs.",
    "gap": "What is missing or uncertain here, in a sentence of ours. Empty if we know of nothing.",
    "illustrates": "The actions that it shows in practice.",
    "issue": "What the guidance says about the issue that the topic addresses.",
    "keywords": "Other words that people search for it by.",
    "kind": "What kind of body it is. Empty if not known.",
    "law": "The law itself, as the words of a link. Its address is in `links`.",
    "mark": "original: the original has this mark. inferred: we conclude it. If empty, see `certainty`.",
    "name": "Its name.",
    "next": "Actions of a higher grade that go further on the same thing.",
    "number": "Its place in the order, as a whole number.",
    "organisations": "The organisations that it mentions. Those of an action are without those of its examples.",
    "page": "The address that its page had, from the root of the site.",
    "place": "Where it happened.",
    "places": "The places that it names, one by one.",
    "progress": "begun: not all of the document is in this data yet. Else empty.",
    "publisher": "Who published it.",
    "reason": "Why it is no longer part of the guidance.",
    "replaced_by": "What replaces it, or where to continue.",
    "reworded": "Why the words differ from the edition before, in a sentence. Empty if they do not.",
    "scope": "For grade “ambition” only. national: a national or collaborative action. organisational: for one body.",
    "see": "What the guidance says after it in brackets.",
    "source": "The document that it comes from.",
    "statutory": "The statutory requirements that it rests on, where that is known. Empty does not mean “no”.",
    "statutory_marks": "Whether our copy marks statutory actions (St). lost: it lost them. complete: it has them all.",
    "statutory_note": "What the guidance says about its St marks.",
    "strengthens": "The enablers that it helps with.",
    "subtitle": "What the guidance prints below the title.",
    "summary": "What happened, in two or three sentences of ours.",
    "terms": "The terms of use. Empty if not known.",
    "text": "What it says.",
    "themes": "The themes that it is about. The first is the main one.",
    "title": "Its title.",
    "topic": "The topic that it belongs to.",
    "under": "The statutory requirement that the action rests on.",
    "what_was_done": "Who did what, and how, in our own words.",
    "who": "Who said it.",
    "why": "How the guidance explains the goal.",
}
"""What each field says, by its name. A new field has the text of the model until it is here."""
IN_KIND = {
    "Action.text": "The wording of the action.",
    "Action.title": "A short title of ours.",
    "Disabler.text": "What makes it harder to reach the goal.",
    "Disabler.title": "A short title of ours.",
    "Enabler.text": "What makes it easier to reach the goal.",
    "Enabler.title": "A short title of ours.",
    "Example.organisations": "The organisations that this example is about.",
    "Example.text": "The wording of the example, without “E.g.”.",
    "Figure.text": "What the figure counts.",
    "FocusArea.text": "Where the guidance says to focus action.",
    "FocusArea.topic": "The topic that takes it up, if there is one.",
    "Journey.law": "The Act that sets the goal, as the words of a link. Its address is in `links`.",
    "Lesson.text": "What the source teaches, in our own words.",
    "Lesson.title": "A short title of ours.",
    "Quote.text": "What someone said, word for word.",
    "Requirement.name": "The law or policy, as the guidance names it.",
    "Requirement.text": "What the guidance says about this law or policy.",
    "Source.about": "What kind of document it is, in our own words.",
    "Source.organisations": "The organisations that published it, or that all of it is about.",
    "Synergy.journey": "The other journey, as the guidance names it.",
    "Synergy.topic": "The topic of that journey, as the guidance names it.",
}
"""The same, where a field says something else in one kind of entry."""


def explain_field(kind: type[Entry], field: Field) -> str:
    """Return what a field of the model means to readers of the data, in one line."""
    help = IN_KIND.get(f"{kind.__name__}.{field.name}") or HELP.get(field.name) or field.help
    return " ".join(help.split()) or (f"The {field.entry.noun}s in it." if field.entry else "")
