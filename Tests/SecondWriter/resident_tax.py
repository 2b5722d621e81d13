"""個人住民税 (KJFUKA): incomes, the tax on them, and how it is collected."""

from datetime import date, timedelta

import days
import taxes
from days import TODAY
from taxes import Claim, floor

PENSION_KI = ["0A", "0B", "0C", "0D", "0E", "0F"]
FILE = "KJFUKA"


def make(city):
    city.kj_first = 2014
    city.employers = [(city.new_number("shitei", 8), f) for f in city.firms if city.chance(0.7)]
    payroll = {}  # (year, employer, month) → amount
    for p in city.people:
        if not p.birth:
            continue
        job = _job(city, p)
        last_pension = None
        for year in range(city.kj_first, 2020):
            age = days.age(p.birth, date(year, 1, 1))
            if not p.lives_here(date(year, 1, 1)) or age < 16:
                last_pension = None
                continue
            last_pension = _year(city, p, job, year, age, last_pension, payroll)
    for (year, employer, month), amount in sorted(payroll.items()):
        if amount:
            number, firm = city.employers[employer]
            ki = f"{month:02}"
            city.claims.append(Claim("02", year, year, firm.number, number, ki, taxes.due("TK", ki, year), amount,
                                     date(year, 5, 15), employer=number))


def _job(city, p):
    """How somebody lives: the kind of income, and about how much a year."""
    age = days.age(p.birth, TODAY)
    kinds = ("pay", "own", "none", "both") if age < 66 else ("pension", "pension and own", "pay", "none")
    kind = city.pick(kinds, (6, 2, 2, 1))
    level = city.pick((900000, 1400000, 2500000, 4500000, 9000000, 30000000), (2, 3, 5, 5, 2, 0.3))
    return {"kind": kind, "level": level, "employer": city.rng.randrange(len(city.employers)) if city.employers else None,
            "help": city.chance(0.03), "disabled": city.chance(0.04), "support": city.pick((0, 1, 2, 5), (6, 2, 1, 0.3))}


