import Base
import Charset
import Diff
import Framing
import Glibc

/// Reads a delimited file block by block: as canonical rows, or value by value.
///
/// A block without quotation marks is split by searching for line ends and delimiters alone; lines that are canonical
/// rows are not even copied. An error in a file stops the reading: a line with too few or too many values, a quotation
/// mark that is never closed, a byte outside the character set.
final class DelimitedReader: RowSource, CellSource {
  let file: DelimitedFile
  let source: ByteSource
  /// The text of a file in UTF-16.
  private let wide: UTF16Text?
  private let delimiter: UInt8
  let width: Int
  private let charset: Charset.CharacterSet?
  private let plainKey: Int?
  /// Whether UTF-8 is checked.
  private let checks: Bool
  private var canonicaliser: RowCanonicaliser?
  var row: CellRow
  /// Bytes read behind the last whole record.
  private var carry: [UInt8] = []
  private var raw: [UInt8] = []
  /// The block's rows that are temporarily in its output.
  private var rewritten: [Int] = []
  private var hasEnded = false
  /// Whether not even one record fitted into the last block.
  var isStuck = false
  var needsHeader: Bool
  /// The number of the block's first record, from 1 without the header; and the number of bytes before the block.
  var record = 0
  var offset = 0
  /// The number of bytes of the file that were converted to UTF-8.
  private var decoded = 0
  /// Whether the block holds U+FFFD, so that each value must be examined.
  private var holdsReplacement = false
  private(set) var remarks: [Diagnostic] = []

  /// The block that is read value by value, and the reading position.
  var values: (block: RowBlock, position: Int, count: Int)?

  /// - Parameter terms: `nil` to read value by value.
  init(_ file: DelimitedFile, terms: Terms?, _ side: Side, checks: Bool = true) throws(Diagnostic) {
    self.checks = checks || file.holdsReplacement.value
    self.file = file
    source = try ByteSource(file.source, capacity: 4096)
    delimiter = file.dialect.delimiter
    wide = file.dialect.isUTF16 ? file.dialect.charset.map { [source] in UTF16Text(source, $0) } : nil
    charset = wide == nil ? file.dialect.charset : nil
    width = file.columns.count
    needsHeader = file.dialect.header == nil
    plainKey = terms.flatMap { file.plainKey($0, side) }
    canonicaliser = terms.map { RowCanonicaliser($0, side) }
    row = CellRow(file.columns.count)
  }

  var unreadable: [Int] { canonicaliser?.unreadable ?? [] }
  var isChecked: Bool { checks || charset != nil }
  /// The place in the file of a byte of the current block, when bytes of the block are bytes of the file.
  private func place(_ byte: Int) -> Int? { charset == nil && wide == nil ? offset + byte : nil }

  // MARK: bytes

  /// Fills the block's input with whole lines in UTF-8. The last of them may end within quotation marks: see
  /// ``keep(_:_:_:)``.
  ///
  /// - Returns: the number of their bytes; 0 at the end.
  func fill(_ block: RowBlock) throws(Diagnostic) -> Int {
    try Interruption.check()
    var count = carry.count
    var wanted = count + max(RowBlock.inputBytes, isStuck ? count : 0)
    block.growInput(to: wanted + 1, keeping: 0)
    carry.withUnsafeBufferPointer { if let base = $0.baseAddress { block.input.update(from: base, count: $0.count) } }
    while true {
      while !hasEnded, count < wanted {
        let (target, room) = (block.input + count, wanted - count)
        let got =
          if let wide { try wide.read(into: target, count: room) } else { try source.read(into: target, count: room) }
        if got == 0 {
          hasEnded = true
          if count > 0, block.input[count - 1] == 0x1A {
            remarks.append(Diagnostic(.datasetEnd, at: Place(file: file.path)))
            count -= 1
          }
        }
        count += got
      }
      if count == 0 { return 0 }
      if hasEnded, block.input[count - 1] != 10 {
        remarks.append(Diagnostic(.datasetLastLine, at: Place(file: file.path)))
        block.input[count] = 10
        count += 1
      }
      let whole = charset == nil ? Self.wholeLines(block.input, count) : wholeRecords(block.input, count)
      if whole > 0 {
        carry.replaceSubrange(0..., with: UnsafeBufferPointer(start: block.input + whole, count: count - whole))
        return try inUTF8(block, whole)
      }
      if hasEnded { throw unclosed() }
      guard wanted < RowBlock.rowLimit else { throw tooLarge() }
      wanted *= 2
      block.growInput(to: wanted + 1, keeping: count)
    }
  }

