import Base
import Decode

/// 更新年月日・時刻・職員ID and 削除区分, at the end of every record.
struct Stamp {
  private let day: Int
  private let time: Int
  private let staff: Int
  private let deleted: Int
  private let department: [UInt8]

  /// - Parameters:
  ///   - prefix: `AT`, `KJ` or `SN`.
  ///   - department: three letters in front of the staff number, encoded.
  init(_ writer: KindWriter, _ prefix: String, department: [UInt8]) throws(Diagnostic) {
    day = try writer.slot("\(prefix)-KOSHIN-YMD")
    time = try writer.slot("\(prefix)-KOSHIN-JIKAN")
    staff = try writer.slot("\(prefix)-KOSHIN-ID")
    deleted = try writer.slot("\(prefix)-SAKUJO-KBN")
    self.department = department
  }

  func put(
    _ writer: KindWriter, _ draw: inout Draw, on packedDay: Int64, isDeleted: Bool = false
  ) throws(Diagnostic) {
    try writer.set(day, packedDay)
    let minute = draw.below(600)
    try writer.set(time, Int64((8 + minute / 60) * 10_000 + minute % 60 * 100 + draw.below(60)))
    let person = 1 + draw.below(39)
    let end = try writer.text(staff, department)
    writer.encoder.set(staff, byte: 0xF0, at: end)
    writer.encoder.set(staff, byte: 0xF0 | UInt8(person / 10), at: end + 1)
    writer.encoder.set(staff, byte: 0xF0 | UInt8(person % 10), at: end + 2)
    writer.code(deleted, isDeleted ? 1 : 0)
  }
}
