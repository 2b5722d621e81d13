import Base
import Decode
import Evidence
import Expressions
import Records

/// Finds the items in which records differ from the records rebuilt from rows. Memory grows with the records of the
/// differing buckets: about 100 bytes for each, plus the bytes themselves for the first 20,000.
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
    var noted = NotedRecords()
    var legacy: [Piece] = []
    var rebuilt: [Piece] = []

    mutating func add(_ piece: Piece, _ hash: UInt128, _ place: UInt64, _ side: Term.Side) {
      sum &+= hash
      noted.note(place)
      if side == .expected { legacy.append(piece) } else { rebuilt.append(piece) }
    }
  }

  private let body: RebuiltCheck.Body
  private let buckets: Set<Int>
  private let reader: RebuiltRows
  private var records: [UInt128: Record] = [:]
  /// For the records beyond those that are shown: their sums, and the place of the first record of each.
  private var rest: [UInt128: (sum: UInt128, place: UInt64)] = [:]
  private var files = LegacyFiles()

  init(_ body: RebuiltCheck.Body, _ buckets: Set<Int>) {
    self.body = body
    self.buckets = buckets
    reader = RebuiltRows(body)
  }

  func observe(_ term: Term, _ rows: ObservedRows) {
    let places = files.places(term, rows)
    _ = reader.read(term, rows) { piece in
      guard buckets.contains(BucketSums.bucket(piece.key)) else { return }
      let hash = term.side == .expected ? piece.hash : 0 &- piece.hash
      let place = places[piece.row]
      if records[piece.key] == nil, records.count >= Self.shown {
        let known = rest[piece.key] ?? (0, 0)
        rest[piece.key] = (known.sum &+ hash, place == 0 || known.place != 0 ? known.place : place)
        return
      }
      let name = { piece.keys.map { $0.describe(piece.row) ?? "–" } }
      records[piece.key, default: Record(name: name())].add(
        Piece(part: piece.part, occurrence: piece.occurrence, bytes: Array(piece.bytes)), hash, place, term.side)
    }
  }

  func finish() -> [CheckResult.Line] {
    var lines: [CheckResult.Line] = []
    func order(_ hash: UInt128, _ record: Record) -> KeyRank { KeyRank(name: record.name, hash: hash) }
    let differing = records.filter { $0.value.sum != 0 }
    for (_, record) in differing.sorted(by: { order($0.key, $0.value) < order($1.key, $1.value) }) {
      lines += differences(record)
    }
    let blank = Array(repeating: "–", count: body.keyNames.count)
    return lines
      + rest.values.filter { $0.sum != 0 }.map(\.place).sorted().map {
        let side = CheckResult.Line.Side(why: Self.beyond, records: files.records([$0]))
        return CheckResult.Line(
          key: blank, expected: [], actual: [], records: side.records,
          sides: .init(expected: side, actual: .init(why: Self.beyond)))
      }
  }

  private static let unfit = Bilingual("項目に入らない値、または値がない", "a value that does not fit the item, or none")

  /// A value that cannot be encoded is all ones.
  private func fits(_ bytes: ArraySlice<UInt8>) -> Bool { !bytes.allSatisfy { $0 == 0xFF } }

  private static let beyond = Bilingual(
    "項目は先頭の\(shown)件のレコードだけを比べる", "items are compared of the first \(shown) records only")

  private func differences(_ record: Record) -> [CheckResult.Line] {
    var lines: [CheckResult.Line] = []
    let places = files.records(record.noted)
    typealias Side = CheckResult.Line.Side
    func line(_ item: String, _ old: String, _ new: String, _ expected: Side, _ actual: Side) {
      var expected = expected
      expected.records = places
      lines.append(
        CheckResult.Line(
          key: record.name + [item, old, new], expected: [], actual: [], records: places,
          sides: .init(expected: expected, actual: actual)))
    }
    func bytes(_ item: String, _ bytes: some Sequence<UInt8>, _ privacy: Privacy) -> Side {
      Side([Side.Value(item, Self.hex(bytes), privacy: privacy.told)])
    }
    func rows(_ number: Int, why: Bilingual? = nil) -> Side { Side([.rows(number)], why: why) }
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
        for piece in legacy {
          let behind = piece.occurrence - body.constants.count
          let item = behind < 0 ? nil : body.behind[behind]
          let privacy = item?.privacy ?? .open
          let name = item?.item ?? NameTable.filler
          // What the definitions say that stands there.
          let wanted = item?.blank ?? body.constants[piece.occurrence].bytes
          line(
            name, privacy == .open ? Self.hex(piece.bytes) : Privacy.mask, "", bytes(name, piece.bytes, privacy),
            bytes(name, wanted, .open))
        }
        continue
      }
      let image = body.parts[part].image
      for (old, new) in zip(legacy, rebuilt) {
        for item in image.items {
          let range = item.place..<item.place + item.encoder.length
          if old.bytes[range].elementsEqual(new.bytes[range]) { continue }
          let isOpen = item.privacy == .open
          let name = title(item, part, old)
          line(
            name, isOpen ? Self.hex(old.bytes[range]) : Privacy.mask,
            isOpen ? Self.hex(new.bytes[range]) : Privacy.mask, bytes(name, old.bytes[range], item.privacy),
            fits(new.bytes[range]) ? bytes(name, new.bytes[range], item.privacy) : Side(why: Self.unfit))
        }
        if old.occurrence != new.occurrence {
          let places = ("\(old.occurrence + 1)", "\(new.occurrence + 1)")
          line(
            title(image.items[0], part, old), places.0, places.1, Side([Side.Value(Side.Value.occurrence, places.0)]),
            Side([Side.Value(Side.Value.occurrence, places.1)]))
        }
      }
      for piece in legacy.dropFirst(rebuilt.count) {
        line(title(image.items[0], part, piece), "1", "0", rows(1), rows(0, why: Side.noActualRow))
      }
      for piece in rebuilt.dropFirst(legacy.count) {
        line(title(image.items[0], part, piece), "0", "1", rows(0, why: Side.noExpectedRow), rows(1))
      }
    }
    return lines
  }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String { "X'\(Hex.text(Array(bytes)))'" }

  private func title(_ item: RecordImage.Item, _ part: Int, _ piece: Piece) -> String {
    body.parts[part].occurrences > 1 && body.parts[part].isOrdered ? "\(item.name)[\(piece.occurrence + 1)]" : item.name
  }
}
