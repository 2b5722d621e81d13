"""Makes the READMEs' pictures: a gate's verdict, and the way from a red light to the bytes, in each language.

    pictures.py PROGRAM PROJECT FOLDER"""
import base64
import html
import io
import pathlib
import sys
import tempfile

from PIL import Image

from browser import LANGUAGES, chromium
from server import Server, Totsugo

WIDTH, SCALE = 880, 1.5
COLOURS = 96
MOST_BYTES = 150_000

# What stands above each page of the way.
STEPS = {
    "ja": ("満たさない判定基準", "満たすのを妨げている検査", "一致しない一件", "その旧レコードのバイト"),
    "en": ("A criterion is red", "The checks that keep it from holding", "The one difference", "The bytes of its legacy record"),
}

SHEET = """
body{margin:0;padding:14px 16px 16px;width:848px;font:16px "Noto Sans CJK JP",sans-serif;background:#fff;color:#1a1d21}
h2{display:flex;gap:10px;align-items:center;font-size:17px;margin:20px 0 8px}h2:first-child{margin-top:0}
h2 b{background:#b3201b;color:#fff;border-radius:50%;width:28px;height:28px;display:grid;place-items:center}
img{display:block;width:846px;border:1px solid #c9d1d9;border-radius:8px}
"""


def main(program, project, folder):
    """Makes the city, and the pictures of it."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        totsugo = Totsugo(program, project, pathlib.Path(place) / "workspace")
        rehearse(totsugo, pathlib.Path(place))
        server = Server(totsugo)
        for language in LANGUAGES:
            context = browser.new_context(viewport={"width": WIDTH, "height": 900}, device_scale_factor=SCALE, color_scheme="light")
            page = context.new_page()
            page.goto(server.sign_in)
            page.goto(f"{server.address}gates/provisional?language={language}")
            ending = "" if language == "ja" else f".{language}"
            keep(verdict(page), folder / f"verdict{ending}.png")
            keep(way(page, context, STEPS[language]), folder / f"from-light-to-bytes{ending}.png")
            context.close()
        server.stop()


def rehearse(totsugo, place):
    """Two rehearsals, the second with one bill that is wrong, and all that people enter."""
    for number, defects in (("1", "D01,D02,D03,D20,D21"), ("2", "D20")):
        totsugo.generate(place / number, 300, defects, number)
        totsugo.run(place / number).wait()
    one, other = ("--by", "sample (nobody)"), ("--by", "sample (nobody else)")
    raised = [item["id"] for kind in ("migration", "test")
              for item in totsugo.json("items", "list", "--state", "raised", "--kind", kind)]
    totsugo("items", "answer", *raised, "--text", "sample city", *one)
    totsugo("items", "confirm", *raised, *other)
    for item in totsugo.json("items", "list", "--kind", "training"):
        totsugo("items", "attend", item["id"], "--held", "2019-11-18", "--invited", "20", "--attended", "20", *one)
    parallel = ("parallel-plan", "parallel-inputs", "parallel-comparison")
    for step in (*parallel, "rollback-rehearsal", "link-juki", "link-atena", "link-zaimu", "link-bank"):
        totsugo("schedule", "done", step, "--end", "2019-11-15", "--note", "sample", *one)
    totsugo("schedule", "approve", *parallel, *other)


def verdict(page):
    """The verdict and the first eight criteria."""
    hide(page, "main > p.soft", "tbody tr:nth-child(n+9)")
    return cut(page, "main h1", "main .verdict", "main table")


def way(page, context, titles):
    """The pages that somebody goes through by clicking, one below the other, each with the link that is clicked."""
    parts = []
    page.reload()
    red = page.locator("tbody tr", has=page.locator(".tag.bad")).first
    mark(red.locator("a").first)
    number = red.evaluate("row => row.rowIndex")
    hide(page, "main caption", f"tbody tr:not(:nth-child({number}))")
    parts.append(cut(page, "main table"))

    follow(page, red.locator("a").first)
    check = page.locator("main tbody a").first
    mark(check)
    hide(page, "main caption")
    parts.append(cut(page, "main table"))

    follow(page, check)
    follow(page, page.locator("main tbody a").first)
    follow(page, page.locator("main tbody td a, main tbody th a").first)
    record = page.locator("main h2 a").first
    mark(record)
    parts.append(cut(page, "main h1", "main h1 ~ p", "main .facts", "main h2"))

    page.reload()
    mark(page.locator("tbody tr", has=page.get_by_text("KJ-FUCHO-GAKU", exact=True)).first)
    hide(page, "main h2 ~ h3", "main caption")
    parts.append(cut(page, "main h2 ~ .facts", "main h2 ~ * table"))

    body = "".join(
        f"<h2><b>{number}</b>{html.escape(title)}</h2><img src='data:image/png;base64,{base64.b64encode(part).decode()}'>"
        for number, (title, part) in enumerate(zip(titles, parts), 1))
    sheet = context.new_page()
    sheet.set_content(f"<!DOCTYPE html><style>{SHEET}</style>{body}")
    return sheet.screenshot(full_page=True)


def follow(page, link):
    """Clicks, and waits for the page that it leads to."""
    with page.expect_navigation():
        link.click()


def hide(page, *parts):
    """Takes parts out of what is shown."""
    for part in parts:
        page.locator(part).evaluate_all("all => all.forEach(e => { e.style.display = 'none' })")


def mark(locator):
    """Frames a link or a row, as what is to be seen."""
    locator.evaluate("e => { e.style.outline = '3px solid #b3201b'; e.style.outlineOffset = e.matches('a') ? '1px' : '-3px' }")


def cut(page, *parts):
    """The picture of these parts, of each the first, with a little paper around them."""
    boxes = [page.locator(part).first.bounding_box() for part in parts]
    top, bottom = min(box["y"] for box in boxes) - 6, max(box["y"] + box["height"] for box in boxes) + 12
    return page.screenshot(full_page=True, clip={"x": 0, "y": top, "width": WIDTH, "height": bottom - top})


def keep(picture, path):
    """Writes a picture with few colours."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, kmeans=1, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        sys.exit(f"{path}: {path.stat().st_size} bytes; {MOST_BYTES} at most")


main(*sys.argv[1:])
