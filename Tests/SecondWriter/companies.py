"""法人市民税 (HJSHINK): returns of companies and what they declare."""

from datetime import date, timedelta

import days
import taxes
from days import TODAY
from taxes import floor

FILE = "HJSHINK"


def make(city):
    city.hj_first = 2014
    for firm in city.firms:
        if city.chance(0.9):
            _company(city, firm)


def tier(capital, staff):
    """均等割号数 by capital and the staff in the city."""
    few = staff <= 50
    if capital <= 10 ** 7:
        return "1" if few else "2"
    if capital <= 10 ** 8:
        return "3" if few else "4"
    if capital <= 10 ** 9:
        return "5" if few else "6"
    return "7" if few else "8" if capital <= 5 * 10 ** 9 else "9"


def _company(city, firm):
    home = firm.firm["HONTEN-KBN"] == "1"
    kind = city.pick(("01", "02", "03", "04"), (14, 2, 1, 1))
    capital = 0 if kind in ("02", "03") else firm.firm["SHIHON"]
    share = "1" if home and city.chance(0.7) else "2" if home else "3"
    here = city.pick((0, 1, city.whole(2, 49), 50, 51, city.whole(52, 3000))) if share != "1" or kind in ("03", "04") else \
        city.pick((1, city.whole(2, 49), 50, 51, city.whole(52, 3000)))
    here = max(here, 1)
    everywhere = here if share == "1" else here + city.whole(1, 5000)
    number = "1" if kind == "02" else tier(capital, here)
    opened = city.day(max(firm.birth, date(1950, 1, 1)), date(2019, 3, 31))
    month = int(firm.firm["KESSAN-TSUKI"][:2])
    end_day = city.pick((31, 20, 15), (9, 1, 1))
    longer = city.pick((0, 1, 2), (6, 2, 0.5)) if kind == "01" else 0
    closed = city.day(date(2019, 1, 1), TODAY) if city.chance(0.06) and opened < date(2018, 12, 1) else None
    base = {"KANRI-NO": city.new_number("hj", 7), "ATENA-NO": firm.number, "HOJIN-NO": firm.firm["HOJIN-NO"]}
    capital, here, number = _years(city, base, opened, closed, month, end_day, kind, capital, here, everywhere, number, longer)
    last_day = min(end_day, days.month_end(2019, month).day)
    city.write(FILE, 0, (base["KANRI-NO"], 0, 1), "10", {
        **base, "JIGYO-NENDO-NO": 0, "SHINKOKU-RIREKI": 1, "SAISHIN-KBN": "1", "SETSURITSU-YMD": opened, "HAISHI-YMD": closed,
        "KESSAN-MD": f"{month:02}{last_day:02}", "HOJIN-KBN": kind, "BUNKATSU-KBN": share, "SHIHONKIN-TO": capital, "JUGYOSHA-SHINAI": here,
        "KINTO-GOSU": number, "ENCHO-TSUKI": longer, "RENKETSU-KBN": "1" if longer == 2 and kind == "01" else "0",
        "JIMUSHO-SU": city.whole(1, min(here, 999)), **city.stamp(max(opened, closed or opened))})


def _year_end(year, month, end_day):
    return date(year, month, min(end_day, days.month_end(year, month).day))


def months_in(first, last):
    """Full months by the calendar; at least one (地方税法312条)."""
    n = 1
    while n < 12 and days.add_months(first, n + 1) - timedelta(1) <= last:
        n += 1
    return n


def _two_months_after(day, more):
    """The deadline: two months after the end of the period, longer if granted."""
    after = day + timedelta(1)
    return days.next_open(days.add_months(after, 2 + more) - timedelta(1))


def _years(city, base, opened, closed, month, end_day, kind, capital, here, everywhere, number, longer):
    end = _year_end(city.hj_first, month, end_day)
    serial, before = 0, None
    while True:
        start = _year_end(end.year - 1, month, end_day) + timedelta(1)
        first, last = max(start, opened), min(end, closed) if closed else end
        if first > last or closed and closed < start:
            if first > last and not closed:
                end = _year_end(end.year + 1, month, end_day)
                if end <= TODAY:
                    continue
            return capital, here, number
        if before and kind == "01" and city.chance(0.1):  # more capital, other staff
            capital = city.pick((capital, 3000000, 100000001, 5 * 10 ** 9, 5 * 10 ** 9 + 1))
            more = city.whole(0, 80)
            here, everywhere = here + more, everywhere + more
            number = tier(capital, here)
        serial += 1
        y = Year(city, base, serial, first, last, kind, capital, here, everywhere, number, longer, before)
        y.returns()
        before = y
        if closed and last == closed or last >= TODAY:
            return before.state(capital, here, number)
        end = _year_end(end.year + 1, month, end_day)


