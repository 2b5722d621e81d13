"""固定資産税・都市計画税 (KTDAICHO): land, houses, business assets, and the bill of each owner."""

from datetime import date, timedelta

import days
import taxes
from days import TODAY
from taxes import floor

FILE = "KTDAICHO"


def make(city):
    city.kt_first = 2017
    owners = [p for p in city.taxpayers() if p.events[0].day <= date(city.kt_first, 1, 1)]
    city.rng.shuffle(owners)
    for p in owners[:city.whole(10, 70)]:
        _estate(city, p, owners)


def _estate(city, p, owners):
    """What one owner (or the representative of several) has, over the years."""
    e = Estate(city, p)
    e.shares = _shares(city, p, owners) if city.chance(0.15) else []
    what = city.pick(("land", "house", "both", "assets", "all"), (3, 2, 6, 2, 1)) if p.kind == "30" or city.chance(0.1) else city.pick(("land", "house", "both"), (2, 1, 5))
    e.land = [Land(city) for _ in range(city.whole(1, 5))] if what in ("land", "both", "all") else []
    e.houses = [House(city) for _ in range(city.whole(1, 3))] if what in ("house", "both", "all") else []
    e.assets = Assets(city) if what in ("assets", "all") else None
    if e.shares and not (e.land or e.houses):
        e.shares = []
    for year in range(city.kt_first, 2020):
        e.year(year)


def _shares(city, p, owners):
    """Co-owners with the representative; the shares add up to one."""
    others = city.rng.sample([o for o in owners if o is not p], min(len(owners) - 1, city.whole(1, 4)))
    whole = city.pick((2, 3, 6, 10, 100, 9999999))
    whole = max(whole, len(others) + 1)
    rest, out = whole, []
    for n, o in enumerate([p] + others):
        left = len(others) - n
        mine = rest if left == 0 else city.rng.randint(1, rest - left)
        rest -= mine
        out.append((o.number, mine, whole))
    return out


