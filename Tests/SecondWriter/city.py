"""The city that all files tell of: its people, households and companies, and how numbers and days are drawn."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import days
import names


@dataclass
class Place:
    code: str  # municipality and town, 11 digits
    text: str
    post: str
    number: str
    house: str


@dataclass
class Person:
    number: int
    kind: str  # 10 resident, 20 not registered here, 30 corporation
    kanji: str
    kana: str
    sex: str = ""
    birth: date | None = None  # None where a part of it is unknown
    birth_packed: int = 0
    born: date | None = None  # the birthday, known or not
    nation: str = ""
    alias: str = ""
    togo: int = 0
    events: list = field(default_factory=list)  # what AT tells, in order: people.Event
    mailing: list = field(default_factory=list)  # rows of kind 40
    same_as: int = 0
    deleted: bool = False
    firm: dict = field(default_factory=dict)  # items of kind 30
    partner: "Person | None" = None

    def lives_here(self, day):
        """Whether the person is registered in the city on a day."""
        last = None
        for e in self.events:
            if e.day <= day:
                last = e
        return self.kind == "10" and last is not None and last.state == "1"

    def protected(self):
        return any(e.protection[0] != "0" for e in self.events)


@dataclass
class Household:
    number: int
    head: Person
    members: list


class City:
    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.used = {}
        self.people, self.households, self.firms, self.outsiders = [], [], [], []
        self.claims = []  # what is to be collected: collection.Claim
        self.rows = {}  # file → list of (group, key, kind, values)
        self.incomes = {}  # (number, year) → income of the year before, for KK and NN

    # Drawing -------------------------------------------------------------------------------------------------------

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, items, weights=None):
        return self.rng.choices(list(items), weights)[0]

    def whole(self, low, high):
        """A whole number; both ends more often than others."""
        return self.pick((low, high)) if self.chance(0.1) else self.rng.randint(low, high)

    def day(self, first, last):
        """A day between two, both included."""
        return first + timedelta(self.whole(0, max(0, (last - first).days)))

    def new_number(self, series, digits):
        """A number that was not given before in the series; leading zeros often."""
        used = self.used.setdefault(series, set())
        while True:
            n = self.rng.randint(1, 10 ** (digits if self.chance(0.3) else digits // 2 + 1) - 2)
            if n not in used:
                used.add(n)
                return n

    # Places --------------------------------------------------------------------------------------------------------

    def place(self, here=True):
        digits = "-".join(str(self.whole(1, 9999 if i == 0 else 99)) for i in range(self.whole(1, 4)))
        house = self.pick(names.HOUSES)
        digits = "" if self.chance(0.03) else digits
        if here:
            town, post, code = self.pick(names.TOWNS)
            return Place(names.CITY[0] + code, names.CITY[1] + town, post, digits, house)
        code, text, post = self.pick(names.ELSEWHERE)
        return Place(code + "000" + str(self.whole(1, 999)).zfill(3), text, post, digits, house)

    # Records -------------------------------------------------------------------------------------------------------

    def stamp(self, day, deleted=False):
        """The items at the end of every record."""
        t = self.rng
        return {"KOSHIN-YMD": min(day, days.TODAY), "KOSHIN-JIKAN": t.randint(0, 23) * 10000 + t.randint(0, 59) * 100 + t.randint(0, 59),
                "KOSHIN-ID": t.choice(("A00001", "ZZ9", "BATCH", "MADO12")), "SAKUJO-KBN": "1" if deleted else "0"}

    def write(self, file, group, key, kind, values):
        """A record of a file; records stand by group, then by key, then by kind. Returns it: it may still change."""
        record = {"KIND": kind, **values}
        self.rows.setdefault(file, []).append((group, key, kind, record))
        return record

    def taxpayers(self):
        """Everybody who may owe a tax that does not ask where one lives."""
        return [p for p in self.people + self.outsiders + self.firms if not p.deleted and not p.same_as]