class Year:
    """A business year and its returns."""

    def __init__(self, city, base, serial, first, last, kind, capital, here, everywhere, number, longer, before):
        self.city, self.base, self.serial, self.first, self.last = city, base, serial, first, last
        self.kind, self.capital, self.here, self.everywhere = kind, capital, here, everywhere
        self.number, self.longer, self.before = number, longer, before
        self.rate = taxes.rate("法人税割率", "標準", first)
        self.months = months_in(first, last)
        self.fixed = [0, 0]  # 法人税割, 均等割 declared so far
        self.rows = []
        self.profit = 0 if kind in ("02", "03", "04") and city.chance(0.8) or kind == "04" or city.chance(0.3) else city.whole(1, 9000) * 1000
        self.credit = city.chance(0.1)

    def state(self, capital, here, number):
        """What the register tells: the latest return's, if there is one for this year."""
        if self.rows or not self.before:
            return capital, here, number
        return self.before.capital, self.before.here, self.before.number

    def returns(self):
        city, half_end = self.city, days.add_months(self.first, 6) - timedelta(1)
        b = self.before
        full = (self.last + timedelta(1) - self.first).days >= 365
        if self.kind == "01" and full and b and b.profit > 200000 and b.months == 12 and _two_months_after(half_end, 0) <= TODAY:
            self._provisional(half_end)
        if self.last < TODAY and (_two_months_after(self.last, self.longer) <= TODAY):
            self._final()
        for n, row in enumerate(self.rows):
            row["SAISHIN-KBN"] = "1" if n == len(self.rows) - 1 else "0"
            notice = row["TSUCHI-NO"]
            city.write(FILE, 0, (self.base["KANRI-NO"], self.serial, n + 1), "20", row)
            if row["CHOTEI"]:
                day = row["SHINKOKU-YMD"]
                city.claims.append(taxes.Claim(
                    "10", days.fiscal(day), days.fiscal(day), self.base["ATENA-NO"], notice, "01", row["NOKIGEN"], row["CHOTEI"], day,
                    {"CHOTEI-KTW": row["NOFU-KTW"], "CHOTEI-HZW": row["NOFU-HZW"]}, business_year=self.serial, version=n + 1,
                    late_words=day >= date(2019, 5, 1)))

    def _row(self, code, filed, deadline, pay_by, months, profit, tax=None):
        """One return. `tax` gives the 法人税割 of a provisional return, which has no base of its own."""
        filed = days.next_open(filed)  # before that the counter is closed
        if filed > TODAY:
            return
        if code in ("40", "50"):
            pay_by = days.next_open(days.add_months(filed, 1)) if code == "50" and self.city.chance(0.5) else filed
        here = floor(profit * self.here // self.everywhere, 1000)
        gross = here * self.rate // 10000 if tax is None else tax
        credit = min(gross, self.city.whole(1, 5000)) if self.credit and tax is None and gross else 0
        net, heads = floor(gross - credit, 100), floor(taxes.rate("法人均等割", self.number, 2019) * months // 12, 100)
        due_tax, due_heads = net - self.fixed[0], heads - self.fixed[1]
        self.rows.append({
            **self.base, "JIGYO-NENDO-NO": self.serial, "SHINKOKU-RIREKI": len(self.rows) + 1, "JIGYO-KAISHI": self.first, "JIGYO-SHURYO": self.last,
            "SHINKOKU-KBN": code, "SHINKOKU-YMD": filed, "SHINKOKU-KIGEN": deadline, "NOKIGEN": pay_by, "TSUKISU": months,
            "SHIHONKIN-TO": self.capital, "JUGYOSHA-ZEN": self.everywhere, "JUGYOSHA-SHINAI": self.here, "KINTO-GOSU": self.number,
            "HOJINZEI-HYOJUN": 0 if tax is not None else profit, "BUNKATSU-HYOJUN": 0 if tax is not None else here,
            "ZEIRITSU": 0 if tax is not None else self.rate, "HOJINZEIWARI": gross, "KOJO": credit, "SASHIHIKI-HZW": net, "KINTOWARI": heads,
            "CHUKAN-HZW": self.fixed[0], "CHUKAN-KTW": self.fixed[1], "NOFU-HZW": due_tax, "NOFU-KTW": due_heads, "CHOTEI": due_tax + due_heads,
            "KANPU": max(0, -(due_tax + due_heads)), "KEIKA-KBN": "0", "TSUCHI-NO": self.city.new_number(("hj", days.fiscal(filed)), 10),
            **self.city.stamp(filed)})
        self.fixed = [net, heads]
        self.net = net

    def _provisional(self, half_end):
        city, deadline = self.city, _two_months_after(half_end, 0)
        filed = self.city.day(half_end + timedelta(1), deadline)
        if city.chance(0.8):
            self._row("10", filed, deadline, deadline, 6, 0, floor(self.before.net * 6 // self.before.months, 100))
        else:
            self._row("20", filed, deadline, deadline, 6, floor(self.profit * city.whole(10, 90) // 100, 1000))

    def _final(self):
        city, deadline = self.city, _two_months_after(self.last, self.longer)
        on_time = _two_months_after(self.last, 0)
        pay_by = deadline if city.chance(0.5) else on_time
        code = "90" if self.kind == "04" or self.kind in ("02", "03") and not self.profit else "30"
        if code == "30" and city.chance(0.04) and deadline < TODAY - timedelta(100) and not self.rows:
            filed = city.day(deadline + timedelta(30), min(TODAY, deadline + timedelta(200)))
            self._row("60", filed, deadline, deadline, self.months, self.profit)
            return
        filed = city.day(self.last + timedelta(1), deadline if city.chance(0.9) else min(TODAY, deadline + timedelta(40)))
        self._row(code, filed, deadline, pay_by, self.months, self.profit)
        if code == "30" and city.chance(0.15) and filed < TODAY - timedelta(60):
            day = city.day(filed + timedelta(30), TODAY)
            if city.chance(0.5):
                self.profit += city.whole(1, 3000) * 1000
                self._row("40", day, deadline, day, self.months, self.profit)
            elif self.profit:
                self.profit = floor(self.profit * city.whole(0, 90) // 100, 1000)
                self._row("50", day, deadline, day, self.months, self.profit)
