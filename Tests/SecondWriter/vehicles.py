"""軽自動車税 (KESHARYO): vehicles, who owned them when, and the yearly tax."""

from datetime import date, timedelta

import days
import taxes
from days import TODAY

FILE = "KESHARYO"
FLAT, RATED = ("01", "02", "03", "04", "11", "12", "21", "22"), ("31", "41", "42", "43", "44")
SIZES = {"01": (2000, 5000), "02": (5001, 9000), "03": (9001, 12500), "04": (2001, 5000), "11": (20000, 150000), "12": (20000, 300000),
         "21": (12501, 25000), "22": (25001, 180000)}
MAKES = ["ジムニー", "アルト", "N-BOX", "スーパーカブ", "タント", "ミニキャブＥＶ", "XYZ", ""]
PLATE_KANA = "あいうえかきくけこさすせそたちつてとなにぬねのはひふほまみむめもやゆよらりるれろわ"


def make(city):
    city.ke_first = 2016
    city.bulk = {p.number: city.whole(1, 99999999) if p.kind == "30" and city.chance(0.5) else 0 for p in city.taxpayers()}
    city.certificates = []  # (record, taxpayer): void when the taxpayer owes the tax of any vehicle
    for _ in range(city.whole(8, 70)):
        _vehicle(city)


def _vehicle(city):
    kind = city.pick(FLAT + RATED, [2] * len(FLAT) + [1, 10, 1, 5, 1])
    record_kind = "20" if kind >= "21" else "10"
    fuel = city.pick("123456" if kind in RATED else "13", (10, 1, 2, 2, 1, 1) if kind in RATED else (8, 1))
    bought = city.day(date(1996, 4, 1) if fuel in "12" else date(2011, 4, 1), TODAY)
    owners = [p for p in city.taxpayers() if (p.events[0].day <= bought)]
    if not owners:
        return
    owner = city.pick(owners)
    made = days.add_months(bought, -city.pick((0, 0, 1, 12, 60)))
    if fuel not in "12":
        made = max(made, date(2010, 4, 1))
    shape = {"KANRI-NO": city.new_number("vehicle", 9), "SHUBETSU-CD": kind, "SHADAI-NO": city.pick(("A", "HA25S-", "JH4", "ZC")) + str(city.new_number("chassis", 12)),
             "SHAMEI": city.pick(MAKES), "KATASHIKI": city.pick(("", "DBA-HA36S", "HBD-DS17V", "3BA-LA900S", "BA")), "NENRYO-KBN": fuel,
             "HAIKIRYO": _size(city, kind, fuel), "YOTO-KBN": "3" if city.chance(0.05) and kind in RATED else "2" if kind in ("43", "44", "11", "12") else "1",
             "JIKA-KBN": "2" if kind in ("42", "44") else "1", "SHODO-YM": _first_inspection(city, kind, made),
             "HYOBAN": "桜ヶ瀬市" if record_kind == "10" else city.pick(("多摩", "八王子", "練馬")), "ICHIREN-NO": city.new_number("plate", 4),
             "BUNRUI-NO": "" if record_kind == "10" else city.pick(("580", "50", "483", "88A")) if kind in RATED else city.pick(("1", "2", "")),
             "KANA-MOJI": city.pick(PLATE_KANA)}
    versions = _versions(city, owner, owners, bought, shape)
    wrong = city.chance(0.03)  # registered by mistake, and deleted: it was never taxed
    for n, v in enumerate(versions):
        city.write(FILE, 0, (shape["KANRI-NO"], n + 1), record_kind, {
            **shape, **v["items"], "RIREKI-NO": n + 1, "SAISHIN-KBN": "1" if n == len(versions) - 1 else "0", **city.stamp(v["told"], wrong)})
    exempt = city.pick(("1", "2", "3", "4"), (20, 0.5, 0.5, 0.5))
    relief = city.pick(("00", "10", "20", "30"), (15, 1, 0.5, 0.5))
    for year in range(city.ke_first, 2020) if not wrong else ():
        _tax(city, year, kind, fuel, shape, versions, exempt, relief)


def _size(city, kind, fuel):
    """Hundredths of a cubic centimetre, or of a kilowatt."""
    if fuel in "36":
        most = {"01": 60, "02": 80, "03": 100, "04": 60}.get(kind, 6400)
        return city.whole(61 if kind == "02" else 81 if kind == "03" else 25, most)
    low, high = SIZES.get(kind, (35000, 66000))
    return city.whole(low, high)


def _first_inspection(city, kind, made):
    if kind < "21":
        return 0
    if kind == "21" and city.chance(0.5):
        return 0  # needs no inspection
    if made < date(2003, 10, 14) and city.chance(0.6):
        return days.month(made.year, 2 if made.year != 1989 else 3) // 100 * 100  # only the year was kept
    return days.month(made.year, made.month)


