import Base

extension Fault {
  /// What is wrong with the value or the record, for people.
  package var meaning: Bilingual {
    switch self {
    case .sign: Bilingual("数値の符号が不正(パック10進・独立した符号)", "number without a valid sign (packed, or a sign of its own)")
    case .digit: Bilingual("パック10進に数字以外", "packed number with a digit that is none")
    case .zone: Bilingual("ゾーン10進のゾーンが不正", "zoned number with a wrong zone")
    case .blank: Bilingual("数値項目が空白(未初期化)", "numeric field left blank")
    case .unsigned: Bilingual("符号なし項目に負の符号", "negative sign on an unsigned item")
    case .overflow: Bilingual("桁あふれ", "too many digits")
    case .date: Bilingual("存在しない日付", "date that does not exist")
    case .undefinedCode: Bilingual("文字コード表にない文字", "code that the character set does not define")
    case .noUnicode: Bilingual("Unicodeにない文字", "character that Unicode lacks")
    case .unmappedGaiji: Bilingual("外字表にない外字", "gaiji that the city's table does not list")
    case .unidentifiedGaiji: Bilingual("未同定の外字", "unidentified gaiji")
    case .oddLength: Bilingual("漢字が奇数バイト", "kanji with an odd number of bytes")
    case .strayShift:
      Bilingual("シフトコードの位置が不正(X項目の漢字なら types の mixed)", "shift code where none may stand (kanji in X: type mixed)")
    case .unmappedCode: Bilingual("コード変換表にないコード", "code that its conversion table does not list")
    case .notANumber: Bilingual("数字でない文字列", "text that is no number")
    case .unreadable: Bilingual("型に合わない値", "value that does not fit its type")
    case .tooLong: Bilingual("移行先の桁数を超える", "longer than the target column")
    case .missing: Bilingual("必須項目が空", "required value is missing")
    case .unknownKind: Bilingual("レコード種別が不明", "unknown record kind")
    case .cut:
      Bilingual("レコードの末尾で切れた、または件数分ない項目", "item that the record's end cuts, or that its table has by count alone")
    case .excess: Bilingual("最後の項目の後ろに余りがあるレコード", "record with bytes behind its last item")
    case .occurrences: Bilingual("反復回数・長さが範囲外", "number of occurrences, or length, out of range")
    case .noRate: Bilingual("税率表・休日表にない", "no rate for this key and time, or a day that the holidays do not cover")
    case .replaced: Bilingual("前の変換で失われた文字(U+FFFD)", "character lost in an earlier conversion (U+FFFD)")
    case .lunar: Bilingual("明治6年より前の日付(旧暦)", "date before 1873, of the lunar calendar")
    case .quote: Bilingual("セルの引用符が正しくない", "quote where a cell may have none")
    case .long: Bilingual("レイアウトの桁数を超える", "longer than the layout allows")
    case .notFinite: Bilingual("数でない浮動小数点", "floating-point value that is no number")
    }
  }
}
