import Base
import Definitions
import Evidence
import Registers
import Synchronization

/// The input of a gate: evidence and registers, never data.
package struct GateInput: Sendable {
  package let dossier: Dossier
  /// Digest of the definitions of the latest run, from their present files; `nil` when a file is missing.
  package let definitions: String?
  /// Days on which the city is closed, `YYYY-MM-DD`.
  package let holidays: Set<String>
  package let assumptions: Assumptions
  /// The lines of the mapping, with what people said of them; `nil` when the present definitions cannot be read.
  package let mapping: [MappingStanding]?
  /// The guesses that are confirmed by name as they read now, by thing.
  package let confirmed: Set<String>
  /// The places of the items by their numbers.
  private let numbered: [String: Int]
  /// The required numbers of rows of the lists.
  var expected: ExpectedNumbers?
  /// 判定会議: the line of the master schedule by whose day everything must hold.
  var meeting: String?
  private let itemsOnChecks: ItemsOnChecks

  package init(
    dossier: Dossier, definitions: String?, holidays: Set<String>, assumptions: Assumptions = Assumptions(),
    mapping: [MappingStanding]? = nil, confirmed: Set<String> = []
  ) {
    self.dossier = assumptions.applied(to: dossier)
    self.definitions = definitions
    self.holidays = holidays
    self.assumptions = assumptions
    self.mapping = mapping
    self.confirmed = confirmed
    numbered = Dictionary(self.dossier.items.enumerated().map { ($1.item.id, $0) }) { first, _ in first }
    itemsOnChecks = ItemsOnChecks(self.dossier.items)
  }

  package var latest: RunRecord? { dossier.latest }

  /// The sections responsible for the items whose evidence these checks are.
  func sections(of checks: [String]) -> Bilingual? {
    Self.people(itemsOnChecks.places(checks).map { dossier.items[$0].item.owner })
  }

  /// The obstacles of a criterion, as an approval covers them: the differences of checks, groups and items with failing
  /// checks, and the number of a run's rejected records.
  func scope(of blockers: [Blocker]) -> ApprovedScope {
    var scope = ApprovedScope()
    for blocker in blockers {
      switch blocker {
      case .check(let id): scope.add(latest?.scope(ofChecks: [id]) ?? ApprovedScope(blocker.text))
      case .group(_, let signature):
        let group = latest?.groups.first { $0.signature == signature }
        scope.add(signature, group?.amount ?? ApprovedScope.Amount())
      case .item(let id):
        let standing = numbered[id].map { dossier.items[$0] }
        // An objection is not the same as a missing answer.
        let isReturned = standing?.item.hasObjection ?? false
        scope.add(isReturned ? "\(blocker.text) \(standing?.item.returnedAt ?? "")" : blocker.text)
        if let standing { scope.add(standing.scope) }
      case .rejects: scope.add(blocker.kind, ApprovedScope.Amount(lines: latest?.records.rejected ?? 0))
      // The next run has another number and may take longer.
      case .run:
        scope.add(blocker.kind, ApprovedScope.Amount(sums: [DifferenceGroup.coarse(Int128(latest?.milliseconds ?? 0))]))
      case .definitions: scope.add("definitions \(definitions ?? "")")
      case .decision(let gate): scope.add("\(blocker.text) \(dossier.decisions.last { $0.gate == gate }?.id ?? "")")
      // Its title and its severity may change.
      case .issue(let id):
        let issue = dossier.issues.first { $0.id == id }
        let said = issue.map { SHA256.digest(of: "\($0.title)\n\($0.detail)").dropFirst(7).prefix(8) } ?? ""
        scope.add("\(blocker.text) \(issue?.severity.rawValue ?? "") \(said)")
      case .day(let day):
        let found = dossier.days.first { $0.day == day }
        let lines = found?.jobs.reduce(0) { $0 + $1.lines } ?? 0
        scope.add("\(blocker.text) \(found?.outcome.rawValue ?? "")", ApprovedScope.Amount(lines: max(1, lines)))
      case .file(let file):
        let wrong = dossier.samples.filter { $0.file == file }.reduce(0) { $0 + $1.different.count }
        scope.add(blocker.text, ApprovedScope.Amount(lines: 1 + wrong))
      case .mapping(let id): scope.add("\(blocker.text) \(mapping?.first { $0.line.id == id }?.line.digest ?? "")")
      case .milestone, .request, .subsystem: scope.add(blocker.text)
      }
    }
    return scope
  }

  /// Who can change what nobody is named for.
  var organiser: Bilingual {
    let name = dossier.organiser(of: meeting)
    return Bilingual(name, name)
  }

  /// Names joined as a list; `nil` when there are none.
  static func people(_ names: [String]) -> Bilingual? {
    var unique: [String] = []
    for name in names where !name.isEmpty && !unique.contains(name) { unique.append(name) }
    if unique.isEmpty { return nil }
    let shown = unique.prefix(6)
    let more = unique.count > 6
    return Bilingual(
      shown.joined(separator: "、") + (more ? " ほか" : ""), shown.joined(separator: ", ") + (more ? ", …" : ""))
  }

  /// The first dozen ids, joined as a list: of what has no title.
  static func list(_ ids: [String]) -> String {
    ids.prefix(12).joined(separator: ", ") + (ids.count > 12 ? " …" : "")
  }

  /// What is said of ids that nothing has; of a selection without ids the words alone.
  static func absent(_ words: Bilingual, _ ids: [String]) -> Bilingual {
    ids.isEmpty ? words : Bilingual("\(words.ja): \(list(ids))", "\(words.en): \(list(ids))")
  }

  /// The first three by their titles, and how many more there are; all of them are the blockers.
  ///
  /// - Parameter things: number and title of each. A number that people do not use is empty.
  package static func named(_ things: [(id: String, title: Bilingual)]) -> Bilingual {
    let shown = things.prefix(3).map { id, title in
      title.ja.isEmpty
        ? Bilingual(id, id)
        : id.isEmpty
          ? Bilingual("「\(title.ja)」", "“\(title.en)”") : Bilingual("「\(title.ja)」(\(id))", "“\(title.en)” (\(id))")
    }
    let more = things.count - shown.count
    return Bilingual(
      shown.map(\.ja).joined(separator: "、") + (more > 0 ? " ほか\(more)" : ""),
      shown.map(\.en).joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""))
  }

  /// Checks that did not pass, by their titles, the gravest first.
  func named(checks ids: [String]) -> Bilingual {
    let known = Dictionary((latest?.unpassed ?? []).map { ($0.id, $0) }) { first, _ in first }
    let ranked = ids.enumerated().sorted {
      (known[$0.element]?.severity ?? .s1, $0.offset) < (known[$1.element]?.severity ?? .s1, $1.offset)
    }
    return Self.named(ranked.map { ($0.element, known[$0.element]?.title ?? Bilingual("", "")) })
  }
}

