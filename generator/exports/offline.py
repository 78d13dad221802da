"""Make zip files, first of all the one with a copy of the site, to use offline."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.messages import ENGLISH, LANGUAGES, load_messages

START = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url={address}">
<title>{title}</title>
<p><a href="{address}">{words}</a></p>
</html>
"""
"""A file beside the folder of the site that opens its home page, so that readers need not look for it among others."""


def make_zip(site: Path, folder: Path, name: str, moment: int) -> Path:
    """Put all files of a site into `folder` as a zip file, with a file of its SHA-256 checksum. Return its path.

    `name` is the name of the zip file and of the folder in it. `moment` is the time of its files, in seconds since
    1970. The same site gives the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name}.zip"
    unfinished = folder / f".{name}.zip"
    contents: dict[str, bytes] = {}
    for language in (ENGLISH, *LANGUAGES):
        home = "index.html" if language == ENGLISH else f"{language}/index.html"
        if (site / home).is_file():
            _ = load_messages(language).gettext
            title = re.findall("<title>(.*?)</title>", (site / home).read_text(encoding="utf-8"))[0]
            words = _("Open %(title)s") % {"title": title}
            start = START.format(language=language, address=f"{name}/{home}", title=title, words=words)
            contents.setdefault(_("Open this first.html"), start.encode())
    for path in sorted(site.rglob("*")):
        if path.is_file():
            contents[f"{name}/{path.relative_to(site).as_posix()}"] = path.read_bytes()
    write_zip(unfinished, contents, moment)
    unfinished.replace(target)
    write_checksum(target)
    return target


def write_zip(target: Path | IO[bytes], contents: Mapping[str, bytes], moment: int) -> None:
    """Write a zip file with these contents, by their paths in it. `moment` is the time of its files."""
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for address, content in contents.items():
            info = ZipInfo(address, datetime.fromtimestamp(moment, UTC).timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3  # the same on every system
            archive.writestr(info, content)


def write_checksum(file: Path) -> None:
    """Write the SHA-256 checksum of a file beside it, as `sha256sum --check` reads it."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    file.with_name(f"{file.name}.sha256").write_text(f"{digest}  {file.name}\n", encoding="utf-8", newline="\n")
