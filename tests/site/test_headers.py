"""What hosts and pages tell browsers to allow: the policy is the same everywhere, and it holds.

The fixture of a page checks in every browser test that nothing on the site is against the policy.
"""

from pathlib import Path

import yaml
from conftest import ROOT
from markupsafe import escape
from playwright.sync_api import Browser

CONFIGURATION = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV", "")
HEADERS: dict[str, str] = yaml.safe_load(CONFIGURATION)["extra"]["headers"]
POLICY, REFERRER = HEADERS["Content-Security-Policy"], HEADERS["Referrer-Policy"]

ADD_SCRIPT = """() => {
  const script = document.createElement("script")
  script.textContent = "window.ran = true"
  document.body.append(script)
  return window.ran ?? false
}"""


def test_every_page_has_the_policy(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        head = page.read_text(encoding="utf-8").partition("</head>")[0]
        assert f'http-equiv="Content-Security-Policy" content="{escape(POLICY)}"' in head, page
        assert f'name="referrer" content="{REFERRER}"' in head, page


def test_hosts_get_the_same_policy(site: Path) -> None:
    lines = (site / "_headers").read_text(encoding="utf-8").splitlines()
    assert lines == ["/*", *(f"  {name}: {value}" for name, value in HEADERS.items())]


def test_policy_stops_scripts_in_a_page(browser: Browser, root: str) -> None:
    page = browser.new_page()
    page.goto(f"{root}/index.html")
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        assert page.evaluate(ADD_SCRIPT) is False
    page.close()
