"""収納・滞納 (SNCHOTEI): what becomes of each claim, and accounts for direct debit."""

from datetime import date, timedelta

import days
import signs
import taxes
from days import TODAY
from taxes import floor

FILE = "SNCHOTEI"
LARGE = str.maketrans("ｧｨｩｪｫｬｭｮｯｰ", "ｱｲｳｴｵﾔﾕﾖﾂ-")  # 全銀文字 have no small kana and no long sound
BANKS = (1, 310, 2004, 3056, 9900, 5030)


def make(city):
    """The rows of every claim; returns who owes vehicle tax."""
    city.new_words = city.chance(0.3)  # what was decided since May 2019 is booked in 令和
    city.complete_on = city.pick(("SHUNYU-YMD", "SHUNYU-YMD", "RYOSHU-YMD"))
    city.first_due_counts = city.chance(0.2)
    city.reminder_fee = city.pick((0, 100))
    city.debit = {key for key in sorted({(c.tax, c.person) for c in city.claims}) if key[0] not in ("02", "03", "10") and city.chance(0.3)}
    by_person, owing = {}, set()
    for c in city.claims:
        c.offset = None
        by_person.setdefault(c.person, []).append(c)
    for c in city.claims:
        life = Life(city, c, by_person[c.person])
        life.live()
        life.write()
        if c.tax == "30" and life.left() > 0:
            owing.add(c.person)
    _accounts(city)
    return owing


