import Decode
import Expressions
import Glibc
import Records

/// Converts records and rows into the parts of records that they represent.
final class RebuiltRows {
  /// The part of a record that one row, or one occurrence in a record, holds: its items' bytes.
  struct Piece {
    /// Hash of the record's key.
    let key: UInt128
    /// Hash of key, part, occurrence and bytes.
    let hash: UInt128
    let row: Int
    let keys: [Column]
    /// Index of the part; the number of parts for the constants.
    let part: Int
    /// From 0; also 0 when the order is not known.
    let occurrence: Int
    let bytes: UnsafeBufferPointer<UInt8>
  }

  struct Counts {
    var rows = 0
    var unreadable = 0
    /// Records (occurrences) with another form, by number of the canonical item.
    var otherForms: [Int: Int] = [:]
    /// Records with values behind the count of a table.
    var behind = 0
  }

  private let body: RebuiltCheck.Body
  private let images = ImageBuffer()
  private let forms = ImageBuffer()
  let records: WholeRecords
  /// For each part the numbers of its canonical items among those of the check.
  private let canonical: [[Int]]
  /// The columns that show whether a record has what may stand behind a count.
  private let presences: Set<Int>

  init(_ body: RebuiltCheck.Body) {
    self.body = body
    canonical = body.parts.map { part in
      part.canonical.map { index in
        body.canonical.firstIndex { $0.item == part.image.items[index].name } ?? -1
      }
    }
    presences = Set(body.behind.map(\.presence))
    records = WholeRecords(length: body.length, space: body.space)
  }

  func read(_ term: Term, _ rows: ObservedRows, _ take: (Piece) -> Void) -> Counts {
    term.side == .expected ? legacy(term, rows, take) : tableRows(term, rows, take)
  }

  // MARK: the legacy side

  private func legacy(_ term: Term, _ rows: ObservedRows, _ take: (Piece) -> Void) -> Counts {
    var counts = Counts()
    guard let block = rows.block else { return counts }
    let part = body.parts[term.part]
    let image = part.image
    images.reserve(rows.count * image.length)
    _ = rows.select(term, measured: false) { selection in
      let hashes = selection.hashes
      let hasRow = rows.machine.value(term.measures[0])
      let occurrence = selection.occurrence
      for row in 0..<rows.count {
        image.copy(records.bytes(block, row), occurrence: occurrence, to: images.bytes + row * image.length)
      }
      canonicalise(part, term, rows, &counts)
      let isFirst = term.part == body.lead && occurrence == 0
      let isWhole = !isFirst || hasAll(rows)
      if isFirst { counts.rows += selection.taken }
      let number = part.isOrdered ? occurrence : 0
      let (there, states) = (hasRow.integers, hasRow.states)
      selection.forEach { row in
        if isFirst {
          let record = records.bytes(block, row)
          if !areConstant(record, rows.machine, row) {
            constants(record, rows.machine, row, selection.keys, hashes[row], take)
          }
          if !isWhole {
            counts.behind += behind(record, rows.machine, row, selection.keys, hashes[row], take) ? 1 : 0
          }
        }
        let bytes = UnsafeBufferPointer(start: images.bytes + row * image.length, count: image.length)
        let isThere = states[row] > 1 || there[row] != 0
        if !isThere, bytes.elementsEqual(part.blank) { return }
        take(piece(selection.keys, row, hashes[row], term.part, number, bytes))
      }
      if isFirst { counts.unreadable = selection.unreadable }
    }
    return counts
  }

  /// Whether all records of a block have all that may stand behind a count.
  private func hasAll(_ rows: ObservedRows) -> Bool {
    presences.allSatisfy { presence in
      let values = rows.machine.input(presence).integers
      return (0..<rows.count).allSatisfy { values[$0] != 0 }
    }
  }

  /// Whether all constant bytes that a record has are as they should be.
  @inline(__always)
  private func areConstant(_ record: UnsafePointer<UInt8>, _ machine: Machine, _ row: Int) -> Bool {
    for index in body.constants.indices {
      let isSame = body.constants[index].bytes.withUnsafeBufferPointer {
        memcmp(record + body.constants[index].offset, $0.baseAddress ?? record, $0.count) == 0
      }
      if !isSame { return false }
    }
    return true
  }

