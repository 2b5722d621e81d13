"""Times every kind of page of `totsugo serve`: first, right after something was entered, and warm; and a peer."""
import http.client
import json
import pathlib
import re
import statistics
import subprocess
import sys
import time
import urllib.parse

CHECK = "SN-C02-04c"
PAGES = [
    "/", "/gates/provisional", "/gates/provisional/G1-07", "/items", "/items?search=ZZ&page=50", "/items?open=1", "/items/KJ-T011",
    "/checks", "/checks?status=failed", f"/checks/{CHECK}", "/differences", f"/differences/{CHECK}",
    f"/differences/{CHECK}?page=400", "@group", f"/differences/{CHECK}/39999", f"/records/SNCHOTEI/30000?check={CHECK}",
    "/rejects", "/issues", "/issues/I-0001", "/schedule", "/runs", "@run", "/papers", "/papers/gate-pack", "/papers/progress",
    "/papers/differences", "/style.css",
]


def timed(host, target, cookie="", form=None):
    """One inquiry on a connection of its own: milliseconds, status, body."""
    body = form and urllib.parse.urlencode(form)
    fields = {"Cookie": cookie, **({"Content-Type": "application/x-www-form-urlencoded"} if form else {})}
    start = time.perf_counter()
    connection = http.client.HTTPConnection(host, timeout=120)
    connection.request("POST" if form else "GET", target, body, fields)
    answer = connection.getresponse()
    content = answer.read()
    took = (time.perf_counter() - start) * 1000
    connection.close()
    return took, answer, content


def main(totsugo, project, folder, times):
    """Prints a line for each kind of page."""
    folder, times = pathlib.Path(folder), int(times)
    workspace = str(folder / "workspace")
    served = subprocess.Popen(
        [totsugo, "serve", project, "--workspace", workspace, "--access", str(folder / "access.csv"), "--enter", "--port", "0",
         "--format", "json", "--quiet"], stdout=subprocess.PIPE, text=True)
    lines = []
    while not lines or not lines[-1].startswith("}"):
        lines.append(served.stdout.readline())
    host = json.loads("".join(lines))["address"].split("/")[2]
    files = folder / "peer"
    files.mkdir(exist_ok=True)
    peer = subprocess.Popen([sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(files)],
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    other = "127.0.0.1:" + re.search(r"port (\d+)", peer.stdout.readline())[1]
    try:
        token = (folder / "token").read_text().strip()
        cookie = timed(host, "/sign-in", form={"token": token, "next": "/"})[1].headers["Set-Cookie"].split(";")[0]
        table(host, other, files, cookie, times)
    finally:
        for process in (served, peer):
            process.terminate()
            process.wait()


def table(host, other, files, cookie, times):
    """Measures, page by page."""
    key = re.search('name="key" value="([^"]*)"', timed(host, "/", cookie)[2].decode())[1]
    entered = []

    def enter():
        """Answers an item once more, as its page has it now."""
        seen = re.search('name="item" value="(KJ-T020 [^"]*)"', timed(host, "/items/KJ-T020", cookie)[2].decode())[1]
        form = {"key": key, "item": seen, "act": "answer", "text": f"entry {len(entered)}"}
        took, answer, content = timed(host, "/items/KJ-T020", cookie, form)
        assert answer.status == 303, content.decode()
        entered.append(took)

    print("milliseconds, median and maximum; of the peer, for as many bytes, the fastest; × is the warm median over it")
    print(f"{'page':42} {'bytes':>9} {'first':>8} {'max':>8} {'warm':>8} {'max':>8} {'peer':>8} {'×':>6}")
    group = re.search(f'/differences/{CHECK}\\?group=[^"]*', timed(host, f"/checks/{CHECK}", cookie)[2].decode())[0]
    run = re.search('/runs/[0-9]+', timed(host, "/", cookie)[2].decode())[0]
    for page in PAGES:
        page = {"@group": group, "@run": run}.get(page, page)
        first, warm, peer = [], [], []
        for _ in range(times):
            enter()
            took, answer, content = timed(host, page, cookie)
            assert answer.status == 200, (page, answer.status, content.decode())
            first.append(took)
        for _ in range(times):
            warm.append(timed(host, page, cookie)[0])
        (files / "page").write_bytes(content)
        for _ in range(times):
            peer.append(timed(other, "/page")[0])
        median = statistics.median
        print(f"{page[:42]:42} {len(content):9,} {median(first):8.1f} {max(first):8.1f} {median(warm):8.1f} {max(warm):8.1f}"
              f" {min(peer):8.1f} {median(warm) / min(peer):6.1f}", flush=True)
    print(f"{'entering':42} {'':9} {statistics.median(entered):8.1f} {max(entered):8.1f}")


main(*sys.argv[1:])
