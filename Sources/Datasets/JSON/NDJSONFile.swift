import Base
import Diff
import Framing

/// A file with one JSON object per line (NDJSON), possibly compressed with gzip. Objects are flat; each value has its
/// JSON type: text, number, true or false, null. The columns are the names of all lines, in the order in which they
/// first occur; a name that a line leaves out is null there.
package struct NDJSONFile: Dataset {
  package let reference: String
  package let columns: [DatasetColumn]
  private let source: SourceFile
  package var file: SourceFile? { source }

  /// Reads the file to find the names, unless they are given.
  ///
  /// - Throws: the errors of reading; `dataset.json`.
  package init(path: String, names: [String]? = nil) throws(Diagnostic) {
    reference = path
    source = try SourceFile.rereadable(path)
    let known = if let names { names } else { try NDJSONReader(source, names: nil).allNames() }
    try DatasetColumn.requireDistinct(known, in: path)
    columns = known.map { DatasetColumn($0, .any) }
  }

  /// - Throws: `file.read`, `frame.gzip`, `run.interrupted`.
  package func cells() throws(Diagnostic) -> any CellSource { try NDJSONReader(source, names: columns.map(\.name)) }
}

/// Reads the lines. A value keeps the digits of the file; invalid JSON stops the reading.
final class NDJSONReader: CellSource {
  private let path: String
  private let source: ByteSource
  private var names: [[UInt8]]
  private var buffer: [UInt8] = []
  private var position = 0
  private var hasEnded = false
  private var line = 0
  private var offset = 0
  private var ends: [Diagnostic] = []
  /// Whether the reader is still looking for the names.
  private let isProbing: Bool
  /// The number of rows that leave out a name.
  private var lacking = 0
  private var text: [UInt8] = []
  private var isSeen: [Bool]

  init(_ file: SourceFile, names: [String]?) throws(Diagnostic) {
    path = file.path
    source = try ByteSource(file, capacity: 4096)
    self.names = (names ?? []).map { Array($0.utf8) }
    isSeen = Array(repeating: false, count: self.names.count)
    isProbing = names == nil
  }

  var remarks: [Diagnostic] {
    ends + (lacking == 0 ? [] : [Diagnostic(.datasetAbsent, at: Place(file: path), String(lacking))])
  }

  /// The names in all objects.
  func allNames() throws(Diagnostic) -> [String] {
    var row = CellRow(0)
    guard try next(&row) else { throw Diagnostic(.fileEmpty, at: Place(file: path)) }
    while try next(&row) {}
    return names.map { String(decoding: $0, as: UTF8.self) }
  }

