/// What the cells of a column are, told by all of their values.
struct DelimitedColumnDraft {
  enum Kind: Equatable { case text, number, date(String) }

  let kind: Kind
  /// The largest number of characters, or of digits.
  let width: Int
  let scale: Int
  let evidence: String
  let against: String
  /// Whether every value of a text is a whole number without a sign: a column of numbers may take it.
  var isDigits = false

  var isNumber: Bool { kind == .number }
  var isText: Bool { kind == .text }
  var isDate: Bool { !isNumber && !isText }

  /// The type in a layout.
  var words: String {
    switch kind {
    case .text: "text(\(width))"
    case .number: scale > 0 ? "number(\(width),\(scale))" : "number(\(width))"
    case .date(let form): "date \(form)"
    }
  }
}

/// Counts the values of one column.
struct CellTally {
  private var values = 0
  private var longest = 1
  private var numbers = 0
  private var signs = 0
  private var whole = 1
  private var scale = 0
  private var zeros = 0
  private var dates: [String: Int] = [:]
  private var against: [Int] = []
  private static let forms: [(form: String, separator: UInt8, length: Int)] = [
    ("yyyy-mm-dd", 0x2D, 10), ("yyyy/mm/dd", 0x2F, 10), ("yyyymmdd", 0, 8),
  ]

  mutating func add(_ cell: [UInt8], characters: Int, record: Int) {
    longest = max(longest, characters)
    guard cell.contains(where: { $0 != 0x20 }) else { return }
    values += 1
    var (digits, fraction, hasPoint, isNumber) = (0, 0, false, true)
    for (index, byte) in cell.enumerated() {
      if byte >= 0x30, byte <= 0x39 {
        digits += 1
        if hasPoint { fraction += 1 }
      } else if byte == 0x2E, !hasPoint, digits > 0 {
        hasPoint = true
      } else if !(index == 0 && (byte == 0x2D || byte == 0x2B)) {
        isNumber = false
      }
    }
    if isNumber, digits > 0 {
      numbers += 1
      whole = max(whole, digits - fraction)
      scale = max(scale, fraction)
      if cell.count > digits { signs += 1 }
      if digits > 1, cell.first == 0x30, !hasPoint { zeros += 1 }
    } else if against.count < 3 {
      against.append(record)
    }
    for (form, separator, length) in Self.forms where cell.count == length && Self.isDate(cell, separator) {
      dates[form, default: 0] += 1
    }
  }

  private static func isDate(_ cell: [UInt8], _ separator: UInt8) -> Bool {
    let digits = cell.filter { $0 != separator || separator == 0 }
    guard digits.count == 8, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return false }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return (1800...2999).contains(number / 10_000) && (1...12).contains(number / 100 % 100)
      && (1...31).contains(number % 100)
  }

  /// What they are: a date or a number when every value is one; a number with a zero in front is a name.
  ///
  /// - Parameter isName: its header says that digits are a name: 番号, コード.
  func draft(isName: Bool) -> DelimitedColumnDraft {
    let told = "of \(values) values"
    if values > 0, let form = Self.forms.map(\.form).first(where: { dates[$0] == values }) {
      return DelimitedColumnDraft(
        kind: .date(form), width: 8, scale: 0, evidence: "100 % \(told) are dates", against: "")
    }
    if values > 0, numbers == values, zeros == 0, !isName, whole + scale <= 18 {
      return DelimitedColumnDraft(
        kind: .number, width: whole + scale, scale: scale, evidence: "100 % \(told) are numbers", against: "")
    }
    let share = FormatGuess.percent(Double(numbers) / Double(max(1, values)))
    let why =
      isName && numbers == values
      ? "its name; \(values) values" : zeros > 0 ? "\(zeros) \(told) begin with 0" : "\(share) \(told) are numbers"
    // Longer values may come.
    return DelimitedColumnDraft(
      kind: .text, width: longest, scale: 0, evidence: "\(why); the longest has \(longest) characters",
      against: numbers > 0 && numbers < values ? against.map { "record \($0)" }.joined(separator: ", ") : "",
      isDigits: values > 0 && numbers == values && signs == 0 && whole <= 18)
  }
}
