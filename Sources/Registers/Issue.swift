import Base
import Evidence
import Ledger

/// 課題: a problem, its severity, the person who deals with it, and the deadline.
package struct Issue: RegisterRecord, Hashable {
  package enum Field: Int, RegisterField {
    case title, detail, severity, cause, section, owner, due, state, important, openedBy, openedAt
    case workaround, workaroundKind, resolution, resolvedBy, resolvedAt, closedBy, closedAt, reason, links
    case approver

    package var kind: RegisterSchema.Kind {
      switch self {
      case .links: .structure
      case .important: .integer
      default: .text
      }
    }
  }

  package static let register = RegisterSchema("issue", Field.self)

  /// 未着手 → 対応中 → 解決（確認待ち） → 完了.
  package enum State: String, Sendable, Codable, CaseIterable {
    case open, working, resolved, closed

    package var title: Bilingual {
      switch self {
      case .open: Bilingual("未着手", "open")
      case .working: Bilingual("対応中", "being worked on")
      case .resolved: Bilingual("解決・確認待ち", "resolved, to be confirmed")
      case .closed: Bilingual("完了", "closed")
      }
    }
  }

  /// 暫定 or 恒久.
  package enum WorkaroundKind: String, Sendable, Codable, CaseIterable {
    case temporary, permanent

    package var title: Bilingual {
      switch self {
      case .temporary: Bilingual("暫定", "temporary")
      case .permanent: Bilingual("恒久", "permanent")
      }
    }
  }

  package let id: String
  package let revision: Int
  package let title: String
  package let detail: String
  package let severity: Severity
  /// 原因区分.
  package let cause: DifferenceClass
  /// 担当課.
  package let section: String
  package let owner: String
  package let due: String
  package let state: State
  /// 重要課題: on the list of the progress meeting.
  package let isImportant: Bool
  package let openedBy: String
  package let openedAt: String
  package let workaround: String
  package let workaroundKind: WorkaroundKind?
  package let resolution: String
  package let resolvedBy: String
  package let resolvedAt: String
  package let closedBy: String
  package let closedAt: String
  /// The reason why it was reopened.
  package let reason: String
  /// Linked items, checks, runs, signatures.
  package let links: [String]

  package init(_ row: RegisterRow) {
    id = row.id
    revision = row.revision
    title = row.text(Field.title)
    detail = row.text(Field.detail)
    severity = Severity(rawValue: row.text(Field.severity)) ?? .s1
    cause = DifferenceClass(rawValue: row.text(Field.cause)) ?? .unclassified
    section = row.text(Field.section)
    owner = row.text(Field.owner)
    due = row.text(Field.due)
    state = State(rawValue: row.text(Field.state)) ?? .open
    isImportant = row.integer(Field.important) == 1
    openedBy = row.text(Field.openedBy)
    openedAt = row.text(Field.openedAt)
    workaround = row.text(Field.workaround)
    workaroundKind = WorkaroundKind(rawValue: row.text(Field.workaroundKind))
    resolution = row.text(Field.resolution)
    resolvedBy = row.text(Field.resolvedBy)
    resolvedAt = row.text(Field.resolvedAt)
    closedBy = row.text(Field.closedBy)
    closedAt = row.text(Field.closedAt)
    reason = row.text(Field.reason)
    links = row.texts(Field.links)
  }

  package var isOpen: Bool { state != .closed }

  /// Days from its opening to its close, or to `today` (`YYYY-MM-DD`).
  package func age(on today: String) -> Int? {
    guard let from = Day.number(Day.of(openedAt)), let to = Day.number(isOpen ? today : Day.of(closedAt)) else {
      return nil
    }
    return max(0, to - from)
  }

  package func isOverdue(on today: String) -> Bool { isOpen && !due.isEmpty && due < today }
}