class Land:
    def __init__(self, city):
        self.id = city.new_number("bukken", 10)
        self.where = {"SHOZAI-CD": city.whole(1, 999999), "CHIBAN-HON": city.whole(1, 99999), "CHIBAN-EDA1": city.pick((0, 1, 99999)),
                      "CHIBAN-EDA2": city.pick((0, 0, 12, 9999)), "KUIKI-KBN": city.pick("12", (4, 1))}
        self.use = city.pick(("home", "business", "field"), (6, 3, 1))
        kind = {"home": "03", "business": city.pick(("03", "05")), "field": city.pick(("01", "02", "04", "06", "07", "08"))}[self.use]
        area = city.whole(1000, 60000)
        self.homes = city.pick((1, 1, 2, 10)) if self.use == "home" else 0
        small = min(area, 20000 * self.homes) if self.use == "home" else 0
        self.area = {"TOKI-CHIMOKU": city.pick((kind, kind, "02", "09")), "GENKYO-CHIMOKU": kind, "TOKI-CHISEKI": city.pick((area, area, area + 13)),
                     "GENKYO-CHISEKI": area, "SHOKIBO-M2": small, "IPPAN-M2": area - small if self.use == "home" else 0,
                     "HIJUTAKU-M2": 0 if self.use == "home" else area, "JUTAKU-KOSU": self.homes}
        self.price = city.pick((10, 60, 600, 180000, 90000, 301234)) if self.use != "field" else city.pick((60, 120, 99))
        self.level = city.pick((1000, city.whole(200, 1300), city.whole(0, 300), 600, 700, 699, 599))
        self.exempt, self.relief = city.chance(0.06), city.pick((10, 50, 100)) if city.chance(0.05) else 0
        self.strata = city.chance(0.08)
        self.share = (city.whole(1000, 9999), 100000) if self.strata else (1, 1)
        if self.strata:
            self.price = max(self.price, 6000)
        self.known = city.pick((0, 0, 1234567))  # exempt land is valued or not
        self.before = None
        self.outside_base = city.chance(0.5)  # a base for 都市計画税 is also kept where it is not charged

    def value(self, year):
        """Value, and its bases before the yearly adjustment, for both taxes."""
        price = self.price if year < 2018 else self.price * 59 // 60 if self.price > 100 else self.price
        whole = price * self.area["GENKYO-CHISEKI"] // 100 * self.share[0] // self.share[1]
        if self.use != "home":
            return whole, whole, whole
        small, rest, area = self.area["SHOKIBO-M2"], self.area["IPPAN-M2"], self.area["GENKYO-CHISEKI"]
        return whole, whole * small // area // 6 + whole * rest // area // 3, whole * small // area // 3 + whole * rest // area * 2 // 3

    def year(self, year):
        if self.exempt:
            return {"HYOKAGAKU": self.known, "HIKAZEI-KBN": "1"}
        value, base, town_base = self.value(year)
        self.start = self.before
        before, town_before = self.before or (base * self.level // 1000, town_base * self.level // 1000)
        level = min(99999, before * 10000 // base) if base else 0
        fixed, town = self._adjusted(base, before), self._adjusted(town_base, town_before)
        if self.where["KUIKI-KBN"] == "2":
            town, town_before, town_base = 0, 0, town_base if self.outside_base else 0
        self.before = (fixed, town)
        return {"HYOKAGAKU": value, "ZEN-KOTEI-HYOJUN": before, "ZEN-TOKEI-HYOJUN": town_before, "HONSOKU-KOTEI": base, "HONSOKU-TOKEI": town_base,
                "FUTAN-SUIJUN": level, "KOTEI-HYOJUN": fixed, "TOKEI-HYOJUN": town, "HIKAZEI-KBN": "0", "GEMMEN-WARI": self.relief}

    def again(self, year):
        """The year once more, after the value was found to be too high."""
        self.before, self.price = self.start, self.price // 2
        return self.year(year)

    def _adjusted(self, base, before):
        """負担調整: of homes up to the base, of other building land between 60 and 70 % of the value."""
        step = base * 5 // 100
        if self.use == "business":  # 商業地等: building land without homes, and land valued like it
            if before * 10 >= base * 7:
                return base * 7 // 10
            if before * 10 >= base * 6:
                return before
            return max(min(before + step, base * 6 // 10), base * 2 // 10)
        if before >= base:
            return base
        if self.use == "home" or self.area["GENKYO-CHIMOKU"] not in ("01", "02"):
            return max(min(before + step, base), base * 2 // 10)  # 宅地等 that is no 商業地等: up to the base (附則18条)
        times = next(t for low, t in ((90, 1025), (80, 1050), (70, 1075), (0, 1100)) if before * 100 >= base * low)  # fields (附則19条)
        return min(before * times // 1000, base)


class House:
    def __init__(self, city):
        self.id, self.city = city.new_number("bukken", 10), city
        self.built = city.day(date(1950, 1, 1), date(2018, 12, 31)) if city.chance(0.6) else city.day(date(2013, 1, 1), date(2018, 12, 31))
        area = city.whole(500, 40000)
        self.kind = city.pick(("01", "02", "03", "04", "05", "06", "07"), (8, 2, 1, 1, 1, 1, 1))
        structure = city.pick(("01", "02", "03", "04", "05"))
        self.floors = city.whole(1, 60) if structure in ("02", "03") else city.whole(1, 3)
        self.items = {"SHOZAI-CD": city.whole(1, 999999), "KAOKU-NO": city.pick(("", "12", "123-4-5", "12345-67890-1234")), "TOGO-NO": city.whole(1, 9999),
                      "SHURUI": self.kind, "KOZO": structure, "YANE": city.pick(("01", "02", "03", "04")), "KAISU-CHIJO": self.floors,
                      "KAISU-CHIKA": city.pick((0, 0, 1, 9)), "KENCHIKU-YM": days.month(self.built.year, self.built.month), "YUKA-M2": area,
                      "SAIKENCHIKU": city.whole(1000, 9999999)}
        self.worth = city.pick((150000, 199999, 200000, 3456789, city.whole(1000000, 90000000)))
        self.exempt = city.chance(0.05)
        self.no_town = city.chance(0.1)  # outside the zone that 都市計画税 is charged in (地方税法702条)
        self.extension = None
        self.cut = "0"
        if self.kind in ("01", "02") and 5000 <= area <= 28000 and self.worth > 1000000 and not self.exempt:
            self.cut = city.pick("123" if structure in ("02", "03") and self.floors >= 3 else "13") if city.chance(0.9) else "0"
        self.last_cut = self.built.year + {"0": 0, "1": 3, "2": 5, "3": 5}[self.cut]

    def year(self, year):
        if self.built.year >= year:
            return None
        if self.exempt:
            return {**self.items, "HYOKAGAKU": 0, "HIKAZEI-KBN": "1", "SHINCHIKU-KBN": "0", "ZOCHIKU-KBN": "0"}
        value = self.worth if year < 2018 else self.worth * 97 // 100
        off = 0
        cut = self.cut if year <= self.last_cut else "0"
        if cut != "0":
            area = self.items["YUKA-M2"]
            counts = area if self.kind == "02" else min(area, 12000)  # of flats, each dwelling is below 120 m²
            off = value * 14 * counts // (area * 2000)
        return {**self.items, "HYOKAGAKU": value, "KOTEI-HYOJUN": value, "TOKEI-HYOJUN": 0 if self.no_town else value, "SHINCHIKU-KBN": cut,
                "SHINCHIKU-SHURYO": days.nendo(self.last_cut) if cut != "0" else 0, "GENGAKU": off, "HIKAZEI-KBN": "0", "ZOCHIKU-KBN": "0"}


class Assets:
    def __init__(self, city):
        self.id, self.code = city.new_number("bukken", 10), city.new_number("declared", 8)
        kinds = city.rng.sample(range(6), city.whole(1, 6))
        self.cost = [city.pick((city.whole(100000, 3000000), 10 ** 9)) if k in kinds else 0 for k in range(6)]
        self.life = [city.pick((0.2, 0.319, 0.109)) for _ in range(6)]
        self.bought = [city.whole(2005, 2018) for _ in range(6)]
        self.declared = city.pick("123", (6, 1, 1))

    def year(self, year, city):
        rows = []
        for cost, r, bought in zip(self.cost, self.life, self.bought):
            thousandths, left = round(r * 1000), cost if bought < year else 0
            if left:
                worth = cost * (2000 - thousandths) // 2000
                for _ in range(year - 1 - bought):
                    worth = worth * (1000 - thousandths) // 1000
                left = max(worth, (cost * 5 + 99) // 100)
            rows.append({"SHUTOKU-GAKU": cost if left else 0, "HYOKA": left, "HYOJUN": left})
        return {"SHOYU-CD": self.code, "SHURUI": rows, "SHUTOKU-KEI": sum(r["SHUTOKU-GAKU"] for r in rows), "HYOKA-KEI": sum(r["HYOKA"] for r in rows),
                "HYOJUN-KEI": sum(r["HYOJUN"] for r in rows), "SHINKOKU-YMD": None if self.declared == "3" and self.code % 2 else city.day(date(year, 1, 4), date(year, 1, 31)), "SHINKOKU-KBN": self.declared,
                "TOKUREI-CD": ""}


class Estate:
    def __init__(self, city, p):
        self.city, self.owner = city, p
        self.form = "0"

    def year(self, year):
        city = self.city
        joint = "1" if self.shares else "0"
        base = {"FUKA-NENDO": days.nendo(year), "SOTO-NENDO": days.nendo(year), "GIMUSHA-NO": self.owner.number}
        fixed = {"IDO-JIYU": "00", "IDO-YMD": date(year, 1, 1)}
        listed = city.day(date(year, 3, 20), date(year, 4, 10))
        land = [(p, {**p.where, **p.area, "HYOKA-NENDO": days.nendo(taxes.rate("評価基準年度", "土地家屋", year)),
                     "MOCHIBUN-SHI": p.share[0], "MOCHIBUN-BO": p.share[1], **p.year(year)}) for p in self.land]
        houses = [(h, row) for h in self.houses for row in [h.year(year)] if row]
        houses += self._extensions(houses)
        assets = self.assets.year(year, city) if self.assets else None
        if not land and not houses and not (assets and assets["HYOKA-KEI"]):
            return
        corrected = [n for n, (p, i) in enumerate(land) if not p.exempt and i["KOTEI-HYOJUN"] > 1000000] if city.chance(0.08) and year >= 2018 else []
        bill = self._bill(year, joint, [i for _, i in land], [i for _, i in houses], assets)
        if corrected:
            n = city.pick(corrected)
            when = city.day(date(year, 5, 15), min(TODAY, date(year, 12, 20)))
            better = {**land[n][1], **land[n][0].again(year)}
            new_bill = self._bill(year, joint, [better if m == n else dict(i) for m, (_, i) in enumerate(land)], [i for _, i in houses], assets)
            self._corrected(base, joint, fixed, year, (bill, new_bill, when), land[n], better, listed)
        else:
            self._assessed(base, joint, fixed, year, bill)
        skip = land[n][0] if corrected else None
        for p, items in land:
            if p is skip:
                continue
            why = city.pick((fixed, fixed, fixed, {"IDO-JIYU": city.pick(("10", "20", "30", "60")), "IDO-YMD": city.day(date(year - 1, 1, 2), date(year, 1, 1))}))
            self._row("10", (base["FUKA-NENDO"], p.id, 1), {**base, "BUKKEN-NO": p.id, "KYOYU-KBN": "2" if p.strata else joint, **why, **items}, listed)
        for h, items in houses:
            built = h.built if isinstance(h, House) else date(year - 1, 6, 1)
            why = {"IDO-JIYU": "40", "IDO-YMD": city.pick((built, date(year, 1, 1)))} if isinstance(h, House) and built.year == year - 1 else fixed
            self._row("20", (base["FUKA-NENDO"], items["BUKKEN"] if "BUKKEN" in items else h.id, 1), {
                **base, "BUKKEN-NO": items.pop("BUKKEN", None) or h.id, "KYOYU-KBN": joint, **why, **items}, listed)
        if assets and assets["HYOKA-KEI"]:
            self._row("30", (base["FUKA-NENDO"], self.assets.id, 1), {**base, "BUKKEN-NO": self.assets.id, "KYOYU-KBN": "0", **fixed, **assets}, listed)
        for number, part, whole in self.shares:
            self._row("50", (base["FUKA-NENDO"], self.owner.number, number), {
                **base, "BUKKEN-NO": 0, "KYOYU-KBN": "1", **fixed, "DAIHYO-NO": self.owner.number, "KYOYU-NO": number, "MOCHIBUN-SHI": part, "MOCHIBUN-BO": whole},
                listed, group=2)

    def _extensions(self, houses):
        """An extension is a row of its own that belongs to the house."""
        out = []
        for h, row in houses:
            if h.extension is None:
                h.extension = self.city.new_number("bukken", 10) if self.city.chance(0.1) and not h.exempt else 0
            if h.extension:
                value = row["HYOKAGAKU"] // 10 + 1
                out.append((h, {**row, "BUKKEN": h.extension, "HYOKAGAKU": value, "KOTEI-HYOJUN": value, "TOKEI-HYOJUN": value if row["TOKEI-HYOJUN"] else 0,
                                "SHINCHIKU-KBN": "0", "SHINCHIKU-SHURYO": 0, "GENGAKU": 0, "ZOCHIKU-KBN": "1", "ZOCHIKU-OYA": h.id}))
        return out

    def _row(self, kind, key, items, listed, group=0):
        self.city.write(FILE, group, key, kind, {"RIREKI-NO": 1, "SAISHIN-KBN": "1", **items, **self.city.stamp(listed)})

    def _bill(self, year, joint, land, houses, assets):
        """The items of the bill, from what the owner has."""
        sums = [sum(i.get("KOTEI-HYOJUN", 0) for i in land), sum(i.get("KOTEI-HYOJUN", 0) for i in houses), assets["HYOJUN-KEI"] if assets else 0]
        towns = [sum(i.get("TOKEI-HYOJUN", 0) for i in land), sum(i.get("TOKEI-HYOJUN", 0) for i in houses)]
        limits = [taxes.rate("免税点", k, year) for k in ("土地", "家屋", "償却")]
        small = [0 < s < limit for s, limit in zip(sums, limits)]
        whole = floor(sum(s for s, m in zip(sums, small) if not m), 1000)
        for i in land if small[0] else []:  # no tax, so nothing to remit
            i["GEMMEN-WARI"] = 0
        for i in houses if small[1] else []:
            i["GENGAKU"] = 0
        town = floor(sum(s for s, m in zip(towns, small) if not m), 1000)
        gross = whole * taxes.rate("固定資産税率", "固定", year) // 10000
        cut = sum(i.get("GENGAKU", 0) for i in houses)
        relief = sum(i.get("KOTEI-HYOJUN", 0) * 14 * i.get("GEMMEN-WARI", 0) // 100000 for i in land)
        tax = floor(max(0, gross - cut - relief), 100)
        town_tax = floor(town * taxes.rate("固定資産税率", "都計", year) // 10000, 100)
        total = tax + town_tax
        return {
            "TOCHI-KOTEI": sums[0], "KAOKU-KOTEI": sums[1], "SHOKYAKU": sums[2], "KOTEI-KEI": whole, "TOCHI-TOKEI": towns[0], "KAOKU-TOKEI": towns[1],
            "TOKEI-KEI": town, "MENZEI-TOCHI": "01"[small[0]], "MENZEI-KAOKU": "01"[small[1]], "MENZEI-SHOKYAKU": "01"[small[2]],
            "KOTEI-SANSHUTSU": gross, "KEIGEN": cut, "GEMMEN": relief, "KOTEI-ZEI": tax, "TOKEI-ZEI": town_tax, "NENZEI": total,
            "HISSU": len(land), "TOSU": sum(i["ZOCHIKU-KBN"] == "0" for i in houses), "KYOYU-NINZU": len(self.shares)}

    def _parts(self, year, total, style):
        dates = [taxes.due("KT", f"{n + 1:02}", year) for n in range(4)]
        return [(f"{n + 1:02}", days.in_heisei(d) if style else d, a) for n, (d, a) in enumerate(zip(dates, taxes.split(total, 4)))]

    def _assessed(self, base, joint, fixed, year, bill, corrected=None):
        """Kind 40, and after a correction the version before it; and the claims of the latest."""
        city = self.city
        notice, style = city.new_number(("kt", year), 10), year == 2019 and city.chance(0.5)
        decided = city.day(date(year, 4, 10), date(year, 5, 8))
        key = (base["FUKA-NENDO"], notice)
        common = {**base, "BUKKEN-NO": 0, "KYOYU-KBN": joint, "TSUCHI-NO": notice}
        parts = self._parts(year, bill["NENZEI"], style)
        self._row("40", (*key, 1), {**common, **fixed, **bill, "KI": taxes.instalments(parts), "SAISHIN-KBN": "0" if corrected else "1"}, decided, group=1)
        was = {}
        if corrected:
            bill, when = corrected
            was = {k: a for k, _, a in parts}
            parts = self._parts(year, bill["NENZEI"], False)
            self._row("40", (*key, 2), {**common, "IDO-JIYU": "70", "IDO-YMD": when, **bill, "KI": taxes.instalments(parts), "RIREKI-NO": 2}, when, group=1)
        tax = "20" if bill["HISSU"] or bill["TOSU"] else "21"
        for ki, day, amount in parts:
            if amount:
                city.claims.append(taxes.Claim(tax, year, year, self.owner.number, notice, ki, day, amount, decided, was=was.get(ki, 0)))

    def _corrected(self, base, joint, fixed, year, change, parcel, better, listed):
        """A parcel whose value was too high: both versions, and both of the bill."""
        bill, new_bill, when = change
        p, items = parcel
        common = {**base, "BUKKEN-NO": p.id, "KYOYU-KBN": "2" if p.strata else joint}
        self._row("10", (base["FUKA-NENDO"], p.id, 1), {**common, **fixed, **items, "SAISHIN-KBN": "0"}, listed)
        self._row("10", (base["FUKA-NENDO"], p.id, 2), {**common, "IDO-JIYU": "70", "IDO-YMD": when, **better, "RIREKI-NO": 2}, when)
        self._assessed(base, joint, fixed, year, bill, (new_bill, when))
