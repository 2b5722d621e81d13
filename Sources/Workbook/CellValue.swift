/// The value of a workbook's cell, as read. An empty cell has no value.
package enum CellValue: Hashable, Sendable {
  /// Never empty.
  case text(String)
  /// The digits as in the file, possibly `3.0`, `1E2` or `0.10000000000000001`.
  case number(String)
  case boolean(Bool)
  /// `#N/A` and the like.
  case error(String)
  /// A formula whose result is not in the file: the program that wrote it did not calculate. The value shown in the
  /// cell is not known, and the cell must not count as empty.
  case uncalculated

  /// The exact integer; `nil` for any other value, also for text that looks like one.
  package var integer: Int? { number?.integer }

  /// The number as Excel shows it, with at most fifteen digits and no exponent: `0.1`. `nil` for any other value.
  package var decimal: String? { number?.rounded().plain }

  /// The date `YYYYMMDD`; `nil` for any other value, also for a date with a time and for text that looks like one.
  package func date(_ system: DateSystem) -> Int? { integer.flatMap(system.date(serial:)) }

  private var number: CellNumber? {
    if case .number(let digits) = self { CellNumber(digits) } else { nil }
  }
}
