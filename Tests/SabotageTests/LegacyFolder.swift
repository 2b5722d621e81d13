import Projects
import Copybook
import Decode
import Foundation
import Pipeline
import Testing

/// The legacy files of a small city, which can be changed item by item.
///
/// Trailers stay unchanged: a test of one rule does not need the totals.
struct LegacyFolder {
  /// A record of a kind, with its offset in the file.
  struct Record {
    let file: String
    let kind: FileKind
    let start: Int
  }

  private let files: [FilePlan]
  private var bytes: [String: [UInt8]] = [:]

  init(_ project: Project, _ folder: String) throws {
    files = project.files
    for file in files {
      bytes[file.id] = [UInt8](try #require(FileManager.default.contents(atPath: "\(folder)/\(file.data)")))
    }
  }

  func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for file in files {
      try Data(bytes[file.id] ?? []).write(to: URL(fileURLWithPath: "\(folder)/\(file.data)"))
    }
  }

  /// The records of a kind, in the order of the file.
  func records(_ file: String, _ kind: String) throws -> [Record] {
    let plan = try #require(files.first { $0.id == file })
    let kind = try #require(plan.kinds.first { $0.code == kind })
    let all = bytes[file] ?? []
    return stride(from: 0, to: all.count, by: plan.recordLength).compactMap { start in
      let code = start + plan.kindItem!.offset
      return Array(all[code..<(code + plan.kindItem!.length)]) == kind.bytes
        ? Record(file: file, kind: kind, start: start) : nil
    }
  }

  private func place(_ record: Record, _ item: String, _ occurrence: Int) throws -> (Range<Int>, isPacked: Bool) {
    let field = try #require(record.kind.plan.fields.first { $0.name == item }, "\(item)")
    let start = record.start + field.offsets[occurrence]
    return (start..<(start + field.slot.item.length), field.slot.item.usage == .packed)
  }

  /// The digits of a packed or zoned item as a number; 0 for blanks.
  func number(_ record: Record, _ item: String, _ occurrence: Int = 0) throws -> Int {
    let (range, isPacked) = try place(record, item, occurrence)
    let digits = (bytes[record.file] ?? [])[range]
    guard isPacked else { return digits.reduce(0) { $0 * 10 + Int($1 & 15) } }
    let sign = (digits.last ?? 0) & 15
    let amount = (digits.reduce(0) { $0 * 100 + Int($1 >> 4) * 10 + Int($1 & 15) } - Int(sign)) / 10
    return sign == 13 ? -amount : amount
  }

  /// The bytes of an item as digits, A–Z left out.
  func text(_ record: Record, _ item: String, _ occurrence: Int = 0) throws -> String {
    let (range, _) = try place(record, item, occurrence)
    return String((bytes[record.file] ?? [])[range].filter { $0 >= 0xF0 }.map { Character(String($0 & 15)) })
  }

  /// Writes a number into a packed or zoned item, keeping its sign.
  mutating func set(_ record: Record, _ item: String, _ value: Int, _ occurrence: Int = 0) throws {
    let (range, isPacked) = try place(record, item, occurrence)
    var rest = value
    guard isPacked else {
      for index in range.reversed() {
        bytes[record.file]?[index] = 0xF0 | UInt8(rest % 10)
        rest /= 10
      }
      return
    }
    let sign = (bytes[record.file] ?? [])[range.upperBound - 1] & 15
    rest = value * 10
    for index in range.reversed() {
      bytes[record.file]?[index] = UInt8((rest / 10 % 10) << 4 | (rest % 10))
      rest /= 100
    }
    bytes[record.file]?[range.upperBound - 1] |= sign
  }

  /// Writes digits into a text item, followed by blanks.
  mutating func set(_ record: Record, _ item: String, text: String, _ occurrence: Int = 0) throws {
    let (range, _) = try place(record, item, occurrence)
    let digits = Array(text.utf8)
    for (offset, index) in range.enumerated() {
      bytes[record.file]?[index] = offset < digits.count ? 0xF0 | digits[offset] & 15 : 0x40
    }
  }
}