/// The items that rest on each check. They are determined for all checks at the first request, since the evidence of an
/// item is parsed from text.
private final class ItemsOnChecks: Sendable {
  private let items: [ItemStanding]
  private let found = Mutex<[String: [Int]]?>(nil)

  init(_ items: [ItemStanding]) { self.items = items }

  /// The places of the items, in their order, without repetition.
  func places(_ checks: [String]) -> [Int] {
    if checks.isEmpty { return [] }
    let index = found.withLock { found in
      if let found { return found }
      var made: [String: [Int]] = [:]
      for (place, standing) in items.enumerated() {
        for check in standing.item.evidence { made[check, default: []].append(place) }
      }
      found = made
      return made
    }
    return Set(checks.flatMap { index[$0] ?? [] }).sorted()
  }
}

extension Dossier {
  /// The section that prepares a 判定会議: the owner of its line in the master schedule; 情報管理課 where no line names one.
  package func organiser(of meeting: String?) -> String {
    let owner = meeting.flatMap { id in milestones.first { $0.id == id }?.owner } ?? ""
    return owner.isEmpty ? "情報管理課" : owner
  }
}

/// The result of a criterion.
package struct Judgement: Sendable {
  package enum Answer: Sendable { case holds, fails, unknown }

  package let answer: Answer
  package let actual: Bilingual
  package let required: Bilingual
  package let why: Bilingual
  package let since: Since
  /// The people who can change it; `nil` where nobody is named.
  package let who: Bilingual?
  /// Everything that keeps the criterion from holding, complete, in the order of the register or of the run; names
  /// mentioned in `why` come first, in its order. When a number of them may be open, all open ones are listed: people
  /// decide which of them will be closed.
  ///
  /// Empty when the criterion holds, and when no record can be named: there is no run yet, no day of the parallel run,
  /// no training, no request, or too few rehearsals without any that does not count.
  package let blockers: [Blocker]

  /// - Parameter blockers: used only when the criterion does not hold.
  package init(
    _ answer: Answer, actual: Bilingual, required: Bilingual, why: Bilingual, since: Since = .undecided,
    who: Bilingual? = nil, blockers: [Blocker] = []
  ) {
    self.answer = answer
    self.actual = actual
    self.required = required
    self.why = why
    self.since = since
    self.who = who
    self.blockers = answer == .holds ? [] : blockers
  }

  /// The same, with the items that were withdrawn from the lists and the persons who withdrew them: they are no longer
  /// required.
  func telling(withdrawn items: [Item]) -> Judgement {
    if items.isEmpty { return self }
    let names =
      items.prefix(3).map { "\($0.id) \($0.withdrawn)" }.joined(separator: "; ") + (items.count > 3 ? " …" : "")
    return Judgement(
      answer,
      actual: Bilingual("\(actual.ja)、取下げ\(items.count)", "\(actual.en), \(items.count) withdrawn"), required: required,
      why: Bilingual("\(why.ja)。取下げ: \(names)", "\(why.en). Withdrawn: \(names)"), since: since, who: who,
      blockers: blockers)
  }

  /// The same, with a waiver that was given for a smaller scope.
  func telling(outgrown waiver: Waiver, _ scope: ApprovedScope) -> Judgement {
    let words =
      waiver.scope?.excessWords(of: scope)
      ?? Bilingual("範囲の記録がない", "nothing tells what it was given for")
    return Judgement(
      answer, actual: actual, required: required,
      why: Bilingual(
        "\(why.ja)。適用除外 \(waiver.id) の範囲を超える: \(words.ja)", "\(why.en). Beyond waiver \(waiver.id): \(words.en)"),
      since: since, who: who, blockers: blockers)
  }

  /// The answer when there is no completed run.
  package static func noRun(required: Bilingual) -> Judgement {
    Judgement(
      .unknown, actual: Bilingual("なし", "none"), required: required,
      why: Bilingual("完了した実行がない", "no run has come to its end"), since: .noRun)
  }

  /// The answer when the latest run checked nothing.
  static func noCheck(in run: RunRecord, required: Bilingual) -> Judgement {
    Judgement(
      .unknown, actual: Bilingual("0検査", "no check"), required: required,
      why: Bilingual("検査が一つもない", "there is no check"), blockers: [.run(run.run)])
  }
}

