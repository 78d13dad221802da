"""The questions that the search understands, and the subjects that the guidance has no action about."""

import pytest

from generator.guidance import Guidance
from generator.messages import ENGLISH
from generator.pages.questions import load_questions, read_questions, simplify
from generator.pages.words import COMMON_WORDS
from generator.welsh import WELSH

PAGES = load_questions()["pages"]
SUBJECTS = load_questions()["subjects"]


def test_phrases_ask_for_something() -> None:
    """A phrase of common words alone, or of none, would be in searches for anything else."""
    common = COMMON_WORDS.split()
    for entry in [*PAGES, *SUBJECTS]:
        for phrase in [*entry["en"], *entry["cy"]]:
            words = simplify(phrase).split()
            assert len(words) > 1 or (words and words[0] not in common), phrase


def test_no_phrase_asks_for_two_pages() -> None:
    phrases = [phrase for page in PAGES for phrase in {simplify(each) for each in [*page["en"], *page["cy"]]}]
    assert sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}) == []


@pytest.mark.parametrize("language", [ENGLISH, WELSH])
def test_every_subject_has_a_name_and_nearest_pages_with_reasons(language: str) -> None:
    for subject in SUBJECTS:
        assert subject["name"][language]
        assert subject[language]
        assert subject["nearest"], subject["name"]
        for near in subject["nearest"]:
            assert near[language].endswith("."), near


def test_no_subject_has_an_action(guidance: Guidance) -> None:
    """No phrase of a subject is a title or keyword of an action: an editor who adds such an action takes it out."""
    known = {simplify(words.plain) for action in guidance.actions for words in (action.title, *action.own_keywords)}
    phrases = {simplify(phrase) for subject in SUBJECTS for phrase in [*subject["en"], *subject["cy"]]}
    assert sorted(known & phrases) == []


def test_a_site_without_a_page_does_without_its_questions() -> None:
    questions, nearest = read_questions(WELSH, {"shortlist.html": 7})
    asked = questions["questions"]
    assert {*asked[ENGLISH].values(), *asked[WELSH].values()} == {7}
    assert asked[WELSH]["adroddiad blynyddol"] == asked[ENGLISH]["self assessment"] == 7
    assert questions["subjects"][0]["name"] == "hiliaeth a throseddau casineb"
    assert nearest == [[] for _ in SUBJECTS]
