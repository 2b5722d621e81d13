"""Works in the pages of `totsugo serve` as people do, and as those would who should not.

    site.py PROGRAM PROJECT REHEARSED [PICTURES]

REHEARSED is a workspace whose last run may go live; it is only looked at. Everything that is entered goes to a workspace of
the test's own, over a small city with planted defects."""
import contextlib
import datetime
import json
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse

from playwright.sync_api import Error as PlaywrightError

from browser import LANGUAGES, SCHEMES, SCREENS, Count, chromium, faults, fit, picture, watch
from server import Server, Totsugo, strike

DEFECTS = "D01,D02,D03,D04-open,D06,D14,D17-gap,D18,D19-claim,D20,D21,D34,D35,D39"
HOSTILE = "<script>alert(1)</script>\"'& <b>太字</b>"
SECTION = "市民税課"
OTHER = "市民課"

count = Count()


def says(page, where, *texts):
    """The page shows all these texts."""
    shown = page.locator("body").inner_text()
    for text in texts:
        count.holds(f"{where} ({page.url})", text, shown[:600], does=text in shown)


def follow(page, link):
    """Clicks, and waits for the page that it leads to."""
    with page.expect_navigation():
        link.click()


def named(page, text, within="main"):
    """The first link of that very text."""
    return page.locator(within).get_by_role("link", name=text, exact=True).first


class Groups:
    """Groups of assertions: a line for each, with how many held."""

    def __init__(self):
        self.begun, self.people = time.monotonic(), []

    @contextlib.contextmanager
    def group(self, title):
        """What stops a group is told with the pages that were open, and the next group goes on."""
        passed, failed = count.passed, count.failed
        try:
            yield
        except (PlaywrightError, AssertionError, OSError, StopIteration, TypeError, ValueError) as error:
            pages = "; ".join(f"{person.name} at {person.page.url}: {person.page.title()}" for person in self.people)
            count.holds(f"{title} ({pages})", "to go on", f"{type(error).__name__}: {error}", does=False)
        seconds = time.monotonic() - self.begun
        print(f"{title}: {count.passed - passed} passed, {count.failed - failed} failed ({seconds:.0f} s)", flush=True)


class Person:
    """Somebody at a browser of their own, signed in through the form."""

    def __init__(self, browser, server, name, token, script=True):
        self.server, self.name = server, name
        self.context = browser.new_context(java_script_enabled=script, viewport={"width": 1440, "height": 900})
        self.context.set_default_timeout(60_000)
        self.page, self.errors = self.context.new_page(), []
        watch(self.page, server.address, self.errors)
        self.page.on("dialog", lambda dialog: self.errors.append(f"dialog: {dialog.message}") or dialog.dismiss())
        self.page.goto(server.address)
        self.page.fill("#token", token)
        follow(self.page, self.page.locator("button"))

    def open(self, path):
        """Opens an address as if it had been typed; returns the status."""
        return self.page.goto(self.server.address + path.lstrip("/")).status

    @property
    def cookie(self):
        """What the browser keeps of the session."""
        return Server.cookie(self.context)

    def act(self, heading, **fields):
        """Fills in the form of that title, on an item's page, and sends it."""
        form = self.page.locator("form.act").filter(has=self.page.get_by_role("heading", name=heading, exact=True))
        for name, value in fields.items():
            field = form.locator(f"[name={name}]")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        follow(self.page, form.locator("button"))

    def pick(self, ids, act, text=""):
        """Picks items of the list that is open, and does one thing with them."""
        for item in ids:
            self.page.locator(f"main [type=checkbox][aria-label='{item}']").check()
        form = self.page.locator("form.several")
        form.locator("[name=act]").select_option(act)
        form.locator("[name=text]").fill(text)
        follow(self.page, form.locator("button"))


# a. from the light to the bytes


def drill(person, totsugo, data):
    """By clicking alone: overview, gate, criterion, item, check, group, difference, record."""
    page = person.page
    person.open("/")
    says(page, "overview", "仮稼働判定", "NO-GO（不可）", "検査 不合格")
    follow(page, page.locator("a.verdict", has_text="仮稼働判定"))
    gate = {found["id"]: found for found in totsugo.json("gate", "provisional")["criteria"]}
    for finding in gate.values():
        row = page.locator("tr", has=page.get_by_role("link", name=finding["id"], exact=True)).inner_text()
        word = {"GO": "GO（可）", "NO-GO": "NO-GO", "CONDITIONAL": "条件付き"}[finding["verdict"]]
        count.holds(f"gate {finding['id']}", [word, finding["actual"]], row, does=word in row and finding["actual"] in row)

    follow(page, named(page, "G1-14"))
    says(page, "criterion of checks", "G1-14", "NO-GO", "AT-C05-03", "不合格")
    follow(page, named(page, "AT-C05-03"))
    says(page, "check of a criterion", "AT-C05-03", "不合格", "charset.gaiji.unmapped")
    follow(page, page.locator("main td a, main th a", has_text="AT-C05-03/").first)
    says(page, "group of faults", "AT-C05-03/", "外字表にない外字")

    page.locator(".crumbs").get_by_role("link", name="概況").click()
    follow(page, page.locator("a.verdict", has_text="仮稼働判定"))
    follow(page, named(page, "G1-07"))
    says(page, "criterion of items", "G1-07", "KJ-K006", "差戻")
    follow(page, named(page, "KJ-K006"))
    says(page, "item", "KJ-K006", "差戻", "検査不合格: KJ-C01-08a", SECTION)
    follow(page, named(page, "KJ-C01-08a"))
    check = "KJ-C01-08a"
    says(page, "check", check, "不合格", "年度・通知書番号・履歴番号・種別・宛名番号ごとの行数", "KJ-K006")
    group = page.locator("main a", has_text=check + "/").first
    signature = group.inner_text()
    lines = next(g["lines"] for g in totsugo.json("differences", "list") if g["signature"] == signature)
    follow(page, group)
    says(page, "group", signature, "件数が旧にあるが新にない", f"{lines}件")
    follow(page, named(page, "1"))
    says(page, "difference", "不一致 1", "期待（旧）", "△1", signature, "宛名番号", "期待側", "実際側", "実際側にはない（期待側だけにある）")
    page.locator("main details summary").first.click()
    record(page, data, only=True)
    follow(page, named(page, "このレコードの全項目を見る"))
    record(page, data, only=False)
    follow(page, named(page, "次のレコード"))
    says(page, "record after it", "KJFUKA", "移行")


