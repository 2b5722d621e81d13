"""What all taxes share: rates of the tables, due dates, splitting into instalments, and what is to be collected."""

import csv
from dataclasses import dataclass, field
from datetime import date, timedelta

import days
from days import PIPELINES


def _tables():
    found = {}
    for path in sorted((PIPELINES / "rates").glob("*.csv")):
        found[path.stem] = list(csv.DictReader(open(path, encoding="utf-8")))
    return found


TABLES = _tables()


def rate(table, key, year):
    """A value of a year (or of a day, for tables with days)."""
    for row in TABLES[table]:
        low, high = row["from"], row["to"] or "9999-99"
        if isinstance(year, date):
            if row["key"] == key and low <= year.isoformat() <= high:
                return int(row["value"])
        elif row["key"] == key and int(low) <= year <= int(high.split("-")[0]):
            return int(row["value"])
    raise KeyError((table, key, year))


def due(series, ki, year):
    """The due date of an instalment: moved to the next open day."""
    key = f"{series}/{ki}"
    first = days.add_months(date(year, 4, 1), rate("納期月", key, year))
    return days.next_open(first + timedelta(rate("納期日", key, year)))


def month_end_due(day):
    """The due date of an instalment outside the calendar: the end of the next month, when the city is open."""
    return days.next_open(days.month_end(day.year, day.month + 1))


def floor(amount, unit):
    """Down to a multiple, for amounts not below zero."""
    return amount // unit * unit


def split(amount, parts, unit=1000):
    """Instalments: fractions under the unit go to the first; if a part is less than the unit, all goes to the first."""
    each = floor(amount // parts, unit)
    return [amount - each * (parts - 1)] + [each] * (parts - 1)


def instalments(rows):
    """KI items of (code, due, amount), without those of nothing."""
    return [{"KI-CD": code, "NOKIGEN": day, "ZEIGAKU": amount} for code, day, amount in rows if amount]


@dataclass
class Claim:
    """One instalment to be collected: kind 10 of SNCHOTEI before anything is paid."""
    tax: str
    year: int  # assessed in
    of_year: int  # belongs to
    person: int
    notice: int
    ki: str
    due: object
    amount: int
    decided: date
    parts: dict = field(default_factory=dict)  # the items that add up to the amount
    employer: int = 0
    business_year: int = 0
    version: int = 0
    was: int = 0  # what it was before it was cut; it may have been paid so
    late_words: bool = False  # the year is written as one of the new era


def packed_day(day):
    """A due date that may have been printed in the old era, as a date."""
    if isinstance(day, int):
        return date(day // 10000 % 100 + 1988, day // 100 % 100, day % 100)
    return day