  func next(_ row: inout CellRow) throws(Diagnostic) -> Bool {
    while let range = try nextLine() {
      line += 1
      row.removeAll()
      defer { offset += range.count + 1 }
      if range.allSatisfy({ buffer[$0] == 32 || buffer[$0] == 13 || buffer[$0] == 9 }) { continue }
      nonisolated(unsafe) var failure: Diagnostic?
      buffer.withUnsafeBufferPointer { bytes in
        do throws(Diagnostic) { try object(UnsafeBufferPointer(rebasing: bytes[range]), &row) } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      return true
    }
    return false
  }

  private func nextLine() throws(Diagnostic) -> Range<Int>? {
    var search = position
    while true {
      if let end = buffer[search...].firstIndex(of: 10) {
        let range = position..<end
        position = end + 1
        return range
      }
      search = buffer.count
      if hasEnded {
        guard position < buffer.count else { return nil }
        var range = position..<buffer.count
        position = buffer.count
        if buffer.last == 0x1A {
          ends.append(Diagnostic(.datasetEnd, at: Place(file: path)))
          range = range.lowerBound..<range.upperBound - 1
          if range.isEmpty { return nil }
        }
        ends.append(Diagnostic(.datasetLastLine, at: Place(file: path)))
        return range
      }
      try Interruption.check()
      if position > 0 {
        buffer.removeSubrange(..<position)
        search -= position
        position = 0
      }
      guard buffer.count < RowBlock.rowLimit else {
        throw Diagnostic(.datasetLarge, at: Place(file: path, record: line + 1, offset: offset), "1 GiB")
      }
      let start = buffer.count
      let wanted = max(RowBlock.inputBytes, start)
      buffer.append(contentsOf: repeatElement(0, count: wanted))
      nonisolated(unsafe) var (got, failure) = (0, nil as Diagnostic?)
      buffer.withUnsafeMutableBufferPointer { bytes in
        do throws(Diagnostic) { got = try source.read(into: bytes.baseAddress! + start, count: wanted) } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      buffer.removeLast(wanted - got)
      if got == 0 { hasEnded = true }
    }
  }

  private func wrong(_ what: String) -> Diagnostic {
    Diagnostic(.datasetJSON, at: Place(file: path, record: line, offset: offset), what)
  }

  private func object(_ bytes: UnsafeBufferPointer<UInt8>, _ row: inout CellRow) throws(Diagnostic) {
    if let bad = Self.firstMalformed(bytes) {
      throw Diagnostic(
        .datasetCharset, at: Place(file: path, record: line, offset: offset + bad), "utf-8",
        Hex.text(bytes[bad..<min(bad + 4, bytes.count)]))
    }
    var at = line == 1 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for index in isSeen.indices { isSeen[index] = false }
    var guess = 0
    func skip() { while at < bytes.count, [32, 9, 13].contains(bytes[at]) { at += 1 } }
    func take(_ byte: UInt8) -> Bool {
      skip()
      guard at < bytes.count, bytes[at] == byte else { return false }
      at += 1
      return true
    }
    guard take(0x7B) else { throw wrong("{") }
    if take(0x7D) {
      leaveOut(&row)
      return
    }
    repeat {
      skip()
      try string(bytes, &at)
      let index: Int
      if guess >= names.count || names[guess] != text { guess = names.firstIndex(of: text) ?? -1 }
      if guess < 0 {
        guard isProbing else {
          throw Diagnostic(
            .datasetNames, at: Place(file: path, record: line, offset: offset), String(decoding: text, as: UTF8.self))
        }
        guess = names.count
        names.append(text)
        isSeen.append(false)
      }
      guard !isSeen[guess] else { throw wrong("name twice: \(String(decoding: text, as: UTF8.self))") }
      isSeen[guess] = true
      index = isProbing ? -1 : guess
      guess += 1
      guard take(0x3A) else { throw wrong(":") }
      skip()
      try value(bytes, &at, index, &row)
    } while take(0x2C)
    guard take(0x7D) else { throw wrong(", }") }
    skip()
    guard at == bytes.count else { throw wrong("text behind }") }
    leaveOut(&row)
  }

  /// Sets the columns that the line does not name to null.
  private func leaveOut(_ row: inout CellRow) {
    guard !isProbing, isSeen.contains(false) else { return }
    lacking += 1
    for index in isSeen.indices where !isSeen[index] { row.setNull(index) }
  }

  private func value(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int, _ index: Int, _ row: inout CellRow
  ) throws(Diagnostic) {
    guard at < bytes.count else { throw wrong("value") }
    if bytes[at] == 0x22 {
      try string(bytes, &at)
      guard index >= 0 else { return }
      let out = row.room(text.count)
      for (place, byte) in text.enumerated() { out[place] = byte }
      return row.take(index, holdsReplacement ? .invalid : .text, text.count)
    }
    let start = at
    while at < bytes.count, ![0x2C, 0x7D, 32, 9, 13].contains(bytes[at]) { at += 1 }
    let token = UnsafeBufferPointer(rebasing: bytes[start..<at])
    if token.elementsEqual("null".utf8) {
      if index >= 0 { row.setNull(index) }
    } else if token.elementsEqual("true".utf8) || token.elementsEqual("false".utf8) {
      if index >= 0 { row.set(index, .truth, token) }
    } else if Self.isNumber(token) {
      if index >= 0 { row.set(index, .number, token) }
    } else {
      throw wrong(
        token.first == 0x7B || token.first == 0x5B ? "nested" : String(decoding: token.prefix(20), as: UTF8.self))
    }
  }

  private static func firstMalformed(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var start = 0
    while let bad = WellFormedUTF8.firstMalformed(base + start, bytes.count - start) {
      guard WellFormedUTF8.isReplacement(base + start + bad, bytes.count - start - bad) else { return start + bad }
      start += bad + 3
    }
    return nil
  }

  /// Whether the string just read holds U+FFFD, in whatever notation: another program has lost a character.
  private var holdsReplacement: Bool {
    text.withUnsafeBufferPointer {
      $0.baseAddress.map { base in WellFormedUTF8.firstMalformed(base, text.count) != nil }
    }
      ?? false
  }

  /// The number grammar of RFC 8259.
  private static func isNumber(_ token: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = token.first == 45 ? 1 : 0
    func digits() -> Int {
      let start = at
      while at < token.count, token[at] &- 48 <= 9 { at += 1 }
      return at - start
    }
    let first = at
    let whole = digits()
    guard whole > 0, whole == 1 || token[first] != 48 else { return false }
    if at < token.count, token[at] == 46 {
      at += 1
      if digits() == 0 { return false }
    }
    if at < token.count, token[at] | 32 == 101 {
      at += 1
      if at < token.count, token[at] == 43 || token[at] == 45 { at += 1 }
      if digits() == 0 { return false }
    }
    return at == token.count
  }

  /// Reads a string into `text`.
  private func string(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) throws(Diagnostic) {
    guard at < bytes.count, bytes[at] == 0x22 else { throw wrong("\"") }
    at += 1
    text.removeAll(keepingCapacity: true)
    while at < bytes.count, bytes[at] != 0x22 {
      let byte = bytes[at]
      at += 1
      guard byte >= 32 else { throw wrong("control character") }
      guard byte == 0x5C else {
        text.append(byte)
        continue
      }
      guard at < bytes.count else { throw wrong("\\") }
      let letter = bytes[at]
      at += 1
      switch letter {
      case 0x22, 0x5C, 0x2F: text.append(letter)
      case 0x62: text.append(8)
      case 0x66: text.append(12)
      case 0x6E: text.append(10)
      case 0x72: text.append(13)
      case 0x74: text.append(9)
      case 0x75: try escaped(bytes, &at)
      default: throw wrong("\\")
      }
    }
    guard at < bytes.count else { throw wrong("\"") }
    at += 1
  }

  /// The four digits behind `\u`, and a second escape when the first is half of a pair.
  private func escaped(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) throws(Diagnostic) {
    func unit() -> UInt32? {
      guard at + 4 <= bytes.count, bytes[at] != 43, bytes[at] != 45 else { return nil }
      let value = UInt32(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16)
      at += 4
      return value
    }
    guard var value = unit() else { throw wrong("\\u") }
    if (0xD800..<0xDC00).contains(value) {
      guard at + 2 <= bytes.count, bytes[at] == 0x5C, bytes[at + 1] == 0x75 else { throw wrong("\\u") }
      at += 2
      guard let low = unit(), (0xDC00..<0xE000).contains(low) else { throw wrong("\\u") }
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else { throw wrong("\\u") }
    text.append(contentsOf: String(Character(scalar)).utf8)
  }
}
