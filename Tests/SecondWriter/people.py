"""共通宛名 (ATMAST) and the links of 団体内統合宛名 and 住基 (TGRENKEI)."""

from dataclasses import dataclass
from datetime import date, timedelta

import days
import names
from city import Household, Person
from days import TODAY

LINKS_BEGIN = date(2015, 10, 5)
NOT_PROTECTED = ("0", None, None)
BORN, MOVED_IN, MOVED, MOVED_OUT, DIED, BY_OFFICE = "10", "20", "30", "40", "50", "60"
STATE_AFTER = {MOVED_OUT: "2", DIED: "3"}


@dataclass
class Event:
    """One version of a person: what happened, when, and how things stand since."""
    why: str
    day: date
    told: date
    state: str
    place: object
    relation: str
    head: int
    settled: date | None
    before: str
    protection: tuple = NOT_PROTECTED
    household: int = 0
    alias: str = ""
    kanji: str = ""  # another name at that time
    kana: str = ""
    written: int | None = None  # the day as it stands in the register, where parts of it are unknown


def make(city):
    """Residents in households, people elsewhere, companies."""
    residents = city.pick((50, city.whole(50, 110), city.whole(50, 300)), (1, 7, 2))
    while len(city.people) < residents:
        _household(city)
    for _ in range(city.whole(4, 20)):
        _outsider(city)
    for _ in range(city.whole(6, 24)):
        _firm(city)
    _merged(city)
    for p in city.people + city.outsiders + city.firms:
        if city.chance(0.08) and not p.deleted:
            _mailing(city, p)
            if city.chance(0.2):
                _mailing_for_another_tax(city, p)


def _identity(city, sex, birth, surname=None):
    """A person; `surname` gives the family's."""
    s = surname or city.pick(names.SURNAMES)
    g = city.pick(names.MEN if sex == "1" else names.WOMEN)
    p = Person(city.new_number("atena", 10), "10", s[0] + "　" + g[0], s[1] + " " + g[1], sex, birth, days.packed(birth), birth)
    return p


def _foreigner(city, birth):
    kana, sex, alias = city.pick(names.FOREIGN)
    p = Person(city.new_number("atena", 10), "10", names.wide_letters(kana), kana, str(sex), birth, days.packed(birth), birth)
    p.nation, p.alias = city.pick(names.COUNTRIES), alias
    if city.chance(0.2):  # only the year, or only year and month, is known
        p.birth, p.birth_packed = None, p.birth_packed // 100 * 100 if city.chance(0.5) else p.birth_packed // 10000 * 10000
    return p


def _birth(city, low, high):
    """A birthday for an age between two on the day of the extract; edges of the tax rules often."""
    if low <= 75 <= high and city.chance(0.2):
        turns = city.pick([a for a in (20, 40, 65, 75) if low <= a <= high])
        return city.day(date(2019 - turns, 4, 1), date(2020 - turns, 4, 2))
    return city.day(date(2018 - high, 11, 30), date(2019 - low, 11, 29))


