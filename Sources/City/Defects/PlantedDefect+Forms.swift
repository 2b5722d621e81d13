import Base
import Copybook
import Decode

/// Forms of many defects, each of which changes one item.
extension PlantedDefect {
  /// A change of a record, which is then written.
  static func changed(
    _ id: String, _ file: String, kind: Int, _ ja: String, _ en: String, records: Int = 1, isRare: Bool = false,
    followsTrailer: Bool = true, expected: Expectation = .found,
    suits: @escaping @Sendable (RecordMark) -> Bool = { _ in true },
    _ alter: @escaping @Sendable (Change) throws(Diagnostic) -> Void
  ) -> PlantedDefect {
    PlantedDefect(
      id, file, kind: kind, ja, en, records: records, isRare: isRare, followsTrailer: followsTrailer,
      expected: expected, suits: suits
    ) { change throws(Diagnostic) in
      try alter(change)
      return .keep
    }
  }

  /// A packed item that was never initialised.
  static func blank(_ id: String, _ file: String, kind: Int, _ item: String) -> PlantedDefect {
    changed(id, file, kind: kind, "\(item)が未初期化（全てX'40'）", "\(item) was never initialised (all X'40')") {
      change throws(Diagnostic) in
      try change.set(item, bytes: [UInt8](repeating: 0x40, count: change.bytes(item).count))
    }
  }

  /// A packed item with an invalid sign.
  static func sign(_ id: String, _ file: String, kind: Int, _ item: String, _ sign: UInt8) -> PlantedDefect {
    let digit = sign == 0 ? "0" : "A"
    return changed(id, file, kind: kind, "\(item)の符号が\(digit)", "the sign of \(item) is \(digit)") {
      change throws(Diagnostic) in
      let bytes = try change.bytes(item)
      try change.set(item, bytes: [bytes[bytes.count - 1] & 0xF0 | sign], at: bytes.count - 1)
    }
  }

  /// A zoned item with one digit in ASCII.
  static func zone(_ id: String, _ file: String, kind: Int, _ item: String) -> PlantedDefect {
    changed(id, file, kind: kind, "\(item)の1桁がゾーン3（ASCII）", "one digit of \(item) has zone 3 (ASCII)") {
      change throws(Diagnostic) in
      let bytes = try change.bytes(item)
      try change.set(item, bytes: [bytes[bytes.count - 1] & 0x0F | 0x30], at: bytes.count - 1)
    }
  }

  /// A code that is not in its table.
  static func unknown(_ id: String, _ file: String, kind: Int, _ item: String) -> PlantedDefect {
    changed(
      id, file, kind: kind, "\(item)が98（変換表にない）", "\(item) is 98, which the code table does not list"
    ) { change throws(Diagnostic) in
      try change.set(item, bytes: try change.bytes(item).count == 1 ? [0xF8] : [0xF9, 0xF8])
    }
  }

  /// One digit of a packed amount.
  static func digit(
    _ id: String, _ file: String, kind: Int, _ item: String, isRare: Bool = false,
    suits: @escaping @Sendable (RecordMark) -> Bool = { $0.amount > 10_000 }
  ) -> PlantedDefect {
    changed(
      id, file, kind: kind, "\(item)の千の位が1違う", "the thousands of \(item) are off by one", isRare: isRare, suits: suits
    ) { change throws(Diagnostic) in try change.add(item, 1_000) }
  }

  /// A number of a person whom the address master lacks.
  static func stranger(_ id: String, _ file: String, kind: Int, _ item: String) -> PlantedDefect {
    changed(id, file, kind: kind, "\(item)が宛名にない", "\(item) is a number that the address master lacks") {
      change throws(Diagnostic) in
      try change.set(item, 999_997)
    }
  }

  /// The record is lost; the trailer still counts it.
  static func lost(_ id: String, _ file: String, kind: Int, isRare: Bool = false) -> PlantedDefect {
    PlantedDefect(
      id, file, kind: kind, "\(file)の1件が失われた（トレーラは元のまま）", "a record of \(file) is lost; the trailer counts it",
      isRare: isRare, followsTrailer: false
    ) { _ throws(Diagnostic) in .drop }
  }

  /// The record occurs twice, and the trailer counts both.
  static func doubled(_ id: String, _ file: String, kind: Int, isRare: Bool = false) -> PlantedDefect {
    PlantedDefect(
      id, file, kind: kind, "\(file)の1件が二重（トレーラも2件）", "a record of \(file) is there twice; the trailer counts both",
      isRare: isRare
    ) { _ throws(Diagnostic) in .again }
  }

  /// The first version of a record is marked as the latest, too.
  static func bothLatest(_ id: String, _ file: String, kind: Int, _ item: String) -> PlantedDefect {
    changed(
      id, file, kind: kind, "最新区分1が2行", "two rows are the latest", isRare: true,
      suits: { $0.versions == 2 && $0.version == 1 }
    ) { change throws(Diagnostic) in try change.set(item, bytes: [0xF1]) }
  }

  /// FILLER that is not blank.
  static func filler(_ id: String, _ file: String, kind: Int, after item: String) -> PlantedDefect {
    changed(id, file, kind: kind, "\(file)の予備が空白でない", "a FILLER of \(file) is not blank") {
      change throws(Diagnostic) in
      let slot = change.encoder.slots[try change.encoder.slot(item)].item
      change.encoder.bytes[slot.offset + slot.length + 1] = 0xF7
    }
  }
}