def record(page, data, only):
    """The bytes that a page shows of a record are those of the file, and the mapping is what its definition says."""
    place = re.search(r"(\d+)件目、先頭から(\d+)バイト、長さ(\d+)バイト", page.locator("main").inner_text().replace(",", ""))
    number, offset, length = map(int, place.groups())
    raw = (data / "KJFUKA.dat").read_bytes()[offset:offset + length]
    where = f"record {number}, {'as the check reads it' if only else 'whole'} ({page.url})"
    count.holds(where, (number - 1) * length, offset)
    # By place, since names are told apart among the items that are shown: the page shows a kind's, inspect the whole layout's.
    shown, named_bytes = {}, {}
    for row in page.locator("table", has_text="バイト（16進）").locator("tbody tr").all():
        cells = row.locator("th, td").all_inner_texts()
        if len(cells) < 6:  # Of one side, beside the other: no places.
            continue
        hexed = cells[4].replace(" ", "")
        if hexed and "●" not in hexed:
            start, size = int(cells[0]) - 1, int(cells[1])
            shown[start, size] = named_bytes[cells[2].strip()] = hexed
            count.holds(f"{where}, {cells[2]}", raw[start:start + size].hex(), hexed)
    count.holds(f"{where}, key item", raw[6:16].hex(), named_bytes.get("KJ-ATENA-NO"))
    items = [(item["offset"], item["length"], item["bytes"]) for item in inspect(data / "KJFUKA.dat", number)["items"]]
    inspected = {(start, size): hexed for start, size, hexed in items if (start, size) in shown and hexed}
    count.holds(f"{where}, as inspect has it", inspected, {place: shown[place] for place in inspected})
    count.holds(f"{where}, as many as inspect has", True, len(inspected) > (5 if only else 20))
    found = 0
    for row in page.locator("table", has_text="項目変換による値").locator("tbody tr").all():
        column, written, *_, place = row.locator("th, td").all_inner_texts()
        file, line, _ = place.split(":")
        text = pathlib.Path(totsugo_folder, file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        found += count.holds(f"{where}, mapping of {column}", f"{written} in {place}", text, does=written in text)
    count.holds(f"{where}, mapping", True, found >= 6)


def inspect(file, number):
    """The record as `totsugo inspect` has it."""
    words = ["inspect", str(file), "--copybook", f"{totsugo_folder}/resident-tax/KJFUKA.cpy", "--charset", "fujitsu-jef",
             "--record", str(number), "--format", "json"]
    return json.loads(subprocess.run([program, *words], capture_output=True, text=True, check=True).stdout)


# b. what people enter


def entering(one, two, whole, totsugo):
    """Answering, confirming by another, bulk, hold, training, classes of differences; what may not be is refused."""
    page = one.page
    item = "HJ-T001"
    one.open("/items")
    page.fill("[name=search]", item)
    follow(page, page.get_by_role("button", name="絞り込む"))
    count.holds("items found by their number", [item], page.locator("main td a, main th a").all_inner_texts())
    page.fill("[name=search]", "9月決算法人への確定申告書の作成件数")
    follow(page, page.get_by_role("button", name="絞り込む"))
    follow(page, named(page, item))
    one.act("回答する", text="50社の確定申告書を旧の一覧と突き合わせた")
    says(page, "answered, and the next item", f"{item} の回答を記録しました", "回答する")
    count.holds("the next item of the section", False, item in page.locator("h1").inner_text())
    one.open(f"/items/{item}")
    says(page, "answered", "回答済", "50社の確定申告書を")
    says(page, "own answer", "回答した本人は確認できません")
    count.holds("form to confirm one's own answer", 0,
                page.get_by_role("heading", name="確認する", exact=True).count())
    one.open(f"/items?search={item}")
    one.pick([item], "confirm", "自分で")
    says(page, "own answer confirmed", f"{one.name}は自分が行ったことを承認できません", "記録していません")
    follow(page, named(page, "今の画面へ戻る"))
    says(page, "back after a refusal", item, "回答済")
    two.open(f"/items/{item}")
    two.act("確認する", note="決算月別の一覧を見た")
    says(two.page, "confirmed", "確認済", one.name, two.name, "決算月別の一覧を見た")
    history = two.page.locator("table", has_text="経過").inner_text()
    for text in (one.name, two.name, "回答", "確認", "画面"):
        count.holds(f"history of {item}", text, history, does=text in history)
    shown = totsugo.json("items", "show", item)["item"]
    count.holds(f"items show {item}", ("confirmed", one.name, two.name),
                (shown["state"], shown["answered_by"], shown["confirmed_by"]))

    item = "HJ-T002"
    one.open(f"/items/{item}")
    one.act("回答する", text="一度目の回答")
    two.open(f"/items/{item}")
    one.open(f"/items/{item}")
    one.act("差し戻す", text="書き直す")
    one.act("回答する", text="二度目の回答")
    two.act("確認する", note="書いたものは残る")
    says(two.page, "confirmed what has changed", f"{item} は、画面を開いた後に変わりました", "書いたものは残る")
    count.holds(f"items show {item}", "answered", totsugo.json("items", "show", item)["item"]["state"])

    several = ["HJ-T003", "HJ-T004"]
    one.open(f"/items?kind=test&owner={SECTION}&state=raised")
    one.pick(several, "answer", "まとめて回答")
    says(page, "answered together", "HJ-T003, HJ-T004 の回答を記録しました")
    two.open(f"/items?kind=test&owner={SECTION}&state=raised")
    two.pick(["HJ-T005"], "answer", "次郎の回答")
    two.open(f"/items?owner={SECTION}&state=answered")
    two.pick([*several, "HJ-T005"], "confirm", "一覧で見た")
    says(two.page, "one of three is one's own", f"{two.name}は自分が行ったことを承認できません", "HJ-T005")
    count.holds("all or nothing", ["answered"] * 2,
                [totsugo.json("items", "show", item)["item"]["state"] for item in several])
    two.open(f"/items?owner={SECTION}&state=answered")
    two.pick(several, "confirm", "一覧で見た")
    says(two.page, "confirmed together", "HJ-T003, HJ-T004 の確認を記録しました")
    count.holds("items show of both", [("confirmed", two.name)] * 2,
                [(found["state"], found["confirmed_by"])
                 for found in (totsugo.json("items", "show", item)["item"] for item in several)])

    one.open("/items/HJ-T006")
    until = (datetime.date.today() + datetime.timedelta(days=30)).isoformat()
    approvers = page.locator("[name=approver] option").all_inner_texts()
    count.holds("approvers", (False, True), (one.name in approvers, two.name in approvers))
    one.act("保留にする", text="ベンダーの修正待ち", approver=two.name, until="2019-01-01")
    says(page, "held until a day that has passed", "2019-01-01", "記録していません", "ベンダーの修正待ち")
    one.open("/items/HJ-T006")
    one.act("保留にする", text="ベンダーの修正待ち", approver=two.name, until=until)
    says(page, "held", "保留", two.name, "ベンダーの修正待ち")

    one.open("/items/TR-007")
    one.act("研修の実施を記録する", held="2019-09-05", invited="20", attended="21")
    count.holds("more came than were invited", "raised", totsugo.json("items", "show", "TR-007")["item"]["state"])
    one.open("/items/TR-007")
    one.act("研修の実施を記録する", held="2019-09-05", invited="20", attended="18")
    says(page, "training", "回答済", "令和元年9月5日に実施。対象20人のうち18人が出席")

    registers(one, two, whole, totsugo)

    check = "KJ-C01-08a"
    one.open(f"/checks/{check}")
    follow(page, page.locator("main a", has_text=check + "/").first)
    signature = re.search(check + r"/\w+", page.locator("h1").inner_text())[0]
    page.locator("form.act [name=kind]").select_option("M")
    page.locator("form.act [name=note]").fill("項目が空白のまま届いた")
    page.locator("form.act [name=approver]").select_option(index=1)
    follow(page, page.locator("form.act button"))
    says(page, "classified", signature, "項目が空白のまま届いた", one.name)
    count.holds("differences list", "M", next(
        group["class"] for group in totsugo.json("differences", "list") if group["signature"] == signature))
    totsugo.entries()


def registers(one, two, whole, totsugo):
    """課題, 日程, 会議 and 決定 are entered on their pages."""
    one.open("/issues")
    one.act("課題を起票する", title="画面から起票", severity="S2", section=SECTION, due="R99.3.1", links="HJ-T006")
    says(one.page, "an issue opened", "を起票しました", "画面から起票", "HJ-T006")
    issue = one.page.url.rsplit("/", 1)[1]
    one.act("解決を記録する", resolution="直した")
    says(one.page, "resolved", "解決した本人は完了にできません")
    two.open(f"/issues/{issue}")
    two.act("完了にする")
    count.holds(f"issues show {issue}", ("closed", two.name),
                tuple(totsugo.json("issues", "show", issue)["issue"][name] for name in ("state", "closed_by")))
    whole.open("/schedule/parallel-plan")
    whole.act("実績を記録する", start="R1.10.1", end="令和元年10月11日", note="決裁済")
    says(whole.page, "a line of the schedule", "決裁済", "記録した本人は承認できません")
    whole.open("/meetings")
    whole.act("会議を記録する", kind="regular", held="2019/10/16", agenda="進み具合", attendees="市民 太郎")
    says(whole.page, "a meeting", "定例会議", "進み具合")
    whole.open("/gates/provisional")
    count.holds("decisions that NO-GO permits", ["–", "差戻し"],
                whole.page.locator("form.act [name=decision] option").all_inner_texts())
    one.open("/gates/provisional")
    count.holds("a section decides no gate", 0, one.page.locator("form.act").count())


# c. who may see and enter what


def strangers(browser, server, title):
    """Who has not signed in learns nothing."""
    for path in ("/", "/items", "/items/HJ-T001", "/gates/provisional", "/checks", "/differences/KJ-C01-08a/1",
                 "/records/KJFUKA/2", "/rejects", "/issues", "/runs/0001/report", "/papers/protected", "/nothing"):
        status, headers, text = server.ask(path)
        count.holds(f"{path} for a stranger", (303, True, ""),
                    (status, (headers["Location"] or "").startswith("/sign-in"), text))
    count.holds("/events for a stranger", 403, server.ask("/events")[0])
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.address + "items/HJ-T001")
    html = page.content()
    count.holds("sign-in page", True, "/sign-in" in page.url and page.locator("#token").count() == 1)
    count.holds("sign-in page tells the project's name", False, title in html or "桜ヶ瀬" in html or "仮稼働" in html)
    page.fill("#token", "0" * 64)
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        page.locator("button").click()
    count.holds("wrong token", 403, answer.value.status)
    says(page, "wrong token", "使えません")
    count.holds("cookie for a wrong token", [], context.cookies())
    count.holds("style and script tell the project's name", False,
                any("桜ヶ瀬" in server.ask(path)[2] for path in ("/style.css", "/script.js")))
    context.close()