def _versions(city, owner, owners, bought, shape):
    """Who had the vehicle since when; the last version may tell its end."""
    told = min(TODAY, bought + timedelta(city.whole(0, 15)))
    versions = [{"from": bought, "told": told, "until": None, "owner": owner,
                 "items": {**_roles(city, owner), "SHUTOKU-YMD": bought, "SHINKOKU-YMD": told, "SHINKOKU-JIYU": city.pick(("01", "03"))}}]
    if city.chance(0.2) and told < TODAY - timedelta(30) and len(owners) > 1:  # sold, or a new plate
        day = city.day(told + timedelta(1), TODAY - timedelta(15))
        later = min(TODAY, day + timedelta(city.whole(0, 15)))
        again = city.chance(0.3)
        heir = owner if again else city.pick([p for p in owners if p is not owner])
        items = {**versions[0]["items"]} if again else {**_roles(city, heir), "SHUTOKU-YMD": day}
        plate = {"ICHIREN-NO": city.new_number("plate", 4)} if again else {}
        versions.append({"from": day, "told": later, "until": None, "owner": heir,
                         "items": {**items, **plate, "SHINKOKU-YMD": later, "SHINKOKU-JIYU": "04" if again else "02"}})
    last = versions[-1]
    if city.chance(0.15) and last["told"] < TODAY - timedelta(20):
        end = city.day(last["told"] + timedelta(1), TODAY)
        gone = {**last["items"], "HAISHA-YMD": end, "HAISHA-JIYU": city.pick(("01", "02", "03", "04"))}
        if city.chance(0.5):
            versions.append({"from": end, "told": end, "until": end, "owner": last["owner"], "items": gone})
        else:
            last.update({"items": gone, "until": end, "told": end})
    return versions


def _roles(city, owner):
    """Taxpayer, owner and user: a buyer on instalments is taxed as if owner; the lessor is taxed for a leased vehicle."""
    form = city.pick("123", (8, 1, 1))
    others = [p for p in city.firms if p.number != owner.number]
    if not others or form == "1" or (form == "3" and owner.kind != "30"):
        return {"GIMUSHA-NO": owner.number, "SHOYUSHA-NO": owner.number, "SHIYOSHA-NO": owner.number, "SHOYU-KEITAI": "1"}
    other = city.pick(others).number
    if form == "2":
        return {"GIMUSHA-NO": owner.number, "SHOYUSHA-NO": other, "SHIYOSHA-NO": owner.number, "SHOYU-KEITAI": "2"}
    return {"GIMUSHA-NO": owner.number, "SHOYUSHA-NO": owner.number, "SHIYOSHA-NO": other, "SHOYU-KEITAI": "3"}


def rate_class(city, year, kind, fuel, first):
    """税率区分 for a fiscal year, by the month of the first inspection (GYYMM; a month of 00 counts as December)."""
    if kind in FLAT:
        return "9"
    era, y, m = first // 10000, first // 100 % 100, first % 100 or 12
    month = ({3: 1925, 4: 1988, 5: 2018}[era] + y) * 12 + m
    if month <= (year - 13) * 12 + 3 and fuel in "12":
        return "3"
    if month <= 2015 * 12 + 3:
        return "1"
    if (year - 1) * 12 + 4 <= month <= year * 12 + 3:
        if fuel in "36":
            return "4"
        if fuel in "14":
            return city.pick("256")
    return "2"


def _tax(city, year, kind, fuel, shape, versions, exempt, relief):
    on = date(year, 4, 1)
    held = [v for v in versions if v["from"] <= on]
    if not held or (held[-1]["until"] and held[-1]["until"] <= on):
        return
    v = held[-1]
    rate = rate_class(city, year, kind, fuel, shape["SHODO-YM"])
    amount = taxes.rate("軽自税率", f"{kind}/{rate}", year) if exempt == "1" else 0
    off = (amount if relief != "00" and city.chance(0.8) else amount // 200 * 100) if relief != "00" else 0
    late = city.chance(0.04) and year < 2019
    decided = city.day(date(year + 1, 6, 1), date(year + 1, 11, 1)) if late and year < 2018 else city.day(date(year, 4, 10), date(year, 5, 9))
    late = late and year < 2018
    assessed = year + 1 if late else year
    day = taxes.month_end_due(decided) if late else taxes.due("KE", "01", year)
    printed = days.in_heisei(day) if day == date(2019, 5, 31) and city.chance(0.5) else day
    notice = city.new_number(("ke", assessed), 10)
    items = {k: x for k, x in {**shape, **v["items"]}.items() if k in (
        "KANRI-NO", "GIMUSHA-NO", "SHOYUSHA-NO", "SHIYOSHA-NO", "HYOBAN", "BUNRUI-NO", "KANA-MOJI", "ICHIREN-NO", "SHUBETSU-CD")}
    certificate = city.pick((taxes.due("KE", "01", assessed + 1), date(assessed + 1, 5, 31))) if kind in ("22",) + RATED and exempt in "13" else None
    row = city.write(FILE, 1, (days.nendo(assessed), notice), "30", {
        **items, "RIREKI-NO": 1, "SAISHIN-KBN": "1", "FUKA-NENDO": days.nendo(assessed), "SOTO-NENDO": days.nendo(year), "TSUCHI-NO": notice,
        "ZEIRITSU-KBN": rate, "NENZEI": amount, "GEMMEN-KBN": relief if off else "00", "GEMMEN": off, "CHOTEI": amount - off, "KAZEI-KBN": exempt,
        "NOKIGEN": printed if amount - off or city.chance(0.3) and exempt == "1" else None, "SHOMEI-KIGEN": certificate, "IKKATSU-NO": city.bulk[items["GIMUSHA-NO"]],
        **city.stamp(decided)})
    city.certificates.append((row, items["GIMUSHA-NO"]))
    if amount - off:
        city.claims.append(taxes.Claim("30", assessed, year, items["GIMUSHA-NO"], notice, "01", printed, amount - off, decided))


def void_certificates(city, owing):
    """No certificate is valid for somebody who owes the tax."""
    for row, person in city.certificates:
        if person in owing:
            row["SHOMEI-KIGEN"] = None