def late_charge(amount, due, paid, each_year=False):
    """延滞金 for tax paid after its due date; years of one rate are one term, or each a term of its own."""
    base = floor(amount, 1000)
    if base < 2000:
        return 0
    month = days.add_months(due + timedelta(1), 1) - timedelta(1)
    terms, day = [], due + timedelta(1)
    while day <= paid:
        kind = "1" if day <= month else "2"
        term = (kind, taxes.rate("延滞金", kind, day.year), day.year if each_year else 0)
        if terms and terms[-1][0] == term:
            terms[-1][1] += 1
        else:
            terms.append([term, 1])
        day += timedelta(1)
    total = floor(sum(base * rate * n // 365000 for (_, rate, _), n in terms), 100)
    return total if total >= 1000 else 0


def _open_before(day):
    """The day itself, or the last one before it on which the city was open."""
    while not days.is_open(day):
        day -= timedelta(1)
    return day


class Life:
    """A claim, its receipts, refunds and measures."""

    def __init__(self, city, claim, siblings):
        self.city, self.c, self.siblings = city, claim, siblings
        self.due = taxes.packed_day(claim.due)
        self.receipts, self.refunds, self.measures = [], [], []
        self.items = {"ENTAI-KAKUTEI": "0", "SHOBUN-UMU": "0", "BUNNO-UMU": "0", "TEISHI-UMU": "0"}
        self.lost, self.done = 0, None
        claim.life = self

    def paid(self):
        return sum(r["SHUNO"] for r in self.receipts if r["counts"])

    def left(self):
        return self.c.amount - self.paid() - self.lost

    def live(self):
        city, c = self.city, self.c
        if c.amount < 0:
            self._refund(-c.amount, self.c.decided, False)
            return
        if c.offset:
            self._receipt(c.offset[0], c.offset[1], "90")
        if c.was > c.amount and city.chance(0.6):
            paid = self._on_time(c.was)
            if paid:
                return self._refund(c.was - c.amount, paid, False)
        rest = c.amount - self.paid()
        if not rest:
            return
        if self.due > TODAY:
            if city.chance(0.15):
                self._on_time(rest)
            return
        if self.c.decided >= self.due and self.c.tax == "10":  # filed late, paid with it or later
            self._on_late(rest, remind=False)
        else:
            fate = city.pick(("on time", "in parts", "late", "part", "nothing", "twice", "given up"), (80, 3, 6, 2, 4, 2, 1))
            getattr(self, "_" + fate.replace(" ", "_"))(rest)
        if not self.paid() and not self.lost and "TOKUSOKU-YMD" not in self.items:
            self._late(rest)
        if self.left() > 0 and "TOKUSOKU-YMD" not in self.items:
            self._reminder()

    # Money in ------------------------------------------------------------------------------------------------------

    def _channel(self):
        c = self.c
        if c.tax in ("02", "10"):
            return self.city.pick(("01", "04", "06") if self.due > date(2019, 10, 31) else ("01", "04"))  # eLTAX takes payments since October 2019
        return "01" if c.tax == "03" else self.city.pick(("01", "02" if (c.tax, c.person) in self.city.debit else "01", "03", "03", "04", "05"))

    def _receipt(self, amount, day, channel=None, counts=True, charge=0, fee=0):
        """A receipt; from shops first a preliminary one and, days later, the confirmed one with the same number."""
        city, c = self.city, self.c
        channel = channel or self._channel()
        if channel in ("01", "02", "90") and not days.is_open(day):
            channel = "03" if channel != "90" and c.tax not in ("02", "03", "10") else channel
            day = day if channel == "03" else _open_before(day)
        booked = days.next_open(day + timedelta(0 if channel == "90" else city.whole(0, 3)))
        if booked > TODAY or day <= date(day.year, 5, 31) < booked:
            day = booked = _open_before(day)
        number = city.new_number("zumi", 14)
        row = {"RYOSHU-YMD": day, "NOFU-CHANNEL": channel, "SHUNO": amount, "SHUNO-TOKUSOKU": fee, "SHUNO-ENTAI": charge,
               "GINKO-CD": 0 if channel == "90" else city.pick(BANKS), "SHITEN-CD": 0 if channel == "90" else city.whole(1, 999), "ZUMI-NO": number}
        if channel == "03" and city.chance(0.3):
            self._add(row, booked, "0", "0", False)
            sure = days.next_open(booked + timedelta(city.whole(1, 9)))
            if sure > TODAY or booked <= date(booked.year, 5, 31) < sure:
                self.receipts[-1].update({"counts": counts, "TORIKESHI": "0" if counts else "1"})
                return booked
            if city.chance(0.05):  # the preliminary one was taken back, and the money came another way
                self.receipts[-1]["TORIKESHI"] = "1"
                self._add(row, sure, "2", "0", False)
                row = {**row, "ZUMI-NO": city.new_number("zumi", 14), "NOFU-CHANNEL": "04"}
            if not counts:
                self.receipts[-1]["TORIKESHI"] = "1"
            booked = sure
        self._add(row, booked, "1", "0" if counts else "1", counts)
        return booked

    def _add(self, row, booked, sure, cancelled, counts):
        year = days.fiscal(booked)
        if booked.month in (4, 5) and self.c.year < year:
            year -= 1
        self.receipts.append({**row, "SHUNYU-YMD": booked, "KAIKEI-NENDO": days.nendo(year), "KARI-KBN": sure, "TORIKESHI": cancelled, "counts": counts})

    def _on_time(self, rest):
        last = min(self.due, TODAY)
        first = min(self.c.decided + timedelta(3), last)
        if self.c.decided >= last:  # only what is withheld from pensions is due before the year's decision
            if self.c.ki < "0A" or self.c.ki > "0F":
                return None
            first = last - timedelta(20)
        day = self.city.day(max(first, last - timedelta(60)), last)
        return self._receipt(rest, day)

    def _in_parts(self, rest):
        """Several payments before the due date."""
        n = self.city.whole(2, 5)
        for amount in taxes.split(rest, n, 100):
            if amount:
                if not self._on_time(amount):
                    self._on_late(amount, remind=False)

    def _reminder(self):
        """督促状, within 20 days after the due date."""
        day = _open_before(self.due + timedelta(self.city.whole(7, 20)))
        if day > TODAY:
            return None
        self.items["TOKUSOKU-YMD"] = day
        self.items["TOKUSOKU-RYO"] = self.city.reminder_fee
        if self.city.chance(0.4) and day + timedelta(30) < TODAY:
            self.items["SAIKOKU-YMD"] = self.city.day(day + timedelta(30), TODAY)
        return day

    def _late(self, rest):
        self._on_late(rest)

    def _on_late(self, rest, remind=True):
        city = self.city
        if self.due >= TODAY:
            return
        after = self._reminder() if remind and (city.chance(0.7) or self.due < TODAY - timedelta(450)) else None
        first = max((after or self.due) + timedelta(1), self.c.decided)
        if first > TODAY:
            return
        day = _open_before(city.day(first, min(TODAY, first + timedelta(city.pick((20, 400))))))
        if day < first:
            return
        self.items["SAIKOKU-YMD"] = self.items.get("SAIKOKU-YMD") if self.items.get("SAIKOKU-YMD") and self.items["SAIKOKU-YMD"] <= day else None
        while late_charge(rest, self.due, day) != late_charge(rest, self.due, day, True):
            day = _open_before(day - timedelta(1))  # a day on which years of one rate may be told apart or not
        if day <= self.due:
            return
        charge = late_charge(rest, self.due, day) if rest == self.c.amount else 0
        fee = self.items.get("TOKUSOKU-RYO", 0)
        if city.chance(0.2):
            charge = 0  # not fixed yet
        if charge:
            self.items.update({"ENTAI": charge, "ENTAI-KAKUTEI": "1"})
        if city.chance(0.1):  # paid without the charge, or without the fee
            charge, fee = city.pick(((0, fee), (charge, 0)))
        self._receipt(rest, day, self.city.pick(("01", "04")), charge=charge, fee=fee)

    # Money not in --------------------------------------------------------------------------------------------------

    def _nothing(self, rest):
        after = self._reminder()
        self._lapse()
        if after and self.city.chance(0.5):
            self._measure(after)

    def _part(self, rest):
        if rest < 200:
            return
        day = self.city.day(max(self.c.decided + timedelta(3), self.due - timedelta(30)), min(TODAY, self.due + timedelta(300)))
        self._receipt(self.city.whole(1, rest - 1), day)
        self._reminder()
        self._lapse(day)

    def _lapse(self, acknowledged=None):
        """時効: five years; a payment of a part starts it again. What has lapsed is given up."""
        start = max(self.due, acknowledged or self.due)
        end = days.add_months(start, 60)
        if end <= TODAY:
            self._lose(self.city.day(end, TODAY), "06")
        else:
            self.items["JIKO-YMD"] = end

    def _lose(self, day, law):
        """不納欠損 of all that is left, after the claim was carried over."""
        self.lost = self.left()
        self._measured("80", day, law, self.lost)
        self.done = day
        self.items["JIKO-YMD"] = None

    def _carried_on(self):
        """31 May on which the claim is carried over, if it is not paid: the first after the year and after the due date."""
        year = self.c.year + 1
        if self.due > date(year, 5, 31):
            year += 1
        return date(year, 5, 31)

    def _given_up(self, rest):
        after = self._reminder()
        from_day = self._carried_on() + timedelta(1)
        if not after or from_day >= TODAY:
            return self._lapse()
        day = self.city.day(from_day, TODAY)
        if self.city.chance(0.4):
            self.items["TEISHI-UMU"] = "1"
            self._measured("70", day, self.city.pick(("01", "02", "03")), rest)
            self._lose(day, "05")
            return None
        three = days.add_months(day, 36)
        if self.city.chance(0.2) and day < TODAY:  # found to have means after all
            self._measured("70", day, self.city.pick(("01", "02", "03")), rest, self.city.day(day + timedelta(1), TODAY))
            return self._lapse()
        self.items["TEISHI-UMU"] = "1"
        self._measured("70", day, self.city.pick(("01", "02", "03")), rest)
        if three <= TODAY:
            self._lose(three, "04")
        else:
            self._lapse()
        return None

    def _measure(self, after):
        """差押 and the like, 猶予, or a plan of payments."""
        city = self.city
        if self.lost or after + timedelta(11) >= TODAY:
            return
        day = city.day(after + timedelta(11), TODAY)
        code = city.pick(("10", "20", "30", "40", "50", "60"))
        over = city.day(day + timedelta(1), TODAY) if city.chance(0.3) and day < TODAY else None
        plan = []
        if code == "60":
            n, left = city.whole(1, 10), self.left()
            parts = [a for a in taxes.split(left, n, 100) if a]
            plan = [{"YOTEI-YMD": days.next_open(days.add_months(day, k + 1)), "YOTEI-GAKU": a, "RIKO": "0"} for k, a in enumerate(parts)]
        self._measured(code, day, "", self.left(), over, plan)
        if not over and code in ("10", "20", "30"):
            self.items["SHOBUN-UMU"] = "1"
        if not over and code == "60":
            self.items["BUNNO-UMU"] = "1"

    def _measured(self, code, day, law, amount, over=None, plan=()):
        self.measures.append({"SHOBUN-CD": code, "SHOBUN-YMD": day, "KAIJO-YMD": over, "HOREI": law, "KINGAKU": amount, "BUNNO": list(plan)})

    # Money back ----------------------------------------------------------------------------------------------------

    def _twice(self, rest):
        """Paid twice: the second payment is still to be given back, was given back, or went to another claim."""
        city = self.city
        first = self._on_time(rest)
        if not first:
            return
        day = city.day(first, min(TODAY, first + timedelta(40)))
        how = city.pick(("open", "paid", "moved"))
        if how == "moved":
            how = self._move(rest, day) or "open"
        if how == "moved":
            return
        booked = self._receipt(rest, day, "01", counts=how == "open")
        self._refund(rest, booked, how == "paid")

    def _refund(self, amount, day, paid):
        settled = min(TODAY, day + timedelta(self.city.whole(5, 40)))
        row = {"SHORI-KBN": "1", "HASSEI-YMD": day, "KETTEI-YMD": settled, "KINGAKU": amount, "JOTAI": "1"}
        if paid and settled < TODAY:
            row.update({"SHIHARAI-YMD": min(TODAY, settled + timedelta(self.city.whole(1, 30))), "JOTAI": "2"})
        elif paid:
            self.receipts[-1].update({"counts": True, "TORIKESHI": "0"})
        self.refunds.append(row)
        most = amount // 40000  # hundreds of a percent or two for some years; less than 1,000 is not paid
        if row["JOTAI"] == "2" and most >= 10 and self.city.chance(0.6):
            interest = self.city.whole(10, most) * 100
            if self.city.chance(0.5):
                row["KASANKIN"] = interest
            else:
                self.refunds.append({**row, "SHORI-KBN": "3", "KINGAKU": 0, "KASANKIN": interest})

    def _move(self, amount, day):
        """充当 to a later claim of the same person that has not been told yet."""
        for t in self.siblings:
            settled = min(TODAY, day + timedelta(10))
            if hasattr(t, "life") or t.offset or t.amount < amount or t.was or t.decided > settled or t.year > days.fiscal(settled) + 1:
                continue
            if not days.is_open(settled):
                settled = _open_before(settled)
            if settled < day:
                continue
            t.offset = (amount, settled)
            self._receipt(amount, day, "01", counts=False)
            self.refunds.append({"SHORI-KBN": "2", "HASSEI-YMD": day, "KETTEI-YMD": settled, "SHIHARAI-YMD": settled, "KINGAKU": amount,
                                 "SAKI-NENDO": days.nendo(t.year, t.late_words), "SAKI-ZEIMOKU": t.tax, "SAKI-TSUCHI": t.notice, "SAKI-KI": t.ki, "JOTAI": "2"})
            return "moved"
        return None

    def _first_due(self):
        """法定納期限等: the claim's own, or in some cities that of the first instalment of the notice."""
        if not self.city.first_due_counts:
            return self.c.due
        return min((s.due for s in self.siblings if (s.tax, s.year, s.of_year, s.notice, s.version) == (
            self.c.tax, self.c.year, self.c.of_year, self.c.notice, self.c.version)), key=taxes.packed_day)

    def _complete(self):
        """The day on which nothing was owed any more."""
        total = 0
        for r in sorted((r for r in self.receipts if r["counts"]), key=lambda r: r["SHUNYU-YMD"]):
            total += r["SHUNO"]
            if total >= self.c.amount:
                return r[self.city.complete_on]
        return self.done

    # Records -------------------------------------------------------------------------------------------------------

    def write(self):
        city, c = self.city, self.c
        word = lambda y: days.nendo(y, c.late_words or city.new_words and c.tax in ("01", "03") and c.decided >= date(2019, 5, 1))
        base = {"FUKA-NENDO": word(c.year), "SOTO-NENDO": word(c.of_year), "CHOTEI-NENDO": word(c.year), "ZEIMOKU": c.tax, "ATENA-NO": c.person,
                "TSUCHI-NO": c.notice, "KI-CD": c.ki, "SHITEI-NO": c.employer, "JIGYO-NENDO-NO": c.business_year, "SHINKOKU-RIREKI": c.version}
        paid, left = self.paid(), self.left()
        state = "5" if left < 0 else "4" if left == 0 else "1" if paid else "0"
        limit = self._carried_on()
        by_then = sum(r["SHUNO"] for r in self.receipts if r["counts"] and r["SHUNYU-YMD"] <= limit)
        carried = limit < TODAY and by_then < c.amount
        changed = max([c.decided] + [r["SHUNYU-YMD"] for r in self.receipts] + [m["SHOBUN-YMD"] for m in self.measures] + [m["KAIJO-YMD"] for m in self.measures if m["KAIJO-YMD"]]
                      + [r.get("SHIHARAI-YMD") or r["KETTEI-YMD"] for r in self.refunds] + [self.items.get("TOKUSOKU-YMD") or c.decided])
        self._row(base, "10", 0, {
            **self.items, "NOKIGEN": c.due, "HOTEI-NOKI": self._first_due(), "CHOTEI": c.amount, **c.parts, "SHUNO": paid,
            "SHUNO-TOKUSOKU": sum(r["SHUNO-TOKUSOKU"] for r in self.receipts if r["counts"]), "SHUNO-ENTAI": sum(r["SHUNO-ENTAI"] for r in self.receipts if r["counts"]),
            "KAGONO": max(0, -left), "KESSON": self.lost, "MINO": left, "KANNO-KBN": state, "KANNO-YMD": self._complete() if state in "45" else None,
            "KURIKOSHI-KBN": "1" if carried else "0"}, changed)
        for kind, rows in (("20", self.receipts), ("30", self.refunds), ("40", self.measures)):
            for n, r in enumerate(rows, 1):
                r = {k: v for k, v in r.items() if k != "counts"}
                day = r.get("SHUNYU-YMD") or r.get("SHIHARAI-YMD") or r.get("KETTEI-YMD") or r.get("KAIJO-YMD") or r.get("SHOBUN-YMD")
                self._row(base, kind, n, r, day)

    def _row(self, base, kind, n, items, day):
        key = (base["FUKA-NENDO"], base["SOTO-NENDO"], base["ZEIMOKU"], base["TSUCHI-NO"], signs.half(base["KI-CD"], 2), n)
        self.city.write(FILE, 0, key, kind, {**base, "RENBAN": n, **items, **self.city.stamp(day)})


def _accounts(city):
    """Direct debit: an account of a person for a tax, now and then an earlier one that has ended."""
    people = {p.number: p for p in city.people + city.outsiders + city.firms}
    serial = {}
    for tax, person in sorted(city.debit):
        begin = city.day(date(2000, 4, 1), date(2019, 9, 30))
        begin = max(begin, people[person].events[0].day)
        spans = [(begin, None)]
        if city.chance(0.2) and begin < date(2019, 1, 1):
            end = city.day(begin + timedelta(30), TODAY - timedelta(1))
            spans = [(begin, end)] + ([(end + timedelta(1), None)] if city.chance(0.7) else [])
        for first, last in spans:
            serial[tax] = serial.get(tax, 0) + 1
            post = city.chance(0.3)
            word = days.nendo(2019)
            name = people[person].kana.translate(LARGE)[:30].rstrip()
            city.write(FILE, 0, (word, word, tax, 0, signs.half("", 2), serial[tax]), "50", {
                "FUKA-NENDO": word, "SOTO-NENDO": word, "CHOTEI-NENDO": word, "ZEIMOKU": tax, "ATENA-NO": person, "RENBAN": serial[tax],
                "KINYU-CD": 9900 if post else city.pick(BANKS[:4]), "SHITEN-CD": 0 if post else city.whole(1, 999), "YOKIN-KBN": city.pick("1112"),
                "KOZA-NO": 0 if post else city.whole(1, 9999999), "YUCHO-KIGO": city.whole(10000, 19999) if post else 0,
                "YUCHO-NO": city.whole(1, 99999999) if post else 0, "MEIGI-KANA": name, "KAISHI-YMD": first, "HAISHI-YMD": last,
                "ZENKI-KBN": city.pick("112"), **city.stamp(last or first)})