/// The acts on a 課題, and the states in which they are allowed.
package enum IssueAct: Sendable, Hashable {
  /// Fields to change; `nil` leaves a field unchanged.
  package struct Fields: Sendable, Hashable {
    package var title: String?
    package var detail: String?
    package var severity: Severity?
    package var cause: DifferenceClass?
    package var section: String?
    package var owner: String?
    package var due: String?
    package var isImportant: Bool?
    package var workaround: String?
    package var workaroundKind: Issue.WorkaroundKind?
    package var links: [String]?
    /// The approver of a change that reduces its weight: a lower severity, a workaround.
    package var approver: String?

    package init() {}
  }

  case update(Fields)
  /// 対応した, with a description.
  case resolve(String)
  /// 解決を確認した.
  case close
  case reopen(reason: String)

  private var word: String {
    switch self {
    case .update: "update"
    case .resolve: "resolve"
    case .close: "close"
    case .reopen: "reopen"
    }
  }

  private var allowed: [Issue.State] {
    switch self {
    case .update: [.open, .working, .resolved]
    case .resolve: [.open, .working]
    case .close: [.resolved]
    case .reopen: [.resolved, .closed]
    }
  }

  /// Whether the issue's state allows the act, whoever the person is.
  package func isOpen(for issue: Issue) -> Bool { allowed.contains(issue.state) }

  /// - Throws: `register.transition`, `register.missing`, `ledger.foureyes`.
  package func amendment(of issue: Issue, by person: String, at now: String) throws(Diagnostic) -> Amendment {
    let place = Place(record: issue.id)
    guard allowed.contains(issue.state) else {
      throw Diagnostic(
        .registerTransition, at: place, issue.state.rawValue, word, allowed.map(\.rawValue).joined(separator: ", "))
    }
    let change = Change<Issue>(issue.id, word)
    switch self {
    case .update(let fields):
      if fields.workaround != nil, (fields.workaroundKind ?? issue.workaroundKind) == nil {
        throw Diagnostic(.registerMissing, at: place, "--kind temporary | permanent")
      }
      for (text, what) in [(fields.workaround, "workaround"), (fields.owner, "owner")] {
        if let text { try Required.text(text, what, place) }
      }
      if (fields.severity ?? issue.severity) > issue.severity || fields.workaround != nil {
        try Required.text(fields.approver ?? "", "approver", place)
        try FourEyes.check(issue.id, fields.approver ?? "", [person])
      }
      // A workaround was allowed for the issue at that time.
      let isGraver = fields.severity.map { $0 < issue.severity } ?? false
      let isOther = [(fields.title, issue.title), (fields.detail, issue.detail)].contains { $0 != nil && $0 != $1 }
      let base = fields.workaround == nil && (isGraver || isOther) ? Self.withoutWorkaround(change) : change
      return Self.set(fields, base).set(.approver, ifGiven: fields.approver).set(.state, Issue.State.working.rawValue)
        .amendment
    case .resolve(let how):
      try Required.text(how, "resolution", place)
      return change.set(.state, Issue.State.resolved.rawValue).set(.resolution, how).set(.resolvedBy, person)
        .set(.resolvedAt, now).amendment
    case .close:
      try FourEyes.check(issue.id, person, [issue.resolvedBy])
      return change.set(.state, Issue.State.closed.rawValue).set(.closedBy, person).set(.closedAt, now).amendment
    case .reopen(let reason):
      try Required.text(reason, "reason", place)
      return Self.withoutWorkaround(change).set(.state, Issue.State.open.rawValue).set(.reason, reason)
        .clear(.resolution, .resolvedBy, .resolvedAt, .closedBy, .closedAt).amendment
    }
  }

  private static func withoutWorkaround(_ change: Change<Issue>) -> Change<Issue> {
    change.clear(.workaround, .workaroundKind)
  }

  private static func set(_ fields: Fields, _ change: Change<Issue>) -> Change<Issue> {
    var changed = change.set(.title, ifGiven: fields.title).set(.detail, ifGiven: fields.detail)
      .set(.severity, ifGiven: fields.severity?.rawValue).set(.cause, ifGiven: fields.cause?.rawValue)
      .set(.section, ifGiven: fields.section).set(.owner, ifGiven: fields.owner).set(.due, ifGiven: fields.due)
      .set(.workaround, ifGiven: fields.workaround).set(.workaroundKind, ifGiven: fields.workaroundKind?.rawValue)
    if let important = fields.isImportant { changed = changed.set(.important, important ? 1 : 0) }
    if let links = fields.links { changed = changed.set(.links, links) }
    return changed
  }

  /// Opens a 課題 (起票). Title, severity and section are required.
  ///
  /// - Throws: `register.missing`.
  package static func open(
    _ id: String, _ fields: Fields, by person: String, at now: String
  ) throws(Diagnostic) -> Amendment {
    let place = Place(record: id)
    try Required.text(fields.title ?? "", "title", place)
    try Required.text(fields.section ?? "", "section", place)
    guard fields.severity != nil else { throw Diagnostic(.registerMissing, at: place, "severity") }
    if let workaround = fields.workaround {
      if fields.workaroundKind == nil { throw Diagnostic(.registerMissing, at: place, "--kind temporary | permanent") }
      try Required.text(workaround, "workaround", place)
      try Required.text(fields.approver ?? "", "approver", place)
      try FourEyes.check(id, fields.approver ?? "", [person])
    }
    return set(fields, Change(id, "open")).set(.approver, ifGiven: fields.approver).set(
      .state, Issue.State.open.rawValue
    )
    .set(.cause, (fields.cause ?? .unclassified).rawValue).set(.openedBy, person).set(.openedAt, now).amendment
  }
}
