"""Holds pages to what axe finds (nothing serious or critical), and to fitting the screen they are read on."""
import pathlib
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

SCREENS = {"small": (390, 844), "large": (1440, 900)}


def main(folder, pictures=None):
    pages = sorted(pathlib.Path(folder).rglob("*.html"))
    if not pages:
        sys.exit(f"no pages in {folder}")
    failed, looked = [], 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for path in pages:
            for screen, (width, height) in SCREENS.items():
                for scheme in ("light", "dark"):
                    for language in ("ja", "en"):
                        context = browser.new_context(
                            viewport={"width": width, "height": height}, color_scheme=scheme, offline=True)
                        page = context.new_page()
                        errors = []
                        page.on("pageerror", lambda error: errors.append(str(error)))
                        page.on("request", lambda request: request.url.startswith("file:") or errors.append(request.url))
                        page.goto(path.resolve().as_uri())
                        choice = page.locator(f"input#{language}")
                        if choice.count():
                            choice.evaluate("choice => choice.click()")
                        elif page.locator("html").get_attribute("lang") != language:
                            context.close()
                            continue
                        where = f"{path.name} {language} {screen} {scheme}"
                        for violation in Axe().run(page).response["violations"]:
                            if violation["impact"] in ("serious", "critical"):
                                places = ", ".join(str(node["target"]) for node in violation["nodes"][:3])
                                failed.append(f"{where}: {violation['id']} ({violation['impact']}): {places}")
                        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                        if over > 0:
                            failed.append(f"{where}: {over} pixels wider than the screen")
                        failed += [f"{where}: {error}" for error in errors]
                        if pictures and scheme == "light":
                            pathlib.Path(pictures).mkdir(parents=True, exist_ok=True)
                            page.screenshot(path=f"{pictures}/{path.stem}-{language}-{screen}.png", full_page=False)
                        looked += 1
                        context.close()
        browser.close()
    print("\n".join(failed))
    print(f"{looked - len({line.split(':')[0] for line in failed})} passed, {len(failed)} failed")
    sys.exit(1 if failed else 0)


main(*sys.argv[1:])
