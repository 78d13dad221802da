"""Write the summary of a pull request as Markdown: what it changes, what was checked, and the messages of the check."""

import re
from contextlib import suppress
from pathlib import Path

LIMIT = 900_000
"""Bytes of the changes and the messages together. GitHub refuses a summary of more than a megabyte."""
TOO_LONG = "\n\nThe rest is too long to show here."
FENCE = "~" * 12
"""The line above and below the messages, which are shown as they are."""
OUTCOMES = {
    "comparison": {
        "failure": "We can show this when the mistakes below are fixed.",
        "skipped": "We could not compare the guidance with the version before your change. "
        "A developer will look at it.",
    },
    "check": {
        "success": "**The guidance** has no mistakes.",
        "failure": "**The guidance** has mistakes. The lines below say where they are and what to write instead.",
        "skipped": "**The guidance** was not checked, because the set-up failed. This is not your mistake.",
    },
    "build": {
        "success": "**The site** was built with your change.",
        "failure": "**The site** could not be built. A developer will look at it.",
        "skipped": "**The site** was not built, because the guidance has to pass the check first.",
    },
    "test": {
        "success": "**The tests** passed: the pages work in a browser, by keyboard and on a phone.",
        "failure": "**The tests** found a problem. "
        "A developer will look at it, and tell you if it is about your change.",
        "skipped": "**The tests** were not run, because the site has to be built and uploaded first.",
    },
}
"""What to say about each step, by its outcome. There is nothing to compare if the check failed."""


def write_summary(
    changes: str, messages: str, *, changes_editions: bool, check: str, build: str, test: str, site: str
) -> str:
    """Return the summary of a pull request.

    `changes` are the changes in the guidance, as Markdown, or empty if they are not known. `messages` is what the check
    printed. `check`, `build` and `test` are the outcomes of these steps: success, failure or, if a step did not run,
    anything else. `site` is the address at which the built site can be downloaded, if there is one.
    """
    messages = shorten(messages.strip("\n"), LIMIT)
    changes = shorten(changes, LIMIT - len(messages.encode()))
    parts = ["# What this changes", changes or describe_outcome("comparison", check)]
    if changes_editions:
        parts.append("**This changes `journeys/editions`**: it adds an edition, or changes the record of one.")
    download = (
        f"\n  [Download it]({site}), unzip it, and open `index.html` in a browser. GitHub asks you to sign in first"
        "\n  and keeps the file for 14 days."
    )
    parts.append("## What was checked")
    parts.append(
        f"- {describe_outcome('check', check)}\n"
        f"- {describe_outcome('build', build)}{download if site else ''}\n"
        f"- {describe_outcome('test', test)}"
    )
    if check == "failure":
        parts.append("The published site has not changed. Fix the lines below, and the check runs again.")
    if messages:
        text = re.sub(f"{FENCE}~*", "~~~", messages)  # a line of so many would end the block
        parts += ["### Messages of the check", f"{FENCE} text\n{text}\n{FENCE}"]
    return "\n\n".join(parts)


def describe_outcome(step: str, outcome: str) -> str:
    """Return a sentence about a step: success, failure or, whatever else the outcome is, that it did not run."""
    return OUTCOMES[step].get(outcome, OUTCOMES[step]["skipped"])


def shorten(text: str, size: int) -> str:
    """Return a text of at most `size` bytes. If it was longer, its last line says that the rest is missing."""
    content = text.encode("utf-8", "replace")
    if len(content) <= size:
        return text
    return content[: max(0, size - len(TOO_LONG))].decode("utf-8", "ignore") + TOO_LONG


def read_messages(file: Path) -> str:
    """Return what the check printed into a file, as far as a summary can show it. Empty if there is no such file."""
    with suppress(OSError), file.open("rb") as stream:
        return stream.read(LIMIT + 1).decode("utf-8", "replace")
    return ""
