"""国民健康保険税 (KKFUKA): who is insured, for how many months, and the tax of the household."""

from datetime import date, timedelta

import days
import signs
import taxes
from days import TODAY
from taxes import floor

FILE = "KKFUKA"
PARTS = ("1", "2", "3")  # medical, support of the aged, nursing care
TOKU = ("0A", "0B", "0C", "0D", "0E", "0F")
ITEM = {"1": "CHOTEI-IRYO", "2": "CHOTEI-SHIEN", "3": "CHOTEI-KAIGO"}


def make(city):
    city.kk_first = 2014
    city.kk_new_words = city.chance(0.4)
    for house in city.households:
        if city.chance(0.5):
            _household(city, house)


class Cover:
    """One time of being insured."""

    def __init__(self, person, start, why):
        self.person, self.start, self.why, self.end, self.end_why = person, start, why, None, ""
        self.former_worker = False  # 退職被保険者: entered before 2015, under 65

    def on(self, day):
        return self.start <= day and not (self.end and self.end <= day)


def _birthday(birth, age):
    return days.add_months(birth, age * 12)


def reached(birth, age, day):
    """Whether an age is reached: on the day before the birthday (年齢計算ニ関スル法律)."""
    return _birthday(birth, age) - timedelta(1) <= day


def _cover(city, p):
    """How somebody came to be insured and how it ended; None for those who are not."""
    first = p.events[0]
    start, why = first.day, "03" if first.why == "10" else "01"
    if city.chance(0.3) and start < date(2019, 6, 1) and not (p.birth > date(2000, 1, 1)):
        later = city.day(max(start + timedelta(1), date(2005, 4, 1)), date(2019, 10, 31))
        start, why = (later, city.pick(("02", "04"), (6, 1))) if p.lives_here(later) else (start, why)
    old = _birthday(p.birth, 75)
    if old <= start:
        return None
    c = Cover(p, start, why)
    ends = [(e.day + timedelta(1 if e.state == "3" else 0), {"2": "01", "3": "03", "4": "01"}[e.state]) for e in p.events if e.state in "234"]
    if city.chance(0.1) and start < TODAY - timedelta(90):
        ends.append((city.day(start + timedelta(40), TODAY), city.pick(("02", "04"), (4, 1))))
    ends.append((old, "05"))
    end, end_why = min(e for e in ends if e[0] > start)
    if end <= TODAY:
        c.end, c.end_why = end, end_why
    c.old = old
    c.former_worker = why == "02" and start < date(2015, 4, 1) and not reached(p.birth, 65, TODAY) and reached(p.birth, 60, TODAY) and city.chance(0.5)
    return c


def _household(city, house):
    if len([e for e in house.head.events if e.relation == "02"]) != len(house.head.events) or not house.head.birth:
        return  # a new head in between
    if any(e.why == "20" and n for p in house.members for n, e in enumerate(p.events)):
        return  # somebody moved back
    stayers = city.chance(0.2)  # the head works and is insured elsewhere
    covers = []
    for p in house.members:
        if p.birth and not (p is house.head and stayers) and city.chance(0.9):
            c = _cover(city, p)
            covers += [c] if c else []
    if not covers:
        return
    sign = city.pick(("", "15-", "A")) + str(city.new_number("kigo", 7)).zfill(city.pick((1, 7)))
    earlier = {c.person.number: _before(city, c) for c in covers}
    jobless = {c.person.number for c in covers if city.chance(0.1) and 20 <= days.age(c.person.birth, TODAY) < 64
               and city.incomes.get((c.person.number, 2019), {"salary": 0})["salary"]}
    last_toku = None
    for year in range(city.kk_first, 2020):
        last_toku = Year(city, house, covers, earlier, sign, jobless, year).assess(last_toku)


def _before(city, c):
    """An earlier time of being insured, over before the current fiscal year; often none."""
    p = c.person
    if c.why != "02" or c.start < date(2012, 1, 1) or not city.chance(0.3):
        return None
    begin = max(p.events[0].day, c.start - timedelta(city.whole(400, 2000)))
    end = c.start - timedelta(city.whole(35, 300))
    if begin >= end or end >= date(2019, 3, 1) or not p.lives_here(begin):
        return None
    before = Cover(p, begin, "01" if begin == p.events[0].day else "02")
    before.end, before.end_why = end, "02"
    return before


