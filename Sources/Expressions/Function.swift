import Base
import Records

/// A function of the mapping language: its name, arguments, result and purpose.
package struct Function: Sendable {
  package let name: String
  /// The signature as the documentation prints it.
  package let signature: String
  package let purpose: Bilingual
  /// The condition on the arguments that the signature does not express, for messages.
  var condition: String?
  /// The operation for these argument types, or `nil` when they do not fit. Literal arguments come as constants.
  let resolve: @Sendable (_ types: [ValueType], _ constants: [Constant?]) -> (Node.Operation, ValueType, keep: Int)?

  enum Constant: Equatable {
    case integer(Int64)
    case text(String)
  }

  /// All functions; `totsugo list functions` prints them.
  package static let all: [Function] = [
    simple(
      "truncate", "truncate(amount, unit)", Bilingual("単位未満を0の方へ切り捨てる", "cuts off below the unit, towards zero (切捨て)"),
      [.integer, .integer],
      .truncate, .integer),
    simple(
      "quotient", "quotient(a, b)", Bilingual("aをbで割った整数部分(0の方へ)", "whole part of a divided by b, towards zero"),
      [.integer, .integer], .quotient,
      .integer),
    simple(
      "remainder", "remainder(a, b)", Bilingual("quotientの余り", "what quotient leaves"), [.integer, .integer],
      .remainder, .integer),
    simple("min", "min(a, b)", Bilingual("小さい方", "the smaller"), [.integer, .integer], .smaller, .integer),
    simple("max", "max(a, b)", Bilingual("大きい方", "the larger"), [.integer, .integer], .larger, .integer),
    simple("year", "year(date)", Bilingual("西暦年", "western year"), [.date], .datePart(.year), .integer),
    simple(
      "month", "month(date)", Bilingual("月(不詳なら0)", "month, 0 when unknown"), [.date], .datePart(.month), .integer),
    simple("day", "day(date)", Bilingual("日(不詳なら0)", "day, 0 when unknown"), [.date], .datePart(.day), .integer),
    simple(
      "fiscal_year", "fiscal_year(date)", Bilingual("日付の属する年度(4月から3月)", "年度 of a date: April to March"), [.date],
      .datePart(.fiscalYear), .integer),
    simple(
      "unknown", "unknown(date)", Bilingual("月または日が不詳なら真", "true when month or day is unknown (不詳)"), [.date],
      .isUnknown, .flag),
    simple("open_end", "open_end(date)", Bilingual("無期限なら真", "true for 無期限"), [.date], .isOpenEnd, .flag),
    simple(
      "ymd", "ymd(year, month, day)",
      Bilingual("3つの数の日付。存在しなければ不正", "the date of three numbers; a fault when it does not exist"),
      [.integer, .integer, .integer], .dateAt, .date),
    simple(
      "number", "number(text)",
      Bilingual("文字列の表す整数。数字でなければ不正", "the whole number a text writes; a fault when it is none"), [.text], .number,
      .integer),
    simple("length", "length(text)", Bilingual("文字数", "number of characters"), [.text], .length, .integer),
    simple(
      "count", "count(text, piece)",
      Bilingual("文字列に何回現れるか(重ならない)", "how often the piece stands in the text, not overlapping"), [.text, .text],
      .countText, .integer),
    simple(
      "hyphens_for_vowels", "hyphens_for_vowels(text)",
      Bilingual(
        "長音の代わりに書かれたハイフンの数(カタカナの後ろにあり、数字や英字の前でない)",
        "how many hyphens stand for a long vowel: behind katakana, and not before a digit or letter"), [.text],
      .hyphensForVowels, .integer),
    simple(
      "trim", "trim(text)", Bilingual("末尾の空白(半角・全角)を除く", "without spaces (half and full width) at the end"), [.text],
      .trim, .text),
    simple(
      "before", "before(text, piece)", Bilingual("その文字列の前まで(なければ全体)", "the text up to the piece, or all of it"),
      [.text, .text], .before, .text),
    simple(
      "without", "without(text, piece)", Bilingual("その文字列をすべて除く", "the text without each occurrence of the piece"),
      [.text, .text], .without, .text),
    simple(
      "concat", "concat(text, text, …)", Bilingual("つなげる", "one after the other"), [.text, .text], .concatenate, .text),
    simple(
      "replace", "replace(text, piece, by)",
      Bilingual("文字列をすべて置き換える", "the text with each occurrence of the piece replaced"), [.text, .text, .text], .replace,
      .text),
    simple(
      "wide", "wide(text)",
      Bilingual("半角の英数字・記号・カナを全角にする(濁点は合わせる)", "ASCII and half-width kana in full width, with marks joined"),
      [.text], .convert(.wide), .text),
    simple(
      "narrow", "narrow(text)",
      Bilingual("全角の英数字・記号・カタカナを半角にする(濁点は分ける)", "full-width ASCII and katakana in half width, with marks apart"),
      [.text],
      .convert(.narrow), .text),
    simple(
      "katakana", "katakana(text)", Bilingual("ひらがなをカタカナにする", "hiragana as katakana"), [.text], .convert(.katakana),
      .text),
    simple(
      "hiragana", "hiragana(text)", Bilingual("カタカナをひらがなにする", "katakana as hiragana"), [.text], .convert(.hiragana),
      .text),
    Function(
      name: "text", signature: "text(number), text(date, 'form')",
      purpose: Bilingual(
        "数を文字列にする。日付は yyyymmdd、yyyy/mm/dd などの形で", "a number as text; a date in a form: yyyymmdd, yyyy/mm/dd …"),
      condition: (DateNotation.names + DateNotation.textNames).joined(separator: ", ")
    ) {
      types, constants in
      if types.count == 1 {
        if case .decimal = types[0] { return (.numberText, .text, keep: 1) }
        return types[0] == .integer ? (.numberText, .text, keep: 1) : nil
      }
      guard types.count == 2, types[0] == .date, case .text(let name)? = constants[1],
        let form = DateNotation(name, inText: true), form.type == .date
      else { return nil }
      return (.dateText(form), .text, keep: 1)
    },
    Function(
      name: "digits", signature: "digits(number, width)",
      purpose: Bilingual("先頭を0で埋めた数字。収まらなければ不正", "decimal digits with leading zeros; a fault when they do not fit"),
      condition: "width from 1 to 38: a number as written, no item"
    ) {
      types, constants in
      guard types.count == 2, types[0] == .integer, case .integer(let width)? = constants[1], (1...38).contains(width)
      else { return nil }
      return (.digits(width: Int(width)), .text, keep: 1)
    },
    Function(
      name: "slice", signature: "slice(text, from, count)",
      purpose: Bilingual("from文字目から(1が先頭)", "characters from position `from` (1 is the first)"),
      condition: "from ≥ 1, count ≥ 0"
    ) {
      types, constants in
      guard types == [.text, .integer, .integer] else { return nil }
      guard case .integer(let from)? = constants[1], case .integer(let count)? = constants[2] else {
        return (.sliceAt, .text, keep: 3)
      }
      guard from >= 1, count >= 0 else { return nil }
      return (.slice(from: Int(from), count: Int(count)), .text, keep: 1)
    },
    Function(
      name: "code", signature: "code('table', text)",
      purpose: Bilingual("標準のコード。変換表になければ不正", "the standard's code; a fault when the table does not list it")
    ) {
      types, constants in
      guard types.count == 2, types[1] == .text, case .text(let table)? = constants[0] else { return nil }
      return (.code(table: table), .text, keep: -1)
    },
    Function(
      name: "uncode", signature: "uncode('table', text)",
      purpose: Bilingual(
        "標準コードに対応する唯一の旧コード。複数あれば不正", "the one legacy code of a standard code; a fault when there are several")
    ) {
      types, constants in
      guard types.count == 2, types[1] == .text, case .text(let table)? = constants[0] else { return nil }
      return (.uncode(table: table), .text, keep: -1)
    },
    Function(
      name: "lookup", signature: "lookup('table', key, …, 'column')",
      purpose: Bilingual(
        "参照表の、そのキーの行の列の値。行がなければ不正", "a column of the row with that key; a fault when the table has none")
    ) {
      types, constants in
      guard types.count >= 3, case .text(let table)? = constants[0],
        case .text(let column)? = constants[types.count - 1]
      else { return nil }
      // The type is that of the table's column.
      return (.lookup(table: table, column: column), .text, keep: types.count)
    },
    Function(
      name: "rate", signature: "rate('table', key, date or year)",
      purpose: Bilingual(
        "その日・年度に効力のある税率・限度額など。なければ不正",
        "the rate, ceiling … in force on that day or in that year; a fault when there is none")
    ) {
      types, constants in
      guard types.count == 3, types[1] == .text, types[2] == .date || types[2] == .integer,
        case .text(let table)? = constants[0]
      else { return nil }
      return (.rate(table: table), .integer, keep: -2)
    },
    simple(
      "days", "days(from, to)", Bilingual("日数(初日を含めない)", "days from one date to another"), [.date, .date], .days,
      .integer),
    simple(
      "add_days", "add_days(date, number)", Bilingual("その日数だけ後の日", "the date so many days later"), [.date, .integer],
      .addDays, .date),
    simple(
      "add_months", "add_months(date, number)",
      Bilingual("その月数だけ後の応当日(なければ月末)", "the same day so many months later, or the month's last"), [.date, .integer],
      .addMonths,
      .date),
    simple("last_day", "last_day(date)", Bilingual("その月の末日", "the last day of its month"), [.date], .lastDay, .date),
    simple(
      "business_day", "business_day(date)",
      Bilingual(
        "その日以後で最初の開庁日(土日・祝日表による)", "the first day on or after it that is neither Saturday, Sunday nor a holiday"),
      [.date],
      .businessDay, .date),
    simple("age", "age(birth, date)", Bilingual("満年齢", "completed years"), [.date, .date], .age, .integer),
    simple(
      "share", "share(numerator, denominator)",
      Bilingual(
        "持分を2^61−1を法とする数で表す。合計が1なら法の下でも1", "a fraction modulo 2^61 − 1: shares that make a whole add up to 1 there"),
      [.integer, .integer], .share, .integer),
    Function(name: "date", signature: "date('YYYY-MM-DD')", purpose: Bilingual("決まった日付", "a fixed date")) {
      types, constants in
      guard types.count == 1, case .text(let text)? = constants[0], let number = CivilDate.parse(text),
        number % 100 == 0 || number == CivilDate.noEnd || CivilDate.dayNumber(number) != nil
      else {
        return nil
      }
      return (.integer(number), .date, keep: 0)
    },
    Function(name: "coalesce", signature: "coalesce(a, b)", purpose: Bilingual("a。値がなければb", "a, or b when a is null")) {
      types, _ in
      types.count == 2 && types[0] == types[1] ? (.coalesce, types[0], keep: 2) : nil
    },
    Function(
      name: "if", signature: "if(test, a, b)", purpose: Bilingual("条件が成り立てばa、さもなければb", "a when the test holds, else b")
    ) { types, _ in
      types.count == 3 && types[0] == .flag && types[1] == types[2] ? (.choose, types[1], keep: 3) : nil
    },
    Function(name: "is_null", signature: "is_null(a)", purpose: Bilingual("値がなければ真", "true when there is no value")) {
      types, _ in
      types.count == 1 ? (.isNull, .flag, keep: 1) : nil
    },
    Function(
      name: "unscaled", signature: "unscaled(decimal)",
      purpose: Bilingual("小数点を除いた数字", "the digits of a decimal without the point")
    ) {
      types, _ in
      guard types.count == 1, case .decimal = types[0] else { return nil }
      return (.unscaled, .integer, keep: 1)
    },
    Function(
      name: "occurrence", signature: "occurrence()",
      purpose: Bilingual("eachの中で何回目か(1から)", "number of the occurrence, from 1, within `each`")
    ) { types, _ in
      types.isEmpty ? (.occurrence, .integer, keep: 0) : nil
    },
  ]

  private static func simple(
    _ name: String, _ signature: String, _ purpose: Bilingual, _ takes: [ValueType], _ operation: Node.Operation,
    _ gives: ValueType
  ) -> Function {
    Function(name: name, signature: signature, purpose: purpose) { types, _ in
      types == takes ? (operation, gives, keep: takes.count) : nil
    }
  }
}