  /// Replaces each canonical item by the encoding of its value, and counts the items that had another form.
  private func canonicalise(_ part: RebuiltCheck.Part, _ term: Term, _ rows: ObservedRows, _ counts: inout Counts) {
    for (number, index) in part.canonical.enumerated() {
      let item = part.image.items[index]
      let column = rows.machine.value(term.measures[number + 1])
      let length = item.encoder.length
      forms.reserve(rows.count * length)
      _ = item.encoder.encode(column, rows: rows.count, to: forms.bytes, stride: length)
      let name = canonical[term.part][number]
      guard name >= 0 else { continue }
      var others = 0
      let states = column.states
      let places = images.bytes + item.place
      for row in 0..<rows.count where states[row] <= 1 {
        let form = forms.bytes + row * length
        let place = places + row * part.image.length
        if form[0] == 0xFF || memcmp(form, place, length) == 0 { continue }
        place.update(from: form, count: length)
        others += 1
      }
      if others > 0 { counts.otherForms[name, default: 0] += others }
    }
  }

  /// A record with other constant bytes gets a part that no row can have.
  private func constants(
    _ record: UnsafePointer<UInt8>, _ machine: Machine, _ row: Int, _ keys: [Column], _ key: UInt128,
    _ take: (Piece) -> Void
  ) {
    for (number, constant) in body.constants.enumerated() {
      if let presence = constant.presence, machine.input(presence).integers[row] == 0 { continue }
      let bytes = UnsafeBufferPointer(start: record + constant.offset, count: constant.bytes.count)
      if !bytes.elementsEqual(constant.bytes) { take(piece(keys, row, key, body.parts.count, number, bytes)) }
    }
  }

  /// A record with values behind the count of a table gets a part that no row can have, unless a reason is given.
  /// Spaces, X'00' and initial values are not values.
  ///
  /// - Returns: whether the record has such values.
  private func behind(
    _ record: UnsafePointer<UInt8>, _ machine: Machine, _ row: Int, _ keys: [Column], _ key: UInt128,
    _ take: (Piece) -> Void
  ) -> Bool {
    var isAny = false
    for (number, behind) in body.behind.enumerated() where machine.input(behind.presence).integers[row] == 0 {
      let bytes = UnsafeBufferPointer(start: record + behind.offset, count: behind.blank.count)
      if bytes.allSatisfy({ $0 == body.space || $0 == 0 }) || bytes.elementsEqual(behind.blank) { continue }
      isAny = true
      if body.behindReason != nil { return true }
      take(piece(keys, row, key, body.parts.count, body.constants.count + number, bytes))
    }
    return isAny
  }

  // MARK: the new side

  private func tableRows(_ term: Term, _ rows: ObservedRows, _ take: (Piece) -> Void) -> Counts {
    var counts = Counts()
    let part = body.parts[term.part]
    let image = part.image
    images.reserve(rows.count * image.length)
    for (item, measure) in zip(image.items, term.measures) {
      _ = item.encoder.encode(
        rows.machine.value(measure), rows: rows.count, to: images.bytes + item.place, stride: image.length)
    }
    let at = part.isOrdered ? term.measures.last.map { rows.machine.value($0) } : nil
    counts.unreadable = rows.select(term, measured: false) { selection in
      let hashes = selection.hashes
      counts.rows = selection.taken
      selection.forEach { row in
        let bytes = UnsafeBufferPointer(start: images.bytes + row * image.length, count: image.length)
        let occurrence = at.map { $0.states[row] == 0 ? Int($0.integers[row]) - 1 : -1 } ?? 0
        take(piece(selection.keys, row, hashes[row], term.part, occurrence, bytes))
      }
    }
    return counts
  }

  private func piece(
    _ keys: [Column], _ row: Int, _ key: UInt128, _ part: Int, _ occurrence: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Piece {
    let hash = KeyHashes.hash(key, bytes, number: part << 32 | occurrence & 0xFFFF_FFFF)
    return Piece(key: key, hash: hash, row: row, keys: keys, part: part, occurrence: occurrence, bytes: bytes)
  }
}
