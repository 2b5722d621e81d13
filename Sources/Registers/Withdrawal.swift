import Base
import Ledger
import Records

/// 取消: an entry that a person made by mistake no longer counts. It stays in the chain; its record goes back to the
/// state of the earlier entries, and a ``Correction`` names the person who withdrew it and the reason.
package enum Withdrawal {
  /// The registers whose entries can be withdrawn, and the acts. Acts with another way back are not among them: items
  /// are sent back, issues reopened, differences classified again, and a run is evidence.
  private static let kinds: [(register: RegisterSchema, acts: [String])] = [
    (Meeting.register, ["hold"]), (BatchRun.register, ["measure"]), (Estimate.register, ["assess"]),
    (Waiver.register, ["grant"]), (ParallelDay.register, ["compare"]), (GateDecision.register, ["decide", "meet"]),
    (Sample.register, ["draw", "compare", "confirm"]), (ExtractRequest.register, ["settle", "approve"]),
    (Milestone.register, ["plan", "begin", "end", "approve"]),
  ]

  static let act = Correction.Kind.withdraw.rawValue

  private static var possible: String {
    kinds.map { "\($0.register.name) (\($0.acts.joined(separator: ", ")))" }.joined(separator: ", ")
  }

  private static func refused(_ entry: Entry) -> Diagnostic {
    let made = entry.amendment
    return Diagnostic(.ledgerWithdraw, "\(entry.number) \(made.register) \(made.id) \(made.act)", possible)
  }

  /// The entry that a person means: by its number, or by its record, `M-0003`, which means the last entry about it that
  /// counts.
  ///
  /// - Throws: `register.unknown` when there is none; `ledger.withdraw`.
  private static func entry(_ name: String, _ reading: borrowing LedgerReading) throws(Diagnostic) -> Entry {
    if let number = Int(name) {
      if let entry = try reading.entry(number) { return entry }
      throw Diagnostic(.registerUnknown, name, "ledger", "1 … \(try reading.head().number)")
    }
    var last: Entry?
    for schema in RegisterCatalog.schemas {
      let history = try reading.history(of: name, in: schema.name)
      guard let entry = standing(history).last ?? history.last else { continue }
      if last == nil || kinds.contains(where: { $0.register.name == schema.name }) { last = entry }
    }
    guard let last else { throw Diagnostic(.registerUnknown, name, "ledger", "–") }
    return last
  }

  /// The entries about a record that count, oldest first.
  private static func standing(_ history: [Entry]) -> [Entry] {
    var standing: [Entry] = []
    for entry in history {
      guard entry.amendment.act == act else {
        standing.append(entry)
        continue
      }
      // Nothing is left of a day of the parallel run: see below.
      standing.removeAll {
        entry.amendment.register == ParallelDay.register.name || source(of: $0) == entry.amendment.source
      }
    }
    return standing
  }

  /// The source of a withdrawal, which names the withdrawn entry.
  private static func source(of entry: Entry) -> String { "entry \(entry.number)" }

  /// Withdraws an entry.
  ///
  /// - Returns: the entry, the amendments of its record and of the meeting of a decision, and the correction.
  /// - Throws: `register.unknown`, `ledger.withdraw`, `ledger.withdraw-order`, `register.missing` for a reason of blanks alone.
  package static func withdraw(
    _ name: String, _ reading: borrowing LedgerReading, by person: String, approver: String, reason: String,
    at now: String
  ) throws(Diagnostic) -> (entry: Entry, amendments: [Amendment]) {
    let entry = try entry(name, reading)
    let made = entry.amendment
    try Required.text(reason, "reason", Place(record: name))
    try FourEyes.check(name, approver, [person])
    guard kinds.contains(where: { $0.register.name == made.register && $0.acts.contains(made.act) }) else {
      throw refused(entry)
    }
    var amendments = [try undone(entry, try reading.history(of: made.id, in: made.register))]
    if made.register == Meeting.register.name {
      // The entry of a decision is withdrawn with its meeting, not before it.
      for decision in try reading.records(GateDecision.self) where decision.meeting == made.id {
        let decided = standing(try reading.history(of: decision.id, in: GateDecision.register.name))
        throw Diagnostic(.ledgerWithdrawOrder, String(entry.number), String(decided.last?.number ?? 0))
      }
    }
    if made.act == "decide", let meeting = made.changes[RegisterSchema.name(of: GateDecision.Field.meeting)]?.text {
      let history = standing(try reading.history(of: meeting, in: Meeting.register.name))
      if let held = history.last { amendments.append(try undone(held, history)) }
    }
    amendments.append(
      Correction.withdraw(try reading.nextCorrection(), entry, reason: reason, approver: approver, by: person, at: now))
    return (entry, amendments)
  }

  /// The amendment that gives each field of an entry the value that it had before.
  private static func undone(_ entry: Entry, _ history: [Entry]) throws(Diagnostic) -> Amendment {
    let standing = standing(history)
    guard let place = standing.firstIndex(where: { $0.number == entry.number }) else { throw refused(entry) }
    let made = entry.amendment
    // A later entry that changes the same fields rests on this entry; every entry rests on the one that created the
    // record. For a day only another comparison does: it has its own evidence.
    let later = standing[(place + 1)...].last { later in
      if made.register == ParallelDay.register.name { return later.amendment.act == made.act }
      return place == 0 || made.changes.keys.contains { later.amendment.changes[$0] != nil }
    }
    if let later { throw Diagnostic(.ledgerWithdrawOrder, String(entry.number), String(later.number)) }
    if made.register == ParallelDay.register.name {
      // The evidence of a day is that of its last comparison: there is no earlier one to return to. Its file stays
      // proven.
      return Change<ParallelDay>(made.id, act, source: source(of: entry))
        .clear(.outcome, .jobs, .evidence, .comparedAt).amendment
    }
    var before: [String: JSONValue] = [:]
    for earlier in standing[..<place] { before.merge(earlier.amendment.changes) { $1 } }
    let changes = made.changes.keys.map { ($0, before[$0] ?? .null) }
    return Amendment(
      register: made.register, id: made.id, act: act, changes: Dictionary(changes) { first, _ in first },
      source: source(of: entry))
  }
}

