"""Whatever bytes a file of the guidance has, the check gives messages, and never a traceback."""

import shutil
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import read_guidance
from generator.editing.report import FORMATS
from generator.problem import Problems

FILES = {path: path.read_bytes() for path in sorted((ROOT / "tests" / "guidance").rglob("*.yml"))}
FRAGMENTS = [
    *(*map(str.encode, ":|>#'\"[]{},\t\n\r?@`\\!"), b": ", b"- ", b" # ", b"  ", b"\x00", b"\xff", b"\xfe"),
    *("\ufeff\u00a0\u2028\u200b“”‘’…ŵ😀".encode()[start : start + 3] for start in range(0, 30, 3)),
    *(b"---\n", b"...\n", b"&a", b"*a", b"%YAML 1.2\n", b"<<: ", b"null", b"true", b"1e999", b"0x1f", b"12:30"),
    *(b"- id: x\n", b"text: |\n", b"title:", b"themes: [x]\n", b"examples:\n", b"gap: ", b"reworded: ", b"[a]()"),
    *(b"<<<<<<< a\n", b"=======\n", b">>>>>>> b\n"),
]


@st.composite
def edited_file(draw: st.DrawFn) -> tuple[Path, bytes]:
    """Draw a file of the small guidance, and what is left of it after a few slips, or bytes of any kind."""
    path = draw(st.sampled_from(list(FILES)))
    content = FILES[path]
    if draw(st.integers(0, 9)) == 0:
        return path, draw(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = start + draw(st.sampled_from([0, 0, 0, 1, 1, 2, 5, 20, 100]))
        inserted = draw(st.just(b"") | st.sampled_from(FRAGMENTS) | st.binary(max_size=3))
        content = content[:start] + inserted + content[end:]
    encoding = draw(st.sampled_from([None] * 9 + ["utf-16", "utf-32", "latin-1"]))
    if encoding:
        content = content.decode("utf-8", "replace").encode(encoding, "replace")
    return path, content


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small guidance."""
    return Path(shutil.copytree(ROOT / "tests" / "guidance", tmp_path_factory.mktemp("any") / "journeys"))


@settings(max_examples=20 * settings().max_examples)
@given(edited=edited_file())
def test_any_file_gets_messages(folder: Path, edited: tuple[Path, bytes]) -> None:
    path, content = edited
    file = folder / path.relative_to(ROOT / "tests" / "guidance")
    file.write_bytes(content)
    try:
        problems = read_guidance(folder).advice
    except Problems as found:
        problems = found.problems
        assert any(not problem.advice for problem in problems)
    finally:
        for format_problems in FORMATS.values():
            format_problems(problems)
        file.write_bytes(FILES[path])
    lines = content.count(b"\n") + content.count(b"\r") + 1
    assert [problem for problem in problems if problem.place.file == str(file) and problem.place.line > lines + 1] == []
