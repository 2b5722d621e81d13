"""What Benchmarks/diff/run does in Python: SQLite files of the data, DuckDB's join, and counting the peers' answers.

peers.py sqlite SIDE.csv SIDE.sqlite
peers.py duckdb LEFT.csv RIGHT.csv ANSWER.csv
peers.py count FORM FILE        prints "changed left_only right_only"; for the form totsugo, whose FILE is its JSON, also "same"
"""

import csv
import json
import sqlite3
import sys

COLUMNS = (
    "id city_code household_no name name_roman birth_date tax_class income tax_amount due_date address remark".split()
)


def sqlite(source, target):
    types = {"id": "INTEGER PRIMARY KEY", "income": "INTEGER", "tax_amount": "INTEGER"}
    database = sqlite3.connect(target)
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    database.execute("CREATE TABLE taxpayer (" + ", ".join(f"{c} {types.get(c, 'TEXT')}" for c in COLUMNS) + ")")
    with open(source, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        database.executemany(f"INSERT INTO taxpayer VALUES ({'?, ' * (len(COLUMNS) - 1)}nullif(?, ''))", rows)
    database.commit()


def duckdb(left, right, answer):
    import duckdb as engine

    differs = " OR ".join(f"l.{c} IS DISTINCT FROM r.{c}" for c in COLUMNS)
    database = engine.connect(config={"threads": 2})
    database.execute(
        f"COPY (SELECT l.*, r.* FROM read_csv('{left}', header = true, all_varchar = true) l"
        f" FULL OUTER JOIN read_csv('{right}', header = true, all_varchar = true) r ON l.id = r.id WHERE {differs})"
        f" TO '{answer}' (FORMAT csv, HEADER false)"
    )


def signed(differences):
    """Pairs of a side ("-" left, "+" right) and an id: an id on both sides has changed."""
    sides = {"-": set(), "+": set()}
    total = 0
    for side, key in differences:
        sides[side].add(key)
        total += 1
    left, right = sides["-"], sides["+"]
    if total != len(left) + len(right):
        raise ValueError("a row twice")
    return len(left & right), len(left - right), len(right - left)


def count(form, path):
    with open(path, encoding="utf-8", newline="") as file:
        if form == "totsugo":
            answer = json.load(file)
            return tuple(answer[name] for name in ("changed", "left_only", "right_only", "same"))
        if form == "comm":
            lines = (line.split(",", 1)[0] for line in file)
            return signed(("+", line[1:]) if line[0] == "\t" else ("-", line) for line in lines)
        if form == "reladiff":
            return signed((side, row[0]) for side, row in map(json.loads, file))
        if form == "sqldiff":
            verbs = [line.split(" ", 1)[0] for line in file]
            return verbs.count("UPDATE"), verbs.count("DELETE"), verbs.count("INSERT")
        if form == "join":
            rows = [(row[0], row[len(COLUMNS)]) for row in csv.reader(file)]
            left, right = sum(not r for _, r in rows), sum(not l for l, _ in rows)
            return len(rows) - left - right, left, right
    raise ValueError(f"no form {form}")


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "count":
        print(*count(*arguments))
    else:
        {"sqlite": sqlite, "duckdb": duckdb}[command](*arguments)
