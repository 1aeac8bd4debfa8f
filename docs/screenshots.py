"""Screenshots of the pages at `/` and `/check` with their examples, as they stand in the README and in these docs.

    python docs/screenshots.py [http://127.0.0.1:8000 [NAME...]]

Needs a server that runs (`quoteapi serve`), Chromium, and Pillow, which makes the files small. Writes docs/images/NAME.png, of all or of
some.
"""

import io
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
COLOURS = 192
SHOTS = {
    "page-light": {"color_scheme": "light", "viewport": {"width": 1440, "height": 980}},
    "page-dark": {"color_scheme": "dark", "viewport": {"width": 1440, "height": 980}},
    "page-phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True},
    "check-light": {"color_scheme": "light", "viewport": {"width": 1440, "height": 980}},
}


def main() -> None:
    """Take each one anew, or those that are named."""
    address, *names = sys.argv[1:] or ["http://127.0.0.1:8000"]
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name in names or SHOTS:
            image = Image.open(io.BytesIO(shot(browser, address, name))).convert("RGB")
            image.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)
        browser.close()


def shot(browser: Browser, address: str, name: str) -> bytes:
    """A page with its example."""
    context = browser.new_context(reduced_motion="reduce", **SHOTS[name])
    page = context.new_page()
    if name.startswith("check"):
        show_problem(page, f"{address}/check")
    else:
        show_thread(page, address)
    taken = page.screenshot()
    context.close()
    return taken


def show_thread(page: Page, address: str) -> None:
    """The example read, with the thread of a quote whose speaker a pronoun names."""
    page.goto(address)
    for choice in page.locator("[name=include]").all():
        choice.check()
    page.get_by_role("button", name="Try an example").click()
    page.get_by_role("button", name="Marcus Adeyemi: a bridge").focus()
    page.locator("#thread .strand").first.wait_for(state="attached")


def show_problem(page: Page, address: str) -> None:
    """The example verified, with its first problem."""
    page.goto(address)
    page.get_by_role("button", name="Try an example").click()
    page.locator("#source .looked").first.wait_for()
    page.mouse.move(0, 0)


if __name__ == "__main__":
    main()