extension Dossier {
  /// The withdrawn entries of a register, oldest first.
  package func withdrawn(_ register: RegisterSchema) -> [Correction] {
    corrections.filter { $0.kind == .withdraw && $0.ofRegister == register.name }
  }

  /// Remarks on the ledger itself that a reader of a gate, a paper or the ledger must know: entries that do not count,
  /// and changes to it with the person who made them.
  package var remarks: [Bilingual] {
    var remarks = unfinished.map {
      Bilingual(
        "未完了: 実行 \($0.run)（\(Language.japanese.moment($0.started)) 開始、終わりの記載なし。どの判定にも使わない）",
        "unfinished: run \($0.run) (began \(Language.english.moment($0.started)), no entry of its end: no gate judges it)"
      )
    }
    remarks += failed.filter { $0.run > latest?.run ?? "" }.map {
      Bilingual(
        "失敗: 実行 \($0.run)（\(Language.japanese.moment($0.started)) 開始、途中で終わった。どの判定にも使わない）",
        "failed: run \($0.run) (began \(Language.english.moment($0.started)), did not come to its end: no gate judges it)"
      )
    }
    for correction in corrections {
      let (who, at) = (correction.by, Bilingual.moment(correction.at))
      switch correction.kind {
      case .withdraw: break
      case .clock:
        remarks.append(
          Bilingual(
            "時計の訂正 \(correction.id): \(who)、\(at.ja)（記載 \(correction.entry) は \(Language.japanese.moment(correction.before))）: \(correction.reason)",
            "clock corrected \(correction.id): \(who), \(at.en) (entry \(correction.entry) is dated \(Language.english.moment(correction.before))): \(correction.reason)"
          ))
      case .rebuild:
        remarks.append(
          Bilingual(
            "登録簿の作り直し \(correction.id): \(who)、\(at.ja): \(correction.reason)",
            "registers rebuilt \(correction.id): \(who), \(at.en): \(correction.reason)"))
      }
    }
    let withdrawn = corrections.filter { $0.kind == .withdraw }
    if !withdrawn.isEmpty {
      var people: [(name: String, records: [String])] = []
      for correction in withdrawn {
        if let known = people.firstIndex(where: { FourEyes.isSame($0.name, correction.by) }) {
          people[known].records.append(correction.record)
        } else {
          people.append((correction.by, [correction.record]))
        }
      }
      func list(_ between: String, _ separator: String) -> String {
        people.map { "\($0.name)\(between)\($0.records.joined(separator: ", "))" }.joined(separator: separator)
      }
      remarks.append(
        Bilingual(
          "取消された記載 \(withdrawn.count)件: \(list(" ", "、"))", "withdrawn entries: \(withdrawn.count): \(list(": ", "; "))"
        ))
    }
    return remarks
  }
}