def sections(one, totsugo, server):
    """A section's person sees its own, and what is others' looks like what is not there."""
    cookie = one.cookie
    items = totsugo.json("items", "list")
    own = [item for item in items if item["owner"] == "全課" or SECTION in item["owner"].split("・")]
    mine = {item["id"] for item in own}
    checks = {check for item in own for check in item["evidence"]}
    theirs = next(item for item in items if item["owner"] == OTHER and "AT-C01-04" in item["evidence"])
    shown, number = set(), 1
    while True:
        found = re.findall('href="/items/([^"?]*)"', server.ask(f"/items?page={number}", cookie)[2])
        if not found or set(found) <= shown:
            break
        shown |= set(found)
        number += 1
    count.holds("items of a section's list", mine, shown)
    count.holds("a filter for others' items", [],
                re.findall('href="/items/([^"?]*)"', server.ask(f"/items?owner={OTHER}", cookie)[2]))
    for path in ("/checks?status=failed", "/checks"):
        found = set(re.findall('href="/checks/([^"?]*)"', server.ask(path, cookie)[2]))
        count.holds(f"{path} of a section", True, bool(found) and found <= checks)
    found = set(re.findall('href="/differences/([^"?]*)', server.ask("/differences", cookie)[2]))
    count.holds("/differences of a section", True, bool(found) and found <= checks)
    # A file is a subsystem's, whichever of its items a section has: of the addresses, those that are about corporations.
    found = set(re.findall('href="/records/([^/]*)', server.ask("/rejects", cookie)[2]))
    count.holds("/rejects of a section", True, bool(found) and found <= {"ATMAST", "KJFUKA", "HJSHINK", "KESHARYO"})
    home = server.ask("/", cookie)[2]
    failed = len(set(re.findall('href="/checks/([^"?]*)"', server.ask("/checks?status=failed", cookie)[2])))
    count.holds("failed checks on a section's overview", f">{failed}</a></b><span>検査 不合格（担当分）", home,
                does=f">{failed}</a></b><span>検査 不合格（担当分）" in home)
    issues = server.ask("/issues", cookie)[2]
    count.holds("/issues of a section", (True, False), ("自課の課題" in issues, "他課の課題" in issues))
    their_issue = next(issue["id"] for issue in totsugo.json("issues", "list") if issue["section"] == OTHER)
    group = next(g["signature"] for g in totsugo.json("differences", "list") if g["check"] == "AT-C01-04")
    for path, like in (
            (f"/items/{theirs['id']}", "/items/NO-SUCH"), ("/checks/AT-C01-04", "/checks/NO-SUCH"),
            ("/differences/AT-C01-04", "/differences/NO-SUCH"), ("/differences/AT-C01-04/1", "/differences/NO-SUCH/1"),
            (f"/differences/AT-C01-04?group={group.replace('/', '%2F')}", "/differences/NO-SUCH"),
            ("/records/SNCHOTEI/2", "/records/NO-SUCH/2"), ("/records/KJFUKA/9999999", "/records/NO-SUCH/2"), (f"/issues/{their_issue}", "/issues/I-9999"),
            ("/runs/0001/report", "/runs/NO-SUCH/report"), ("/papers/protected", "/papers/no-such"),
            ("/papers/gaiji", "/papers/no-such"), ("/papers/protected?to=xlsx", "/papers/no-such"),
            ("/papers/protected?to=json", "/papers/no-such")):
        status, _, text = server.ask(path, cookie)
        other, _, like = server.ask(like, cookie)
        count.holds(f"{path} for another section", (404, 404, True), (status, other, text == like))
    papers = server.ask("/papers", cookie)[2]
    count.holds("restricted papers in the list", False, "取扱注意" in papers or "/papers/protected" in papers)
    before, key = totsugo.entries(), server.key(cookie)
    seen = f"{theirs['id']} {theirs['revision']} "
    for path, form in ((f"/items/{theirs['id']}", {"act": "investigate", "item": seen}),
                       ("/items", {"act": "answer", "text": "x", "item": seen}),
                       ("/differences/AT-C01-04", {"group": group, "kind": "M", "note": "x"})):
        status, _, text = server.ask(path, cookie, form={"key": key, **form})
        count.holds(f"POST {path} by another section", True, status in (404, 409))
        count.holds(f"POST {path} by another section tells its title", False, theirs["title"] in text)
    count.holds("entries after others' items were tried", before, totsugo.entries())


