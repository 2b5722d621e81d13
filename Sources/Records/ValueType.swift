/// The type of the values of one column.
///
/// Money is `integer` (yen) or `decimal`; no column holds a binary fraction.
package enum ValueType: Hashable, Sendable {
  /// A whole number of at most 18 digits, held as `Int64`.
  case integer
  /// An exact decimal, held as an unscaled `Int128` with one scale for the whole column: at most 38 digits.
  case decimal(scale: Int)
  /// UTF-8 text.
  case text
  /// A calendar date (or a month, or a date with unknown parts), held as the number `YYYYMMDD`: see ``CivilDate``.
  case date
  /// True or false, held as 1 or 0. Only expressions produce it, not tables or records.
  case flag
}

/// Who may see the values of a field in reports, logs and messages.
package enum Privacy: String, Hashable, Sendable, Codable {
  /// May be shown.
  case open
  /// Personal (氏名, 住所, 所得 …): masked unless the user asks to reveal it.
  case personal
  /// 個人番号 and the like: masked always.
  case myNumber = "my_number"

  /// The text shown in place of a value that may not be shown.
  package static let mask = "●●●"

  /// Whether a value is masked.
  ///
  /// - Parameter reveals: for somebody who may see what is personal; numbers of persons (個人番号) are masked for all.
  package func isMasked(reveals: Bool) -> Bool { self == .myNumber || self == .personal && !reveals }

  /// The word for it beside a value; `nil` when there is nothing to say.
  package var told: String? { self == .open ? nil : rawValue }

  /// The stricter of two.
  package static func stricter(_ left: Privacy, _ right: Privacy) -> Privacy {
    left == .myNumber || right == .myNumber ? .myNumber : left == .personal || right == .personal ? .personal : .open
  }
}

/// The name, type and privacy of one column.
package struct Field: Hashable, Sendable {
  package let name: String
  package let type: ValueType
  package let privacy: Privacy

  package init(_ name: String, _ type: ValueType, privacy: Privacy = .open) {
    self.name = name
    self.type = type
    self.privacy = privacy
  }
}
