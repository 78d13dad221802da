"""Find the mistake in a file that YAML can't read, and say how to fix it.

The messages of the YAML parser are no help, and it often stops far below the mistake. So the lines are read again from
the top, more simply than YAML does, until one can't be right. Lines inside a text, a quotation or a list in brackets
are skipped.
"""

import re
from collections.abc import Iterator

from generator.document import INVISIBLE, Document, invisible
from generator.problem import Problem
from generator.reading.nesting_problems import Outline
from generator.reading.syntax_messages import write_below_bar
from generator.reading.value_problems import SPACE_LIKE, end_of, find_value_problem
from generator.reading.yaml_lines import FIRST, WORDS, Line, indent_of, read_line

MERGE_MARK = re.compile(r"<{7} |={7}$|>{7} ")
"""A line that Git writes where two versions of a file conflict."""
BULLET = re.compile(r"([–—‒−•·▪*]) *([a-z_]+)(?=:)")
"""A sign that looks like a hyphen, and the field after it."""
BEFORE_VALUE = re.compile(rf"[ {INVISIBLE}\t]*(?:-[ {INVISIBLE}\t]+)*(?:[A-Za-z_]+[ {INVISIBLE}]*:)?[ {INVISIBLE}]*")
"""The part of a line in which only spaces, dashes, a name and a colon are allowed."""


def find_problem_before_parsing(document: Document) -> Problem | None:
    """Find marks of a merge, and signs that look like a space or a hyphen. YAML may take them for words."""
    lines = document.lines
    marks = [number for number, text in enumerate(lines) if MERGE_MARK.match(text)]
    if marks:
        message, remedy = "This line is left over from two versions that were joined.", "Delete it."
        if len(marks) > 1:
            message = "Two versions of this file were joined and not sorted out."
            remedy = "Keep the lines of one version, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
        return read_line(document, marks[0]).problem(message, remedy, 0)
    for line in fields_and_entries(document):
        if hidden := SPACE_LIKE.search(text_before_value(line)):
            return explain_space_like(line, hidden)
        if (bullet := BULLET.match(lines[line.number], line.indent)) and bullet[2] in FIRST:
            message = f'"{bullet[1]}" is not the hyphen that YAML needs.'
            return line.problem(message, f"Write: - {bullet[2]}: …", line.indent)
    return None


def find_syntax_problem(document: Document, stop: int) -> Problem:
    """Find the mistake because of which the YAML parser stopped in the line `stop`: it's there or above."""
    stop = min(stop, len(document.lines) - 1)
    for number, text in enumerate(document.lines[: stop + 1]):
        if (hidden := SPACE_LIKE.search(text)) and not SPACE_LIKE.sub("", text).strip():
            return read_line(document, number).problem(*invisible(hidden[0]), hidden.start())
    outline = Outline()
    for line in fields_and_entries(document):
        if line.number > stop:
            break
        if problem := outline.add(line) or find_missing_bar(line, stop) or find_value_problem(line):
            return problem
    line = read_line(document, stop)
    remedy = write_below_bar(line) if line.name in WORDS else "Write them again as the lines around them are written."
    return line.problem("YAML cannot read these words.", remedy, line.value_at if line.value else line.indent)


def fields_and_entries(document: Document) -> Iterator[Line]:
    """Return the lines of fields and entries, without those that continue the value of another line."""
    number = 0
    while number < len(document.lines):
        line = read_line(document, number)
        if (line.dashes or line.name or line.value) and line.value not in ("---", "..."):
            yield line
        number = end_of(line)


def text_before_value(line: Line) -> str:
    found = BEFORE_VALUE.match(line.document.lines[line.number])
    return found[0] if found else ""


def explain_space_like(line: Line, sign: re.Match[str]) -> Problem:
    """Explain a sign that looks like a space, and name the lines below that have it too: it's seldom the only one."""
    message, remedy = invisible(sign[0])
    if sign[0] == "\t":
        message = "A tab stands here."
        remedy = "Use spaces: two for each step further in, one behind a dash or a colon."
    below = [one for one in fields_and_entries(line.document) if one.number > line.number]
    more = [str(one.number + 1) for one in below if sign[0] in text_before_value(one)]
    if more:
        remedy += f" Do the same on line{'s' if more[1:] else ''} {', '.join(more)}."
    return line.problem(message, remedy, sign.start())


def find_missing_bar(line: Line, stop: int) -> Problem | None:
    """Find a field without a bar whose text is in the lines below, where the parser stopped."""
    below = line.document.lines[line.number + 1 : stop + 1]
    if line.value or line.name not in WORDS or not below or any(indent_of(text) <= line.indent for text in below):
        return None
    remedy = f'Write "{"- " if line.dashes else ""}{line.name}: |"; the words below it stay as they are.'
    return line.problem(f'The bar is missing behind "{line.name}:".', remedy, line.value_at)