def readers(browser, server, token, name, totsugo):
    """Who may not enter has no forms, and is refused when sending one by hand."""
    reader = Person(browser, server, name, token)
    for path in ("/items", "/items/HJ-T010", "/differences/KJ-C01-08a", "/"):
        reader.open(path)
        forms = reader.page.locator("form[method=post]:not([action='/sign-out'])").count()
        picks = reader.page.locator("main [type=checkbox][name=item]").count()
        count.holds(f"forms on {path} for {name}", (0, 0), (forms, picks))
    refuse(server, totsugo, reader.cookie, server.key(reader.cookie), f"by {name}")
    count.holds(f"errors of {name}'s browser", [], reader.errors)
    reader.context.close()


def refuse(server, totsugo, cookie, key, why, status=None, **headers):
    """Sends an answer by hand that would be taken from somebody who may; nothing is entered."""
    item = totsugo.json("items", "show", "HJ-T010")["item"]
    before = totsugo.entries()
    seen = re.search('name="item" value="(HJ-T010 [^"]*)"', server.ask("/items/HJ-T010", cookie)[2])
    form = {"act": "answer", "text": "by hand", "item": seen[1] if seen else f"HJ-T010 {item['revision']} "}
    if key is not None:
        form["key"] = key
    found, _, text = server.ask("/items/HJ-T010", cookie, form=form, **headers)
    wanted = [status] if status else [403, 404, 409]
    count.holds(f"POST {why}", wanted, found, does=found in wanted)
    count.holds(f"entries after a POST {why}", before, totsugo.entries())


