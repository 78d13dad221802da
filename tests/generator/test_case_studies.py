"""The case studies have the exact figures and quotations of their sources."""

from generator.guidance import Guidance

FIGURES = {
    "ringland-and-alway": ["42", "Almost 100", "four"],
    "normacot": ["over 40", "two", "once a month"],
    "portland-inn": [],
    "sara-in-southwick": ["over 5000", "down 12%", "down 20%", "33 out of 55", "over £1.2million"],
    "halo-in-hetton": ["34%", "8.5%", "9.3%"],
    "sail-in-sunderland": ["33%"],
}

IN_WORDS = {
    "ringland-and-alway": [
        "3 strands",
        "five areas in England and Wales",
        "in February",
        "in April",
        "fifteen projects",
    ],
    "normacot": ["two community listening and feedback events", "Three officers of the City Council"],
    "sara-in-southwick": ["in 2023", "in 2024, compared with the previous year", '"people can just be people"'],
    "halo-in-hetton": ["in its first year"],
    "sail-in-sunderland": ["Four staff", "the first month", "five weeks before"],
}

QUOTATIONS = {
    "ringland-and-alway": [
        "What a great way to get the community involved in designing their own services",
        "Great to give local people a voice into their community",
    ],
    "normacot": [
        "We have a growing Eastern European community, there was a lot of mistrust towards authority, since starting "
        "the drop ins things have improved but there is still more work to be done"
    ],
}

LESSONS = ["£1m each to 150 neighbourhoods", "10 - 15 years", "1/50", "1/20", "three retired local teachers"]


def test_figures(guidance: Guidance) -> None:
    assert {s.key: [result.figure for result in s.results] for s in guidance.case_studies} == FIGURES


def test_figures_in_words(guidance: Guidance) -> None:
    told = {
        study.key: " ".join([study.summary, study.what_was_done, *(result.text for result in study.results)])
        for study in guidance.case_studies
    }
    for key, phrases in IN_WORDS.items():
        for phrase in phrases:
            assert phrase in told[key].replace("\n\n", " "), (key, phrase)


def test_quotations(guidance: Guidance) -> None:
    quoted = {study.key: [quote.text for quote in study.quotes] for study in guidance.case_studies if study.quotes}
    assert quoted == QUOTATIONS


def test_figures_of_the_lessons(guidance: Guidance) -> None:
    words = " ".join(lesson.text for source in guidance.sources for lesson in source.lessons)
    assert all(figure in words for figure in LESSONS)


def test_every_case_study_is_linked(guidance: Guidance) -> None:
    """Each leads to actions, enablers or disablers, has a source and says what this source leaves out."""
    for study in guidance.case_studies:
        assert study.related["illustrates"] or study.related["bears_out"]
        assert study.related["source"]
        assert study.gap


def test_every_action_has_themes(guidance: Guidance) -> None:
    assert 10 <= len(guidance.themes) <= 15
    assert all(1 <= len(action.themes) <= 3 for action in guidance.actions)
    assert all(theme.related["actions"] and theme.keywords for theme in guidance.themes)


def test_every_organisation_is_mentioned(guidance: Guidance) -> None:
    assert [entry.key for entry in guidance.organisations if not any(entry.related.values())] == []
