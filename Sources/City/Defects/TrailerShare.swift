import Copybook
import Decode

/// A record's contribution to its file's trailer, read from its bytes, so that the trailer of a spoiled file can agree
/// with the file, as when an old system counted its own dirt.
struct TrailerShare: Equatable {
  var totals: InlineArray<3, Int64> = .init(repeating: 0)
  var number: Int64 = 0

  static func == (left: TrailerShare, right: TrailerShare) -> Bool {
    left.totals[0] == right.totals[0] && left.totals[1] == right.totals[1] && left.totals[2] == right.totals[2]
      && left.number == right.number
  }

  /// The items of a kind that are added up, and their totals.
  struct Rule {
    let file: String
    let kind: Int
    let item: String
    let total: Int

    init(_ file: String, _ kind: Int, _ item: String, _ total: Int) {
      self.file = file
      self.kind = kind
      self.item = item
      self.total = total
    }
  }

  static let rules: [Rule] = [
    Rule("KJFUKA", 10, "KJ-NENZEI", 0), Rule("KJFUKA", 10, "KJ-KAZEI-HYOJUN", 1),
    Rule("KJFUKA", 10, "KJ-KI-ZEIGAKU", 2),
    Rule("KJFUKA", 20, "KJ-NENZEI", 0), Rule("KJFUKA", 20, "KJ-KAZEI-HYOJUN", 1),
    Rule("KJFUKA", 20, "KJ-TSUKI-ZEIGAKU", 2),
    Rule("KESHARYO", 30, "KE-NENZEI", 0), Rule("KESHARYO", 30, "KE-GEMMEN", 1), Rule("KESHARYO", 30, "KE-CHOTEI", 2),
    Rule("HJSHINK", 20, "HJ-CHOTEI", 0), Rule("HJSHINK", 20, "HJ-SASHIHIKI-HZW", 1),
    Rule("HJSHINK", 20, "HJ-KINTOWARI", 2),
    Rule("KTDAICHO", 10, "KT-HYOKAGAKU", 0), Rule("KTDAICHO", 10, "KT-KOTEI-HYOJUN", 1),
    Rule("KTDAICHO", 20, "KT-HYOKAGAKU", 0), Rule("KTDAICHO", 20, "KT-KOTEI-HYOJUN", 1),
    Rule("KTDAICHO", 30, "KT-HYOKA-KEI", 0), Rule("KTDAICHO", 30, "KT-HYOJUN-KEI", 1),
    Rule("KTDAICHO", 40, "KT-NENZEI", 2),
    Rule("KKFUKA", 10, "KK-NENZEI", 0), Rule("KKFUKA", 10, "KK-BUN-KEIGENGAKU", 1),
    Rule("KKFUKA", 10, "KK-KI-ZEIGAKU", 2), Rule("KKFUKA", 10, "KK-TOKU-ZEIGAKU", 2),
    Rule("SNCHOTEI", 10, "SN-CHOTEI", 0), Rule("SNCHOTEI", 20, "SN-SHUNO", 1), Rule("SNCHOTEI", 10, "SN-MINO", 2),
  ]

  /// Items with the number that the key hash adds up, in order of precedence.
  private static let numbers = [
    "AT-ATENA-NO", "KJ-ATENA-NO", "KE-GIMUSHA-NO", "HJ-ATENA-NO", "KT-GIMUSHA-NO", "KK-NUSHI-NO", "NN-ATENA-NO",
    "TG-ATENA-NO", "SN-ATENA-NO",
  ]

  /// The share of the record in the encoder; invalid digits count as 0.
  init(_ writer: KindWriter, file: String) {
    let encoder = writer.encoder
    func bytes(_ name: String, _ occurrence: Int = 0) -> ArraySlice<UInt8> {
      guard let index = try? encoder.slot(name) else { return [] }
      let slot = encoder.slots[index]
      let offset = slot.item.offset + occurrence * (slot.dimensions.last?.stride ?? 0)
      return Array(encoder.bytes[offset..<offset + slot.item.length])[...]
    }
    if let name = Self.numbers.first(where: { (try? encoder.slot($0)) != nil }) {
      let digits = bytes(name)
      if digits.allSatisfy({ $0 >= 0xF0 && $0 <= 0xF9 }) {
        number = digits.reduce(0) { $0 * 10 + Int64($1 & 15) }
      }
    }
    // 取消 and 速報取消 do not count, nor do versions of 個人住民税 that were replaced.
    if file == "SNCHOTEI", writer.kind == 20, bytes("SN-TORIKESHI") != [0xF0] || bytes("SN-KARI-KBN") == [0xF2] {
      return
    }
    if file == "KJFUKA", writer.kind < 30, bytes("KJ-SAISHIN-KBN") != [0xF1] { return }
    for rule in Self.rules where rule.file == file && rule.kind == writer.kind {
      guard let index = try? encoder.slot(rule.item) else { continue }
      for occurrence in 0..<(encoder.slots[index].dimensions.last?.count ?? 1) {
        totals[rule.total] += Self.packed(bytes(rule.item, occurrence))
      }
    }
  }

  init() {}

  /// - Parameter orUnsigned: whether an invalid sign is ignored.
  static func packed(_ bytes: ArraySlice<UInt8>, orUnsigned: Bool = false) -> Int64 {
    var value: Int64 = 0
    for (index, byte) in bytes.enumerated() {
      let (high, low) = (Int64(byte >> 4), Int64(byte & 15))
      guard high < 10 else { return 0 }
      value = value * 10 + high
      if index < bytes.count - 1 {
        guard low < 10 else { return 0 }
        value = value * 10 + low
      } else {
        guard low >= 10 || orUnsigned else { return 0 }
        if low == 0xD || low == 0xB { value = -value }
      }
    }
    return value
  }
}