def forgery(one, two, server, totsugo):
    """Forms that no page of ours sent are refused; addresses of other hosts are not answered."""
    cookie, key = one.cookie, server.key(one.cookie)
    refuse(server, totsugo, cookie, None, "without the form's key", 403)
    refuse(server, totsugo, cookie, "", "with an empty key", 403)
    refuse(server, totsugo, cookie, server.key(two.cookie), "with another session's key", 403)
    refuse(server, totsugo, cookie, key, "from another origin", 403, Origin="http://example.org")
    refuse(server, totsugo, cookie, key, "from no origin", 403, Origin="null")
    refuse(server, totsugo, cookie, key, "from another port", 403, Origin="http://127.0.0.1:1")
    refuse(server, totsugo, cookie, key, "from another site", 403, Sec_Fetch_Site="cross-site")
    refuse(server, totsugo, cookie, key, "from another port's page", 403, Sec_Fetch_Site="same-site")
    refuse(server, totsugo, None, key, "without a session", 303)
    for host in ("example.org", "example.org:" + server.host.split(":")[1], "127.0.0.1.example.org"):
        status, headers, text = server.ask("/", cookie, Host=host)
        count.holds(f"Host: {host}", (421, False), (status, "桜ヶ瀬" in text))
        count.holds(f"POST with Host: {host}", 421, server.ask("/items", cookie, form={"key": key}, Host=host)[0])
        count.holds(f"/events with Host: {host}", True, server.ask("/events", cookie, Host=host)[0] in (403, 421))
    status, _, _ = server.ask("/sign-out", cookie, form={})
    count.holds("sign-out without the form's key", (403, 200), (status, server.ask("/", cookie)[0]))
    for bad in ("//example.org/", "https://example.org/", "/\\example.org", "/%0d%0aX: y"):
        _, headers, _ = server.ask("/sign-in", form={"token": one.token, "next": bad})
        place = headers["Location"]
        count.holds(f"next: {bad}", True, place.startswith("/") and not place.startswith(("//", "/\\")))
        count.holds(f"header from next: {bad}", None, headers["X"])
    status, _, text = server.ask("/items", cookie, form={"text": "x" * 400_000})
    count.holds("a form that is too big", (413, True), (status, "長すぎます" in text))
    count.holds("the server after it", 200, server.ask("/", cookie)[0])


def headers(server, token, cookie):
    """What stands in the head of every answer."""
    for path in ("/", "/items", "/nothing", "/style.css", "/papers/status", "/runs/0001/report", "/sign-in"):
        fields = server.ask(path, cookie)[1]
        policy = fields["Content-Security-Policy"]
        for word in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"):
            count.holds(f"{path}: Content-Security-Policy", word, policy, does=word in (policy or ""))
        scripts = "script-src 'unsafe-inline'" in policy or "script-src *" in policy
        count.holds(f"{path}: foreign script", False, scripts)
        count.holds(f"{path}: head", ("no-store", "nosniff", "DENY"), (
            fields["Cache-Control"], fields["X-Content-Type-Options"], fields["X-Frame-Options"]))
        count.holds(f"{path}: told what serves it", None, fields["Server"])
    set_cookie = server.ask("/sign-in", form={"token": token, "next": "/"})[1]["Set-Cookie"]
    for word in ("HttpOnly", "SameSite=Strict", "Path=/"):
        count.holds("cookie", word, set_cookie, does=word in set_cookie)