  func unclosed() -> Diagnostic {
    Diagnostic(.datasetQuote, at: Place(file: file.path, record: record + 1, offset: place(0)))
  }

  private func tooLarge() -> Diagnostic {
    Diagnostic(.datasetLarge, at: Place(file: file.path, record: record + 1, offset: offset), "1 GiB")
  }

  /// Keeps the bytes from `position` on for the next block: a record begins there that does not end in this one.
  ///
  /// - Parameter rows: the number of records before it in the block.
  /// - Throws: `dataset.quote` at the end of the file.
  func keep(_ base: UnsafePointer<UInt8>, _ range: Range<Int>, _ rows: Int) throws(Diagnostic) {
    if isLast {
      throw Diagnostic(
        .datasetQuote,
        at: Place(file: file.path, record: record + rows + 1, offset: place(range.lowerBound)))
    }
    carry.insert(contentsOf: UnsafeBufferPointer(start: base + range.lowerBound, count: range.count), at: 0)
    isStuck = rows == 0
    if carry.count > RowBlock.rowLimit { throw tooLarge() }
  }

  private static func wholeLines(_ base: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var end = count
    while end > 0, base[end - 1] != 10 { end -= 1 }
    return end
  }

  /// The end of the last complete record.
  private func wholeRecords(_ base: UnsafePointer<UInt8>, _ count: Int) -> Int {
    guard file.dialect.hasQuotes, memchr(base, 0x22, count) != nil else { return Self.wholeLines(base, count) }
    var (whole, index, isQuoted, begins) = (0, 0, false, true)
    while index < count {
      let byte = base[index]
      index += 1
      if isQuoted {
        if byte == 0x22 {
          if index < count, base[index] == 0x22 { index += 1 } else { isQuoted = false }
        }
      } else if byte == 10 {
        (whole, begins) = (index, true)
      } else if byte == 0x22, begins {
        (isQuoted, begins) = (true, false)
      } else {
        begins = byte == delimiter
      }
    }
    return whole
  }

  private func inUTF8(_ block: RowBlock, _ count: Int) throws(Diagnostic) -> Int {
    holdsReplacement = false
    guard let charset else {
      var start = 0
      while checks, let bad = WellFormedUTF8.firstMalformed(block.input + start, count - start) {
        guard WellFormedUTF8.isReplacement(block.input + start + bad, count - start - bad) else {
          throw malformed(block.input, count, start + bad, "utf-8")
        }
        holdsReplacement = true
        file.holdsReplacement.note()
        start += bad + 3
      }
      return count
    }
    raw = Array(UnsafeBufferPointer(start: block.input, count: count))
    block.growInput(to: max(4 * count + 8, block.inputCapacity), keeping: 0)
    let outcome = raw.withUnsafeBufferPointer { charset.decode(.mixed, $0.baseAddress!, count, to: block.input) }
    if let fault = outcome.fault {
      // The number of the record follows from the line ends of the decoded part.
      let lines = Bytes.count(10, in: block.input, outcome.written)
      let place = Place(
        file: file.path, record: record + lines + (needsHeader ? 0 : 1), offset: decoded + outcome.faultOffset)
      let found = Hex.text(raw[outcome.faultOffset..<min(outcome.faultOffset + 2, raw.count)])
      if fault == .gaijiUnmapped || fault == .gaijiUnidentified { throw Diagnostic(.datasetGaiji, at: place, found) }
      throw Diagnostic(.datasetCode, at: place, charset.name, found)
    }
    decoded += count
    return outcome.written
  }

