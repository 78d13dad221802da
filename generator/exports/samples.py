"""Programs that show how to use the open data. The page of open data has them, and a test runs them."""

PYTHON = """import json
from pathlib import Path

file = Path("data/v1/everything.json")
data = json.loads(file.read_text("utf-8"))
elsewhere = [
    "Birmingham", "Scotland", "Stoke-on-Trent", "Sunderland"
]
in_wales = {
    one["id"] for one in data["organisations"]
    if one["area"] and one["area"] not in elsewhere
}
for action in data["actions"]:
    named = in_wales & {*action["organisations_named"]}
    if "housing-and-design" in action["themes"] and named:
        law = [mark["under"] for mark in action["statutory"]]
        print(action["title"], sorted(named), law, sep="; ")
        print("How certain:", action["statutory_certainty"])
"""

SQL = """SELECT a.title, group_concat(o.name, ', ') AS organisations,
  l.name AS law, a.statutory_certainty AS how_certain
FROM actions a
JOIN action_themes t ON t.action = a.id
JOIN action_organisations o ON o.action = a.id
LEFT JOIN action_legal_basis l ON l.action = a.id
WHERE t.theme = 'housing-and-design' AND o.certainty = 'known'
  AND o.area NOT IN ('Birmingham', 'Scotland',
    'Stoke-on-Trent', 'Sunderland')
GROUP BY a.id
"""
