"""Accessibility checks with axe-core, for pages that are open in the browser."""

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

Rules = dict[str, str | list[str]]

ALL_RULES: Rules = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
}
COLOUR_RULES: Rules = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""The only rules of `ALL_RULES` whose result depends on colours."""

RUN_AXE = """async rules => {
  const found = await axe.run({ runOnly: rules, resultTypes: ["violations"] })
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.target)}`)
}"""


def find_violations(page: Page, rules: Rules = ALL_RULES) -> list[str]:
    """Return the rules that a page breaks, each with the first three elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    violations: list[str] = page.evaluate(RUN_AXE, rules)
    return violations


def find_violations_in_both_colours(page: Page) -> list[str]:
    """Check all rules in light colours, and the rules about colours in dark ones, where nothing else differs.

    The context of the page must ask for reduced motion, so that colours change at once.
    """
    violations = find_violations(page)
    page.emulate_media(color_scheme="dark")
    violations += [f"dark: {violation}" for violation in find_violations(page, COLOUR_RULES)]
    page.emulate_media(color_scheme="light")
    return violations
