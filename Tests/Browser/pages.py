"""Holds papers to what axe finds (nothing serious or critical), and to fitting the screen they are read on."""
import pathlib
import sys

from browser import LANGUAGES, SCHEMES, SCREENS, Count, chromium, faults, fit, picture, watch


def main(folder, pictures=None):
    """Opens every HTML file of a folder, in both languages where it has both, without any network."""
    paths = sorted(pathlib.Path(folder).rglob("*.html"))
    if not paths:
        sys.exit(f"no pages in {folder}")
    count = Count()
    with chromium() as browser:
        context = browser.new_context(offline=True)
        for path in paths:
            page, errors = context.new_page(), []
            watch(page, "file:", errors)
            page.goto(path.resolve().as_uri())
            for language in LANGUAGES:
                choice = page.locator(f"input#{language}")
                if choice.count():
                    choice.evaluate("choice => choice.click()")
                elif page.locator("html").get_attribute("lang") != language:
                    continue
                for screen in SCREENS:
                    for scheme in SCHEMES:
                        fit(page, screen, scheme)
                        count.holds(f"{path.name} {language} {screen} {scheme}", [], faults(page))
                    picture(page, pictures, f"{path.stem}-{language}-{screen}")
            count.holds(path.name, [], errors)
            page.close()
    count.end()


main(*sys.argv[1:])