def _household(city):
    size = city.pick(range(1, 10), (30, 25, 15, 12, 8, 4, 3, 2, 1))
    foreign = city.chance(0.12)
    sex = city.pick("12")
    birth = _birth(city, 19, 112)
    head = _foreigner(city, birth) if foreign else _identity(city, sex, birth)
    surname = city.pick(names.SURNAMES) if foreign else _surname(head)
    members, relations = [head], ["02"]
    head_age = days.age(birth, TODAY)
    if size > 1 and city.chance(0.8):
        spouse_birth = _birth(city, max(18, head_age - 15), min(104, head_age + 15))
        spouse = _foreigner(city, spouse_birth) if city.chance(0.1) else _identity(city, "2" if head.sex == "1" else "1", spouse_birth, surname)
        if spouse.sex != head.sex:
            members.append(spouse)
            relations.append("12" if spouse.sex == "2" else "11")
            head.partner, spouse.partner = spouse, head
    while len(members) < size:
        relation = city.pick(("20", "51", "52", "2020", "2012", "1252"), (8, 1, 1, 1, 0.5, 0.5))
        if relation in ("51", "52", "1252") and head_age > 75 or relation in relations and relation != "20" and relation != "2020":
            relation = "20"
        if relation == "1252" and "12" not in relations:
            relation = "20"
        if relation == "2012" and head_age < 40 or relation == "2020" and head_age < 40:
            relation = "20"
        low, high = {"20": (0, max(0, head_age - 18)), "2020": (0, max(0, head_age - 38)), "2012": (18, max(18, head_age - 18)),
                     }.get(relation, (head_age + 17, min(105, head_age + 40)))
        who = "2" if relation in ("52", "2012", "1252") else "1" if relation == "51" else city.pick("12")
        members.append(_identity(city, who, _birth(city, low, high), surname))
        relations.append(relation)
    house = Household(city.new_number("setai", 10), head, members)
    city.households.append(house)
    city.people += members
    _lives(city, house, relations)
    for p in members:
        by_office = [n for n, e in enumerate(p.events) if n and e.why == BY_OFFICE]
        if by_office and not p.nation and city.chance(0.3):  # another name, as the family register told the office
            maiden, n = city.pick(names.SURNAMES), by_office[0]
            for e in p.events[:n]:
                e.kanji, e.kana = maiden[0] + "　" + p.kanji.split("　")[1], maiden[1] + " " + p.kana.split(" ")[1]
        if any(e.state == "1" for e in p.events[-1:]) or city.chance(0.6) or p.events[-1].day >= LINKS_BEGIN:
            p.togo = city.new_number("togo", 15)


def _surname(p):
    return p.kanji.split("　")[0], p.kana.split(" ")[0]


def _later(city, day, most=14):
    """When something was told to the city: the same day or some days after."""
    return min(TODAY, day + timedelta(city.whole(0, most)))


def _lives(city, house, relations):
    """What happened to the household and to each member."""
    head = house.head
    adult = head.born.year + 18
    first = city.day(date(max(1950, adult), 4, 1), date(max(2018, adult), 6, 30) if city.chance(0.8) else TODAY)
    first = min(first, TODAY - timedelta(30))
    place, origin = city.place(), city.place(False).text[:15]
    began = {}
    for p, relation in zip(house.members, relations):
        birth = p.born
        born_here = birth > first
        day = birth if born_here else first
        told = _later(city, day)
        p.events.append(Event(BORN if born_here else MOVED_IN, day, told, "1", place, relation, head.number, day,
                              "" if born_here else origin, household=house.number, alias=p.alias))
        began[p.number] = day
    for _ in range(city.pick((0, 1, 2), (6, 3, 1))):
        _all_move(city, house)
    if city.chance(0.15):
        _protect(city, house)
    for p in list(house.members):
        if p is not head and city.chance(0.08):
            _leaves(city, p, p is head)
    if city.chance(0.1):
        if city.chance(0.5):  # the whole household goes
            last = max(p.events[-1].told for p in house.members)
            day, to = _after(city, last), city.place(False)
            for p in house.members if last < TODAY - timedelta(3) else []:
                if p.events[-1].state == "1":
                    _goes(city, p, MOVED_OUT, day, to)
        elif head.partner and head.partner.events[-1].state == "1" and set(relations) <= {"02", "11", "12", "20"}:
            _new_head(city, house, head.partner)
        elif len(house.members) == 1:
            _leaves(city, head, True)
    if city.chance(0.05):
        _old_day(city, house)


def _old_day(city, house):
    """An old register did not keep the day, or not the month, of the first event."""
    first = house.head.events[0]
    if first.day.year > 1975 or first.why == BORN:
        return
    for p in house.members:
        if p.events[0].day == first.day and p.events[0].why == MOVED_IN:
            p.events[0].written = days.packed(first.day) // 100 * 100 if city.chance(0.5) else days.packed(first.day) // 10000 * 10000


def _after(city, day):
    """A day after another, more often one of the last years."""
    first = min(TODAY - timedelta(1), day + timedelta(1))
    if city.chance(0.7):
        first = max(first, min(TODAY, date(2018, 12, 1)))
    return city.day(first, TODAY - timedelta(1))


