"""Take the pictures of every page for the documents, with the machine's own Chromium.

    competence-graph serve --port 8501 &
    python tools/screenshots.py http://127.0.0.1:8501

It writes ``docs/pictures/<page>-<width>.png`` at 1366 and 390 pixels, and ``docs/user-guide.md`` shows them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from competence_graph.app import PAGES

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]  # fmt: skip
WIDTHS = {1366: 1200, 390: 1500}
THREE = "&".join(
    f"role=roles:{role}"
    for role in (
        "community-nurse-nhs-professionals-2020",
        "community-matron-gstt-2020",
        "senior-community-staff-nurse-ncic-2020",
    )
)
SHOWN = {
    "": "", "browse": "?framework=oawip&kind=competence", "item": "?id=roles:case-manager", "compare": f"?{THREE}",
    "needs": "?start=roles:care-coordinator&target=roles:case-manager", "finder": "?role=roles:community-nurse-nhs-professionals-2020",
    "frameworks": "?target=oawip:virtual-wards&target=roles:case-manager", "graph": "?id=roles:case-manager", "ask": "?question=roles-that-fill",
}  # fmt: skip


def settle(page: Page) -> None:
    """Wait until the page is drawn."""
    page.wait_for_selector("h1", timeout=30_000)
    page.wait_for_function(
        "document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]') && !document.querySelector('[data-testid=stSkeleton]')"
    )
    page.wait_for_timeout(1500)


def main() -> None:
    """Take every picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    address = parser.parse_args().address.rstrip("/")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for width, height in WIDTHS.items():
            view = browser.new_page(viewport={"width": width, "height": height})
            for page in PAGES:
                view.goto(f"{address}/{page.path}{SHOWN.get(page.path, '')}")
                settle(view)
                path = PICTURES / f"{page.path or 'home'}-{width}.png"
                view.screenshot(path=path)
                print(path.name)
        browser.close()


if __name__ == "__main__":
    main()
