"""What the browser tests share: Chromium, the screens that pages must fit, what axe finds, and the count of what held."""
import contextlib
import pathlib
import sys

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import sync_playwright

SCREENS = {"small": (390, 844), "large": (1440, 900)}
SCHEMES = ("light", "dark")
LANGUAGES = ("ja", "en")

AXE = pathlib.Path(AXE_FILE_PATH).read_text(encoding="utf-8")


@contextlib.contextmanager
def chromium():
    """Debian's Chromium, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


def watch(page, home, errors):
    """Adds to `errors` what a page complains of, and each request that goes elsewhere than to addresses that begin so."""
    page.on("pageerror", lambda error: errors.append(f"script: {error}"))
    page.on("console", lambda line: line.type == "error" and not told(line) and errors.append(f"console: {line.text}"))
    page.on("request", lambda request: request.url.startswith(home) or errors.append(f"asked {request.url}"))


def told(line):
    """Whether Chromium merely repeats the status of a page that a test asks for, and not of something that a page needs."""
    parts = ("style.css", "script.js", "favicon.ico", "events")
    return line.text.startswith("Failed to load resource") and not line.location["url"].endswith(parts)


def fit(page, screen, scheme):
    """Shows the page that is open on another screen."""
    width, height = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)


def faults(page):
    """What axe finds serious or critical on a page, and by how much it is wider than its screen."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found = []
    for violation in page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
        if violation["impact"] in ("serious", "critical"):
            places = ", ".join(str(node["target"]) for node in violation["nodes"][:3])
            found.append(f"{violation['id']} ({violation['impact']}): {places}")
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        found.append(f"{over} pixels wider than the screen")
    return found


def picture(page, folder, name):
    """Keeps what the screen shows, if a folder was named."""
    if folder:
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}.png")


class Count:
    """Counts what held and what did not, and says the latter."""

    def __init__(self):
        self.passed = self.failed = 0

    def holds(self, where, expected, found, does=None):
        """Expects `found` to be `expected`, or what `does` says of it; else tells page, expected and found."""
        if (found == expected) if does is None else does:
            self.passed += 1
            return True
        self.failed += 1
        print(f"FAILED {where}\n  expected: {expected}\n  found:    {found}", flush=True)
        return False

    def end(self):
        """The exit code."""
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)