class Year:
    """The tax of a household for a year, and its correction when somebody left."""

    def __init__(self, city, house, covers, earlier, sign, jobless, year):
        self.city, self.house, self.sign, self.jobless, self.year = city, house, sign, jobless, year
        self.covers, self.earlier = covers, earlier
        self.first, self.last = date(year, 4, 1), date(year + 1, 3, 31)
        self.new_words = year == 2019 and city.kk_new_words

    def months(self, cover, care, known):
        """Months insured at their end, by what was known on a day."""
        count = 0
        for n in range(12):
            day = days.month_end(self.year, 4 + n)
            birth = cover.person.birth
            ended = cover.end and cover.end <= day and (cover.end <= known or cover.end_why == "05")
            insured = cover.start <= day and not ended and day < cover.old
            count += insured and (not care or reached(birth, 40, day) and not reached(birth, 65, day))
        return count

    def income(self, p):
        return self.city.incomes.get((p.number, self.year)) or {"net": 0, "salary": 0, "from_pension": 0, "apart": 0}

    def net(self, p):
        """総所得金額等; of the salary of somebody who lost work, 30 of 100 count."""
        i = self.income(p)
        return i["net"] + i["apart"] - (i["salary"] - i["salary"] * 30 // 100 if p.number in self.jobless and self.year == 2019 else 0)

    def judged(self, p):
        """For the reduction, 150,000 yen of a pension do not count from 65 on."""
        pension = min(150000, self.income(p)["from_pension"]) if reached(p.birth, 65, date(self.year, 1, 1)) else 0
        return self.net(p) - pension

    def assess(self, last_toku):
        city = self.city
        head = self.house.head
        self.insured = [c for c in self.covers if self.months(c, False, self.last)]
        started = [c for c in self.insured if c.start <= self.first]
        if not self.insured or not head.lives_here(max(self.first, min(c.start for c in self.insured))):
            return None
        begins = self.first if started else min(c.start for c in self.insured)
        decided = city.day(date(self.year, 7, 1), date(self.year, 7, 14)) if begins <= date(self.year, 6, 25) else begins + timedelta(city.whole(5, 20))
        if decided > min(TODAY, self.last) or head.events[-1].state != "1" and head.events[-1].day <= self.last:
            return None
        gone = [c for c in self.insured if c.end and self.first <= c.end <= self.last and c.end_why != "05" and c.end > decided]
        came = [c for c in self.insured if c.start > decided]
        before = [c for c in self.insured if c not in came]
        if not before:
            return None
        self.notice = city.new_number(("kk", self.year), 10)
        late = max([c.end for c in gone] + [c.start for c in came], default=None)
        first = self._tax([c for c in before if self.months(c, False, decided)], decided)
        final = self._tax(self.insured, self.last) if late else first
        if first is None or final is None:
            return None
        tax, ways, toku = self._collected(first, decided, last_toku, bool(late))
        when = min(TODAY, late + timedelta(city.whole(3, 20))) if late else None
        self._write(1, not late, first, ways, "00", None, decided)
        final_ways = ways
        if late:
            final_ways = self._again(first, final, ways, when)
            why = "10" if came else {"01": "40", "03": "50"}.get(gone[0].end_why, "10")
            self._write(2, True, final, final_ways, why, when, when)
        self._claims(final, final_ways, ways if final["total"] < first["total"] else None, decided)
        if self.year == 2019:
            self._people(decided)
        return toku

    def _tax(self, insured, known):
        """The items of an assessment; None where the pages leave the order of ceiling and months open."""
        city, year = self.city, self.year
        months = {c: self.months(c, False, known) for c in insured}
        care = {c: self.months(c, True, known) for c in insured}
        if not any(months.values()):
            return None
        head = self.house.head
        former = [p for p in self.house.members if p.birth and _birthday(p.birth, 75) <= self.first and p.lives_here(self.first)]
        judged = sum(self.judged(p) for p in {id(p): p for p in [c.person for c in insured] + former + [head]}.values())
        count = len(insured) + len(former)
        base = taxes.rate("国保軽減基準", "基礎", year)
        steps = {k: taxes.rate("国保軽減基準", k, year) for k in "52"}
        classes = {"7" if judged <= base else "5" if judged <= base + steps["5"] * n else "2" if judged <= base + steps["2"] * n else "0"
                   for n in {count, max(1, len([c for c in insured if c.start <= self.first]) + len(former))}}
        if len(classes) > 1:
            return None
        reduction = classes.pop()
        rows = []
        for k in PARTS:
            counted = care if k == "3" else months
            rows.append(self._part(k, [(c, m) for c, m in counted.items() if m], int(reduction)))
        if None in rows:
            return None
        relief = city.chance(0.04)
        for r in rows:
            r["GEMMEN"] = floor((r["left"]) * 3 // 10, 100) if relief else 0
            r["KETTEI"] = floor(r.pop("left") - r["GEMMEN"], 100)
        return {"rows": rows, "total": sum(r["KETTEI"] for r in rows), "count": len(insured), "care": sum(1 for m in care.values() if m),
                "former": len(former), "judged": judged, "reduction": reduction,
                "head": "0" if any(c.person is head for c in insured) else "1", "jobless": any(c.person.number in self.jobless for c in insured) and year == 2019}

    def _part(self, k, members, tenths):
        year, items = self.year, {n: 0 for n in ("KISO-SHOTOKU", "SHOTOKUWARI", "KINTOWARI", "BYODOWARI", "KEIGENGAKU", "GENDO-CHOKA", "TSUKIWARI-GEN")}
        if not members:
            return {**items, "left": 0}
        rate, each, ceiling = (taxes.rate(t, k, year) for t in ("国保所得割率", "国保均等割", "国保限度額"))
        bases = [max(0, self.net(c.person) - 330000) for c, _ in members]
        heads = each * len(members)
        items.update({"KISO-SHOTOKU": sum(bases), "SHOTOKUWARI": sum(bases) * rate // 10000, "KINTOWARI": heads, "KEIGENGAKU": heads * tenths // 10})
        whole = items["SHOTOKUWARI"] + heads - items["KEIGENGAKU"]
        over = max(0, whole - ceiling)
        rest = whole - over
        lengths = {m for _, m in members}
        if len(lengths) > 1 and over:
            return None
        if len(lengths) == 1:
            kept = rest * lengths.pop() // 12
        else:
            kept = sum((b * rate // 10000 + each - each * tenths // 10) * m for b, (_, m) in zip(bases, members)) // 12
        items.update({"GENDO-CHOKA": over, "TSUKIWARI-GEN": rest - kept})
        return {**items, "left": kept}

    # How it is collected -------------------------------------------------------------------------------------------

    def _collected(self, tax, decided, last_toku, changes):
        """(tax, ways, next provisional): ways are instalments and the six amounts withheld from the pension."""
        city, total = self.city, tax["total"]
        old = all(reached(c.person.birth, 65, self.first) and c.old > self.last for c in self.insured) and tax["head"] == "0"
        if old and total >= 12000 and not changes and decided <= date(self.year, 7, 14) and city.chance(0.7):
            if last_toku is not None and last_toku * 3 <= total:
                months = [last_toku] * 3 + taxes.split(total - 3 * last_toku, 3, 100)
                return tax, {"KI": [], "TOKU": months}, months[5]
            half = floor(total // 2, 100)
            later = taxes.split(half, 3, 100)
            notice = self._notices(total - half, decided, 3)
            return tax, {"KI": notice, "TOKU": [0, 0, 0] + later}, later[2]
        return tax, {"KI": self._notices(total, decided, 8), "TOKU": []}, None

    def _notices(self, amount, decided, last):
        """The instalments that are still due after the decision; after the last one, one of its own."""
        open_ones = [(f"{n:02}", taxes.due("KK", f"{n:02}", self.year)) for n in range(1, last + 1)]
        open_ones = [(k, d) for k, d in open_ones if d > decided + timedelta(10)]
        if not open_ones:
            return [("09", taxes.month_end_due(decided), amount)] if amount else []
        return [(k, d, a) for (k, d), a in zip(open_ones, taxes.split(amount, len(open_ones))) if a]

    def _again(self, first, final, ways, when):
        """More is due at once; less is split again over the instalments there were."""
        more = final["total"] - first["total"]
        if more > 0:
            used = {k for k, _, _ in ways["KI"]}
            return {"KI": ways["KI"] + [("10" if "09" in used else "09", taxes.month_end_due(when), more)], "TOKU": []}
        parts = [(k, d) for k, d, _ in ways["KI"]]
        amounts = taxes.split(final["total"], len(parts)) if parts else []
        return {"KI": [(k, d, a) for (k, d), a in zip(parts, amounts) if a], "TOKU": []}

    # Records -------------------------------------------------------------------------------------------------------

    def _common(self):
        word = days.nendo(self.year, self.new_words)
        return {"FUKA-NENDO": word, "SOTO-NENDO": word, "KIGO-NO": self.sign, "SETAI-NO": self.house.number, "NUSHI-NO": self.house.head.number,
                "TSUCHI-NO": self.notice}

    def _write(self, version, current, tax, ways, why, when, decided):
        notice = sum(a for _, _, a in ways["KI"])
        assert notice + sum(ways["TOKU"]) == tax["total"], (notice, ways, tax["total"])
        common = self._common()
        self.city.write(FILE, 0, (common["FUKA-NENDO"], self.notice, version), "10", {
            **common, "RIREKI-NO": version, "SAISHIN-KBN": "1" if current else "0", "GISEI-KBN": tax["head"], "HIHO-SU": tax["count"],
            "KAIGO-SU": tax["care"], "TOKUDO-SU": tax["former"], "HANTEI-SHOTOKU": tax["judged"], "KEIGEN-KBN": tax["reduction"], "BUN": tax["rows"],
            "NENZEI": tax["total"], "FUCHO-GAKU": notice, "TOKUCHO-GAKU": sum(ways["TOKU"]), "KI": taxes.instalments(ways["KI"]),
            "TOKU": [{"ZEIGAKU": a} for a in ways["TOKU"]], "HIJIHATSU-KBN": "1" if tax["jobless"] else "0", "KOSEI-JIYU": why, "KOSEI-YMD": when,
            **self.city.stamp(decided)})

    def _claims(self, tax, ways, before, decided):
        parts = list(ways["KI"]) + [(k, taxes.due("KK", k, self.year), a) for k, a in zip(TOKU, ways["TOKU"]) if a]
        was = {k: a for k, _, a in before["KI"]} if before else {}
        left = [r["KETTEI"] for r in tax["rows"]]
        done, given = 0, [0, 0, 0]
        for k, day, amount in parts:
            done += amount
            shares = [r["KETTEI"] * done // tax["total"] - g for r, g in zip(tax["rows"], given)]
            shares[0] = amount - shares[1] - shares[2]
            given = [g + s for g, s in zip(given, shares)]
            self.city.claims.append(taxes.Claim("40", self.year, self.year, self.house.head.number, self.notice, k, day, amount, decided,
                                                {ITEM[p]: s for p, s in zip(PARTS, shares)}, was=was.get(k, 0), late_words=self.new_words))
        assert not parts or given == left, (given, left)

    def _people(self, decided):
        common = self._common()
        for c in self.insured:
            p, i = c.person, self.income(c.person)
            out_of_work, before = p.number in self.jobless, self.earlier[p.number]
            version = 2 if before else 1
            if before:
                self.city.write(FILE, 1, (signs.half(self.sign, 10), p.number, 1), "20", {
                    **common, "RIREKI-NO": 1, "SAISHIN-KBN": "0", "ATENA-NO": p.number, "SHIKAKU-RIREKI": 1, "SHUTOKU-YMD": before.start,
                    "SHUTOKU-JIYU": before.why, "SOSHITSU-YMD": before.end, "SOSHITSU-JIYU": before.end_why, "TAISHOKU-KBN": "0",
                    "HIJIHATSU-KBN": "0", **self.city.stamp(before.end)})
            self.city.write(FILE, 1, (signs.half(self.sign, 10), p.number, version), "20", {
                **common, "RIREKI-NO": version, "SAISHIN-KBN": "1", "ATENA-NO": p.number, "SHIKAKU-RIREKI": version, "SHUTOKU-YMD": c.start, "SHUTOKU-JIYU": c.why,
                "SOSHITSU-YMD": c.end, "SOSHITSU-JIYU": c.end_why, "KISO-SHOTOKU": max(0, self.net(p) - 330000), "KYUYO-SHOTOKU": i["salary"],
                "TSUKI-IRYO": self.months(c, False, self.last), "TSUKI-KAIGO": self.months(c, True, self.last), "TAISHOKU-KBN": "1" if c.former_worker else "0",
                "HIJIHATSU-KBN": "1" if out_of_work else "0", "HIJIHATSU-SHURYO": self.city.pick((days.month(2020, 3), days.month(2021, 3))) if out_of_work else 0,
                **self.city.stamp(min(TODAY, max(c.start + timedelta(self.city.whole(0, 20)), c.end or c.start)))})
