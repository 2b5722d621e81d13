"""国民年金 (NNSHIKAKU): insurance periods, exemptions, the additional premium, and what was sent on."""

from datetime import date, timedelta

import days
from days import TODAY

FILE = "NNSHIKAKU"


def make(city):
    for p in city.people:
        if p.birth and p.birth > date(1941, 4, 1) and (p.lives_here(TODAY) or city.chance(0.3)) and days.age(p.birth, TODAY) >= 20 and city.chance(0.3):
            _person(city, p)


def _birthday_eve(p, age):
    """An age is reached on the day before the birthday."""
    return days.add_months(p.birth, age * 12) - timedelta(1)


def _person(city, p):
    number = int(str(city.rng.randint(1, 9)) + str(city.new_number("kiso", 9)).zfill(9))
    old = days.age(p.birth, TODAY)
    periods = _periods(city, p, old)
    for n, (kind, start, why, end, end_why) in enumerate(periods):
        told = min(TODAY, (end or start) + timedelta(city.whole(0, 30)))
        _row(city, p, number, "10", n + 1, n == len(periods) - 1, told, {
            "SHUBETSU": kind, "SHUTOKU-YMD": start, "SHUTOKU-JIYU": why, "SOSHITSU-YMD": end, "SOSHITSU-JIYU": end_why, "TODOKE-YMD": told})
    kind, start, _, end, _ = periods[-1]
    exempt = kind == "1" and city.chance(0.4) and _exemptions(city, p, number, start, end)
    if not exempt and city.chance(0.2) and kind in "12":
        since = city.day(max(start, date(1990, 4, 1)), end or TODAY)
        until = city.day(since, end or TODAY) if city.chance(0.4) or end else None
        _row(city, p, number, "30", 1, True, since, {"FUKA-KBN": "1", "KAISHI-YM": days.month(since.year, since.month),
                                                     "SHURYO-YM": days.month(until.year, until.month) if until else 0})
    if city.chance(0.6):
        for n in range(city.whole(1, 3)):
            sent = city.day(date(2018, 4, 1) + timedelta(n * 200), min(TODAY, date(2018, 10, 1) + timedelta(n * 200)))
            answer = min(TODAY, sent + timedelta(city.whole(1, 40)))
            result = city.pick(("00", "10", "20", ""), (8, 1, 1, 1))
            sends = (n, sent, answer, result)
            _forwarded(city, p, number, *sends)
            last = n
        city.rows[FILE][-1][3]["SAISHIN-KBN"] = "1"


def _forwarded(city, p, number, n, sent, answer, result):
    _row(city, p, number, "40", n + 1, False, answer if result else sent, {
        "TODOKE-CD": city.pick(("0101", "0102", "0103", "0410", "0420")), "BAITAI-NO": city.whole(1, 999), "SHINTATSU-YMD": sent,
        "KEKKA-CD": result, "KEKKA-YMD": answer if result else None})


def _periods(city, p, old):
    """(種別, from, why, to, why) in order; at most three."""
    begin = max(_birthday_eve(p, 20), date(1961, 4, 1))
    if old >= 60:
        sixty = _birthday_eve(p, 60)
        first = ("1", begin, "01", sixty, "02")
        if old < 65 and city.chance(0.5):
            return [first, ("2", city.day(sixty, min(TODAY, _birthday_eve(p, 65) - timedelta(1))), "04", None, "")]
        return [first]
    away = p.events[-1].day
    if p.events[-1].state == "2" and begin < away - timedelta(40) and city.chance(0.5):  # moved abroad, and insured there by choice
        return [("1", begin, "01", away, "04"), ("3", away, "04", None, "")]
    if city.chance(0.5) or begin > TODAY - timedelta(800):
        return [("1", begin, "01", None, "")]
    left = city.day(begin + timedelta(30), TODAY - timedelta(400))
    first = ("1", begin, "01", left, city.pick(("01", "04", "05")))
    if first[4] == "05":
        second = ("6", left, "03", None, "")
        if city.chance(0.5):
            again = city.day(left + timedelta(31), TODAY)
            return [first, ("6", left, "03", again, "01"), ("1", again, "03", None, "")]
        return [first, second]
    again = city.day(left + timedelta(31), TODAY)
    return [first, ("1", again, "05" if first[4] == "04" else "02", None, "")]


def _exemptions(city, p, number, start, end):
    """One or more years of exemption, from July to June (students: from April to March)."""
    earliest = max(2015, days.fiscal(start) + 1)
    if earliest > 2018 or end:
        return False
    year = city.whole(earliest, 2018)
    n, out = 0, []
    while year <= 2019 and n < 5:
        kind = city.pick(("10", "20", "21", "22", "23", "30", "40", "50"), (1, 3, 1, 1, 1, 2, 2 if days.age(p.birth, TODAY) < 30 else 0, 1 if p.sex == "2" and year >= 2019 else 0))
        first, months = ((year, 4), 12) if kind == "40" else ((year, 7), 12)
        if kind == "50":
            first, months = (year, city.whole(7, 8)), 4
        if kind == "30" and days.age(p.birth, date(year, 7, 1)) >= 49:
            kind = "20"
        out.append((kind, first, months))
        n += 1
        year += 1
        if kind != "40" and out[-1][0] == "40":
            break
        if city.chance(0.4):
            break
    clean, last = [], 0
    for kind, (y, m), months in out:
        index = y * 12 + m
        if index > last:
            clean.append((kind, y, m, months))
            last = index + months - 1
    for n, (kind, y, m, months) in enumerate(clean):
        end_month = days.month_end(y, m + months - 1)
        asked = city.day(date(y, m, 1), min(TODAY, date(y, m, 1) + timedelta(120)))
        allowed = min(TODAY, asked + timedelta(city.whole(0, 60)))
        income = lambda q: _income(city, q, y)
        head = next(h.head for h in city.households if p in h.members)
        self_asked = kind not in ("10", "50")
        row = {"MENJO-KBN": kind, "KAISHI-YM": days.month(y, m), "SHURYO-YM": days.month(end_month.year, end_month.month),
               "SHINSEI-YMD": asked, "SHONIN-YMD": allowed, "KEIZOKU-KBN": "1" if kind in ("20", "30") and city.chance(0.3) else "0",
               "SHOTOKU-NENDO": days.nendo(y, city.chance(0.5)),
               "SHOTOKU": income(p) if self_asked else 0, "SHOTOKU-HAI": income(p.partner) if self_asked and kind != "40" else 0,
               "SHOTOKU-NUSHI": income(head) if self_asked and kind not in ("30", "40") else 0}
        _row(city, p, number, "20", n + 1, n == len(clean) - 1, allowed, row)
    return bool(clean)


def _income(city, p, year):
    """合計所得金額 of the fiscal year, or nothing."""
    i = city.incomes.get((p.number, year)) if p else None
    return i["total"] + i["apart"] if i else 0


def _row(city, p, number, kind, n, current, day, items):
    city.write(FILE, 0, (number, kind, n), kind, {
        "KISO-NO": number, "ATENA-NO": p.number, "RENBAN": n, "SAISHIN-KBN": "1" if current else "0", **items, **city.stamp(day)})
