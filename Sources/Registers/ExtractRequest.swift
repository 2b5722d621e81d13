import Base
import Ledger

/// 電算処理依頼: an extract that another section gets from the host. When the host stops it is re-homed, replaced or ended.
package struct ExtractRequest: RegisterRecord {
  package enum Field: Int, RegisterField {
    case owner, titleJa, titleEn, frequency, items, disposition, destination, due, note, enteredBy, approver, approvedAt

    package var kind: RegisterSchema.Kind { self == .items ? .structure : .text }
  }

  package static let register = RegisterSchema("request", Field.self)

  /// 扱い.
  package enum Disposition: String, Sendable, Codable, CaseIterable {
    case undecided
    /// 移管: the same extract from another system.
    case rehomed
    /// 代替: another way to the same purpose.
    case replaced
    /// 廃止.
    case ended

    package var title: Bilingual {
      switch self {
      case .undecided: Bilingual("未定", "undecided")
      case .rehomed: Bilingual("移管", "re-homed")
      case .replaced: Bilingual("代替", "replaced")
      case .ended: Bilingual("廃止", "ended")
      }
    }
  }

  package enum Frequency: String, Sendable, Codable, CaseIterable {
    case yearly, monthly, daily
    case onDemand = "on-demand"

    package var title: Bilingual {
      switch self {
      case .yearly: Bilingual("年次", "yearly")
      case .monthly: Bilingual("月次", "monthly")
      case .daily: Bilingual("日次", "daily")
      case .onDemand: Bilingual("随時", "on demand")
      }
    }
  }

  package let id: String
  package let owner: String
  package let title: Bilingual
  package let frequency: Frequency
  /// The test items that test its replacement.
  package let items: [String]
  package let disposition: Disposition
  /// The system or procedure that provides it from now on.
  package let destination: String
  package let due: String
  package let note: String
  package let enteredBy: String
  package let approver: String
  package let approvedAt: String

  package init(_ row: RegisterRow) {
    id = row.id
    owner = row.text(Field.owner)
    title = Bilingual(row.text(Field.titleJa), row.text(Field.titleEn))
    frequency = Frequency(rawValue: row.text(Field.frequency)) ?? .onDemand
    items = row.texts(Field.items)
    disposition = Disposition(rawValue: row.text(Field.disposition)) ?? .undecided
    destination = row.text(Field.destination)
    due = row.text(Field.due)
    note = row.text(Field.note)
    enteredBy = row.text(Field.enteredBy)
    approver = row.text(Field.approver)
    approvedAt = row.text(Field.approvedAt)
  }

  /// Settled: decided, and the section has agreed.
  package var isSettled: Bool { disposition != .undecided && !approvedAt.isEmpty }

  /// - Throws: `register.missing`: a re-homed or replaced extract without a destination.
  package func settled(
    _ disposition: Disposition, destination: String, due: String?, note: String?, by person: String
  ) throws(Diagnostic) -> Amendment {
    if [.rehomed, .replaced].contains(disposition) {
      try Required.text(destination, "--destination", Place(record: id))
    }
    return Change<ExtractRequest>(id, "settle").set(.disposition, disposition.rawValue).set(.destination, destination)
      .set(.due, ifGiven: due).set(.note, ifGiven: note).set(.enteredBy, person).clear(.approver, .approvedAt)
      .amendment
  }

  /// Records the section's agreement.
  ///
  /// - Throws: `register.missing` while it is undecided; `ledger.foureyes`.
  package func approved(by person: String, at now: String) throws(Diagnostic) -> Amendment {
    guard disposition != .undecided else { throw Diagnostic(.registerMissing, at: Place(record: id), "disposition") }
    try FourEyes.check(id, person, [enteredBy])
    return Change<ExtractRequest>(id, "approve").set(.approver, person).set(.approvedAt, now).amendment
  }
}