/// A kind of criterion: one file each; ``CriterionCatalog`` lists them.
package protocol Criterion: Sendable {
  static var kind: String { get }
  static var keys: [String] { get }

  /// - Returns: `nil` after adding diagnostics to the map's problems.
  init?(_ map: DefinitionMap)

  /// The lists of the registers on which it rests, by name.
  var lists: [String] { get }

  /// Whether it judges the mapping in the present definitions.
  var asksForMapping: Bool { get }

  /// The ids and the categories of checks that it names.
  var checks: (ids: [String], categories: [String]) { get }

  /// The classes with which the differences of a check do not count; empty when the criterion does not concern that
  /// check, or no class helps.
  func explanations(ofCheck id: String, category: String, severity: Severity) -> [DifferenceClass]

  func judge(_ input: GateInput, gate: String) -> Judgement
}

extension Criterion {
  package var lists: [String] { [] }
  package var asksForMapping: Bool { false }
  package var checks: (ids: [String], categories: [String]) { ([], []) }
  package func explanations(ofCheck id: String, category: String, severity: Severity) -> [DifferenceClass] { [] }
}

package enum CriterionCatalog {
  package static let kinds: [any Criterion.Type] = [
    CompleteCriterion.self,
    ChecksCriterion.self,
    InconclusiveCriterion.self,
    RejectedCriterion.self,
    ItemsCriterion.self,
    RehearsalsCriterion.self,
    DefinitionsCriterion.self,
    DurationCriterion.self,
    ClassifiedCriterion.self,
    IssuesCriterion.self,
    MilestonesCriterion.self,
    ParallelCriterion.self,
    TrainingsCriterion.self,
    RequestsCriterion.self,
    DecisionCriterion.self,
    SamplesCriterion.self,
    MappingCriterion.self,
  ]
}
