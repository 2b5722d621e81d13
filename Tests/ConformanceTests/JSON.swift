import Foundation

/// A JSON value whose numbers keep all their digits.
enum JSON: Equatable, Decodable {
  case null
  case bool(Bool)
  case number(Decimal)
  case text(String)
  case list([JSON])
  case object([String: JSON])

  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self) {
      var object: [String: JSON] = [:]
      for key in container.allKeys { object[key.stringValue] = try container.decode(JSON.self, forKey: key) }
      self = .object(object)
    } else if var container = try? decoder.unkeyedContainer() {
      var list: [JSON] = []
      while !container.isAtEnd { list.append(try container.decode(JSON.self)) }
      self = .list(list)
    } else {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let value = try? container.decode(Decimal.self) {
        self = .number(value)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  static func lines(_ text: String) throws -> [JSON] {
    try text.split(separator: "\n").map { try JSONDecoder().decode(JSON.self, from: Data($0.utf8)) }
  }

  /// The value in the form of the peers: invalid, null or empty values are left out, names have underscores.
  var plain: JSON? {
    switch self {
    case .null: return nil
    case .object(let members):
      if members["invalid"] != nil, members.count == 2 { return nil }
      var plain: [String: JSON] = [:]
      for (name, value) in members {
        guard let value = value.plain else { continue }
        plain[Self.name(name)] = value
      }
      return plain.isEmpty ? nil : .object(plain)
    case .list(let items): return .list(items.map { $0.plain ?? .null })
    default: return self
    }
  }

  /// Texts in the form of the peer's pages: control characters are spaces, then trimmed; numbers of editing pictures as
  /// numbers.
  func asPeer(_ options: CobrixOptions, name: String = "") -> JSON {
    switch self {
    case .object(let members):
      if let record = options.onlyRecord, let only = members[record] { return only.asPeer(options) }
      let kept = members.filter { !options.dropsFillerGroups || !$0.key.hasPrefix("FILLER") }
      return .object(Dictionary(uniqueKeysWithValues: kept.map { ($0, $1.asPeer(options, name: $0)) }))
    case .number(let number) where number > Decimal(Int32.max) && options.narrow.contains(Self.name(name)): return .null
    case .list(let items): return .list(items.map { $0.asPeer(options, name: name) })
    case .text(let text):
      let shown = String(
        String.UnicodeScalarView(
          text.unicodeScalars.filter { !options.isASCII || $0.value != 0 }.map {
            $0.value < 0x20 || (0x7F...options.lastHidden).contains($0.value) ? " " : $0
          }))
      var trimmed = shown[...]
      if options.trimming == "both" || options.trimming == "left" { trimmed = trimmed.drop { $0 == " " } }
      if options.trimming == "both" || options.trimming == "right" {
        while trimmed.last == " " { trimmed.removeLast() }
      }
      if let scale = options.edited[Self.name(name)], let number = Self.edited(shown) {
        return .number(number / pow(10, scale))
      }
      return .text(String(trimmed))
    default: return self
    }
  }

  /// The number of an edited text, its sign in front or behind.
  private static func edited(_ text: String) -> Decimal? {
    let digits = text.filter { $0 != " " }
    if digits.hasSuffix("-") { return Decimal(string: "-" + digits.dropLast()) }
    // The last digit may carry the sign.
    guard let last = digits.last, let place = "{ABCDEFGHI}JKLMNOPQR".firstIndex(of: last) else {
      return Decimal(string: digits)
    }
    let number = "{ABCDEFGHI}JKLMNOPQR".distance(from: "{".startIndex, to: place)
    return Decimal(string: (number > 9 ? "-" : "") + digits.dropLast() + String(number % 10))
  }

  private static func name(_ name: String) -> String {
    let plain = name.replacing("-", with: "_").replacing(":", with: "")
    // The peer numbers FILLER groups from 1.
    return plain == "FILLER" ? "FILLER_1" : plain
  }

  /// The first difference of two values; numbers and texts that spell them are equal.
  static func difference(_ found: JSON?, _ expected: JSON?, _ path: String = "") -> String? {
    switch (found, expected) {
    case (nil, nil): return nil
    case (.object(let left)?, .object(let right)?):
      for name in Set(left.keys).union(right.keys).sorted() {
        if let flaw = difference(left[name], right[name], path + "/" + name) { return flaw }
      }
      return nil
    case (.list(let left)?, .list(let right)?):
      if left.count != right.count { return "\(path): \(left.count) items, expected \(right.count)" }
      for (index, pair) in zip(left, right).enumerated() {
        if let flaw = difference(pair.0, pair.1, path + "[\(index)]") { return flaw }
      }
      return nil
    case (let left?, let right?) where left == right: return nil
    case (.text(let text)?, .number(let number)?), (.number(let number)?, .text(let text)?):
      if let value = Decimal(string: text), close(value, number) { return nil }
    case (.number(let left)?, .number(let right)?):
      if close(left, right) { return nil }
    // The peer's missing value is sometimes null, sometimes the empty text.
    case (nil, .text("")?), (.text("")?, nil): return nil
    // An object with only left-out values, compared with none.
    case (nil, .list(let items)?), (.list(let items)?, nil):
      if items.allSatisfy({ $0 == .null }) { return nil }
    default: break
    }
    func show(_ value: JSON?) -> String { value.map { String("\($0)".prefix(120)) } ?? "nothing" }
    return "\(path): \(show(found)), expected \(show(expected))"
  }

  /// Whether numbers are equal, or as close as a peer's binary floating point allows.
  private static func close(_ left: Decimal, _ right: Decimal) -> Bool {
    if left == right { return true }
    let (a, b) = (NSDecimalNumber(decimal: left).doubleValue, NSDecimalNumber(decimal: right).doubleValue)
    return abs(a - b) <= max(abs(a), abs(b)) * 1e-7 && left != left.rounded(0)
  }
}

extension Decimal {
  func rounded(_ scale: Int) -> Decimal {
    var (value, result) = (self, Decimal())
    NSDecimalRound(&result, &value, scale, .plain)
    return result
  }
}
