"""Advise editors on what may be missing although it is no mistake."""

from collections.abc import Iterator

from generator.guidance import Guidance
from generator.problem import Problem


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
