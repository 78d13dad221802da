"""Find lines in the wrong place: their dashes or spaces put them in no list and in no entry that is open there."""

import re
from dataclasses import dataclass

from generator.model import NAMES
from generator.problem import Problem
from generator.reading.syntax_messages import NO_FIELD, begin_with_spaces, count_spaces, missing_dash, name_sign
from generator.reading.yaml_lines import FIRST, LISTS, Line, indent_of, read_line

SIGN_BEFORE_FIELD = re.compile(r"(?:- *)?([^\w\s-]+)[- ]*([a-z_]+):(?=\s|$)")


@dataclass
class Level:
    """A list, or the fields of an entry, that the next line can continue."""

    column: int
    is_list: bool
    line: Line
    """The last line that belongs directly to it."""
    name: str = ""
    """The name of the last field or, in a list, of the field that its first entry begins with."""
    is_waiting: bool = False
    """Whether nothing has followed its last dash or colon yet."""


class Outline:
    """The lists and entries that are open at a line, the outermost first."""

    def __init__(self) -> None:
        self.levels: list[Level] = []
        self.above: Line | None = None

    def add(self, line: Line) -> Problem | None:
        """Add the next line, or return what is wrong if no open list or entry can continue with it."""
        before, above, self.above = list(self.levels), self.above, line
        for column in line.dashes:
            if not self.enter(line, column, is_list=True):
                return (
                    find_indented_first_dash(line, column, before)
                    or find_list_in_comment(line)
                    or find_words_before_list(above)
                    or explain_dash(line, column, before)
                )
            self.levels[-1].name = self.levels[-1].name or line.name
            self.levels[-1].is_waiting = bool(line.name) or not line.value
        if line.name:
            if not self.enter(line, line.indent, is_list=False):
                return (
                    (above and (find_malformed_field(above) or find_missing_name(above, line)))
                    or find_indented_first_dash(line, line.indent, before)
                    or explain_indent(line, above, before)
                )
            self.levels[-1].name = line.name
            self.levels[-1].is_waiting = not line.value
        elif line.value and not line.dashes:
            if not self.levels or not self.levels[-1].is_waiting or line.indent <= self.levels[-1].column:
                begins = not before or line.indent in {level.column for level in before}
                return (find_malformed_field(line) if begins else None) or explain_indent(line, above, before)
            self.levels[-1].is_waiting = False
        return None

    def enter(self, line: Line, column: int, is_list: bool) -> bool:
        """Close the levels that end before this column, and open one there if it's missing. Return whether it can."""
        is_first = not self.levels
        while self.levels and self.levels[-1].column + (self.levels[-1].is_list and not is_list) > column:
            self.levels.pop()
        last = self.levels[-1] if self.levels else None
        if last and (last.column, last.is_list) == (column, is_list):
            last.line = line
            return True
        if not is_first and not (last and last.is_waiting and (column > last.column or is_list)):
            return False
        if last:
            last.is_waiting = False
        self.levels.append(Level(column, is_list, line))
        return True


def nearest(levels: list[Level], column: int) -> Level | None:
    """Return the level that a line in this column was most likely meant for."""
    return min(levels, key=lambda level: abs(level.column - column), default=None)


def find_indented_first_dash(line: Line, column: int, levels: list[Level]) -> Problem | None:
    """Find a first entry of a file that is the only one with spaces before its dash."""
    if not levels or not levels[0].is_list or not levels[0].column or column not in (0, 2):
        return None
    first, dash = levels[0].line, f"{' ' * levels[0].column}- {levels[0].name}:"
    if any(text.startswith(dash) for number, text in enumerate(line.document.lines) if number != first.number):
        return None
    message = "The dash of the first entry has more spaces before it than the lines below."
    return first.problem(message, begin_with_spaces(0) + ".", 0)


def find_list_in_comment(line: Line) -> Problem | None:
    """Find a list with its name, in the line above its first dash, still commented out."""
    name = re.match(r" *(#) *([a-z_]+):", line.document.lines[line.number - 1]) if line.number else None
    if not name or name[2] not in LISTS:
        return None
    message = f'"{name[2]}" is still a note, but the lines below it are not.'
    above = read_line(line.document, line.number - 1)
    return above.problem(message, "Delete the # and the space after it.", name.start(1))


def find_words_before_list(above: Line | None) -> Problem | None:
    """Find words between the name of a list and its entries in the lines below."""
    if not (above and above.name in LISTS and above.is_bare):
        return None
    message = f'There are words after "{above.name}:", but its entries are on the lines below.'
    return above.problem(message, f'Delete "{above.value}".', above.value_at)


def find_missing_name(above: Line, line: Line) -> Problem | None:
    """Find words after a dash that need the name of a field, since the line below is a field of the same entry."""
    if above.name or not (above.dashes and above.value and line.is_field and line.indent > above.dashes[-1]):
        return None
    remedy = f'Write "- text: |", then the words on the lines below, with {above.dashes[-1] + 4} spaces before each.'
    return above.problem("The name of a field is missing before these words.", remedy, above.value_at)


def find_sign_before_field(line: Line) -> Problem | None:
    """Find a sign, like a quotation mark, that got in front of the name of a field."""
    if line.name or not (sign := SIGN_BEFORE_FIELD.match(line.value)) or sign[2] not in NAMES:
        return None
    message = f'There is {name_sign(sign[1])} before "{sign[2]}".'
    return line.problem(message, "Delete it.", line.value_at + sign.start(1))


