"""Make data files for the site's scripts. They are scripts, too: a page opened from a folder can load no other data."""

import json


def make_data_file(name: str, data: object) -> tuple[str, str]:
    """Return the address of a data file, from the root of the site, and its text. `data.js` loads it by name."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"{name}.js", f"site.data.receive({json.dumps(name)}, {text})\n"
