"""What CONTRIBUTING.md tells editors is so, and the files and commands that our documents name exist."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from conftest import ROOT

from generator import read_guidance
from generator.__main__ import main
from generator.model import Action, CaseStudy

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
ACTION, ORGANISATION, THEME, CASE_STUDY, JOURNEY, TOPIC, RETIRED = BLOCKS
ADVENTUROUS = Path("journeys/cohesive-communities/people-active-in-their-communities/adventurous.yml")


def add(file: Path, lines: str) -> None:
    before = file.read_text(encoding="utf-8").rstrip() + "\n\n" if file.exists() else ""
    file.write_text(before + lines, encoding="utf-8")


def test_its_entries_are_right(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The example has `next` and `scope`, and no grade allows both. Test it without `scope`, one grade below."""
    monkeypatch.chdir(project)
    add(ADVENTUROUS, re.sub("  scope: .*\n", "", ACTION))
    add(Path("journeys/organisations.yml"), ORGANISATION)
    add(Path("journeys/themes.yml"), THEME)
    add(Path("journeys/case-studies/a-hall-in-bargoed.yml"), CASE_STUDY)
    add(Path("journeys/retired.yml"), RETIRED)
    files = re.findall("`([a-z/-]+/(?:journey|topic).yml)`", TEXT)
    for name, text in zip([files[0], f"{Path(files[0]).parent}/{files[1]}"], (JOURNEY, TOPIC), strict=True):
        Path("journeys", name).parent.mkdir()
        add(Path("journeys", name), text)
    guidance = read_guidance(Path("journeys"))
    resilient = guidance.journeys[0]
    assert [topic.key for topic in resilient.topics] == ["soil-and-water"]
    assert (resilient.missing, resilient.is_begun) == (["actions"], True)
    assert [law.label for law in resilient.statutory_requirements] == ["Planning Policy Wales (A resilient Wales)"]
    (action,) = (action for action in guidance.actions if action.id == "participatory-budgeting-for-all")
    assert action.model_fields_set | {"scope"} == set(Action.model_fields)
    (study,) = (study for study in guidance.case_studies if study.key == "a-hall-in-bargoed")
    assert study.model_fields_set | {"gap", "reworded"} == set(CaseStudy.model_fields)
    assert main(["check"]) == 0
    advice = [line for line in capsys.readouterr().err.splitlines() if "advice:" in line]
    assert len(advice) == 4
    assert 'The topic "soil-and-water" has no actions yet' in advice[0]
    assert (
        'cohesive-communities/journey.yml:2:1: advice: There are several journeys, and this one has no "number"'
        in (advice[1])
    )
    assert "The published words of this action have not changed, so" in advice[2]
    assert "Nothing mentions the organisation" in advice[3]


def test_its_messages_are_those_of_the_check() -> None:
    explained = re.findall(
        r"^\| `(.+?)` \|", TEXT[TEXT.index("| it says |") : TEXT.index("## On your own machine")], re.M
    )
    printed = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests" / "mistakes").glob("*.txt"))
    assert len(explained) == 15
    for words in explained:
        assert words in printed


def test_its_welsh_texts_are_those_of_the_files() -> None:
    (block,) = re.findall(r"```yml\n(.*?)```", TEXT, re.DOTALL)
    assert block in (ROOT / ADVENTUROUS).with_name("simple.cy.yml").read_text(encoding="utf-8")


DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "mkdocs.yml", "Makefile", "pyproject.toml")
"""What is searched for names. In the last three, only the comments are."""
ELSEWHERE = {
    "a-hall-in-bargoed.yml",
    "a-resilient-wales/journey.yml",
    "soil-and-water/topic.yml",
    "patch-1",
    "python3-venv",
    "site.css",
    "site.js",
}
"""Examples for editors, a Debian package, and files that the build makes."""
IGNORED = [".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())]
"""Patterns of files and folders that only commands make. What is inside them is not searched."""
FILE = re.compile(r"[\w.*/-]+\.(css|js|json|md|po|py|toml|txt|yml)|[\w.*-]+/[\w.*/-]*")
each_document = pytest.mark.parametrize("document", DOCUMENTS)


def find_code(document: str) -> Iterator[tuple[str, str]]:
    """Yield the place and the text of everything in backquotes, and of each line of a block of code."""
    is_block = False
    for number, line in enumerate((ROOT / document).read_text(encoding="utf-8").splitlines(), 1):
        text = line if document.endswith(".md") else line.partition("#")[2]
        is_block ^= text.startswith("```")
        for code in [text] if is_block else re.findall("`(.+?)`", text):
            if code not in ELSEWHERE:
                yield f"{document}:{number}", code


def find_files() -> list[Path]:
    """Return the files of the project, relative to its folder."""
    tops = [top for top in ROOT.iterdir() if not any(fnmatch(top.name, pattern) for pattern in IGNORED)]
    paths = [path for top in tops for path in (top, *top.rglob("*")) if "__pycache__" not in path.parts]
    return [path.relative_to(ROOT) for path in paths if path.is_file()]


@each_document
def test_the_files_that_it_names_exist(document: str) -> None:
    """In any folder: `render.py`, `pages/templates/` or `<topic>/topic.yml`."""
    paths = {path for file in find_files() for path in (file, *file.parents)}
    missing = []
    for place, code in find_code(document):
        name = re.sub("<.+?>", "*", code)
        if FILE.fullmatch(name) and not any(fnmatch(name.split("/")[0], pattern) for pattern in IGNORED):
            missing += [f"{place}: {code}"] * (not any(path.match(name) for path in paths))
    assert not missing, "\n".join(missing)


@each_document
def test_the_commands_that_it_names_exist(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    options = (ROOT / "generator" / "__main__.py").read_text(encoding="utf-8")
    missing = []
    for place, code in find_code(document):
        missing += [f"{place}: make {name}" for name in re.findall(r"\bmake ([\w-]+)", code) if name not in targets]
        for name in re.findall(r"-m generator ([\w-]+)", code):
            with pytest.raises(SystemExit) as ended:
                main([name, "--help"])
            missing += [f"{place}: generator {name}"] * bool(ended.value.code)
        if code.startswith("--") or "-m generator" in code:
            missing += [f"{place}: {name}" for name in re.findall("--[a-z-]+", code) if f'"{name}"' not in options]
    assert not missing, "\n".join(missing)


@each_document
def test_the_other_names_in_it_exist(document: str) -> None:
    """Each is the name of a file, or is in a file other than documents, tests and guidance."""
    files = [file for file in find_files() if file.parts[0] not in ("journeys", "tests") and file.suffix != ".md"]
    texts = [(ROOT / file).read_bytes().decode("utf-8", "ignore") for file in files]
    known = {word for text in texts for word in re.findall(r"[\w-]+", text)} | {file.stem for file in files}
    missing = [
        f"{place}: {code}"
        for place, code in find_code(document)
        if re.fullmatch(r"[\w.-]+", code) and not FILE.fullmatch(code) and not {*code.strip(".").split(".")} <= known
    ]
    assert not missing, "\n".join(missing)
