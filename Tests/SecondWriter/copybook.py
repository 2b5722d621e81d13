"""Copybooks, and records written by them.

A record is a dict of item names without their prefix (KJ-NENZEI is NENZEI). An item that repeats holds a list of
dicts. What is not given is empty: spaces for text, zero for numbers.
"""

import re
from dataclasses import dataclass, field
from datetime import date

import days
import signs

LINE = re.compile(r"\s*(\d\d)\s+(\S+?)(?:\s+REDEFINES\s+(\S+?))?(?:\s+PIC\s+(S?)([9XN])\((\d+)\)(?:V9\((\d+)\))?( COMP-3)?)?"
                  r"(?:\s+OCCURS\s+(\d+)\s+TIMES)?\.\s*$")


@dataclass
class Item:
    level: int
    name: str
    redefines: str
    signed: bool
    type: str  # 9, X, N or P; empty for a group
    digits: int
    decimals: int
    times: int
    children: list = field(default_factory=list)

    def size(self):
        if self.type:
            digits = self.digits + self.decimals
            return {"P": digits // 2 + 1, "N": 2 * digits}.get(self.type, digits)
        return sum(c.size() * c.times for c in self.children)


def read(path):
    """The items of a copybook, as a tree."""
    root = Item(0, "", "", False, "", 0, 0, 1)
    stack = [root]
    for line in open(path, encoding="utf-8"):
        if line[6:7] == "*":
            continue
        m = LINE.match(line)
        assert m, line
        level, name, redefines, sign, kind, digits, decimals, packed, times = m.groups()
        item = Item(int(level), name, redefines or "", bool(sign), "P" if packed else kind or "",
                    int(digits or 0), int(decimals or 0), int(times or 1))
        while stack[-1].level >= item.level:
            stack.pop()
        stack[-1].children.append(item)
        stack.append(item)
    return root.children[0]


def encode(record_item, kind, values, mixed_names=()):
    """The bytes of one record. `kind` chooses among the variants: AT-KOBETSU-10-20 is for kinds 10 and 20."""
    values, out = dict(values), b""
    for item in _of_kind(record_item.children, kind):
        if item.type or item.times > 1:
            out += _repeat(item, values, mixed_names)
        else:
            body = b"".join(_repeat(c, values, mixed_names) for c in item.children)
            out += body
    assert not values, f"no such items in kind {kind}: {sorted(values)}"
    return out


def _of_kind(items, kind):
    """Each item, and of the items that share bytes only the one for this kind."""
    shared = {i.redefines for i in items if i.redefines}
    for item in items:
        if item.name in shared or item.redefines:
            suffixes = re.findall(r"-(\d\d)(?=-|$)", item.name) or {"CT-HEADER": ["00"], "CT-TRAILER": ["99"]}[item.name]
            if kind not in suffixes:
                continue
        yield item


def _repeat(item, values, mixed_names):
    if item.name == "FILLER":
        return b"\x40" * item.digits
    value = values.pop(_short(item.name), None)
    if item.times == 1:
        return _one(item, value, item.name in mixed_names)
    rows = list(value or [])
    assert len(rows) <= item.times, item.name
    rows += [{}] * (item.times - len(rows))
    out = b""
    for row in rows:
        row = dict(row)
        for c in item.children:
            out += _one(c, row.pop(c.name[len(item.name) + 1:], None), False)
        assert not row, (item.name, row)
    return out


def _one(item, value, is_mixed):
    if item.type == "N":
        return signs.wide(value or "", item.size())
    if item.type == "X":
        return (signs.mixed if is_mixed else signs.half)(value or "", item.digits)
    if isinstance(value, date):
        value = days.packed(value)
    value = int(value or 0)
    digits = item.digits + item.decimals
    text = str(abs(value)).rjust(digits, "0")
    assert len(text) <= digits and (value >= 0 or item.signed), (item.name, value)
    if item.type == "9":
        assert not item.signed
        return bytes(0xF0 + int(c) for c in text)
    text = text if digits % 2 else "0" + text
    return bytes.fromhex(text + (("d" if value < 0 else "c") if item.signed else "f"))


def _short(name):
    return name.split("-", 1)[1]