def _next(p, city, **changes):
    """The next version of a person."""
    last = p.events[-1]
    values = {**last.__dict__, "written": None, **changes}
    values.pop("changed", None)
    if "told" not in changes:
        values["told"] = max(last.told, _later(city, values["day"]))
    p.events.append(Event(**values))


def _all_move(city, house):
    place = city.place()
    last = max(p.events[-1].told for p in house.members)
    if last >= TODAY - timedelta(3):
        return
    day = _after(city, last)
    for p in house.members:
        if p.events[-1].day < day:
            _next(p, city, why=MOVED, day=day, place=place, settled=day)


def _protect(city, house):
    """支援措置 for a year, renewed once or not; the renewal is a version of its own."""
    last = max(p.events[-1].told for p in house.members)
    end = city.day(date(2019, 12, 1), date(2020, 11, 28))
    start = end - timedelta(365)
    kind = city.pick("112")
    if last >= start - timedelta(366):
        if last >= start:
            return
    elif city.chance(0.5):
        earlier = start - timedelta(365)
        for p in house.members:
            _next(p, city, why=BY_OFFICE, day=earlier, protection=(kind, earlier, start - timedelta(1)))
    for p in house.members:
        _next(p, city, why=BY_OFFICE, day=start, protection=(kind, start, end))


def _goes(city, p, why, day, place=None):
    """Somebody leaves the register."""
    state = STATE_AFTER.get(why, "4")
    _next(p, city, why=why, day=day, state=state, place=place or p.events[-1].place)


def _leaves(city, p, alone):
    if p.events[-1].told >= TODAY - timedelta(3):
        return
    why = city.pick((MOVED_OUT, DIED, BY_OFFICE), (5, 3, 1))
    day = _after(city, p.events[-1].told)
    elsewhere = city.place(False)
    _goes(city, p, why, day, elsewhere if why == MOVED_OUT else None)
    if why == MOVED_OUT and city.chance(0.3) and p.events[-1].told < TODAY - timedelta(10):  # and comes back
        back = city.day(p.events[-1].told + timedelta(1), TODAY - timedelta(1))
        home = p.events[-2].place
        _next(p, city, why=MOVED_IN, day=back, state="1", place=home, settled=back, before=elsewhere.text[:15])


def _new_head(city, house, heir):
    """The head leaves; the partner becomes head, and everybody's relation is to the new head."""
    old = house.head
    last = max(p.events[-1].told for p in house.members)
    if last >= TODAY - timedelta(3):
        return
    day = _after(city, last)
    why = city.pick((MOVED_OUT, DIED))
    _goes(city, old, why, day, city.place(False) if why == MOVED_OUT else None)
    for p in house.members:
        if p is not old and p.events[-1].state == "1":
            _next(p, city, why=BY_OFFICE, day=day, relation="02" if p is heir else "20", head=heir.number)
    house.head = heir


def _outsider(city):
    """Somebody who is not registered here but owns something here, or once lived here."""
    p = _identity(city, city.pick("12"), _birth(city, 18, 95))
    p.kind, p.deleted = "20", city.chance(0.08)
    day = city.day(date(1990, 4, 1), date(2019, 6, 30))
    day = max(day, p.birth)
    p.events.append(Event(BY_OFFICE, day, day, "9", city.place(False), "", 0, None, ""))
    if city.chance(0.3):
        later = _after(city, day)
        _next(p, city, why=BY_OFFICE, day=later, place=city.place(False))
    if city.chance(0.7) and not p.deleted:
        p.togo = city.new_number("togo", 15)
    city.outsiders.append(p)


