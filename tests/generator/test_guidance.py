"""The real guidance is complete, and its relations are linked in both directions."""

from generator.editions.compare import compare_guidance
from generator.fields import fields_of
from generator.guidance import Guidance
from generator.model import Grade


def test_counts_of_the_document(published: Guidance) -> None:
    """The counts of the printed guidance. They change only if the Commissioner changes the guidance."""
    journey, topic = published.journeys[0], published.topics[0]
    graded = {grade: topic.graded(grade) for grade in Grade}
    assert {grade: len(actions) for grade, actions in graded.items()} == {
        "simple": 22,
        "adventurous": 21,
        "ambition": 14,
    }
    examples = {grade: sum(len(action.examples) for action in actions) for grade, actions in graded.items()}
    assert examples == {"simple": 12, "adventurous": 12, "ambition": 6}
    assert [action.scope for action in graded[Grade.AMBITION]] == ["national"] * 4 + ["organisational"] * 10
    assert len(topic.resources) == 9
    assert len(topic.synergies) == 4
    assert journey.why
    assert len(journey.why.paragraphs) == 5
    assert len(journey.focus_areas) == 7
    assert len(journey.enablers) == len(journey.disablers) == 5
    assert len(journey.statutory_requirements) == 3
    assert [(topic.number, bool(topic.actions)) for topic in published.topics] == [
        (1, True),
        (2, False),
        (3, False),
        (4, False),
    ]


def test_nothing_is_marked_statutory_without_a_basis(published: Guidance) -> None:
    marked = {action.key: [mark.under for mark in action.statutory] for action in published.actions if action.statutory}
    assert marked == {"design-for-neighbourliness": ["planning-policy-wales"]}


def test_relations_are_linked_in_both_directions(guidance: Guidance) -> None:
    tops = [*guidance.journeys, *guidance.topics, *guidance.actions, *guidance.case_studies]
    entries = [entry for top in tops for entry in top.within()]
    links = 0
    for entry in entries:
        for name, field in fields_of(type(entry)).items():
            if field.relation:
                value = getattr(entry, name)
                ids = value if field.is_list else [value] if value else []
                assert [other.key for other in entry.related[name]] == ids
                for other in entry.related[name]:
                    assert any(back is entry for back in other.related[field.relation.back])
                    links += 1
    assert links > 200


def test_advice_on_the_published_edition(published: Guidance) -> None:
    """The published edition has none; later changes may have some."""
    assert published.advice == []


def test_official_wording_is_as_published(published: Guidance, guidance: Guidance) -> None:
    """Between editions, only a change of the Commissioner's document may change official words, with a reason."""
    changes = [change for change in compare_guidance(published, guidance) if change.official]
    assert [(change.after, change.field) for change in changes if not change.reason] == []