def leaving(browser, server, totsugo, access):
    """Who signs out, or is struck off the list, is out."""
    name = "退職 三郎"
    gone = Person(browser, server, name, totsugo.access(access, name, [SECTION], ["enter"]))
    says(gone.page, "signed in", name)
    cookie = gone.cookie
    strike(access, name)
    follow(gone.page, named(gone.page, "確認事項", "header"))
    count.holds("struck off the list", (True, False),
                ("/sign-in" in gone.page.url, "桜ヶ瀬" in gone.page.content()))
    count.holds("struck off, by hand", 303, server.ask("/items", cookie)[0])
    gone.context.close()
    name = "帰宅 四郎"
    left = Person(browser, server, name, totsugo.access(access, name, [SECTION], []))
    cookie = left.cookie
    follow(left.page, left.page.get_by_role("button", name="退出"))
    count.holds("signed out", True, "/sign-in" in left.page.url)
    count.holds("the session after it", 303, server.ask("/items", cookie)[0])
    left.page.go_back()
    count.holds("back after signing out", False, "桜ヶ瀬" in left.page.content())
    left.context.close()


# d. without script


def scriptless(browser, server, tokens, totsugo):
    """Everything can be read and entered."""
    one, two = (Person(browser, server, name, tokens[name], script=False) for name in ("市民 太郎", "市民 次郎"))
    for path, _ in kinds():
        count.holds(f"{path} without script", True, one.open(path) in (200, 404))
    one.open("/items")
    one.page.locator("[name=state]").select_option("raised")
    one.page.fill("[name=search]", "HJ-T007")
    follow(one.page, one.page.get_by_role("button", name="絞り込む"))
    count.holds("filter without script", 1, one.page.locator("main tbody tr").count())
    follow(one.page, named(one.page, "HJ-T007"))
    one.act("回答する", text="スクリプトなしで回答")
    two.open(f"/items?owner={SECTION}&state=answered")
    two.pick(["HJ-T007"], "confirm")
    shown = totsugo.json("items", "show", "HJ-T007")["item"]
    count.holds("entered without script", ("confirmed", "市民 太郎", "市民 次郎"),
                (shown["state"], shown["answered_by"], shown["confirmed_by"]))
    one.open("/items/HJ-T008")
    follow(one.page, named(one.page, "English", "header"))
    says(one.page, "English without script", "Section", "History")
    for person in (one, two):
        count.holds(f"errors of {person.name}'s browser", [], person.errors)
        person.context.close()


# e. a run at work


def asked(page, expression):
    """What the page answers. A run that ends loads the page anew, and the question with it is lost: then it is asked again."""
    for _ in range(20):
        try:
            return page.evaluate(expression)
        except PlaywrightError as fault:
            if "context was destroyed" not in str(fault):
                raise
            page.wait_for_load_state()
    return page.evaluate(expression)


def progress(person, totsugo, big):
    """The overview follows a run of another process, and says when one stands still."""
    page = person.page
    person.open("/")
    page.evaluate("window.stayed = true")
    run = totsugo.run(big)
    page.locator("#progress h2").wait_for(timeout=60_000)
    time.sleep(1)
    run.send_signal(signal.SIGKILL)
    run.wait()
    page.locator("#progress", has_text="止まっています").wait_for(timeout=60_000)
    count.holds("a killed run is told without loading the page anew", True, asked(page, "window.stayed === true"))
    person.open("/")
    says(page, "a killed run", "止まっています", "--resume")
    person.open("/runs")
    says(page, "a killed run among the runs", "止まっています")

    person.open("/")
    page.evaluate("window.stayed = true")
    run = totsugo.run(big)
    page.locator("#progress h2").wait_for(timeout=60_000)
    figures, title = [], page.locator("#progress h2").inner_text()
    name = re.search(r"\d{4}", title)[0]
    while run.poll() is None and len(set(figures)) < 4:
        stayed, text = asked(
            page,
            "[window.stayed === true, document.querySelector('#progress p')?.innerText ?? '']")
        found = re.search(r"([\d,]+)件読込", text)
        if stayed and found:
            figures.append(int(found[1].replace(",", "")))
        time.sleep(0.3)
    count.holds(f"figures of the run at work: {figures}", True, len(set(figures)) >= 2 and figures == sorted(figures))
    # The box may go at any moment: the run comes to its end.
    click = "(document.querySelector('#progress summary')?.click(), document.querySelectorAll('#progress details').length)"
    if asked(page, click):
        time.sleep(1.2)
        is_open, is_there = asked(
            page,
            "['[open]', ''].map(which => document.querySelectorAll('#progress details' + which).length)")
        if is_there:
            count.holds("the steps stay open", True, is_open == 1)
    count.holds("exit code of the run", True, run.wait() in (0, 1))
    link = page.locator(f"main p a[href='/runs/{name}']")
    link.wait_for(timeout=60_000)
    count.holds("the overview shows the new run by itself", True, link.count() == 1)
    count.holds("no run at work is shown", "", page.locator("#progress").inner_text())


