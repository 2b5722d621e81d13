import Base
import Diff
import Glibc
import Records

/// A writer of a list of differences.
package protocol DifferenceWriter: AnyObject {
  /// - Parameter differing: the columns of ``Terms`` in which a changed row differs.
  /// - Parameter accepted: the rule that covers the difference.
  /// - Throws: `output.write`.
  func write(
    _ entry: DifferenceLog.Entry, _ left: CanonicalRow, _ right: CanonicalRow, _ differing: [Int], accepted: String?
  ) throws(Diagnostic)
  /// Writes the remaining lines.
  ///
  /// - Throws: `output.write`.
  func finish() throws(Diagnostic)
}

/// A file that is written in parts, with mode 0600. An existing file is replaced.
final class ListFile {
  private let path: String
  private let descriptor: Int32
  var buffer: [UInt8] = []

  /// - Throws: `output.write`.
  init(_ path: String) throws(Diagnostic) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Diagnostic(.outputWrite, at: Place(file: path), String(cString: strerror(errno)))
    }
    // An existing file would keep its mode; anything but a regular file is left alone.
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG { fchmod(descriptor, 0o600) }
    buffer.reserveCapacity(1 << 17)
  }

  deinit { close(descriptor) }

  func flush(atLeast limit: Int = 1 << 16) throws(Diagnostic) {
    guard buffer.count >= limit else { return }
    var done = 0
    while done < buffer.count {
      let wrote = buffer.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, $0.count - done) }
      if wrote < 0, errno == EINTR { continue }
      guard wrote > 0 else { throw Diagnostic(.outputWrite, at: Place(file: path), String(cString: strerror(errno))) }
      done += wrote
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Values and masks, as lists show them.
struct ListedValues {
  let terms: Terms
  let masked: [Bool]

  init(_ terms: Terms, reveals: Bool) {
    self.terms = terms
    masked = terms.masked(reveals: reveals)
  }

  /// Appends a value as JSON: numbers with all their digits, invalid values as their text.
  func appendJSON(_ row: CanonicalRow, _ index: Int, to out: inout [UInt8]) {
    let (value, bytes, isQuoted) = (row.values[index].value, row.values[index].bytes, row.values[index].isQuoted)
    if value == .null { return out.append(contentsOf: "null".utf8) }
    if masked[index] { return Self.appendText(Privacy.mask, to: &out) }
    let kind = terms.columns[index].kind
    if value == .number || value == .truth || (value == .plain && (kind == .number || kind == .truth)) {
      // JSON has no values for NaN and infinity.
      if kind != .truth, value != .truth, NumberForm.isWord(bytes) { return Self.appendText(bytes, false, to: &out) }
      return out.append(contentsOf: bytes)
    }
    Self.appendText(bytes, isQuoted, to: &out)
  }

  static func appendText(_ text: String, to out: inout [UInt8]) {
    var text = text
    text.withUTF8 { appendText($0, false, to: &out) }
  }

  /// A JSON string (RFC 8259); in `isQuoted` bytes quotation marks are doubled.
  static func appendText(_ bytes: UnsafeBufferPointer<UInt8>, _ isQuoted: Bool, to out: inout [UInt8]) {
    out.append(0x22)
    var skips = false
    for byte in bytes {
      switch byte {
      case 0x22:
        if isQuoted, skips {
          skips = false
          continue
        }
        skips = true
        out.append(contentsOf: [0x5C, 0x22])
        continue
      case 0x5C: out.append(contentsOf: [0x5C, 0x5C])
      case 10: out.append(contentsOf: [0x5C, 0x6E])
      case 13: out.append(contentsOf: [0x5C, 0x72])
      case 9: out.append(contentsOf: [0x5C, 0x74])
      case 0..<32: out.append(contentsOf: "\\u00\(Hex.text(byte))".utf8)
      default: out.append(byte)
      }
      skips = false
    }
    out.append(0x22)
  }

  /// Appends a value for a spreadsheet; null is empty.
  func appendCSV(_ row: CanonicalRow, _ index: Int, to out: inout [UInt8]) {
    guard row.values[index].value != .null else { return }
    Self.appendCSV(masked[index] ? Privacy.mask : row.text(index) ?? "", to: &out)
  }

  /// Characters that a spreadsheet may take for the beginning of a formula, also in full width.
  private static let formulaStarts = Set("=+-@\t\r\n＝＋－＠".unicodeScalars)

  /// A text that a spreadsheet would take for a formula gets an apostrophe in front.
  static func appendCSV(_ text: String, to out: inout [UInt8]) {
    // Compared by scalars and bytes: a sign with a combining character behind it is another character to `String`.
    let isFormula = text.unicodeScalars.first.map { formulaStarts.contains($0) } ?? false
    let bytes = (isFormula && ExactNumber(text.utf8) == nil ? [0x27] : []) + Array(text.utf8)
    guard bytes.contains(where: { [0x2C, 0x22, 10, 13].contains($0) }) else { return out.append(contentsOf: bytes) }
    out.append(0x22)
    for byte in bytes { out.append(contentsOf: byte == 0x22 ? [byte, byte] : [byte]) }
    out.append(0x22)
  }
}

