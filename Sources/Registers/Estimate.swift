import Base
import Ledger

/// 見積の妥当性評価: a quoted amount against reference effort × standard unit price, from five viewpoints.
package struct Estimate: RegisterRecord {
  package enum Field: Int, RegisterField {
    case title, amount, effortLow, effortHigh, unitPrice, viewpoints, overall, note, assessedBy, assessedAt

    package var kind: RegisterSchema.Kind {
      switch self {
      case .amount, .unitPrice: .integer
      case .viewpoints: .structure
      default: .text
      }
    }
  }

  package static let register = RegisterSchema("estimate", Field.self)

  /// 五つの視点.
  package enum Viewpoint: String, Sendable, Codable, CaseIterable {
    case functions, deliverables, effort, rate, total

    package var title: Bilingual {
      switch self {
      case .functions: Bilingual("機能", "functions")
      case .deliverables: Bilingual("成果物", "deliverables")
      case .effort: Bilingual("見積工数", "effort")
      case .rate: Bilingual("技術者単価", "unit price")
      case .total: Bilingual("見積総額", "total amount")
      }
    }
  }

  package enum Assessment: String, Sendable, Codable, CaseIterable {
    case sound, doubtful, unsound

    package var title: Bilingual {
      switch self {
      case .sound: Bilingual("妥当", "sound")
      case .doubtful: Bilingual("要協議", "to be negotiated")
      case .unsound: Bilingual("不適切", "unsound")
      }
    }
  }

  /// The position of the amount relative to the reference.
  package enum Position: String, Sendable, Codable {
    case below, within, above

    package var title: Bilingual {
      switch self {
      case .below: Bilingual("基準より低廉", "below the reference")
      case .within: Bilingual("基準の範囲内", "within the reference")
      case .above: Bilingual("基準を超過", "above the reference")
      }
    }
  }

  package let id: String
  package let title: String
  /// Yen, without tax (税別).
  package let amount: Int
  /// 参考工数 (人月), decimals as written.
  package let effortLow: String
  package let effortHigh: String
  /// 標準単価, yen per person-month.
  package let unitPrice: Int
  package let viewpoints: [Viewpoint: Assessment]
  package let overall: Assessment
  package let note: String
  package let assessedBy: String
  package let assessedAt: String

  package init(_ row: RegisterRow) {
    id = row.id
    title = row.text(Field.title)
    amount = row.integer(Field.amount) ?? 0
    effortLow = row.text(Field.effortLow)
    effortHigh = row.text(Field.effortHigh)
    unitPrice = row.integer(Field.unitPrice) ?? 0
    var found: [Viewpoint: Assessment] = [:]
    for (name, value) in row[Field.viewpoints].object ?? [:] {
      if let viewpoint = Viewpoint(rawValue: name) { found[viewpoint] = Assessment(rawValue: value.text ?? "") }
    }
    viewpoints = found
    overall = Assessment(rawValue: row.text(Field.overall)) ?? .doubtful
    note = row.text(Field.note)
    assessedBy = row.text(Field.assessedBy)
    assessedAt = row.text(Field.assessedAt)
  }

  /// 参考比較金額: effort × unit price, in yen, half a yen rounded up.
  package var referenceLow: Int { Self.reference(effortLow, unitPrice) ?? 0 }
  package var referenceHigh: Int { Self.reference(effortHigh, unitPrice) ?? 0 }

  package var position: Position {
    amount < referenceLow ? .below : amount > referenceHigh ? .above : .within
  }

  /// Effort × price, computed exactly, then rounded half up; `nil` when the effort is not a decimal of at most four
  /// places, or the product does not fit.
  package static func reference(_ effort: String, _ price: Int) -> Int? {
    let parts = effort.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count),
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    let places = parts.count == 2 ? parts[1].count : 0
    guard places <= 4, let digits = Int(parts.joined()) else { return nil }
    let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
    let (product, overflow) = digits.multipliedReportingOverflow(by: price)
    let (sum, carry) = product.addingReportingOverflow(scale / 2)
    return overflow || carry || price < 0 ? nil : sum / scale
  }

  /// Enters an assessment. An amount outside the reference needs a note, and without one it cannot be sound in the
  /// viewpoint of the total.
  ///
  /// - Throws: `register.missing`.
  package static func assess(
    _ id: String, title: String, amount: Int, effortLow: String, effortHigh: String, unitPrice: Int,
    viewpoints: [Viewpoint: Assessment], overall: Assessment, note: String, by person: String, at now: String
  ) throws(Diagnostic) -> Amendment {
    let place = Place(record: id)
    guard let low = reference(effortLow, unitPrice), let high = reference(effortHigh, unitPrice), low <= high,
      amount > 0, unitPrice > 0
    else { throw Diagnostic(.registerMissing, at: place, "--effort LOW..HIGH, --unit-price YEN, --amount YEN") }
    for viewpoint in Viewpoint.allCases where viewpoints[viewpoint] == nil {
      throw Diagnostic(.registerMissing, at: place, "--\(viewpoint.rawValue)")
    }
    if note.isEmpty, !(low...high).contains(amount) || viewpoints.values.contains(where: { $0 != .sound }) {
      throw Diagnostic(.registerMissing, at: place, "--note")
    }
    if overall == .sound, viewpoints.values.contains(.unsound) {
      throw Diagnostic(.registerMissing, at: place, "--overall doubtful | unsound")
    }
    let views = Dictionary(viewpoints.map { ($0.rawValue, JSONValue.text($1.rawValue)) }) { first, _ in first }
    return Change<Estimate>(id, "assess").set(.title, title).set(.amount, amount).set(.effortLow, effortLow)
      .set(.effortHigh, effortHigh).set(.unitPrice, unitPrice).set(.viewpoints, .object(views))
      .set(.overall, overall.rawValue).set(.note, note).set(.assessedBy, person).set(.assessedAt, now).amendment
  }
}
