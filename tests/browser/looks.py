"""Looks at a page at a desk and on a phone: accessible, within its width, large enough to touch.

That it fits is asked at all four widths the pages are made for.
With SCREENSHOTS=folder in the environment it also leaves a picture of each.
"""

import os
from pathlib import Path

from playwright.sync_api import Page

from volunteer_network.startup.places import BASE_DIR

DESK_WIDTH, PHONE_WIDTH = 1366, 390
WINDOWS = {1920: 1080, DESK_WIDTH: 768, 768: 1024, PHONE_WIDTH: 844}
TOUCHED = ".btn, .form-control, .form-select, nav.bottom a, nav.bottom summary"
TOUCHED_PIXELS = 44
AXE = (BASE_DIR / "node_modules" / "axe-core" / "axe.min.js").read_text()
# Its own requests for our style sheets would wait for nothing: they are all of the same host.
RUN_AXE = """
async () => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: [
      "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    rules: {"target-size": {enabled: true}},
    resultTypes: ["violations"],
    preload: false,
  });
  return found.violations.flatMap(({id, nodes}) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`));
}
"""
TOO_WIDE = """
() => {
  const page = document.scrollingElement;
  if (page.scrollWidth <= innerWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(
    (one) => one.getBoundingClientRect().right > innerWidth + 1);
  return [`${page.scrollWidth} px: ${wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120))}`];
}
"""
TOO_SMALL = """
([touched, pixels]) => [...document.querySelectorAll(touched)]
  .filter((one) => one.checkVisibility({visibilityProperty: true}))
  .map((one) => [one.getBoundingClientRect(), one])
  .filter(([box]) => box.width && box.height + 0.5 < pixels)
  .map(([box, one]) => `${box.height.toFixed(1)} px high: ${one.outerHTML.slice(0, 120)}`)
"""


def complaints(page: Page, name: str) -> list[str]:
    """Everything that is wrong with the page as it stands, at both widths."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    found = []
    for width, height in WINDOWS.items():
        page.set_viewport_size({"width": width, "height": height})
        wrong = page.evaluate(TOO_WIDE)
        if width in {DESK_WIDTH, PHONE_WIDTH}:
            wrong += page.evaluate(RUN_AXE)
        if width == PHONE_WIDTH:
            wrong += page.evaluate(TOO_SMALL, [TOUCHED, TOUCHED_PIXELS])
        found += [f"{name} at {width} px: {one}" for one in wrong]
        if "SCREENSHOTS" in os.environ and width in {DESK_WIDTH, PHONE_WIDTH}:
            _take_picture(page, width, Path(os.environ["SCREENSHOTS"]) / f"{name}-{width}.png")
    return found


def _take_picture(page: Page, width: int, path: Path) -> None:
    """In a window as high as the page, so that bars stand where a reader sees them: at its end."""
    height = page.evaluate("Math.max(document.scrollingElement.scrollHeight, innerHeight)")
    page.set_viewport_size({"width": width, "height": height})
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