def salary_income(pay, year):
    """給与所得: after the deduction of the income year, the year before the fiscal year."""
    if pay < 651000:
        return 0
    if pay < 1619000:
        return pay - 650000
    if pay < 1628000:
        return {1619: 969000, 1620: 970000, 1621: 970000, 1622: 972000, 1623: 972000}.get(pay // 1000, 974000)
    if pay < 6600000:
        a = pay // 4000 * 1000
        if pay < 1800000:
            return a * 24 // 10
        return a * 28 // 10 - 180000 if pay < 3600000 else a * 32 // 10 - 540000
    if pay < 10000000:
        return pay * 9 // 10 - 1200000
    limit, most = (15000000, 2450000) if year - 1 <= 2015 else (12000000, 2300000) if year - 1 == 2016 else (10000000, 2200000)
    return pay * 95 // 100 - 1700000 if pay < limit else pay - most


def pension_income(pension, age):
    low = (3300000, 1200000) if age >= 65 else (1300000, 700000)
    if pension <= low[0]:
        return max(0, pension - low[1])
    if pension < 4100000:
        return pension * 75 // 100 - 375000
    return pension * 85 // 100 - 785000 if pension < 7700000 else pension * 95 // 100 - 1555000


def _nothing():
    return {"pay": 0, "pension": 0, "other": 0, "salary": 0, "from_pension": 0, "total": 0, "net": 0, "deductions": 330000, "gap": 50000,
            "support": 0, "insurance": 0, "apart": 0}


def _income(city, p, job, year, age):
    i = _nothing()
    about = int(job["level"] * city.rng.uniform(0.9, 1.1)) + city.whole(0, 999)
    if "pay" in job["kind"] or job["kind"] == "both":
        i["pay"] = about
    if "pension" in job["kind"]:
        i["pension"] = about
    if "own" in job["kind"] or job["kind"] == "both":
        i["other"] = about // 2
    i["salary"], i["from_pension"] = salary_income(i["pay"], year), pension_income(i["pension"], age)
    i["total"] = i["salary"] + i["from_pension"] + i["other"]
    i["net"] = i["total"] - (min(i["other"], city.whole(0, 500000)) if city.chance(0.05) else 0)  # losses of earlier years
    i["insurance"] = about * 14 // 100
    i["support"] = job["support"]
    i["deductions"] += i["insurance"] + sum(city.pick((330000, 450000, 380000, 0)) for _ in range(i["support"])) + city.pick((0, 28000, 70000, 351234))
    i["gap"] += i["support"] * 50000 + (city.pick((0, 10000, 130000)) if i["support"] else 0)
    if i["total"] and city.chance(0.03):
        i["apart"] = city.whole(1000, 5000000)  # gains of shares, taxed apart at 3 and 2 %
    return i


def compute(city, year, i, exempt, extra):
    """The items of an assessment."""
    taxable = max(0, floor(i["net"] - i["deductions"], 1000)) if exempt == "0" else 0
    unused = max(0, i["deductions"] - i["net"])
    apart = max(0, floor(i["apart"] - unused, 1000)) if exempt == "0" else 0
    city_part, metro_part = taxable * 6 // 100 + apart * 3 // 100, taxable * 4 // 100 + apart * 2 // 100
    base = min(i["gap"], taxable) if taxable <= 2000000 else max(i["gap"] - (taxable - 2000000), 50000)
    adjust = (base * 3 // 100, base * 2 // 100) if taxable else (0, 0)
    credit = extra.get("credit", (0, 0)) if taxable else (0, 0)
    dividend = extra.get("dividend", (0, 0)) if taxable else (0, 0)
    own = floor(max(0, city_part - adjust[0] - credit[0] - dividend[0]), 100)
    metro = floor(max(0, metro_part - adjust[1] - credit[1] - dividend[1]), 100)
    if exempt == "0" and own + metro == 0:
        exempt = "1"
    heads = exempt in "01"
    own_head, metro_head = (taxes.rate("個人住民税", "市均等割", year), taxes.rate("個人住民税", "都均等割", year)) if heads else (0, 0)
    total = own + metro + own_head + metro_head
    relief = floor(total * extra.get("relief", 0) // 100, 100)
    return exempt, {
        "GOKEI-SHOTOKU": i["total"] + i["apart"], "SOSHOTOKU-TO": i["net"] + i["apart"], "KYUYO-SHUNYU": i["pay"], "NENKIN-SHUNYU": i["pension"],
        "SHOTOKU-KOJO": i["deductions"], "JINTEKI-SA": i["gap"], "FUYO-NINZU": i["support"], "KAZEI-HYOJUN": taxable, "BUNRI-HYOJUN": apart,
        "SHI-SANSHUTSU": city_part, "TO-SANSHUTSU": metro_part, "SHI-CHOSEI-KOJO": adjust[0], "TO-CHOSEI-KOJO": adjust[1],
        "SHI-ZEIGAKU-KOJO": credit[0], "TO-ZEIGAKU-KOJO": credit[1], "SHI-HAITOWARI": dividend[0], "TO-HAITOWARI": dividend[1],
        "SHI-SHOTOKUWARI": own, "TO-SHOTOKUWARI": metro, "SHI-KINTOWARI": own_head, "TO-KINTOWARI": metro_head,
        "GEMMEN": relief, "NENZEI": total - relief}


def _exempt(i, job, age, year):
    """非課税区分; None where the law leaves it to how dependants are counted."""
    if job["help"]:
        return "3"
    one = taxes.rate("個人住民税", "非課税_1人", year)
    more_heads, more_income = (taxes.rate("個人住民税", "非課税_均等割加算", year), taxes.rate("個人住民税", "非課税_所得割加算", year))
    answers = set()
    for others in (i["support"], i["support"] + 1):  # with and without a dependent partner
        plus = (more_heads, more_income) if others else (0, 0)
        total, net = i["total"] + i["apart"], i["net"] + i["apart"]
        answers.add("2" if total <= one * (1 + others) + plus[0] else "1" if net <= one * (1 + others) + plus[1] else "0")
    if job["disabled"] and i["total"] + i["apart"] <= 1250000:
        return "4"
    return answers.pop() if len(answers) == 1 else None


def _year(city, p, job, year, age, last_pension, payroll):
    """One year of one person. Returns the pension tax of the year, if it goes on next year."""
    i = _income(city, p, job, year, age)
    exempt = _exempt(i, job, age, year)
    if exempt is None:
        return None
    city.incomes[p.number, year] = i
    if i["total"] == 0 and city.chance(0.5):
        return None  # no return, no row
    _documents(city, p, i, year)
    extra = {"relief": city.pick((25, 50, 100)) if city.chance(0.03) else 0}
    if city.chance(0.15):
        extra["credit"] = (city.whole(0, 60000), city.whole(0, 40000))
    if city.chance(0.1):
        extra["dividend"] = (city.whole(0, 3000), city.whole(0, 2000))
    late = year == 2018 and exempt in "01" and city.chance(0.06)  # found out a year later
    return _assess(city, p, year, i, exempt, extra, (job, age, last_pension), payroll, late)


def _assess(city, p, year, i, exempt, extra, life, payroll, late):
    exempt, items = compute(city, year, i, exempt, extra)
    job, age, last_pension = life or ({"kind": "own", "employer": None}, 50, None)
    pension_age = days.age(p.birth, date(year, 4, 1)) >= 65
    way, tax = "1", items["NENZEI"]
    if late:
        return _late(city, p, year, i, exempt, items)
    if i["pay"] and job["employer"] is not None and tax:
        way = "5" if i["other"] and city.chance(0.7) else "2" if city.chance(0.85) else "1"
    if pension_age and i["pension"] and tax >= 6000:
        way = "3" if not i["other"] and last_pension is not None or year == city.kj_first and not i["other"] else "4"
    notice = city.new_number(("kj", year), 10)
    row = {"FUKA-NENDO": days.nendo(year), "SOTO-NENDO": days.nendo(year), "ATENA-NO": p.number, "TSUCHI-NO": notice, "RIREKI-NO": 1,
           "SAISHIN-KBN": "1", "KOSEI-JIYU": "00", "HIKAZEI-KBN": exempt,
           "HAIGU-NO": p.partner.number if p.partner and p.partner.lives_here(date(year, 1, 1)) and city.chance(0.7) else 0, **items}
    decided = city.day(date(year, 5, 10), date(year, 6, 8))
    first, pension_tax = [], None
    if way in "34":
        first, pension_tax, row["KARI-CHOSHU"] = _pension(city, p, year, i, tax, way, last_pension)
        way = "4" if any(k < "0A" or k > "0F" for k, _, _ in first) and any("0A" <= k <= "0F" for k, _, _ in first) else \
            "3" if any("0A" <= k <= "0F" for k, _, _ in first) else "1"
    notice_part = sum(a for k, _, a in first if k not in PENSION_KI)
    pension_part = sum(a for k, _, a in first if k in PENSION_KI)
    payroll_part = tax if way == "2" else floor(tax * city.whole(30, 90) // 100, 100) if way == "5" else 0
    if way in "15" and not first:
        notice_part = tax - payroll_part
        first = [(f"{n + 1:02}", taxes.due("KJ", f"{n + 1:02}", year), a) for n, a in enumerate(taxes.split(notice_part, 4))]
    if way == "5" and not (notice_part and payroll_part):
        way, payroll_part, notice_part, first = "2", tax, 0, []
    row.update({"CHOSHU-KBN": way, "FUCHO-GAKU": notice_part, "KYUTOKU-GAKU": payroll_part, "NENTOKU-GAKU": pension_part})
    if way in "1345":
        _by_notice(city, p, year, row, first, decided, i, exempt, extra)
    if way in "25":
        _by_employer(city, p, year, dict(row), job, payroll_part, decided, payroll)
    return pension_tax


def _late(city, p, of_year, i, exempt, items):
    """過年度賦課: assessed in the next year, due at once."""
    year, decided, new_words = of_year + 1, city.day(date(of_year + 1, 6, 10), date(of_year + 1, 10, 20)), city.chance(0.5)
    notice, due = city.new_number(("kj", year), 10), taxes.month_end_due(decided)
    word = days.nendo(year, new_words)
    parts = [("11", due, items["NENZEI"])] if items["NENZEI"] else []
    city.write(FILE, 0, (word, days.nendo(of_year), notice, 1), "10", {
        "FUKA-NENDO": word, "SOTO-NENDO": days.nendo(of_year), "ATENA-NO": p.number, "TSUCHI-NO": notice, "RIREKI-NO": 1, "SAISHIN-KBN": "1",
        "CHOSHU-KBN": "1", "KOSEI-JIYU": "00", "HIKAZEI-KBN": exempt, **items, "FUCHO-GAKU": items["NENZEI"], "KI": taxes.instalments(parts),
        **city.stamp(decided)})
    for k, day, amount in parts:
        city.claims.append(Claim("01", year, of_year, p.number, notice, k, day, amount, decided, late_words=new_words))
    return None


def _stopped(city, p, year, row, parts):
    """Withholding from a pension ends when somebody moves out or dies: the rest is due by notice. None when it goes on."""
    left = [e for e in p.events if e.why in ("40", "50") and date(year, 7, 1) <= e.day <= date(year + 1, 1, 31)]
    if not left or row["CHOSHU-KBN"] != "3":
        return None
    e = left[0]
    when = min(TODAY, max(e.day, e.told) + timedelta(city.whole(1, 15)))
    kept = [(k, d, a) for k, d, a in parts if d <= e.day + timedelta(40)]
    rest = row["NENZEI"] - sum(a for _, _, a in kept)
    if not rest or len(kept) < 3:
        return None
    after = {**row, "RIREKI-NO": 2, "SAISHIN-KBN": "1", "CHOSHU-KBN": "4", "KOSEI-JIYU": e.why, "KOSEI-YMD": when, "KARI-CHOSHU": 0,
             "FUCHO-GAKU": rest, "NENTOKU-GAKU": row["NENZEI"] - rest}
    return after, kept + [("11", taxes.month_end_due(when), rest)], when


def _pension(city, p, year, i, tax, way, last):
    """Withheld from the pension: (instalments, this year's pension tax, next year's provisional amount)."""
    whole = tax if not i["other"] else floor(tax * 7 // 10, 100)
    rest = tax - whole
    parts = [(f"{n + 1:02}", taxes.due("KJ", f"{n + 1:02}", year), a) for n, a in enumerate(taxes.split(rest, 4))] if rest else []
    if last is None and year > city.kj_first or last is not None and floor(last // 6, 100) * 3 > whole:
        half = floor(whole // 2, 100)  # first year: half by notice in June and August, half from the pension
        later = taxes.split(half, 3, 100)
        early = taxes.split(whole - half, 2)
        if rest:
            return [(k, taxes.due("KJ", k, year), a) for k, a in zip(("01", "02", "03", "04"), taxes.split(tax, 4))], None, 0
        parts = [("01", taxes.due("KJ", "01", year), early[0]), ("02", taxes.due("KJ", "02", year), early[1])]
        months = [0, 0, 0] + later
    else:
        each = floor((last if last is not None else whole) // 6, 100)
        months = [each] * 3 + taxes.split(whole - 3 * each, 3, 100)
    parts += [(k, taxes.due("KJ", k, year), a) for k, a in zip(PENSION_KI, months)]
    return parts, whole, floor(whole // 6, 100)


def _claims(city, p, year, of_year, notice, parts, decided, was=None):
    for k, day, amount in parts:
        if amount:
            tax = "03" if k in PENSION_KI else "01"
            city.claims.append(Claim(tax, year, of_year, p.number, notice, k, day, amount, decided, was=(was or {}).get(k, 0)))


def _by_notice(city, p, year, row, parts, decided, i, exempt, extra):
    """Kind 10, and now and then its correction."""
    corrected = _stopped(city, p, year, row, parts) or _correct(city, year, row, parts, decided, i, exempt, extra) if row["CHOSHU-KBN"] == "1" and row["NENZEI"] and city.chance(0.1) else None
    row["SAISHIN-KBN"] = "0" if corrected else "1"
    key = lambda r: (r["FUKA-NENDO"], r["SOTO-NENDO"], r["TSUCHI-NO"], r["RIREKI-NO"])
    city.write(FILE, 0, key(row), "10", {**row, "KI": taxes.instalments(parts), **city.stamp(decided)})
    if corrected:
        after, now_parts, when = corrected
        city.write(FILE, 0, key(after), "10", {**after, "KI": taxes.instalments(now_parts), **city.stamp(when)})
        was = {k: a for k, _, a in parts} if after["NENZEI"] < row["NENZEI"] else None
        _claims(city, p, year, year, row["TSUCHI-NO"], now_parts, decided, was)
    else:
        _claims(city, p, year, year, row["TSUCHI-NO"], parts, decided)


def _correct(city, year, row, parts, decided, i, exempt, extra):
    """A corrected assessment: more is due at once, less is split again over the year."""
    more = city.chance(0.5)
    j = {**i, "deductions": max(330000, i["deductions"] + (-1 if more else 1) * city.whole(10000, 400000))}
    now_exempt, items = compute(city, year, j, "0" if exempt in "01" and i["net"] > 670000 else exempt, extra)
    if exempt not in "01" or items["NENZEI"] == row["NENZEI"]:
        return None
    if now_exempt != exempt and {exempt, now_exempt} != {"0", "1"}:
        return None
    when = city.day(decided + timedelta(20), min(TODAY, date(year + 1, 3, 20)))
    why = city.pick(("10", "20", "30")) if items["NENZEI"] > row["NENZEI"] else "20"
    after = {**row, **items, "RIREKI-NO": 2, "SAISHIN-KBN": "1", "KOSEI-JIYU": why, "KOSEI-YMD": when, "HIKAZEI-KBN": now_exempt,
             "FUCHO-GAKU": items["NENZEI"]}
    extra_tax = items["NENZEI"] - row["NENZEI"]
    if extra_tax > 0:
        return after, parts + [("11", taxes.month_end_due(when), extra_tax)], when
    again = taxes.split(items["NENZEI"], 4)
    return after, [(k, day, a) for (k, day, _), a in zip(parts, again)], when


def _by_employer(city, p, year, row, job, amount, decided, payroll):
    """Kind 20: twelve months from June, the fraction under 100 yen in June."""
    number, firm = city.employers[job["employer"]]
    months = taxes.split(amount, 12, 100)
    left, changed = None, decided
    if city.chance(0.04):  # left the job: what remains is withheld at once
        n = city.whole(0, 11)
        left = city.day(date(year + (5 + n) // 12, (5 + n) % 12 + 1, 1), days.month_end(year, 6 + n))
        if left < TODAY and left > decided:
            months, changed = months[:n] + [sum(months[n:])] + [0] * (11 - n), left
        else:
            left = None
    row.update({"TSUCHI-NO": city.new_number(("kj", year), 10), "SAISHIN-KBN": "1", "RIREKI-NO": 1, "KARI-CHOSHU": 0})
    city.write(FILE, 0, (row["FUKA-NENDO"], row["SOTO-NENDO"], row["TSUCHI-NO"], 1), "20", {
        **row, "SHITEI-NO": number, "JUKYU-NO": city.pick(("", "1", "A-00012345678", "00000000000001")),
        "TSUKI": [{"ZEIGAKU": m} for m in months], "TAISHOKU-YMD": left, **city.stamp(changed)})
    for n, m in enumerate(months):
        key = (year, job["employer"], n + 1)
        payroll[key] = payroll.get(key, 0) + m
    _document(city, p, year, "01", number, firm.firm["HOJIN-NO"], row["KYUYO-SHUNYU"], salary_income(row["KYUYO-SHUNYU"], year), 0, "1", "2")


def _documents(city, p, i, year):
    """What was declared for the year: a pension report, a return."""
    if i["pension"]:
        _document(city, p, year, "02", 0, 0, i["pension"], i["from_pension"], i["insurance"], "1", "1")
    if i["other"]:
        whole = city.chance(0.5)  # a return that is accepted holds all incomes
        _document(city, p, year, city.pick(("03", "04")), 0, 0, i["other"] + (i["pay"] + i["pension"] if whole else 0),
                  i["total"] + i["apart"] if whole else i["other"], i["insurance"], "1" if whole else "2", "1")


def _document(city, p, year, kind, employer, payer, gross, net, insurance, use, way):
    number = city.new_number("shiryo", 10)
    arrived = city.day(date(year, 1, 15), date(year, 3, 31))
    city.write(FILE, 0, (days.nendo(year), days.nendo(year), number, 1), "30", {
        "FUKA-NENDO": days.nendo(year), "SOTO-NENDO": days.nendo(year), "ATENA-NO": p.number, "TSUCHI-NO": number, "RIREKI-NO": 1,
        "SAISHIN-KBN": "1", "CHOSHU-KBN": way, "KOSEI-JIYU": "00", "HIKAZEI-KBN": "0", "SHIRYO-KBN": kind, "SHIRYO-NO": number,
        "SHITEI-NO": employer, "SHIHARAI-NO": payer, "SHUNYU": gross, "SHOTOKU-GAKU": net, "SHAKAI-HOKEN": insurance,
        "GASSAN-KBN": use, **city.stamp(arrived)})
    if kind in ("02", "03", "04") and city.chance(0.03):  # came twice, and one was deleted
        twice = city.new_number("shiryo", 10)
        city.write(FILE, 0, (days.nendo(year), days.nendo(year), twice, 1), "30", {
            "FUKA-NENDO": days.nendo(year), "SOTO-NENDO": days.nendo(year), "ATENA-NO": p.number, "TSUCHI-NO": twice, "RIREKI-NO": 1,
            "SAISHIN-KBN": "1", "CHOSHU-KBN": way, "KOSEI-JIYU": "00", "HIKAZEI-KBN": "0", "SHIRYO-KBN": kind, "SHIRYO-NO": twice,
            "SHUNYU": gross, "SHOTOKU-GAKU": net, "SHAKAI-HOKEN": insurance, "GASSAN-KBN": "9", **city.stamp(arrived, city.chance(0.5))})
