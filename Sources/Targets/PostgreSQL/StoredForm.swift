import Base
import Records

/// The stored form of a column of a PostgreSQL table, which decides how it is read as a value of its schema's type.
enum StoredForm {
  case integer
  /// A `numeric` where a whole number is expected: accepted when it has no fraction.
  case whole
  case text
  /// A `character(n)`: spaces at the end are padding and not part of the value (SQL).
  case padded
  /// A text `YYYY-MM-DD`, as ``PostgresTarget`` makes it.
  case date
  /// A `date`; null is the empty date.
  case calendarDate
  /// A `timestamp`, which is a date at midnight.
  case timestamp
  case decimalNumber(Int)
  case decimalText(Int)
  /// A `boolean`, and a number 0 or 1.
  case truth, truthNumber
  /// A `character varying` whose spaces at the end are padding by the schema.
  case paddedText
  /// A `timestamp` or `time`, or a text with one.
  case moment, momentText
  /// A type that cannot hold the schema's values.
  case unreadable

  /// - Parameter type: the OID of the column's type.
  init(_ column: TargetColumn, type: UInt32) {
    let (schema, form) = (column.type, column.form)
    let (isText, isWhole) = ([18, 19, 25, 1042, 1043].contains(type), [20, 21, 23].contains(type))
    let isNumeric = type == 1700
    switch schema {
    case .integer where isWhole: self = .integer
    case .integer where isNumeric: self = .whole
    case .flag where type == 16: self = .truth
    case .flag where isWhole: self = .truthNumber
    case .text where form == .timestamp && type == 1114 || form == .time && type == 1083: self = .moment
    case .text where form == .timestamp || form == .time: self = isText ? .momentText : .unreadable
    case .text where type == 1042: self = .padded
    case .text where isText && form == .padded: self = .paddedText
    case .text where isText: self = .text
    case .date where isText: self = .date
    case .date where type == 1082: self = .calendarDate
    case .date where type == 1114: self = .timestamp
    case .decimal(let scale) where isNumeric || isWhole: self = .decimalNumber(scale)
    case .decimal(let scale) where isText: self = .decimalText(scale)
    default: self = .unreadable
    }
  }

  /// A column as a term of an index or of ORDER BY, in the order of SQLite's tables: byte order, decimals included, and
  /// null first.
  ///
  /// - Parameter isUTF8: false for a database in another character set; its texts are converted for the order.
  func order(_ column: String, isUTF8: Bool) -> String {
    let name = PostgresConnection.quoted(column)
    return switch self {
    case .padded where !isUTF8: "convert_to(\(name)::text, 'UTF8') NULLS FIRST"
    case .padded: "((\(name))::text) COLLATE \"C\" NULLS FIRST"
    case .paddedText where !isUTF8: "convert_to(rtrim(\(name), ' '), 'UTF8') NULLS FIRST"
    case .paddedText: "rtrim(\(name), ' ') COLLATE \"C\" NULLS FIRST"
    case .text where !isUTF8: "convert_to(\(name), 'UTF8') NULLS FIRST"
    case .text, .date, .decimalText, .momentText: "\(name) COLLATE \"C\" NULLS FIRST"
    case .decimalNumber: "((\(name))::text) COLLATE \"C\" NULLS FIRST"
    case .integer, .whole, .calendarDate, .timestamp, .truth, .truthNumber, .moment, .unreadable:
      "\(name) NULLS FIRST"
    }
  }

  /// Appends a field in COPY's form.
  @inline(__always)
  func append(_ field: UnsafeBufferPointer<UInt8>, to column: Column, isOptional: Bool) {
    if field.count == 2, field[0] == UInt8(ascii: "\\"), field[1] == UInt8(ascii: "N") {
      switch self {
      // An empty date is stored as 0000-00-00 when the column is a text.
      case .date where !isOptional, .unreadable: column.append(state: Fault.unreadable.rawValue)
      default: column.appendNull()
      }
      return
    }
    switch self {
    case .integer: column.append(Self.integer(field))
    case .whole:
      if let value = StoredDecimal.read(field, scale: 0, .any).flatMap(Int64.init(exactly:)) {
        column.append(value)
      } else {
        column.append(state: Fault.unreadable.rawValue)
      }
    case .truth: column.append(field.first == UInt8(ascii: "t") ? 1 : 0)
    case .truthNumber:
      let value = Self.integer(field)
      if value == 0 || value == 1 { column.append(value) } else { column.append(state: Fault.unreadable.rawValue) }
    case .text, .moment, .momentText: column.append(escaped: field, unpadded: false)
    case .padded, .paddedText: column.append(escaped: field, unpadded: true)
    case .date: column.append(storedDate: field)
    case .calendarDate where field.elementsEqual(Self.infinity): column.append(CivilDate.noEnd)
    case .calendarDate: column.append(storedDate: field)
    case .timestamp where field.elementsEqual(Self.infinity): column.append(CivilDate.noEnd)
    case .timestamp:
      let isMidnight = field.count == 19 && field.dropFirst(10).elementsEqual(Self.midnight)
      column.append(storedDate: isMidnight ? UnsafeBufferPointer(rebasing: field.prefix(10)) : field)
    case .decimalNumber(let scale): column.append(storedDecimal: field, scale: scale, .any)
    case .decimalText(let scale): column.append(storedDecimal: field, scale: scale, .exact)
    case .unreadable: column.append(state: Fault.unreadable.rawValue)
    }
  }

  /// No end (無期限).
  private static let infinity = Array("infinity".utf8)
  private static let midnight = Array(" 00:00:00".utf8)

  /// A number in the server's form: digits and a sign.
  private static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64 {
    let isNegative = text.first == 45
    var value: Int64 = 0
    for index in (isNegative ? 1 : 0)..<text.count { value = value &* 10 &- Int64(text[index] & 15) }
    return isNegative ? value : 0 &- value
  }
}

extension Column {
  /// Appends a text without the backslashes that COPY added.
  fileprivate func append(escaped field: UnsafeBufferPointer<UInt8>, unpadded: Bool) {
    reserve(count + 1)
    reserveBytes(field.count)
    let start = byteCount
    var out = bytes + start
    var at = 0
    while at < field.count {
      var byte = field[at]
      if byte == UInt8(ascii: "\\"), at + 1 < field.count {
        at += 1
        byte = field[at]
        switch byte {
        case UInt8(ascii: "t"): byte = 9
        case UInt8(ascii: "n"): byte = 10
        case UInt8(ascii: "r"): byte = 13
        case UInt8(ascii: "b"): byte = 8
        case UInt8(ascii: "f"): byte = 12
        case UInt8(ascii: "v"): byte = 11
        default: break
        }
      }
      out[0] = byte
      out += 1
      at += 1
    }
    if unpadded { while out > bytes + start, out[-1] == 32 { out -= 1 } }
    if WellFormedUTF8.firstMalformed(UnsafePointer(bytes + start), out - bytes - start) != nil {
      return append(state: Fault.unreadable.rawValue)
    }
    ends[count] = out - bytes
    states[count] = 0
    commit(rows: count + 1)
  }
}