def _firm(city):
    kanji, kana = city.pick(names.FIRMS)
    p = Person(city.new_number("atena", 10), "30", kanji, kana)
    founded = city.day(date(1900, 1, 1), date(2019, 3, 31))
    p.birth, p.birth_packed = founded, days.packed(founded)
    here = city.chance(0.7)
    months = [city.whole(1, 12)]
    boss = city.pick(names.SURNAMES)[0] + "　" + city.pick(names.MEN + names.WOMEN)[0]
    p.firm = {"HOJIN-NO": int(names.corporate_number(str(city.rng.randint(0, 10 ** 12 - 1)).zfill(12))), "DAIHYO-KANJI": boss[:15],
              "HONTEN-KBN": "1" if here else "2", "SHIHON": city.pick((0, 1, 3000000, 10000000, 10000001, 100000000, 1000000001, 6000000000)),
              "KESSAN-TSUKI": "".join(f"{m:02}" for m in months)}
    day = max(founded, city.day(date(1950, 4, 1), date(2019, 3, 31)))
    place = city.place(here)
    p.events.append(Event(BY_OFFICE, day, day, "9", place, "", 0, None, ""))
    if city.chance(0.2):
        _next(p, city, why=BY_OFFICE, day=_after(city, day), place=city.place(here))
    city.firms.append(p)


def _merged(city):
    """A second number of somebody who moved out and back, with the city's decision which one counts."""
    for p in city.people:
        if city.chance(0.02) and p.togo and p.events[-1].state == "1":
            old = Person(city.new_number("atena", 10), "20", p.kanji, p.kana, p.sex, p.birth, p.birth_packed)
            day = city.day(date(2005, 1, 1), date(2014, 12, 31))
            if p.birth and p.birth >= day:
                continue
            old.events.append(Event(BY_OFFICE, day, day, "9", city.place(False), "", 0, None, ""))
            old.same_as, old.togo = p.number, city.new_number("togo", 15)
            city.outsiders.append(old)


def _mailing(city, p):
    """A mailing address, in one or two versions."""
    start = city.day(max(date(2010, 1, 1), p.events[0].told), TODAY)
    why = "03" if p.events[-1].state == "3" else city.pick(("01", "02", "04") if p.kind != "30" else ("01", "04"))
    name = city.pick(names.SURNAMES) + city.pick(names.MEN)
    end = days.OPEN_END if city.chance(0.8) else days.packed(city.day(start, date(2021, 3, 31)))
    tax = city.pick(("00", "00", "01", "02", "03", "10", "20", "21", "30", "40"))
    p.mailing.append({"day": start, "tax": tax, "end": end, "why": why, "place": city.place(city.chance(0.4)),
                      "kanji": name[0] + "　" + name[2], "kana": name[1] + " " + name[3]})
    if isinstance(end, int) and end == days.OPEN_END and city.chance(0.3) and start < TODAY - timedelta(2):
        again = city.day(start + timedelta(1), TODAY)
        p.mailing[-1]["end"] = days.packed(again - timedelta(1))
        p.mailing.append({**p.mailing[-1], "day": again, "end": days.OPEN_END, "place": city.place(city.chance(0.4))})


def _mailing_for_another_tax(city, p):
    """Another mailing address at the same time, for another tax."""
    before = list(p.mailing)
    _mailing(city, p)
    others = [m for m in p.mailing[len(before):] if m["tax"] not in {b["tax"] for b in before}]
    p.mailing = sorted(before + others, key=lambda m: m["day"])


# Records ---------------------------------------------------------------------------------------------------------------

def write(city):
    numbered = {p.number: p for p in city.people + city.outsiders + city.firms}
    for number in sorted(numbered):
        _address_records(city, numbered[number])
    _links(city)


