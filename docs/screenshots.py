"""Screenshots of the page at `/` with its example, as they stand in the README and in these docs.

    python docs/screenshots.py [http://127.0.0.1:8000]

Needs a server that runs (`quoteapi serve`), Chromium, and Pillow, which makes the files small. Writes docs/images/page-*.png.
"""

import io
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parent / "images"
COLOURS = 192
SHOTS = {
    "page-light": {"color_scheme": "light", "viewport": {"width": 1440, "height": 980}},
    "page-dark": {"color_scheme": "dark", "viewport": {"width": 1440, "height": 980}},
    "page-phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True},
}


def main() -> None:
    """Take each one anew."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name in SHOTS:
            image = Image.open(io.BytesIO(shot(browser, address, name))).convert("RGB")
            image.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)
        browser.close()


def shot(browser: Browser, address: str, name: str) -> bytes:
    """The example read, with the thread of a quote whose speaker a pronoun names."""
    context = browser.new_context(reduced_motion="reduce", **SHOTS[name])
    page = context.new_page()
    page.goto(address)
    for choice in page.locator("[name=include]").all():
        choice.check()
    page.get_by_role("button", name="Try an example").click()
    page.get_by_role("button", name="Marcus Adeyemi: a bridge").focus()
    page.locator("#thread .strand").first.wait_for(state="attached")
    taken = page.screenshot()
    context.close()
    return taken


if __name__ == "__main__":
    main()