  private func malformed(_ base: UnsafePointer<UInt8>, _ count: Int, _ bad: Int, _ charset: String) -> Diagnostic {
    let lines = Bytes.count(10, in: base, bad)
    if needsHeader, memchr(base, 0, min(count, 256)) != nil {
      return Diagnostic(.datasetWide, at: Place(file: file.path, record: 0))
    }
    let found = Hex.text((bad..<min(bad + 4, count)).map { base[$0] })
    return Diagnostic(
      .datasetCharset, at: Place(file: file.path, record: record + lines + (needsHeader ? 0 : 1), offset: place(bad)),
      charset, found)
  }

  // MARK: rows

  func next(_ block: RowBlock) throws(Diagnostic) -> Bool {
    block.removeAll()
    while block.count == 0 {
      let count = try fill(block)
      guard count > 0 else { return false }
      let base = UnsafePointer(block.input)
      var end = try skipHeader(base, count)
      if !needsHeader {
        if let plain = try readPlain(block, end, count) { end = plain } else { end = try readValues(block, end, count) }
      }
      if end < count { try keep(block.input, end..<count, block.count) } else { isStuck = false }
      offset += end
      record += block.count
    }
    return true
  }

  /// The start of the first record behind the header; 0 while the header does not end in the block.
  func skipHeader(_ base: UnsafePointer<UInt8>, _ count: Int) throws(Diagnostic) -> Int {
    guard needsHeader else { return offset == 0 ? Self.markLength(base, count) : 0 }
    var position = Self.markLength(base, count)
    guard try readRecord(base, count, &position, -1) != nil else { return 0 }
    needsHeader = false
    return position
  }

  /// The number of bytes of a byte order mark.
  static func markLength(_ base: UnsafePointer<UInt8>, _ count: Int) -> Int {
    count >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF ? 3 : 0
  }

