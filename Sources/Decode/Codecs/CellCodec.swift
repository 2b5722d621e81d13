import Base
import Charset
import Records

/// A codec of plain text, whose values have any length: the cells of delimited records, and items of fixed places.
protocol CellCodec: FieldCodec {
  /// The number of bytes of an item with a fixed place.
  var length: Int { get }

  /// Appends the value of `count` bytes, at least 1.
  func put(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ column: Column, _ oddities: inout OddityCount)
}

extension CellCodec {
  package func decode(_ block: RecordBlock, at offset: Int, into column: Column, oddities: inout OddityCount) {
    column.reserve(column.count + block.count)
    for row in 0..<block.count { put(block.base + block.starts[row] + offset, length, column, &oddities) }
  }

  /// Appends one value for each row. The empty cell without quotes is null; in quotes it is the empty text, and null
  /// for any type without an empty value.
  func decode(
    _ base: UnsafePointer<UInt8>, _ cells: UnsafePointer<CellPlace>, _ rows: Int, _ column: Column,
    _ oddities: inout OddityCount
  ) {
    column.reserve(column.count + rows)
    for row in 0..<rows {
      let cell = cells[row]
      switch cell.state {
      case .missing: column.append(state: Fault.cut.rawValue)
      case .broken: column.append(state: Fault.quote.rawValue)
      case .plain, .quoted:
        if cell.count > 0 {
          put(base + cell.start, cell.count, column, &oddities)
        } else if cell.state == .quoted, type == .text {
          column.append("")
        } else {
          column.appendNull()
        }
      }
    }
  }
}

/// The characters of numbers and dates in a character set, as ASCII.
struct CellLetters: Sendable {
  private let isEBCDIC: Bool

  init(_ characters: CharacterSet) { isEBCDIC = characters.singleSpace != 0x20 }

  /// 0 for a character of neither.
  @inline(__always)
  subscript(_ byte: UInt8) -> UInt8 {
    if !isEBCDIC { return byte }
    switch byte {
    case 0xF0...0xF9: return byte & 0x3F
    case 0x40: return 0x20
    case 0x4B: return 0x2E
    case 0x4E: return 0x2B
    case 0x60: return 0x2D
    case 0x61: return 0x2F
    case 0xC8: return 0x48
    case 0xD4: return 0x4D
    case 0xD9: return 0x52
    case 0xE2: return 0x53
    case 0xE3: return 0x54
    default: return 0
    }
  }

  var space: UInt8 { isEBCDIC ? 0x40 : 0x20 }
}

/// Text of at most so many characters. In a fixed place spaces at its end are padding; in a cell they are value.
struct CellTextCodec: CellCodec {
  let type = ValueType.text
  let length: Int
  let size: Int
  let characters: CharacterSet
  let isPadded: Bool

  func put(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ column: Column, _ oddities: inout OddityCount) {
    let first = column.count
    let codec = TextCodec(form: .mixed, length: count, characters: characters, trimming: isPadded ? .right : .none)
    withUnsafePointer(to: 0) { start in
      codec.decode(
        RecordBlock(base: bytes, starts: UnsafeBufferPointer(start: start, count: 1)), at: 0, into: column,
        oddities: &oddities)
    }
    guard column.states[first] == 0, column.text(first).count > size else { return }
    var found = 0
    for byte in column.text(first) where byte & 0xC0 != 0x80 { found += 1 }
    guard found > size else { return }
    column.ends[first] -= column.text(first).count
    column.states[first] = Fault.long.rawValue
  }
}

/// `-12.50`: a sign, digits, a point and digits. Spaces around it, a plus, and zeros more at either end are no part of
/// the value.
struct CellNumberCodec: CellCodec {
  let type: ValueType
  let length: Int
  let digits: Int
  let scale: Int
  let letters: CellLetters
  let blanks: BlankRule

  init(length: Int, digits: Int, scale: Int, letters: CellLetters, blanks: BlankRule) {
    type = digits <= 18 && scale == 0 ? .integer : .decimal(scale: scale)
    self.length = length
    self.digits = digits
    self.scale = scale
    self.letters = letters
    self.blanks = blanks
  }

  func put(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ column: Column, _ oddities: inout OddityCount) {
    if let treatment = blanks.treatment(bytes, count, space: letters.space) {
      return column.append(treatment, &oddities)
    }
    var (at, end) = (0, count)
    while bytes[at] == letters.space { at += 1 }
    while bytes[end - 1] == letters.space { end -= 1 }
    let sign = letters[bytes[at]]
    if sign == 0x2D || sign == 0x2B { at += 1 }
    var value: Int128 = 0
    var (whole, fraction, seen) = (0, -1, 0)
    while at < end {
      let letter = letters[bytes[at]]
      at += 1
      if letter == 0x2E, fraction < 0, scale > 0 {
        fraction = 0
        continue
      }
      guard letter &- 0x30 < 10 else { return column.append(state: Fault.notANumber.rawValue) }
      seen += 1
      if fraction >= 0 {
        if fraction == scale {
          if letter == 0x30 { continue }
          return column.append(state: Fault.long.rawValue)
        }
        fraction += 1
      } else if whole > 0 || letter != 0x30 {
        whole += 1
      }
      guard whole <= digits - scale else { return column.append(state: Fault.overflow.rawValue) }
      value = value * 10 + Int128(letter & 0x0F)
    }
    guard seen > 0, fraction != 0 else { return column.append(state: Fault.notANumber.rawValue) }
    for _ in max(0, fraction)..<max(0, scale) { value *= 10 }
    if sign == 0x2D { value = -value }
    if type == .integer { column.append(Int64(value)) } else { column.append(wide: value) }
  }
}

/// A date in a stated form; spaces around it are no part of it.
struct CellDateCodec: CellCodec {
  let type: ValueType
  let length: Int
  let form: DateNotation
  let letters: CellLetters
  let blanks: BlankRule

  init(length: Int, form: DateNotation, letters: CellLetters, blanks: BlankRule) {
    type = form.type
    self.length = length
    self.form = form
    self.letters = letters
    self.blanks = blanks
  }

  func put(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ column: Column, _ oddities: inout OddityCount) {
    if let treatment = blanks.treatment(bytes, count, space: letters.space) {
      return column.append(treatment == .zero ? .null : treatment, &oddities)
    }
    var (start, end) = (0, count)
    while bytes[start] == letters.space { start += 1 }
    while bytes[end - 1] == letters.space { end -= 1 }
    let width = end - start
    guard width <= form.width else { return column.append(state: Fault.date.rawValue) }
    let reading = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: width) { text in
      for index in 0..<width { text[index] = letters[bytes[start + index]] }
      return form.read(text: UnsafeBufferPointer(rebasing: text[..<width]))
    }
    switch reading {
    case .date(let date): column.append(date)
    case .alias(let date):
      oddities[.eraAlias] += 1
      column.append(date)
    case .noEnd: column.append(CivilDate.noEnd)
    case .empty: column.appendNull()
    case .impossible: column.append(state: Fault.date.rawValue)
    case .lunar: column.append(state: Fault.lunar.rawValue)
    }
  }
}

extension Column {
  /// Appends the value of a blank field, and counts it when it is not a fault.
  fileprivate func append(_ treatment: BlankRule.Treatment, _ oddities: inout OddityCount) {
    switch treatment {
    case .fault: return append(state: Fault.blank.rawValue)
    case .null: appendNull()
    case .zero:
      if case .decimal = type { append(wide: 0) } else { append(0) }
    }
    oddities[.blank] += 1
  }
}