# f. what axe finds


def kinds():
    """An address of each kind of page, and what it is called."""
    return [
        ("/", "overview"), ("/gates/provisional", "gate"), ("/gates/provisional/G1-14", "criterion"),
        ("/gates/production/G2-01", "criterion-production"), ("/items?kind=test&owner=保険年金課&severity=S2", "items"),
        ("/items/KJ-K006", "item"), ("/items/HJ-T001", "item-confirmed"), ("/items/TR-008", "item-training"),
        ("/checks?status=failed&subsystem=resident-tax", "checks"), ("/checks/KJ-C02-04c", "check"),
        ("/checks/KJ-C02-02a", "check-sums"), ("/differences?class=M", "differences"),
        ("/differences/KJ-C02-04c", "differences-check"), ("@group", "group"), ("/differences/KJ-C01-08a/1", "difference"),
        ("/differences/KJ-C07-01a/1", "difference-new"), ("/records/KJFUKA/2?check=KJ-C01-08a", "record"),
        ("/causes", "causes"), ("/meetings", "meetings"), ("/schedule/gate-provisional", "schedule-line"),
        ("/rejects", "rejects"), ("/issues", "issues"), ("/issues/I-0001", "issue"), ("/schedule?open=1", "schedule"),
        ("/runs", "runs"), ("/runs/0001", "run"), ("/papers", "papers"), ("/items/NO-SUCH", "not-found"),
    ]


def accessible(person, server, group, pictures):
    """Every kind of page in both languages on both screens, light and dark; and the keyboard."""
    page = person.page
    for path, kind in kinds():
        path = group if path == "@group" else path
        for language in LANGUAGES:
            mark = "&" if "?" in path else "?"
            status = person.open(f"{path}{mark}language={language}")
            expected = 404 if kind == "not-found" else 200
            count.holds(f"{kind} {language}", (expected, language), (status, page.locator("html").get_attribute("lang")))
            look(page, f"{kind} {language}", pictures)
    person.open("/?language=ja")


def look(page, where, pictures):
    """Axe, and the width, on every screen."""
    for screen in SCREENS:
        for scheme in SCHEMES:
            fit(page, screen, scheme)
            count.holds(f"{where} {screen} {scheme}", [], faults(page))
            if scheme == "light":
                picture(page, pictures, f"site-{where.replace(' ', '-')}-{screen}")
    fit(page, "large", "light")


def entrance(browser, server, pictures):
    """The sign-in page, and the page for a wrong token."""
    context = browser.new_context()
    page, errors = context.new_page(), []
    watch(page, server.address, errors)
    for language in LANGUAGES:
        page.goto(f"{server.address}sign-in?language={language}")
        look(page, f"sign-in {language}", pictures)
        page.fill("#token", "wrong")
        follow(page, page.locator("button"))
        look(page, f"sign-in-refused {language}", pictures)
    count.holds("sign-in pages", [], errors)
    context.close()


CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"


def keyboard(person):
    """The skip link, and that Tab reaches every control, which is seen to have the focus."""
    page = person.page
    for path in ("/", "/items/HJ-T010", "/items?search=HJ-T01"):
        person.open(path)
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.className")
        count.holds(f"{path}: the first Tab", "skip", focused)
        box = page.locator(".skip").bounding_box()
        count.holds(f"{path}: the skip link is seen", True, box["x"] >= 0 and box["width"] > 20)
        page.keyboard.press("Enter")
        count.holds(f"{path}: the skip link leads to", "content", page.evaluate("document.activeElement.id"))
        person.open(path)
        wanted = page.evaluate(
            f"[...document.querySelectorAll(\"{CONTROLS}\")].filter(e => e.checkVisibility()).map((e, i) => e.dataset.n = i).length")
        reached, hidden = set(), []
        for _ in range(wanted * 3):
            page.keyboard.press("Tab")
            n, seen, what = page.evaluate("""() => {
                const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect()
                const outlined = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2
                const inside = b.bottom > 0 && b.right > 0 && b.top < innerHeight && b.left < innerWidth
                return [e.dataset.n ?? null, outlined && inside, e.outerHTML.slice(0, 80)] }""")
            if n is None or n in reached and len(reached) == wanted:
                if len(reached) >= wanted:
                    break
                continue
            reached.add(n)
            if not seen:
                hidden.append(what)
        count.holds(f"{path}: controls that Tab reaches", wanted, len(reached))
        count.holds(f"{path}: controls whose focus is not seen", [], hidden)


# g. hostile text


def hostile(one, person, totsugo, issue):
    """What people write is shown as text, wherever it stands."""
    one.open("/items/HJ-T009")
    one.act("回答する", text=HOSTILE)
    one.open("/items/HJ-T009")
    for page, path in ((one.page, "/items/HJ-T009"), (person.page, f"/issues/{issue}"), (person.page, "/issues"),
                       (person.page, "/papers/issues")):
        page.goto(person.server.address + path.lstrip("/"))
        says(page, "hostile text", HOSTILE)
        count.holds(f"elements from hostile text on {path}", 0, page.locator("body script, main b:text('太字')").count())
    count.holds("items show HJ-T009", HOSTILE, totsugo.json("items", "show", "HJ-T009")["item"]["answer"])
    for path in (f"/items?search={HOSTILE}", f"/items/{HOSTILE}", f"/records/{HOSTILE}/1", f"/papers?gate={HOSTILE}"):
        person.page.goto(person.server.address + urllib.parse.quote(path.lstrip("/"), safe="/?="))
        count.holds(f"elements from {path}", 0, person.page.locator("body script, main b:text('太字')").count())


