import Evidence
import Projects
import Outline
import Base
import Foundation
import Gates
import Ledger
import Registers
import Report
import Workspace

/// A project together with its workspace: the data that registers, gates and reports read and write.
package struct ProjectOffice: Sendable {
  package let outline: ProjectOutline
  package let workspace: Workspace

  package init(_ outline: ProjectOutline, workspace: String?) {
    self.outline = outline
    self.workspace = Workspace(path: workspace ?? outline.folder + "/.totsugo")
  }

  /// The ledger, for writing, with the project's lists entered. It is opened this way in order to enter something: the
  /// clock is compared with the last entry here, before any work.
  ///
  /// - Parameter adopting: whether the lists are entered.
  /// - Throws: `ledger.clock`, `ledger.jump`; the errors of opening, and of adopting the lists.
  package func ledger(adopting: Bool = true) throws -> Ledger {
    let ledger = try Ledger(workspace, RegisterCatalog.schemas)
    try ledger.reading().checkClock(Day.now())
    if adopting { try adopt(in: ledger) }
    return ledger
  }

  private func adopt(in ledger: Ledger) throws {
    guard let lists = outline.lists else { return }
    let writing = try ledger.writing()
    try writing.adopt(lists, at: Day.now())
    try writing.commit()
  }

  /// One state of the ledger, for reading only. When there is no ledger yet, the state with which it would begin.
  ///
  /// - Throws: the errors of opening, and of adopting the lists.
  package func reading() throws -> LedgerReading {
    if let ledger = try Ledger(reading: workspace, RegisterCatalog.schemas) { return try ledger.reading() }
    let ledger = try Ledger(inMemory: RegisterCatalog.schemas)
    try adopt(in: ledger)
    return try ledger.reading()
  }

  /// The lists of the definitions that differ from their entries, by name. Commands that enter something enter them.
  ///
  /// - Throws: the errors of reading the ledger and the lists.
  package func pendingLists() throws -> [String] {
    guard let lists = outline.lists, let ledger = try Ledger(reading: workspace, RegisterCatalog.schemas) else {
      return []
    }
    let entered = try ledger.reading().records(SeedList.self).map { ($0.name, $0.digest) }
    let known = Dictionary(entered) { first, _ in first }
    return try lists.digests().filter { known[$0.key] != $0.value }.map(\.key).sorted()
  }

  /// All registers, in their present state or in that at the end of the day `asOf`.
  ///
  /// - Throws: the errors of reading the ledger and the lists.
  package func dossier(asOf: String? = nil) throws -> Dossier {
    try dossier(reading(), asOf: asOf)
  }

  /// The same, in one state of the ledger. A doubt of today applies to an earlier day, too.
  ///
  /// - Throws: the errors of reading the ledger and the lists.
  package func dossier(_ reading: borrowing LedgerReading, asOf: String?) throws -> Dossier {
    let now = try Dossier(reading, today: Day.today(), now: Day.now())
    guard let asOf else { return now }
    let then = try Dossier(reading, asOf: asOf)
    return try doubting(now).doubt.map { then.doubting($0) } ?? then
  }

  /// All registers, and the entries about one record of them, in one state of the ledger, which is released afterwards
  /// so that no process waits for it.
  ///
  /// - Throws: the errors of reading the ledger.
  package func dossier(andHistoryOf id: String, in register: RegisterSchema) throws -> (Dossier, [Entry]) {
    let reading = try reading()
    return (try Dossier(reading, today: Day.today()), try reading.history(of: id, in: register.name))
  }

  /// Judges a gate.
  ///
  /// - Parameter assumptions: the assumptions, in the form of `--assume`.
  /// - Throws: `gate.unknown`, `gate.assume`, the errors of ``checkWhole(_:_:)``; `ledger.tampered` and
  ///   `workspace.unreadable` when the evidence is not as recorded, or missing.
  package func decide(_ name: String, asOf: String? = nil, assumptions: [String] = []) throws -> (Decision, Dossier) {
    let gate = try outline.gate(name)
    let dossier = try provenDossier(asOf: asOf)
    return (try decide(gate, dossier, assumptions), dossier)
  }

  /// The dossier of a ledger that was proven to be whole: what verdicts rest on.
  ///
  /// - Throws: `ledger.tampered`; the errors of reading the ledger and the lists.
  private func provenDossier(asOf: String? = nil) throws -> Dossier {
    let reading = try reading()
    try Self.checkWhole(reading, workspace)
    return try dossier(reading, asOf: asOf)
  }

  /// The registers, and the verdicts of all gates on them.
  package struct Standing: Sendable {
    package let dossier: Dossier
    package let decisions: [Decision]
  }

  /// - Throws: the errors of ``decide(_:asOf:assumptions:)``.
  package func standing() throws -> Standing {
    let dossier = try provenDossier()
    let grounds = try grounds(dossier)
    return Standing(dossier: dossier, decisions: try outline.gates.map { try decide($0, dossier, grounds) })
  }

  /// Judges a gate from registers that have been read.
  ///
  /// - Throws: `gate.assume`; `ledger.tampered` and `workspace.unreadable` when the evidence is not as recorded, or
  ///   missing; the errors of reading lists and holidays.
  package func decide(_ gate: Gate, _ dossier: Dossier, _ assumptions: [String] = []) throws -> Decision {
    try decide(gate, dossier, grounds(dossier), assumptions)
  }

  /// What all gates are judged by: the registers with what is doubtful in them, the digest of the definitions, the days
  /// on which the city is closed, and the guesses that are confirmed.
  private typealias Grounds = (doubted: Dossier, definitions: String?, holidays: Set<String>, confirmed: Set<String>)

  private func grounds(_ dossier: Dossier) throws -> Grounds {
    // The judged evidence must still be readable.
    if let latest = dossier.latest { try workspace.checkedEvidence(of: latest) }
    return (
      try doubting(dossier), dossier.latest.flatMap(definitions), try outline.head.holidays(),
      dossier.latest?.drafts.isEmpty == false ? confirmedDrafts(dossier) : []
    )
  }

  private func decide(
    _ gate: Gate, _ dossier: Dossier, _ grounds: Grounds, _ assumptions: [String] = []
  ) throws -> Decision {
    gate.decide(
      GateInput(
        dossier: grounds.doubted, definitions: grounds.definitions, holidays: grounds.holidays,
        assumptions: try Assumptions(assumptions, gate: gate, dossier: dossier),
        mapping: gate.asksForMapping ? try? mapping(dossier) : nil, confirmed: grounds.confirmed))
  }

  /// The guesses that are confirmed by name; none when the definitions cannot be read.
  private func confirmedDrafts(_ dossier: Dossier) -> Set<String> {
    Set(((try? drafts(dossier)) ?? []).filter { $0.state == .confirmed }.map(\.thing))
  }

  /// The guesses of `drafts.csv`, with what people said of them. What is wrong in the definitions is left out.
  ///
  /// - Throws: ``Diagnostics`` when no project is left.
  package func drafts(_ dossier: Dossier) throws(Diagnostics) -> [DraftStanding] {
    try ProjectOutline.compile(outline.path, leniently: true).project.draftStandings(dossier.confirmations)
  }

  /// The lines of the mapping in the present definitions, with what people said of them.
  ///
  /// - Throws: ``Diagnostics`` with everything that is wrong in the definitions.
  package func mapping(_ dossier: Dossier) throws(Diagnostics) -> [MappingStanding] {
    MappingStanding.of(try ProjectOutline.compile(outline.path).project.mappingLines, dossier.confirmations)
  }

  /// The digest of the present definitions, by the names in the run; `nil` when one is missing, or when this project
  /// begins with other files than the run.
  private func definitions(of run: RunRecord) -> String? {
    guard Set(outline.ownFiles).isSubset(of: run.definitionFiles) else { return nil }
    return outline.digest(of: run.definitionFiles)
  }

  /// The registers, in doubt when they are not those of this project and workspace in their present state: then no
  /// criterion is judged.
  private func doubting(_ dossier: Dossier) throws -> Dossier {
    if let run = dossier.latest, !run.project.isEmpty, run.project != outline.name {
      return dossier.doubting(
        Bilingual(
          "最新の実行 \(run.run) はほかのプロジェクト「\(run.project)」のもの",
          "the latest run, \(run.run), is of another project, \(run.project)"))
    }
    let pending = try pendingLists().joined(separator: ", ")
    if !pending.isEmpty {
      return dossier.doubting(
        Bilingual(
          "一覧が記載の後に変わった: \(pending)。記載するコマンドか run を実行すると取り込まれる",
          "lists have changed since they were entered: \(pending); the next entry or run takes them over"))
    }
    let known = Set((dossier.runs + dossier.unfinished + dossier.failed).map(\.run))
    if dossier.isOfNow, let lost = workspace.runsWithEvidence.first(where: { !known.contains($0) }) {
      return dossier.doubting(
        Bilingual(
          "実行 \(lost) の証跡があるのに台帳に記載がない。前の台帳に戻っていないか確かめる",
          "there is evidence of run \(lost) and no entry: see whether an older ledger was put back"))
    }
    return dossier
  }

  /// Enters the amendments that `body` makes from the registers' state, in one transaction: all or none.
  ///
  /// - Returns: the other result of `body`.
  /// - Throws: the errors of ``checkWhole(_:_:)`` and of `body`; nothing is then entered.
  package func enter<T>(
    by person: String, _ body: (borrowing LedgerReading, _ now: String) throws -> (amendments: [Amendment], say: T)
  ) throws -> T {
    guard FourEyes.isPerson(person) else {
      throw Diagnostic(.registerMissing, at: Place(field: "--by"), "a person's name")
    }
    let writing = try ledger().writing()
    // Nothing is entered on top of changed entries or registers.
    try Self.checkWhole(writing.reading, workspace)
    // Determined here: another process may have entered something while this one waited.
    let now = Day.now()
    let made = try body(writing.reading, now)
    try writing.append(made.amendments, by: person, at: now)
    try writing.commit()
    return made.say
  }

  /// Proves that the ledger is as it was entered: its chain, and its registers.
  ///
  /// - Throws: `ledger.chain` naming the first entry that is not as it was entered; `ledger.tampered` naming the part
  ///   of the registers that is not the sum of the entries.
  package static func checkWhole(_ reading: borrowing LedgerReading, _ workspace: Workspace) throws {
    if try reading.isWhole() { return }
    try checkChain(reading, workspace)
    guard let finding = try reading.verify().first else { return }
    throw Diagnostic(.ledgerTampered, at: Place(file: workspace.path + "/ledger.sqlite"), finding.place)
  }

  /// Proves the chain alone, as a correction of clock or registers requires.
  ///
  /// - Throws: `ledger.chain` naming the first entry that is not as it was entered.
  package static func checkChain(_ reading: borrowing LedgerReading, _ workspace: Workspace) throws {
    if try reading.isChainWhole() { return }
    let finding = try reading.verifyChain().first
    throw Diagnostic(.ledgerChain, at: Place(file: workspace.path + "/ledger.sqlite", record: finding?.entry))
  }

  /// The basis of a gate's decision, to be entered with it.
  package func basis(of decision: Decision, ledger head: Head) -> GateDecision.Basis {
    let gates = outline.gatesFile.isEmpty ? nil : outline.digest(of: [outline.gatesFile])
    return GateDecision.Basis(
      gate: decision.gate, verdict: decision.verdict.rawValue,
      findings: decision.criteria.map { [$0.id, $0.verdict.rawValue, $0.actual.ja, $0.required.ja] },
      run: decision.run ?? "", evidence: decision.evidence, gates: gates ?? "", ledger: head)
  }

  /// The evidence of the latest run that ended.
  ///
  /// - Throws: `workspace.empty`, or the errors of `Workspace.evidence(of:)`.
  package func latestEvidence(_ dossier: Dossier) throws(Diagnostic) -> RunEvidence {
    guard let latest = dossier.latest else { throw Diagnostic(.workspaceEmpty, at: Place(file: workspace.path)) }
    return try workspace.evidence(of: latest)
  }
}

extension ProjectOffice {
  /// The names of subsystems, batch jobs and gates.
  ///
  /// - Throws: the errors of the project's definitions.
  package func names(_ jobs: [String: TestJob]) throws -> ItemSheet.Names {
    ItemSheet.Names(subsystems: try outline.head.subsystemTitles(), jobs: jobs, gates: outline.gateNames)
  }
}