def _address_records(city, p):
    versions = len(p.events)
    for i, e in enumerate(p.events):
        current = i == versions - 1
        values = {**_common(p, e, i + 1, current), "SEIBETSU": p.sex, "SEINEN-YMD": p.birth_packed, "KANA-SHIMEI": e.kana or p.kana,
                  "KANJI-SHIMEI": e.kanji or p.kanji, "TSUSHO-KANJI": p.alias, "SOFU-UMU": "1" if p.mailing and (current or e.told >= p.mailing[0]["day"]) else "0",
                  "TOGO-NO": p.togo, **_address(e.place), "IDO-JIYU": e.why, "IDO-YMD": e.written or e.day, "TODOKE-YMD": e.told,
                  **city.stamp(_stamp_day(city, p, i), p.deleted)}
        if p.kind == "30":
            values.update(p.firm)
        else:
            values.update({"ZOKUGARA-CD": e.relation, "SETAINUSHI-NO": e.head, "KOKUSEKI-CD": p.nation, "JUTEI-YMD": e.written or e.settled,
                           "TENNYUMAE": e.before, "MYNO-UMU": "1" if p.togo and p.kind == "10" else "0",
                           "ZAIRYU-MANRYO": _until(city, p)})
        city.write("ATMAST", 0, (p.number, i + 1), p.kind, values)
    for i, m in enumerate(p.mailing):
        e = p.events[-1]
        city.write("ATMAST", 0, (p.number, i + 1), "40", {
            **_common(p, e, i + 1, i == len(p.mailing) - 1), "DOITSU-NO": 0, "KANA-SHIMEI": m["kana"], "KANJI-SHIMEI": m["kanji"], **_address(m["place"]),
            "IDO-JIYU": BY_OFFICE, "IDO-YMD": m["day"], "TODOKE-YMD": m["day"], "SOFU-ZEIMOKU": m["tax"], "SOFU-KAISHI": m["day"],
            "SOFU-SHURYO": m["end"], "SOFU-YUSEN": "1", "SOFU-JIYU": m["why"], "SOFU-UMU": "1", **city.stamp(m["day"])})


def _stamp_day(city, p, i):
    """The day of the last change: never before the version before it."""
    e = p.events[i]
    e.changed = max([e.told] + [x.changed for x in p.events[:i]])
    return e.changed


def _common(p, e, version, current):
    kind = {"10": "2" if p.nation else "1", "20": "3", "30": "9"}[p.kind]
    return {"ATENA-NO": p.number, "RIREKI-NO": version, "SAISHIN-KBN": "1" if current else "0", "SETAI-NO": e.household,
            "JUMIN-SHUBETSU": kind, "JUMIN-JOTAI": e.state, "SHIEN-KBN": e.protection[0], "SHIEN-KAISHI": e.protection[1],
            "SHIEN-SHURYO": e.protection[2], "DOITSU-NO": p.same_as}


def _address(place):
    return {"YUBIN-NO": place.post, "JUSHO-CD": place.code, "JUSHO-KANJI": place.text, "BANCHI": place.number, "KATAGAKI": place.house}


def _until(city, p):
    """The end of the permit to stay; who may stay for ever has none."""
    if not p.nation or p.events[-1].state != "1" or p.number % 3 == 0:
        return None
    return date(2020, 1, 1) + timedelta(p.number % 1800)


def _links(city):
    for p in sorted(city.people + city.outsiders, key=lambda p: p.togo):
        if not p.togo or p.deleted:
            continue
        start = max(LINKS_BEGIN, p.events[0].day)
        gone = p.events[-1].day if p.events[-1].state in "234" and p.events[-1].day >= start and city.chance(0.3) else None
        if p.same_as:
            gone = city.day(start, TODAY)
        others = [c for c in ("10", "30", "40", "50") if city.chance(0.1)]
        for code in ["20"] + others:
            city.write("TGRENKEI", 0, (p.togo, code, p.number), "10", {
                "TOGO-NO": p.togo, "GYOMU-CD": code, "ATENA-NO": p.number, "KAISHI-YMD": start, "SHURYO-YMD": gone or days.OPEN_END,
                "SEINEN-YMD": p.birth_packed, "SEIBETSU": p.sex, "KANA": p.kana, **city.stamp(max(start, gone or start))})
    since = city.day(date(2019, 4, 1), date(2019, 10, 1))
    feed = [(e.changed, p.number, i, p, e) for p in city.people for i, e in enumerate(p.events) if e.changed >= since and p.togo]
    number = city.whole(1, 900000)
    for done, _, _, p, e in sorted(feed, key=lambda f: f[:3]):
        city.write("TGRENKEI", 1, (number,), "20", {
            "TOGO-NO": p.togo, "GYOMU-CD": "10", "ATENA-NO": p.number, "IDO-RENBAN": number, "IDO-JIYU": e.why, "IDO-YMD": e.day,
            "SHORI-YMD": done, "SETAI-NO": e.household, **city.stamp(done)})
        number += 1