def alone(browser, totsugo, pictures):
    """The workspace that may go live, as the one who started the server sees it: everything, and no form."""
    server = Server(totsugo)
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, errors = context.new_page(), []
    watch(page, server.address, errors)
    page.goto(server.sign_in)
    verdict = totsugo.json("gate", "provisional")["verdict"]
    says(page, "rehearsed city", "仮稼働判定")
    light = page.locator("a.verdict", has_text="仮稼働判定")
    count.holds("rehearsed city's light", ("GO", "verdict good"), (verdict, light.get_attribute("class")))
    follow(page, light)
    says(page, "rehearsed city's gate", "GO（可）")
    for path in ("items", "items/HJ-T010", "checks", "differences", "rejects", "runs/0001", "runs/0002", "papers/protected"):
        count.holds(f"/{path}", 200, page.goto(server.address + path).status)
        count.holds(f"/{path}: forms without --enter", 0,
                    page.locator("form[method=post]:not([action='/sign-out'])").count())
    cookie = Server.cookie(context)
    refuse(server, totsugo, cookie, server.key(cookie), "without --enter and --access")
    page.goto(server.address)
    look(page, "overview-go ja", pictures)
    count.holds("errors over the rehearsed city", [], errors)
    count.holds("exit code after SIGTERM, with a page open", 0, server.stop())
    context.close()


program, project, rehearsed = sys.argv[1:4]
totsugo_folder = str(pathlib.Path(project).parent)


def main(pictures=None):
    """Makes the city, starts the server, and goes through everything."""
    groups = Groups()
    folder = pathlib.Path("out/site-tests")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    totsugo = Totsugo(program, project, folder / "workspace")
    totsugo.generate(folder / "data", 300, DEFECTS)
    totsugo.run(folder / "data").wait()
    for title, section in ((HOSTILE, SECTION), ("自課の課題", SECTION), ("他課の課題", OTHER)):
        totsugo("issues", "open", "--title", title, "--severity", "S2", "--section", section, "--by", "情報 花子")
    access = folder / "access.csv"
    tokens = {
        name: totsugo.access(access, name, sections, rights)
        for name, sections, rights in (
            ("情報 花子", [], ["enter", "protected"]), ("市民 太郎", [SECTION], ["enter"]),
            ("市民 次郎", [SECTION], ["enter"]), ("監査 一郎", [], []))}
    server = Server(totsugo, "--access", str(access), "--enter")
    with chromium() as browser:
        whole, one, two = (
            Person(browser, server, name, tokens[name]) for name in ("情報 花子", "市民 太郎", "市民 次郎"))
        one.token = tokens[one.name]
        groups.people = [whole, one, two]
        with groups.group("a. from the light to the bytes"):
            drill(whole, totsugo, folder / "data")
        with groups.group("c. nothing for strangers"):
            strangers(browser, server, "桜ヶ瀬市 税総合システム移行")
        with groups.group("c. sections see their own"):
            sections(one, totsugo, server)
            count.holds("protected papers for who may", 200, whole.open("/papers/protected"))
        with groups.group("c. readers enter nothing"):
            readers(browser, server, tokens["監査 一郎"], "監査 一郎", totsugo)
            closed = Server(totsugo, "--access", str(access))
            readers(browser, closed, tokens["情報 花子"], "情報 花子", totsugo)
            count.holds("exit code after SIGTERM", 0, closed.stop())
        with groups.group("c. forged forms and foreign hosts"):
            forgery(one, two, server, totsugo)
            headers(server, one.token, whole.cookie)
        with groups.group("c. who leaves is out"):
            leaving(browser, server, totsugo, access)
        with groups.group("b. entering"):
            entering(one, two, whole, totsugo)
        with groups.group("d. without script"):
            scriptless(browser, server, tokens, totsugo)
        with groups.group("g. hostile text"):
            hostile(one, whole, totsugo, "I-0001")
        with groups.group("f. keyboard"):
            keyboard(whole)
        with groups.group("f. every kind of page"):
            check = "KJ-C02-04c"
            group = next(g["signature"] for g in totsugo.json("differences", "list") if g["check"] == check)
            accessible(whole, server, f"/differences/{check}?group={group.replace('/', '%2F')}", pictures)
            entrance(browser, server, pictures)
        with groups.group("e. a run at work"):
            totsugo.generate(folder / "big", 4000)
            progress(whole, totsugo, folder / "big")
        with groups.group("what browsers complained of, and the end"):
            for person in (whole, one, two):
                count.holds(f"errors of {person.name}'s browser", [], person.errors)
            whole.open("/")
            count.holds("exit code after SIGTERM, with a page open", 0, server.stop())
        with groups.group("the rehearsed city"):
            alone(browser, Totsugo(program, project, rehearsed), pictures)
    count.end()


main(*sys.argv[4:])
