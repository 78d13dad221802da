"""Find the mistake in a file that YAML can't read, and say how to fix it.

The messages of the YAML parser are no help, and it often stops far below the mistake. So the lines are read again from
the top, more simply than YAML does, until one can't be right. Lines inside a text, a quotation or a list in brackets
are skipped.
"""

import re
from collections.abc import Iterator

from generator.document import INVISIBLE, Document, invisible
from generator.model import NAMES
from generator.problem import Problem
from generator.reading.nesting_problems import Outline, find_sign_before_field
from generator.reading.syntax_messages import QUOTATION_MARKS, QUOTE_ITEM, closes_early, second_field, write_below_bar
from generator.reading.yaml_lines import COMMENT, FIRST, LISTS, WORDS, Line, indent_of, read_line

SPACE_LIKE = re.compile(rf"[{INVISIBLE}\t]")
MERGE_MARK = re.compile(r"<{7} |={7}$|>{7} ")
"""A line that Git writes where two versions of a file conflict."""
BULLET = re.compile(r"([–—‒−•·▪*]) *([a-z_]+)(?=:)")
"""A sign that looks like a hyphen, and the field after it."""
SUSPICIOUS = re.compile(f"{SPACE_LIKE.pattern}|{BULLET.pattern}")
"""What lines of most files don't have, so that they need no closer look."""
BEFORE_VALUE = re.compile(rf"[ {INVISIBLE}\t]*(?:-[ {INVISIBLE}\t]+)*(?:[A-Za-z_]+[ {INVISIBLE}]*:)?[ {INVISIBLE}]*")
"""The part of a line in which only spaces, dashes, a name and a colon are allowed."""
NEVER_BARE = "@`%*&!,]}"
"""The signs that YAML doesn't allow at the start of bare words."""
CLOSING = {"[": "]", "{": "}"}
TOKEN = re.compile(
    r"""\s+|(?P<comment>\#[^\n]*)|(?P<quoted>'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")
    |(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)|(?P<plain>(?:[^\s,\[\]{}]|\s+(?![\s\#,\[\]{}]))+)""",
    re.VERBOSE | re.DOTALL,
)
"""A piece of a list in brackets, or a quotation."""
WRONG_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*(\\)(?![\\0abtnvfre \"/N_LPxuU\n])")
"""A backslash before a letter that YAML has no escape for."""


def find_problem_before_parsing(document: Document) -> Problem | None:
    """Find marks of a merge, and signs that look like a space or a hyphen. YAML may take them for words."""
    lines = document.lines
    marks = [number for number, text in enumerate(lines) if MERGE_MARK.match(text)]
    if marks:
        message, remedy = "This line is left over from merging two versions.", "Delete it."
        if len(marks) > 1:
            message = "Two versions of this file were merged, and the conflict is not resolved."
            remedy = "Keep the lines of one version, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
        return read_line(document, marks[0]).problem(message, remedy, 0)
    if not any(map(SUSPICIOUS.search, lines)):
        return None
    for line in fields_and_entries(document):
        if hidden := SPACE_LIKE.search(text_before_value(line)):
            return explain_space_like(line, hidden)
        if (bullet := BULLET.match(lines[line.number], line.indent)) and bullet[2] in FIRST:
            message = f'"{bullet[1]}" is not the hyphen that YAML needs.'
            return line.problem(message, f"Write: - {bullet[2]}: …", line.indent)
    return None


def find_syntax_problem(document: Document, stop: int) -> Problem:
    """Find the mistake that made the YAML parser stop at the line `stop`. It is in that line or above."""
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
    remedy = write_below_bar(line) if line.name in WORDS else "Write them in the same way as the lines around them."
    return line.problem("YAML cannot read these words.", remedy, line.value_at if line.value else line.indent)


def fields_and_entries(document: Document) -> Iterator[Line]:
    """Return the lines of fields and entries, without those that continue the value of another line."""
    number = 0
    while number < len(document.lines):
        line = read_line(document, number)
        if (line.dashes or line.name or line.value) and line.value not in ("---", "..."):
            yield line
        number = end_of(line)


def end_of(line: Line) -> int:
    """Return the number of the first line after the value of `line`."""
    lines = line.document.lines
    if line.value and not line.has_bar and not line.is_bare:
        return line.number + 1 + read_enclosed(line)[0]
    number = line.number + 1
    least = 1 + (line.indent if line.name else line.dashes[-1] if line.dashes else line.indent - 1)
    if line.has_bar:
        least = max(least, indent_of(next((below for below in lines[number:] if below.strip()), "")))
    while line.value and number < len(lines):
        is_field = not line.has_bar and read_line(line.document, number).is_field
        if lines[number].strip() and (is_field or indent_of(lines[number]) < least):
            break
        number += 1
    return number


def text_before_value(line: Line) -> str:
    found = BEFORE_VALUE.match(line.document.lines[line.number])
    return found[0] if found else ""


def explain_space_like(line: Line, sign: re.Match[str]) -> Problem:
    """Explain a sign that looks like a space, and name the lines below that have it too: it's seldom the only one."""
    message, remedy = invisible(sign[0])
    if sign[0] == "\t":
        message = "There is a tab here."
        remedy = "Use spaces instead: two for each level, and one after a dash or a colon."
    below = [one for one in fields_and_entries(line.document) if one.number > line.number]
    more = [str(one.number + 1) for one in below if sign[0] in text_before_value(one)]
    if more:
        remedy += f" Do the same on line{'s' if more[1:] else ''} {', '.join(more)}."
    return line.problem(message, remedy, sign.start())


def find_missing_bar(line: Line, stop: int) -> Problem | None:
    """Find a field that needs a bar, because its text is in the lines below, where the parser stopped."""
    below = line.document.lines[line.number + 1 : stop + 1]
    if line.value or line.name not in WORDS or not below or any(indent_of(text) <= line.indent for text in below):
        return None
    remedy = f'Write "{"- " if line.dashes else ""}{line.name}: |". Leave the words below it as they are.'
    return line.problem(f'The bar is missing after "{line.name}:".', remedy, line.value_at)


def find_value_problem(line: Line) -> Problem | None:
    """Find what is wrong with the value of a line."""
    value, first, at = line.value, line.value[:1], line.value_at
    if not value or line.has_bar:
        return None
    if problem := find_sign_before_field(line):
        return problem
    if not line.is_bare:
        return read_enclosed(line)[1]
    if first in NEVER_BARE and re.match(r"[\[|>]", value[1:]):
        return line.problem(f'There is a "{first}" before "{value[1:]}".', "Delete it.", at)
    if first in NEVER_BARE:
        message = f'In YAML, words that start with "{first}" need a bar or quotes.'
        return line.problem(message, write_below_bar(line), at)
    if first in "|>":
        return line.problem("The words must start on the line below the bar.", write_below_bar(line), at)
    if re.match(r"[-?](\s|$)", value):
        return line.problem("YAML cannot read these words.", write_below_bar(line), at)
    return find_colon(line) if line.name else None


def find_colon(line: Line) -> Problem | None:
    """Find a colon inside bare words that makes YAML take the words before it for the name of a field."""
    for number in range(line.number, end_of(line)):
        words, start = line.value, line.value_at
        if number > line.number:
            words, start = COMMENT.split(line.document.lines[number])[0], 0
        if not (colon := re.search(r":(?=\s|$)", words)):
            continue
        here = read_line(line.document, number)
        field = re.search(r"(\w+)$", words[: colon.start()])
        if field and field[1] in NAMES and ("  " in words[: field.start()] or line.name in NAMES - WORDS):
            return here.problem(*second_field(field[1]), start + field.start())
        message = "The words contain a colon and a space, which YAML reads as a field."
        if colon.end() == len(words):
            message = "The words end with a colon, which YAML reads as a field."
        return here.problem(message, write_below_bar(line), start + colon.start())
    return None


def read_enclosed(line: Line) -> tuple[int, Problem | None]:
    """Read the quotation or the list in brackets that a line has as its value.

    Return in how many of the lines below it goes on, and what is wrong. If something is wrong, the number is 0.
    """
    # A value that is never closed would go on to the end of the file, so it's read up to the next field only.
    lines = line.document.lines
    below = (number for number in range(line.number + 1, len(lines)) if read_line(line.document, number).is_field)
    text = "\n".join(lines[line.number : next(below, len(lines))])
    end = line.value_at
    opened: list[re.Match[str]] = []
    before: re.Match[str] | None = None
    comment: re.Match[str] | None = None
    while token := TOKEN.match(text, end):
        end = token.end()
        if token.lastgroup == "comment":
            comment = comment or token
        elif token.lastgroup:
            if problem := find_token_problem(token, before, line):
                return 0, problem
            if token.lastgroup == "open":
                opened.append(token)
            elif token.lastgroup == "close" and CLOSING[opened.pop()[0]] != token[0]:
                message = f'"{token[0]}" closes a bracket of another kind.'
                return 0, line.problem(message, "Use the same kind of bracket at both ends.", end - 1)
            if not opened:
                problem = find_words_after_end(text, end, line)
                return 0 if problem else text.count("\n", 0, end), problem
            before = token
    if comment and re.search(r"[]}]", comment[0]):
        remedy = "Put quotes around the item, or delete the #."
        return 0, line.problem("Everything after # is a note, so the list is never closed.", remedy, comment.start())
    sign = opened[-1][0]
    message, remedy = f'The list that opens here with "{sign}" is never closed.', f'Close it with "{CLOSING[sign]}".'
    if line.is_field and line.name not in LISTS:
        message, remedy = f'YAML reads words that start with "{sign}" as a list.', write_below_bar(line)
    return 0, line.problem(message, remedy, opened[-1].start())


def find_token_problem(token: re.Match[str], before: re.Match[str] | None, line: Line) -> Problem | None:
    """Find what is wrong with a token of a quotation or a list, given the token before it."""
    kind, words, at = token.lastgroup, token[0], token.start()
    follows = before.lastgroup if before and not before[0].endswith(":") else None
    if kind == "plain" and words[0] in "'\"" and follows != "quoted":
        remedy = f"Write {words[0]} after the item too." if before else write_below_bar(line)
        return line.problem("A quotation mark opens here and is never closed.", remedy, at)
    if kind == "plain" and follows == "quoted" and before and words[0] != ":":
        mark, other = before[0][0], {"'": '"', '"': "'"}[before[0][0]]
        remedy = f"Put {other} around the item instead of {mark}."
        return line.problem(closes_early(mark), remedy, before.end() - 1)
    if kind == "plain" and re.match(r"[&*!%@`|>]|[?-](\s|$)", words):
        return line.problem(f'In a list, "{words}" needs quotes.', f'Put quotes around it: "{words}".', at)
    if kind == "plain" and words.endswith(":"):
        message = f'The colon after "{words[:-1]}" makes it a field inside the list.'
        return line.problem(message, f'Delete it, or put quotes around the item: "{words}".', at + len(words) - 1)
    if kind == "plain" and len(re.findall(r":\s", words)) > 1:
        return line.problem("An item of the list contains colons.", QUOTE_ITEM, at)
    if kind == "open" and follows in ("plain", "quoted"):
        return line.problem(f'An item of the list contains "{words}".', QUOTE_ITEM, at)
    if kind == "comma" and follows in (None, "open", "comma"):
        return line.problem("There is no item before this comma.", "Delete the comma.", at)
    if kind == "quoted" and words[0] == '"' and (escape := WRONG_ESCAPE.search(words)):
        message = "Inside quotation marks, a backslash starts a command."
        return line.problem(message, write_below_bar(line), at + escape.start(1))
    return None


def find_words_after_end(text: str, end: int, line: Line) -> Problem | None:
    """Find what follows a quotation or a list in the same line, where only a comment is allowed."""
    rest = text[end:].split("\n")[0]
    words = rest.strip(" \t")
    if not words or re.match(r"\s+#", rest):
        return None
    if hidden := SPACE_LIKE.match(words):
        return line.problem(*invisible(hidden[0]), end + rest.index(words))
    if (mark := line.value[0]) in QUOTATION_MARKS:
        return line.problem(closes_early(mark), write_below_bar(line), end - 1)
    if (field := re.search(r"([a-z_]+):(?=\s|$)", rest)) and field[1] in NAMES:
        return line.problem(*second_field(field[1]), end + field.start())
    if re.match(r",? *[\[\]]", words) or line.name in LISTS:
        remedy = f"Write all items in one pair of brackets, with commas between them: {line.name or 'name'}: [a, b]."
        return line.problem("The list ends here, but the line continues.", remedy, end - 1)
    return line.problem(f'YAML reads words that start with "{mark}" as a list.', write_below_bar(line), line.value_at)
