import Decode
import Evidence
import Expressions
import Records

/// Finds the items in which records differ from what the rows make of them. Memory grows with the records of the
/// differing buckets: 64 bytes for each, and the bytes themselves for the first 20,000.
final class RebuiltLocaliser: Localiser {
  private static let shown = 20_000

  private struct Piece {
    let part: Int
    let occurrence: Int
    let bytes: [UInt8]
  }

  private struct Record {
    var sum: UInt128 = 0
    var name: [String]
    var legacy: [Piece] = []
    var rebuilt: [Piece] = []
  }

  private let body: RebuiltCheck.Body
  private let buckets: Set<Int>
  private let reader: RebuiltRows
  private var records: [UInt128: Record] = [:]
  /// Of the records beyond those that are shown: their sums.
  private var rest: [UInt128: UInt128] = [:]

  init(_ body: RebuiltCheck.Body, _ buckets: Set<Int>) {
    self.body = body
    self.buckets = buckets
    reader = RebuiltRows(body)
  }

  func observe(_ term: Term, _ rows: ObservedRows) {
    _ = reader.read(term, rows) { piece in
      guard buckets.contains(BucketSums.bucket(piece.key)) else { return }
      let isLegacy = term.side == .expected
      if records[piece.key] == nil, records.count >= Self.shown {
        let sum = rest[piece.key] ?? 0
        rest[piece.key] = isLegacy ? sum &+ piece.hash : sum &- piece.hash
        return
      }
      var record = records[piece.key] ?? Record(name: piece.keys.map { $0.describe(piece.row) ?? "–" })
      record.sum = isLegacy ? record.sum &+ piece.hash : record.sum &- piece.hash
      let kept = Piece(part: piece.part, occurrence: piece.occurrence, bytes: Array(piece.bytes))
      if isLegacy { record.legacy.append(kept) } else { record.rebuilt.append(kept) }
      records[piece.key] = record
    }
  }

  func finish() -> [CheckResult.Line] {
    var lines: [CheckResult.Line] = []
    for record in records.values.filter({ $0.sum != 0 }).sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
      lines += differences(record)
    }
    let more = rest.values.filter { $0 != 0 }.count
    let blank = Array(repeating: "–", count: body.keyNames.count)
    return lines + Array(repeating: CheckResult.Line(key: blank, expected: [], actual: []), count: more)
  }

  private func differences(_ record: Record) -> [CheckResult.Line] {
    var lines: [CheckResult.Line] = []
    func line(_ item: String, _ old: String, _ new: String) {
      lines.append(CheckResult.Line(key: record.name + [item, old, new], expected: [], actual: []))
    }
    for part in 0...body.parts.count {
      var legacy = record.legacy.filter { $0.part == part }
      var rebuilt = record.rebuilt.filter { $0.part == part }
      for piece in legacy {
        guard let same = rebuilt.firstIndex(where: { $0.occurrence == piece.occurrence && $0.bytes == piece.bytes })
        else { continue }
        rebuilt.remove(at: same)
        legacy.remove(at: legacy.firstIndex { $0.occurrence == piece.occurrence && $0.bytes == piece.bytes } ?? 0)
      }
      if part == body.parts.count {
        for piece in legacy { line("FILLER", "X'\(Hex.text(piece.bytes))'", "") }
        continue
      }
      let image = body.parts[part].image
      for (old, new) in zip(legacy, rebuilt) {
        for item in image.items {
          let range = item.place..<item.place + item.encoder.length
          if old.bytes[range].elementsEqual(new.bytes[range]) { continue }
          let isOpen = item.privacy == .open
          line(
            title(item, part, old), isOpen ? "X'\(Hex.text(Array(old.bytes[range])))'" : Privacy.mask,
            isOpen ? "X'\(Hex.text(Array(new.bytes[range])))'" : Privacy.mask)
        }
        if old.occurrence != new.occurrence {
          line(title(image.items[0], part, old), "\(old.occurrence + 1)", "\(new.occurrence + 1)")
        }
      }
      for piece in legacy.dropFirst(rebuilt.count) { line(title(image.items[0], part, piece), "1", "0") }
      for piece in rebuilt.dropFirst(legacy.count) { line(title(image.items[0], part, piece), "0", "1") }
    }
    return lines
  }

  private func title(_ item: RecordImage.Item, _ part: Int, _ piece: Piece) -> String {
    body.parts[part].occurrences > 1 && body.parts[part].isOrdered ? "\(item.name)[\(piece.occurrence + 1)]" : item.name
  }
}
