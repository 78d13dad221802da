"""What the plan knows about earlier editions."""

import json
from pathlib import Path

from generator.editions.record import read_wordings
from generator.guidance import Guidance
from generator.pages.action_list import compare_wordings

FOOD, HOMES, NEW = "food-fridges", "empty-homes", "play-streets"


def test_what_changed_since_an_edition(guidance: Guidance) -> None:
    """Spaces and line breaks are no change."""
    before = {action.key: " ".join(action.text.split()) for action in guidance.actions}
    assert compare_wordings(guidance, before) == {"reworded": [], "added": [], "retired": []}
    before[FOOD] = before[FOOD].replace("community", "village")
    before["gone"] = "An action that was retired."
    del before[NEW]
    assert compare_wordings(guidance, before) == {"reworded": [FOOD], "added": [NEW], "retired": ["gone"]}


def test_reading_the_wordings_of_editions(tmp_path: Path, published: Guidance) -> None:
    folder = Path(__file__).parents[2] / "journeys"
    (wordings,) = [read_wordings(folder)[name] for name in [max(read_wordings(folder))]]
    assert {key: text.split() for key, text in wordings.items()} == {
        action.key: str(action.text).split() for action in published.actions
    }
    (tmp_path / "editions").mkdir()
    files = {"a/b/simple.yml": [{"id": HOMES, "text": "Open them."}], "themes.yml": [{"id": "x", "label": "X"}]}
    (tmp_path / "editions" / "2020-01-31.json").write_text(json.dumps({"edition": "2020-01-31", "files": files}))
    assert read_wordings(tmp_path) == {"2020-01-31": {HOMES: "Open them."}}
