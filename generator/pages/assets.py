"""Join style sheets and scripts: they are many small files, published as few, so that a page loads few files."""

import re
from collections.abc import Iterator
from pathlib import Path

COMMENTS = re.compile(r"^ */\*(?:(?!\*/).)*\*/ *\n|^ *//[^\n]*\n", re.MULTILINE | re.DOTALL)
"""Comments of style sheets and scripts that have lines of their own. They are a quarter of the scripts."""


def join_assets(content: Path, folder: str, ending: str) -> Iterator[tuple[str, str]]:
    """Yield the address of each style sheet or script, from the root of the site, and its text without comments.

    `folder` is like "assets/javascripts/", inside the folder `content`. Each folder in it becomes one file of its name,
    which has the files of that folder with this ending in the order of their paths.
    """
    for part in sorted(path for path in (content / folder).iterdir() if path.is_dir()):
        text = "\n".join(source.read_text(encoding="utf-8") for source in sorted(part.rglob(f"*{ending}")))
        yield f"{folder}{part.name}{ending}", COMMENTS.sub("", text)
