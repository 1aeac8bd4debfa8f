"""Accessibility of a page in both colour schemes: what axe finds, and what it cannot decide."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_REPORTED = {"resultTypes": ["violations", "incomplete"]}
"""The elements that pass are not listed: that takes longer than to test them."""
_COLOURS = {**_REPORTED, "runOnly": ["color-contrast"]}
"""The only rule whose result depends on the colour scheme."""


_BUT_COLOURS = {**_REPORTED, "rules": {"color-contrast": {"enabled": False}}}


def assert_accessible(page: Page, *, colours: bool = True) -> list[Any]:
    """Check that axe finds nothing: all rules in light colours, contrast in dark ones too; the page is light afterwards.

    Args:
        page: The page.
        colours: Whether contrast is checked, which takes most of the time and does not depend on the device.

    Returns:
        The selectors of the elements for which axe leaves the decision to people.
    """
    undecided = []
    for scheme, options in (("dark", _COLOURS), ("light", _REPORTED)) if colours else (("light", _BUT_COLOURS),):
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page, options=options)
        assert results.violations_count == 0, results.generate_report()
        undecided += [node["target"] for rule in results.response["incomplete"] for node in rule["nodes"]]
    return undecided
