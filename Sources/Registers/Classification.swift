import Base
import Evidence
import Ledger

/// A person's explanation of the differences of one signature (要因分類), approved by another person. It counts in this
/// rehearsal and in later ones, for no more differences and no more money than there were when it was given, and only
/// for the keys it names: anything beyond is unclassified again.
package struct Classification: RegisterRecord {
  package enum Field: Int, RegisterField {
    case kind, note, by, at, evidence, lines, sums, until, approver, keys

    package var kind: RegisterSchema.Kind {
      switch self {
      case .lines: .integer
      case .sums, .keys: .structure
      default: .text
      }
    }
  }

  package static let register = RegisterSchema("classification", Field.self)

  package let signature: String
  package let kind: DifferenceClass
  package let by: String
  /// RFC 3339.
  package let at: String
  package let note: String
  /// The digest of the evidence on which it was given.
  package let evidence: String
  package let approver: String
  /// The largest number of differences and the largest total of each measure.
  package let amount: ApprovedScope.Amount
  /// The only keys for which it is given; empty for all keys.
  package let keys: [String]
  /// The last day on which it counts, `YYYY-MM-DD`; empty when it has no end.
  package let until: String

  package init(_ row: RegisterRow) {
    signature = row.id
    kind = DifferenceClass(rawValue: row.text(Field.kind)) ?? .unclassified
    by = row.text(Field.by)
    at = row.text(Field.at)
    note = row.text(Field.note)
    evidence = row.text(Field.evidence)
    approver = row.text(Field.approver)
    amount = ApprovedScope.Amount(
      lines: row.integer(Field.lines) ?? 0,
      sums: (row[Field.sums].list ?? []).compactMap { $0.text.flatMap { Int128($0) } })
    keys = row.texts(Field.keys)
    until = row.text(Field.until)
  }

  /// The keys that differ now and are not named.
  func beyond(_ group: RunRecord.Group) -> [String] { keys.isEmpty ? [] : group.keys.filter { !keys.contains($0) } }

  /// Whether it covers these differences and still counts on a day.
  func covers(_ group: RunRecord.Group, on day: String) -> Bool {
    if !until.isEmpty, until < day { return false }
    return amount.covers(group.amount) && (keys.isEmpty || (!group.keys.isEmpty && beyond(group).isEmpty))
  }
}

/// A person's explanation of the differences of a signature.
package struct ClassificationAct: Sendable {
  package let kind: DifferenceClass
  package let note: String
  /// The approver: another person than the one who enters it.
  package let approver: String
  /// The last day on which it counts, `YYYY-MM-DD`; empty when it has no end.
  package let until: String
  /// The only keys for which it is given; empty for all keys.
  package let keys: [String]

  package init(_ kind: DifferenceClass, note: String, approver: String, until: String = "", keys: [String] = []) {
    self.kind = kind
    self.note = note
    self.approver = approver
    self.until = until
    self.keys = keys
  }

  /// - Parameter amount: the present differences of the signature.
  package func amendment(
    _ signature: String, _ amount: ApprovedScope.Amount, evidence: String, by person: String, at now: String,
    source: String = ""
  ) -> Amendment {
    Change<Classification>(signature, "classify", source: source).set(.kind, kind.rawValue).set(.note, note)
      .set(.by, person).set(.at, now).set(.evidence, evidence).set(.lines, amount.lines)
      .set(.sums, amount.sums.map { String($0) }).set(.until, until).set(.approver, approver).set(.keys, keys).amendment
  }
}

extension Dossier {
  /// Classifies the differences of a signature.
  ///
  /// - Throws: `workspace.empty` when no run has ended, `signature.unknown` when the latest run has no such
  ///   differences, `register.missing` for a note or an approver of blanks alone, `ledger.foureyes` when the approver
  ///   is the person who enters it, `register.unknown` for a key that does not differ or cannot be named.
  package func classify(
    _ signature: String, _ act: ClassificationAct, by person: String, at now: String, source: String = ""
  ) throws(Diagnostic) -> Amendment {
    let place = Place(record: signature)
    guard let run = latest else { throw Diagnostic(.workspaceEmpty, at: place) }
    guard let group = run.groups.first(where: { $0.signature == signature }) else {
      let near = NameTable.choices(signature, among: run.groups.map(\.signature))
      throw Diagnostic(.signatureUnknown, at: place, signature, run.run, near)
    }
    try Required.text(act.note, "reason", place)
    try Required.text(act.approver, "approver", place)
    try FourEyes.check(signature, act.approver, [person])
    for key in act.keys where !group.keys.contains(key) { throw Self.unknown(key, signature, among: group.keys) }
    return act.amendment(signature, group.amount, evidence: run.evidence, by: person, at: now, source: source)
  }

  /// Classifies all differences of a cause of the latest run, signature by signature.
  ///
  /// - Throws: `workspace.empty`, `cause.unknown`; `cause.shared` when differences of another cause have a signature of
  ///   it, too, or when it has no differences; the errors of ``classify(_:_:by:at:source:)``.
  package func classify(
    cause id: String, _ act: ClassificationAct, by person: String, at now: String
  ) throws(Diagnostic) -> [Amendment] {
    let cause = try cause(id)
    let others = latest?.causes.filter { $0.id != id && !Set($0.groups).isDisjoint(with: cause.groups) } ?? []
    guard others.isEmpty, !cause.groups.isEmpty else {
      throw Diagnostic(.causeShared, at: Place(record: id), id, others.map(\.id).joined(separator: ", "))
    }
    return try cause.groups.map { (signature) throws(Diagnostic) in
      try classify(signature, act, by: person, at: now)
    }
  }

  /// 起票: a cause of the latest run becomes an issue that is linked with it, with the cause's title and severity unless the
  /// fields have others.
  ///
  /// - Returns: the issue's number, and the entry.
  /// - Throws: `workspace.empty`, `cause.unknown`; `cause.assigned` when an open issue has it; the errors of
  ///   ``IssueAct/open(_:_:by:at:)``.
  package func assign(
    cause id: String, _ fields: IssueAct.Fields, by person: String, at now: String
  ) throws(Diagnostic) -> (issue: String, amendment: Amendment) {
    let cause = try cause(id)
    if let issue = issues.first(where: { $0.isOpen && $0.links.contains(id) }) {
      throw Diagnostic(.causeAssigned, id, issue.id)
    }
    let issue = RecordNumber.next("I", after: issues.map(\.id))
    var said = fields
    said.title = fields.title ?? cause.title.ja
    said.severity = fields.severity ?? cause.severity
    said.links = [id] + (fields.links ?? [])
    return (issue, try IssueAct.open(issue, said, by: person, at: now))
  }

  /// - Returns: `cause.unknown` with the most similar ids.
  package static func unknownCause(_ id: String, among ids: [String]) -> Diagnostic {
    Diagnostic(.causeUnknown, id, NameTable.choices(id, among: ids))
  }

  /// A cause of the latest run.
  ///
  /// - Throws: `workspace.empty`, `cause.unknown`.
  package func cause(_ id: String) throws(Diagnostic) -> RunRecord.Cause {
    guard let run = latest else { throw Diagnostic(.workspaceEmpty, at: Place(record: id)) }
    guard let cause = run.causes.first(where: { $0.id == id }) else {
      throw Self.unknownCause(id, among: run.causes.map(\.id))
    }
    return cause
  }
}
