"""Join the source files of style sheets and scripts."""
import re
from collections.abc import Iterator
from pathlib import Path
import yaml
COMMENTS = re.compile(r"^ */\*(?:(?!\*/).)*\*/ *\n|^ *//[^\n]*\n", re.MULTILINE | re.DOTALL)
def join_assets(folder: Path) -> Iterator[tuple[str, str]]:
    text = re.sub("!ENV .*", "", Path("/tmp/w/before/mkdocs.yml").read_text())
    for address, paths in yaml.safe_load(text)["plugins"]["guidance"]["joined"].items():
        if address.startswith("assets/" + folder.name):
            yield address, COMMENTS.sub("", "\n".join(Path(path).read_text(encoding="utf-8") for path in paths))
