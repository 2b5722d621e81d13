"""Characters as the mainframe stores them: EBCDIK (one byte) and JEF (two bytes)."""

HALF_KANA = dict(zip("ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ",
                     bytes.fromhex("8182838485868788898A8C8D8E8F909192939495969798999A9D9E9F"
                                   "A2A3A4A5A6A7A8A9AAACADAEAFBABBBCBDBEBF")))
SMALL_KANA = dict(zip("ｦｧｨｩｪｫｬｭｮｯｰ", bytes.fromhex("4647484951525354555658")))
MARKS = {" ": 0x40, "-": 0x60, ".": 0x4B, "(": 0x4D, ")": 0x5D, "/": 0x61, "&": 0x50}
LETTERS = {**{chr(65 + i): 0xC1 + i for i in range(9)}, **{chr(74 + i): 0xD1 + i for i in range(9)},
           **{chr(83 + i): 0xE2 + i for i in range(8)}, **{chr(48 + i): 0xF0 + i for i in range(10)}}
EBCDIK = {**HALF_KANA, **SMALL_KANA, **MARKS, **LETTERS}

# Where JEF is not JIS X 0208:1983 + 8080: the pairs of the page "Legacy records", section 9.
SWAPPED = ("鰺鯵 鶯鴬 蠣蛎 攪撹 竈竃 灌潅 諫諌 頸頚 礦砿 蘂蕊 靱靭 賤賎 壺壷 礪砺 檮梼 濤涛 邇迩 蠅蝿 檜桧 儘侭 藪薮 籠篭").split()
EXTENSION = {"髙": 0x6EA4, "﨑": 0x4BD0, "濵": 0x57B8, "𠮷": 0x45FB}
OTHER_GLYPH = {"啞": "唖", "噓": "嘘", "焰": "焔", "鷗": "鴎", "堯": "尭", "麴": "麹", "蔣": "蒋", "醬": "醤", "蟬": "蝉",
               "瘦": "痩", "塡": "填", "顚": "顛", "禱": "祷", "瀆": "涜", "剝": "剥", "頰": "頬", "槇": "槙", "麵": "麺",
               "遙": "遥", "萊": "莱", "瑤": "瑶"}


def _jef_exceptions():
    """The JEF code of every character whose code is not its EUC-JP code."""
    codes = {c: code.to_bytes(2, "big") for c, code in EXTENSION.items()}
    for left, right in SWAPPED:
        codes[left], codes[right] = right.encode("euc_jp"), left.encode("euc_jp")
    for left, right in OTHER_GLYPH.items():
        codes[left] = right.encode("euc_jp")
    codes["　"] = b"\x40\x40"
    return codes


JEF = _jef_exceptions()


def half(text, size):
    """EBCDIK, padded with spaces. Text that does not fit is an error of the writer."""
    data = bytes(EBCDIK[c] for c in text)
    assert len(data) <= size, (text, size)
    return data.ljust(size, b"\x40")


def wide(text, size):
    """JEF without shift codes, padded with wide spaces."""
    data = b"".join(_jef(c) for c in text)
    assert len(data) <= size, (text, size)
    return data + b"\x40\x40" * ((size - len(data)) // 2)


def mixed(text, size):
    """EBCDIK, with KI and KO around each run of two-byte characters."""
    data, inside = b"", False
    for c in text:
        is_half = c in EBCDIK
        if is_half == inside:
            data += b"\x29" if inside else b"\x28"
            inside = not inside
        data += bytes([EBCDIK[c]]) if is_half else _jef(c)
    data += b"\x29" if inside else b""
    assert len(data) <= size, (text, size)
    return data.ljust(size, b"\x40")


def _jef(c):
    code = JEF.get(c) or c.encode("euc_jp")
    assert len(code) == 2, c
    return code