  /// Takes lines as canonical rows; `nil`, without any effect, when that is not possible.
  ///
  /// A record with a quotation mark is rewritten behind the others: it need not be canonical.
  private func readPlain(_ block: RowBlock, _ start: Int, _ count: Int) throws(Diagnostic) -> Int? {
    guard let plainKey, !holdsReplacement else { return nil }
    let base = UnsafePointer(block.input)
    guard memchr(base + start, 0, count - start) == nil, memchr(base + start, 13, count - start) == nil else {
      return nil
    }
    rewritten.removeAll(keepingCapacity: true)
    var position = start
    while position < count {
      guard let found = memchr(base + position, 10, count - position) else { break }
      let end = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
      let (delimiters, hasQuotes) = Bytes.count(0x2C, noting: 0x22, in: base + position, end - position)
      if hasQuotes, file.dialect.hasQuotes {
        let begin = position
        guard let values = try readRecord(base, count, &position, block.count) else {
          position = begin
          break
        }
        guard values == width else { throw wrongWidth(values, record + block.count + 1, offset + begin) }
        rewritten.append(block.count)
        canonicaliser?.append(row, to: block)
        continue
      }
      guard delimiters == width - 1, !hasQuotes else {
        if hasQuotes {
          block.removeAll()
          return nil
        }
        if end == position, width > 1, isBlank(base, position, count) {
          if isLast { position = count }
          break
        }
        throw wrongWidth(delimiters + 1, record + block.count + 1, offset + position)
      }
      var keyStart = position
      for _ in 0..<plainKey {
        guard let next = memchr(base + keyStart, 0x2C, end - keyStart) else { break }
        keyStart = UnsafePointer(next.assumingMemoryBound(to: UInt8.self)) - base + 1
      }
      let stop = memchr(base + keyStart, 0x2C, end - keyStart)
      let keyEnd = stop.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) - base } ?? end
      block.append(RowSpan(start: position, end: end, keyStart: keyStart, keyEnd: keyEnd))
      position = end + 1
    }
    block.takeInput(count, rewritten: rewritten)
    return position
  }

  /// Whether only line ends follow in the block. At the end of the file they are not records; before it the next block
  /// decides.
  func isBlank(_ base: UnsafePointer<UInt8>, _ position: Int, _ count: Int) -> Bool {
    (position..<count).allSatisfy { base[$0] == 10 || base[$0] == 13 }
  }

  /// Whether the block is the file's last.
  var isLast: Bool { hasEnded && carry.isEmpty }

  func wrongWidth(_ found: Int, _ record: Int, _ offset: Int) -> Diagnostic {
    Diagnostic(
      .datasetFields,
      at: Place(file: file.path, record: record, offset: charset == nil && wide == nil ? offset : nil), String(found),
      String(width))
  }

  /// Rewrites the records as canonical rows.
  ///
  /// - Returns: the start of the first record that does not end in the block.
  private func readValues(_ block: RowBlock, _ start: Int, _ count: Int) throws(Diagnostic) -> Int {
    let base = UnsafePointer(block.input)
    var position = start
    while position < count {
      if width > 1, base[position] == 10 || base[position] == 13, isBlank(base, position, count) {
        return isLast ? count : position
      }
      let begin = position
      guard let found = try readRecord(base, count, &position, block.count) else { return begin }
      guard found == width else { throw wrongWidth(found, record + block.count + 1, offset + begin) }
      canonicaliser?.append(row, to: block)
    }
    return position
  }

  /// Reads the record at `position` into `row`, and moves behind it.
  ///
  /// - Parameter before: the number of records before it in the block.
  /// - Returns: the number of its values; values beyond the header's width are only counted. `nil` when the bytes end
  ///   within quotation marks.
  func readRecord(
    _ base: UnsafePointer<UInt8>, _ count: Int, _ position: inout Int, _ before: Int
  ) throws(Diagnostic) -> Int? {
    row.removeAll()
    var index = 0
    while true {
      if file.dialect.hasQuotes, position < count, base[position] == 0x22 {
        guard try readQuoted(base, count, &position, index, before) else { return nil }
      } else {
        let begin = position
        while position < count, base[position] != delimiter, base[position] != 10 { position += 1 }
        var end = position
        if end > begin, position < count, base[position] == 10, base[end - 1] == 13 { end -= 1 }
        if index < width {
          let bytes = UnsafeBufferPointer(start: base + begin, count: end - begin)
          if let null = file.dialect.null, bytes.elementsEqual(null) {
            row.setNull(index)
          } else {
            row.set(index, kind(bytes), bytes)
          }
        }
      }
      index += 1
      guard position < count else { return index }
      let byte = base[position]
      position += 1
      if byte == 10 { return index }
    }
  }

  /// Reads a value in quotation marks and moves `position` to its end. False when the bytes end within.
  private func readQuoted(
    _ base: UnsafePointer<UInt8>, _ count: Int, _ position: inout Int, _ index: Int, _ before: Int
  ) throws(Diagnostic) -> Bool {
    let begin = position + 1
    position = begin
    var doubled = 0
    while position < count, base[position] != 0x22 || (position + 1 < count && base[position + 1] == 0x22) {
      if base[position] == 0x22 {
        doubled += 1
        position += 1
      }
      position += 1
    }
    guard position < count else { return false }
    let bytes = UnsafeBufferPointer(start: base + begin, count: position - begin)
    if index < width {
      if doubled == 0 {
        row.set(index, kind(bytes), bytes)
      } else {
        let out = row.room(bytes.count)
        var (written, place) = (0, 0)
        while place < bytes.count {
          out[written] = bytes[place]
          written += 1
          place += bytes[place] == 0x22 ? 2 : 1
        }
        row.take(index, kind(bytes), written)
      }
    }
    position += 1
    if position < count, base[position] == 13, position + 1 < count, base[position + 1] == 10 { position += 1 }
    guard position >= count || base[position] == delimiter || base[position] == 10 else {
      throw Diagnostic(
        .datasetQuote, at: Place(file: file.path, record: record + before + 1, offset: place(position)))
    }
    return true
  }

  /// A value in which another program has lost a character is not a text.
  @inline(__always)
  private func kind(_ bytes: UnsafeBufferPointer<UInt8>) -> CellKind {
    guard holdsReplacement, let base = bytes.baseAddress else { return .text }
    return WellFormedUTF8.firstMalformed(base, bytes.count) == nil ? .text : .invalid
  }
}