/// Every difference as NDJSON: one object per line, in the order of keys (`--rows`).
package final class NDJSONDifferences: DifferenceWriter {
  private let file: ListFile
  private let values: ListedValues
  private let names: [[UInt8]]
  private var rest: Int

  /// - Parameter limit: the largest number of lines.
  /// - Throws: `output.write`.
  package init(_ path: String, _ terms: Terms, reveals: Bool, limit: Int) throws(Diagnostic) {
    file = try ListFile(path)
    values = ListedValues(terms, reveals: reveals)
    names = terms.columns.map { column in
      var out: [UInt8] = []
      ListedValues.appendText(column.name, to: &out)
      return out
    }
    rest = limit
  }

  package func write(
    _ entry: DifferenceLog.Entry, _ left: CanonicalRow, _ right: CanonicalRow, _ differing: [Int], accepted: String?
  ) throws(Diagnostic) {
    guard rest > 0 else { return }
    rest -= 1
    let present = entry.kind == .rightOnly ? right : left
    func put(_ text: StaticString) {
      file.buffer.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    put("{\"key\":{")
    for (place, index) in values.terms.key.enumerated() {
      if place > 0 { put(",") }
      file.buffer += names[index]
      put(":")
      values.appendJSON(present, index, to: &file.buffer)
    }
    put("},\"kind\":\"")
    file.buffer.append(contentsOf: entry.kind.name.utf8)
    put("\"")
    if let accepted {
      put(",\"accepted\":")
      ListedValues.appendText(accepted, to: &file.buffer)
    }
    if entry.kind == .duplicate {
      put(",\"left\":")
      file.buffer.append(contentsOf: String(entry.occurrences.left).utf8)
      put(",\"right\":")
      file.buffer.append(contentsOf: String(entry.occurrences.right).utf8)
    }
    put(",\"fields\":{")
    let listed =
      entry.kind == .changed
      ? differing : entry.kind == .duplicate ? [] : names.indices.filter { !values.terms.key.contains($0) }
    for (place, index) in listed.enumerated() {
      if place > 0 { put(",") }
      file.buffer += names[index]
      put(":{")
      if entry.kind != .rightOnly {
        put("\"left\":")
        values.appendJSON(left, index, to: &file.buffer)
      }
      if entry.kind == .changed { put(",") }
      if entry.kind != .leftOnly {
        put("\"right\":")
        values.appendJSON(right, index, to: &file.buffer)
      }
      put("}")
    }
    put("}}\n")
    try file.flush()
  }

  package func finish() throws(Diagnostic) { try file.flush(atLeast: 1) }
}

/// Every difference as CSV for a spreadsheet, in UTF-8 with a byte order mark: a line for each value that differs, and one
/// for each row on one side only.
package final class CSVDifferences: DifferenceWriter {
  private let file: ListFile
  private let values: ListedValues
  private let kinds: [String]
  private var rest: Int

  package init(
    _ path: String, _ terms: Terms, reveals: Bool, limit: Int, _ language: Language
  ) throws(Diagnostic) {
    file = try ListFile(path)
    values = ListedValues(terms, reveals: reveals)
    rest = limit
    kinds = language == .japanese ? ["値が違う", "左だけ", "右だけ", "キー重複"] : DifferenceKind.allCases.map(\.name)
    let heads = language == .japanese ? ["種類", "項目", "左", "右", "了承"] : ["kind", "column", "left", "right", "accepted"]
    file.buffer = [0xEF, 0xBB, 0xBF]
    for (place, head) in (terms.key.map { terms.columns[$0].name } + heads).enumerated() {
      if place > 0 { file.buffer.append(0x2C) }
      ListedValues.appendCSV(head, to: &file.buffer)
    }
    file.buffer += [13, 10]
  }

  package func write(
    _ entry: DifferenceLog.Entry, _ left: CanonicalRow, _ right: CanonicalRow, _ differing: [Int], accepted: String?
  ) throws(Diagnostic) {
    guard rest > 0 else { return }
    rest -= 1
    let present = entry.kind == .rightOnly ? right : left
    for column in entry.kind == .changed ? differing.map(Optional.some) : [nil] {
      for index in values.terms.key {
        values.appendCSV(present, index, to: &file.buffer)
        file.buffer.append(0x2C)
      }
      file.buffer.append(contentsOf: kinds[Int(entry.kind.rawValue) - 1].utf8)
      file.buffer.append(0x2C)
      if let column {
        ListedValues.appendCSV(values.terms.columns[column].name, to: &file.buffer)
        file.buffer.append(0x2C)
        values.appendCSV(left, column, to: &file.buffer)
        file.buffer.append(0x2C)
        values.appendCSV(right, column, to: &file.buffer)
      } else if entry.kind == .duplicate {
        file.buffer.append(contentsOf: ",\(entry.occurrences.left),\(entry.occurrences.right)".utf8)
      } else {
        file.buffer.append(contentsOf: ",,".utf8)
      }
      file.buffer.append(0x2C)
      ListedValues.appendCSV(accepted ?? "", to: &file.buffer)
      file.buffer += [13, 10]
    }
    try file.flush()
  }

  package func finish() throws(Diagnostic) { try file.flush(atLeast: 1) }
}