def find_malformed_field(line: Line) -> Problem | None:
    """Find a field or an entry that isn't read as one because of a missing or wrong sign."""
    words, at = line.value, line.value_at
    if line.name:
        return None
    if re.match(r"-[A-Za-z]", words):
        return line.problem("A space is missing after the dash.", "Write: dash, space, words.", at)
    if sign := re.match(r"[a-z_]+:([^\w\s\[|>]+)(?= |$)", words):
        message = f"There is {name_sign(sign[1])} directly after the colon."
        return line.problem(message, "Delete it.", at + sign.start(1))
    if colon := re.match(r"[a-z_]+(:)[^\s/]", words):
        remedy = "Write: name, colon, space, words."
        return line.problem("A space is missing after the colon.", remedy, at + colon.start(1))
    name = re.match(r"([a-z_]+)(?:\s*[：;=]\s*|\s+[–—-]\s+|\s+|$)(.*)", words)
    if name and name[1] in NAMES:
        remedy = f"Write: {' '.join([name[1] + ':', *name[2].split(' ')[:1], '…'])}".replace("  ", " ")
        return line.problem(f'A colon is missing after "{name[1]}".', remedy, at + name.end(1))
    return None


def explain_dash(line: Line, column: int, levels: list[Level]) -> Problem:
    """Explain a dash that isn't below another: one too many before a field, or one with a wrong number of spaces."""
    lists = [level for level in levels if level.is_list]
    if not lists and levels and levels[0].name not in NAMES:
        return levels[0].line.problem(*NO_FIELD, levels[0].column)
    if not lists and levels and line.name == "id" and not column:
        message = "The lines above this first entry are not part of any entry."
        return line.problem(message, "Delete them if they are left over, or move them to their entry.", column)
    fields = nearest([level for level in levels if not level.is_list], column)
    if line.is_field and line.name not in FIRST and fields:
        remedy = f'Delete the dash, and put {count_spaces(fields.column)} before "{line.name}".'
        if not fields.column:
            remedy = "Delete the dash, and the spaces around it."
        return line.problem(f'There is a dash before "{line.name}", but no new entry starts here.', remedy, column)
    if near := nearest([level for level in lists if level.name == line.name] or lists, column):
        remedy = f"It must be exactly below the dash on line {near.line.number + 1}."
        remedy += f" {begin_with_spaces(near.column)}."
        return line.problem("This dash is not below the dashes of its list.", remedy, column)
    return line.problem("There is a dash here, but no list can start here.", "Delete the dash.", column)


def explain_indent(line: Line, above: Line | None, levels: list[Level]) -> Problem:
    """Explain why a line without a dash continues nothing that is open."""
    if problem := find_sign_before_field(line):
        return problem
    has_colon = line.name or re.search(r":(\s|$)", line.value)
    is_text = above and (above.has_bar or (not has_colon and (above.is_bare or not above.value)))
    if above and above.name and is_text and not line.is_field:
        return explain_indent_of_text(line, above)
    if not line.name and line.value.endswith("]") and "[" not in line.value:
        message = "This line ends a list, but the start of the list is missing."
        return line.problem(message, "Delete it, or restore the start of the list.", line.indent)
    if not line.name:
        return line.problem(*NO_FIELD, line.indent)
    lists = [level for level in levels if level.is_list]
    if any(level.column == line.indent and line.name in ("id", level.name) for level in lists):
        return line.problem(*missing_dash(line.name), line.indent)
    if above and above.name == "id" and not above.dashes and line.indent == above.indent + 2:
        return above.problem(*missing_dash(above.name), above.indent)
    if line.name == "id" and any(level.name == "id" for level in lists):
        message, remedy = missing_dash(line.name)
        return line.problem(message, remedy + move_lines_below(line), line.indent)
    message = f"This line starts with {count_spaces(line.indent)}, which doesn't line up with any line above it."
    remedy = "Use as many spaces as the other fields of its entry."
    if near := nearest([level for level in levels if not level.is_list], line.indent):
        remedy = f'{begin_with_spaces(near.column)}, so that it is exactly below "{near.name}"'
        remedy += f" on line {near.line.number + 1}.{move_lines_below(line) if near.column < line.indent else ''}"
    return line.problem(message, remedy, line.indent)


def move_lines_below(line: Line) -> str:
    """Say which lines below one that is too far in have to move with it, because they belong to it."""
    lines, last = line.document.lines, line.number
    for number in range(line.number + 1, len(lines)):
        if lines[number].strip() and indent_of(lines[number]) < line.indent:
            break
        if lines[number].strip() and (last > line.number or indent_of(lines[number]) in (line.indent, line.indent + 2)):
            last = number
    if last == line.number:
        return ""
    return f" Move the lines below it, down to line {last + 1}, by the same number of spaces."


def explain_indent_of_text(line: Line, above: Line) -> Problem:
    """Explain a line that isn't as far in as the text of the field above it, or a first line that is too far in."""
    lines, number, indent = line.document.lines, line.number, above.indent + 2
    if above.has_bar:
        first = next(below for below in range(above.number + 1, len(lines)) if lines[below].strip())
        if first == number:
            name = f"its name on line {above.number + 1}"
            message = f'The words of "{above.name}" need more spaces before them than {name}.'
            remedy = f"Start each of their lines with exactly {count_spaces(indent)}."
            return line.problem(message, remedy, indent_of(lines[number]))
        if indent_of(lines[number]) >= indent:
            number, indent = first, indent_of(lines[number])
        else:
            indent = indent_of(lines[first])
    wrong = read_line(line.document, number)
    if indent_of(lines[number]) == indent:
        return wrong.problem(*NO_FIELD, indent)
    message = f'This line is part of the words of "{above.name}".'
    return wrong.problem(message, f"{begin_with_spaces(indent)}.", indent_of(lines[number]))
