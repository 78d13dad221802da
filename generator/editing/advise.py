"""Advise editors on what may be missing or wrong although it is no mistake."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from generator.fields import fields_of
from generator.guidance import Guidance
from generator.messages import name_in_english
from generator.model import Entry, Requirement
from generator.problem import Problem, with_article
from generator.reading.translate import own_texts
from generator.text import Text, make_id

REPEATABLE = {
    *("gap", "basis", "law", "reworded", "reason", "source", "publisher", "date", "who", "place", "country", "page"),
    *("see", "journey", "topic", "case_studies_note", "statutory_note"),
}
"""Fields that several entries can have with the same words."""
FEW = 20
"""The most texts that are there twice and get a message each."""
SENTENCE = re.compile(r"(?<=[.!?])\s+")
WORTH_SAYING_ONCE = 25
"""Texts and sentences of at least so many characters are probably not the same by chance."""
SHORT = {"title": 120, "name": 120, "who": 120, "place": 120, "country": 60, "area": 60, "also": 120, "places": 60}
SHORT |= {"figure": 60, "keywords": 60, "publisher": 120, "date": 60}
"""The most characters that readers can take in at a glance, by field."""
MANY = 40
"""More words than this in a list are too many to be true of the entry alone."""
ALIKE = 0.8
"""A translation that shares so many words with the English, from 0 to 1, is the English."""
NEAR = 0.85
"""Two places whose names are so similar, from 0 to 1, are probably one."""


def advise_editor(guidance: Guidance) -> Iterator[Problem]:
    """Return advice on what an editor may have forgotten, in the order of the guidance."""
    for topic in guidance.topics:
        if not topic.actions:
            remedy = "Add simple.yml, adventurous.yml or ambition.yml beside it."
            yield Problem(topic.where(), f'The topic "{topic.key}" has no actions yet.', remedy, advice=True)
    for action in guidance.actions:
        if not action.themes:
            message = f'The action "{action.key}" has no theme, so it is not on the page of any theme.'
            yield Problem(
                action.where(), message, "Add one to three ids from themes.yml: themes: [some-id].", advice=True
            )
        if not any(example.organisations for example in action.examples):
            message = f'The action "{action.key}" has no example with an organisation.'
            remedy = "If you know who does this, add an example with: organisations: [some-id]."
            yield Problem(action.where(), message, remedy, advice=True)
    for case_study in guidance.case_studies:
        if not (case_study.illustrates or case_study.bears_out):
            message = f'No action, enabler or disabler links to the case study "{case_study.key}".'
            remedy = "Add ids of actions: illustrates: [some-id]; or of enablers and disablers: bears_out: [some-id]."
            yield Problem(case_study.where(), message, remedy, advice=True)
    for organisation in guidance.organisations:
        if not any(organisation.related.values()):
            message = f'Nothing mentions the organisation "{organisation.key}".'
            remedy = "Add its id to the action, example or case study that mentions it, or delete it."
            yield Problem(organisation.where(), message, remedy, advice=True)
    seen: dict[str, Entry] = {}
    repeated: list[Problem] = []
    for entry in (inner for top in guidance.tops for inner in top.within()):
        for each in (entry, *entry.translations.values()):
            yield from advise_on_length(each)
        repeated += advise_on_repetition(entry, seen)
        yield from advise_on_translations(entry)
    yield from repeated[:FEW]
    if more := repeated[FEW:]:  # a whole journey that began as a copy
        message = f"{len(more)} more texts are also those of other entries."
        yield Problem(more[0].place, message, "The list of them goes on when you have changed some.", advice=True)
    yield from advise_on_places(guidance)


def advise_on_length(entry: Entry) -> Iterator[Problem]:
    """Return advice on words that are too long, and on lists that have too many or repeat one."""
    for path, text in entry.texts():
        name = str(path[0])
        if len(text) > SHORT.get(name, len(text)):
            message = f'"{text[:30]}…" in "{name}" has {len(text)} characters. Readers see it in lists and on phones.'
            yield Problem(entry.where(*path), message, f"Use at most {SHORT[name]}.", advice=True)
    for name, field in fields_of(type(entry)).items():
        words = getattr(entry, name) if field.is_list and field.is_text else []
        if len(words) > MANY:
            message = f'"{name}" has {len(words)} items, so searches for many other things find this {entry.noun}.'
            yield Problem(entry.where(name), message, f"Keep at most {MANY} that are true of it alone.", advice=True)
        folded = [str(word).casefold() for word in words]
        for position in [number for number, word in enumerate(folded) if word in folded[:number]][:3]:
            message = f'"{words[position]}" is in "{name}" twice.'
            yield Problem(entry.where(name, position), message, "Delete one of the two.", advice=True)


def advise_on_repetition(entry: Entry, seen: dict[str, Entry]) -> Iterator[Problem]:
    """Return advice on a text that another entry has, too, and on sentences that a text has twice.

    `seen` has the entry in which each text was first, and gets those of this one.
    """
    for path, text in () if isinstance(entry, Requirement) else entry.texts():  # one law can concern several journeys
        name = str(path[0])
        if len(path) > 1 or name in REPEATABLE or len(text) < WORTH_SAYING_ONCE:
            continue
        other = seen.setdefault(" ".join(text.plain.casefold().split()), entry)
        if other is not entry and name not in ("title", "name"):
            message = f'This "{name}" is also that of {name_with_id(other)}.'
            yield Problem(entry.where(*path), message, "If it was pasted by mistake, write its own words.", advice=True)
        sentences = SENTENCE.split(text)
        repeated = [each for each, count in Counter(sentences).items() if count > 1 and len(each) >= WORTH_SAYING_ONCE]
        if repeated:
            message = f'"{name}" says this twice: "{repeated[0][:60]}"'
            place = entry.place_of_words(" ".join(repeated[0].split()[:3]), *path)
            yield Problem(place, message, "If it was pasted twice, delete one.", advice=True)


def name_with_id(entry: Entry) -> str:
    """Return what an entry is, with its id or, for a part, the id of the entry that it is in."""
    return (
        f'the {entry.noun} "{entry.key}"'
        if entry.key
        else f"{with_article(entry.noun)} of {name_with_id(entry.parent)}"
    )


def advise_on_translations(entry: Entry) -> Iterator[Problem]:
    """Return advice on translations that are still in English."""
    for language, translation in entry.translations.items():
        for name in own_texts(translation):
            text, translated = getattr(entry, name, None), getattr(translation, name)
            if isinstance(text, Text) and isinstance(translated, Text) and is_same(text.original or text, translated):
                message = (
                    f'This "{name}" is still in English, but the file says that it is {name_in_english(language)}.'
                )
                remedy = "Translate it, or delete the line: texts that are not here stay in English."
                yield Problem(translation.where(name), message, remedy, advice=True)


def is_same(text: Text, translated: Text) -> bool:
    """Return whether a translation has nearly the words of the English. Names of few words are often the same."""
    words, others = (re.findall(r"\w+", each.plain.casefold()) for each in (text, translated))
    if words == others and len(words) > 1 and any(word.islower() for word in text.plain.split()):
        return True  # a name would have capital letters
    return len(words) > 3 and SequenceMatcher(None, words, others, autojunk=False).ratio() >= ALIKE


def advise_on_places(guidance: Guidance) -> Iterator[Problem]:
    """Return advice on places whose names are nearly those of other places. The rarer one is probably misspelt."""
    named: dict[str, list[tuple[Any, int]]] = {}
    for entry in (inner for top in guidance.tops for inner in top.within()):
        places = getattr(entry, "places", ()) if "places" in type(entry).model_fields else ()
        for position, place in enumerate(places):
            named.setdefault(str(place), []).append((entry, position))
    areas = Counter(organisation.area.plain for organisation in guidance.organisations if organisation.area)
    known: dict[str, str] = {}
    for place in sorted(
        {**named, **areas}, key=lambda each: (-len(named.get(each, ())) - areas[each], each not in areas)
    ):
        plain = make_id(place).replace("-", "")
        near = [plain] if plain in known else get_close_matches(plain, known, 1, NEAR) if len(plain) > 4 else []
        for entry, position in named.get(place, ()) if near else ():
            message = f'There is a place "{known[near[0]]}". Is "{place}" the same?'
            yield Problem(entry.where("places", position), message, f"If so, write {known[near[0]]}.", advice=True)
        known.setdefault(plain, place)
