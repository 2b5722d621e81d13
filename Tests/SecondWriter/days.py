"""Dates in eras, fiscal years, and the days on which the city is open."""

import csv
from datetime import date, timedelta
from pathlib import Path

PIPELINES = Path(__file__).resolve().parents[2] / "Pipelines"
ERAS = [(5, date(2019, 5, 1)), (4, date(1989, 1, 8)), (3, date(1926, 12, 25)), (2, date(1912, 7, 30)), (1, date(1868, 1, 25))]
OPEN_END = 9999999
TODAY = date(2019, 11, 29)  # the day of the extract
CLOSED = {date.fromisoformat(row["date"]) for row in csv.DictReader(open(PIPELINES / "holidays.csv", encoding="utf-8"))}


def packed(day):
    """GYYMMDD of a date; None is 0, a number is itself."""
    if day is None:
        return 0
    if isinstance(day, int):
        return day
    era, first = next((e, f) for e, f in ERAS if day >= f)
    return era * 1000000 + (day.year - first.year + 1) * 10000 + day.month * 100 + day.day


def in_heisei(day):
    """A day after April 2019 as it was printed before the new era had a name (31.05.31)."""
    return 4000000 + (day.year - 1988) * 10000 + day.month * 100 + day.day


def month(year, m):
    """GYYMM of a month."""
    return packed(month_end(year, m)) // 100


def nendo(year, after_change=False):
    """GYY of a fiscal year. 2019 is 431; what is written after the change of the era may say 501."""
    if year >= 2020 or (year == 2019 and after_change):
        return 500 + year - 2018
    return 400 + year - 1988 if year >= 1989 else 300 + year - 1925


def fiscal(day):
    """The fiscal year a day lies in."""
    return day.year if day.month >= 4 else day.year - 1


def month_end(year, m):
    """The last day of a month; the month may be beyond 12."""
    year, m = year + (m - 1) // 12, (m - 1) % 12 + 1
    return date(year + m // 12, m % 12 + 1, 1) - timedelta(1)


def add_months(day, n):
    """The same day n months later, or the last day of that month."""
    y, m = day.year + (day.month - 1 + n) // 12, (day.month - 1 + n) % 12 + 1
    return date(y, m, min(day.day, month_end(y, m).day))


def is_open(day):
    return day.weekday() < 5 and day not in CLOSED


def next_open(day):
    """The day itself, or the next one on which the city is open."""
    while not is_open(day):
        day += timedelta(1)
    return day


def age(birth, on):
    """Full years; a year is complete on the day before the birthday (年齢計算ニ関スル法律), told here by the birthday."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
