"""Adds up what runs over many cities said: python3 summary.py EVIDENCE... — exits 1 when a check failed or a record was rejected."""

import json
import sys

STATES = ("failed", "inconclusive", "warned")


def main(paths):
    told, titles, rejected, bad = {}, {}, 0, 0
    for path in paths:
        evidence = json.load(open(path, encoding="utf-8"))
        rejected += len(evidence["rejects"])
        for check in evidence["checks"]:
            state = check["status"]
            if state == "passed" or state == "not_run":
                continue
            cities, rows = told.get((state, check["id"]), (0, 0))
            told[state, check["id"]] = (cities + 1, rows + check["differences"])
            titles[check["id"]] = check["title"]["en"]
            bad += state != "warned"
    for (state, name), (cities, rows) in sorted(told.items(), key=lambda t: (t[0][0] == "warned", -t[1][0], t[0])):
        print(f"{state:12} {name:12} {cities:4} cities {rows:6} rows  {titles[name]}")
    print(f"{len(paths)} cities, {rejected} records rejected, {bad} checks failed or undecided")
    return 1 if bad or rejected or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
