"""Writes the nine files of a city: python3 write.py SEED FOLDER."""

import re
import sys
from datetime import timedelta
from pathlib import Path

import city
import collection
import companies
import copybook
import days
import health
import pension
import people
import property_tax
import resident_tax
import vehicles

# file, folder of its copybook, system; the three totals of the trailer
FILES = [("ATMAST", "address-master", "AT"), ("TGRENKEI", "person-link", "TG"), ("KJFUKA", "resident-tax", "KJ"),
         ("KESHARYO", "light-vehicle", "KE"), ("HJSHINK", "corporate-tax", "HJ"), ("KTDAICHO", "property-tax", "KT"),
         ("KKFUKA", "health-insurance", "KK"), ("NNSHIKAKU", "national-pension", "NN"), ("SNCHOTEI", "collection", "SN")]
MIXED = {"AT-KATAGAKI", "KE-SHAMEI"}
FIRST_NUMBER = {"KE": "GIMUSHA-NO", "KT": "GIMUSHA-NO", "KK": "NUSHI-NO"}  # of the key hash; elsewhere ATENA-NO


def _sum(rows, kinds, item, group=None):
    """The sum of an item over records of some kinds."""
    total = 0
    for _, _, kind, values in rows:
        if kind in kinds:
            total += sum(r.get(item, 0) for r in values.get(group, [])) if group else values.get(item, 0)
    return total


def totals(file, rows):
    """What the trailer adds up, as the pages tell for each file."""
    if file == "KJFUKA":
        rows = [r for r in rows if r[3]["SAISHIN-KBN"] == "1"]
        return (_sum(rows, ("10", "20"), "NENZEI"), _sum(rows, ("10", "20"), "KAZEI-HYOJUN"),
                _sum(rows, ("10",), "ZEIGAKU", "KI") + _sum(rows, ("20",), "ZEIGAKU", "TSUKI"))
    if file == "KESHARYO":
        return _sum(rows, ("30",), "NENZEI"), _sum(rows, ("30",), "GEMMEN"), _sum(rows, ("30",), "CHOTEI")
    if file == "HJSHINK":
        return _sum(rows, ("20",), "CHOTEI"), _sum(rows, ("20",), "SASHIHIKI-HZW"), _sum(rows, ("20",), "KINTOWARI")
    if file == "KTDAICHO":
        return (_sum(rows, ("10", "20"), "HYOKAGAKU") + _sum(rows, ("30",), "HYOKA-KEI"),
                _sum(rows, ("10", "20"), "KOTEI-HYOJUN") + _sum(rows, ("30",), "HYOJUN-KEI"), _sum(rows, ("40",), "NENZEI"))
    if file == "SNCHOTEI":
        counted = [r for r in rows if r[2] == "20" and r[3]["TORIKESHI"] == "0" and r[3]["KARI-KBN"] != "2"]
        return _sum(rows, ("10",), "CHOTEI"), _sum(counted, ("20",), "SHUNO"), _sum(rows, ("10",), "MINO")
    if file == "KKFUKA":
        return (_sum(rows, ("10",), "NENZEI"), _sum(rows, ("10",), "KEIGENGAKU", "BUN"),
                _sum(rows, ("10",), "ZEIGAKU", "KI") + _sum(rows, ("10",), "ZEIGAKU", "TOKU"))
    return 0, 0, 0


def write_file(folder, made, file, where, system):
    path = days.PIPELINES / where / f"{file}.cpy"
    layout, control = copybook.read(path), copybook.read(days.PIPELINES / "control" / "CT.cpy")
    length = int(re.search(r"LRECL=(\d+)", path.read_text(encoding="utf-8")).group(1))
    rows = sorted(made.rows.get(file, []), key=lambda r: r[:3])
    out = _control(control, "00", length, {
        "KIND": "00", "SYS-ID": system, "FILE-ID": file[:8], "KAIJI": made.round, "CHUSHUTSU-YMD": made.extracted, "CHUSHUTSU-JIKAN": made.time,
        "KIJUN-YMD": days.TODAY, "LAYOUT-VER": made.layout, "RECLEN": length, "DANTAI-CD": "139998", "HIMITSU-KBN": "0"})
    for _, _, kind, values in rows:
        record = copybook.encode(layout, kind, values, MIXED)
        assert len(record) == length, (file, kind, len(record))
        out += record
    kinds = sorted({r[2] for r in rows})
    first = FIRST_NUMBER.get(system, "ATENA-NO")
    one, two, three = totals(file, rows)
    out += _control(control, "99", length, {
        "KIND": "99", "SYS-ID": system, "FILE-ID": file[:8], "KENSU": len(rows),
        "KIND-KENSU": [{"KIND": k, "KENSU": sum(r[2] == k for r in rows)} for k in kinds],
        "KINGAKU-1": one, "KINGAKU-2": two, "KINGAKU-3": three, "KEY-HASH": sum(r[3][first] for r in rows) % 10 ** 15})
    (folder / f"{file}.dat").write_bytes(out)


def _control(layout, kind, length, values):
    return copybook.encode(layout, kind, values).ljust(length, b"\x40")


def build(seed):
    made = city.City(seed)
    made.round, made.time = made.pick((1, 2, 3, 900)), made.rng.randint(0, 23) * 10000 + made.rng.randint(0, 59) * 100
    made.layout, made.extracted = made.pick(("0301", "0001", "V1.2")), made.pick((days.TODAY, days.TODAY, days.TODAY + timedelta(1)))
    people.make(made)
    for part in (resident_tax, vehicles, companies, property_tax, health, pension):
        part.make(made)
    vehicles.void_certificates(made, collection.make(made))
    people.write(made)
    return made


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    made = build(int(sys.argv[1]))
    for entry in FILES:
        write_file(target, made, *entry)
