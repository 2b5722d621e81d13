import Base
import Definitions
import Evidence
import Ledger
import Registers

/// The three decisions. Unknown is never GO.
package enum Verdict: String, Sendable, Codable, Comparable {
  case go = "GO"
  case conditional = "CONDITIONAL"
  case noGo = "NO-GO"

  private var rank: Int { self == .go ? 0 : self == .conditional ? 1 : 2 }
  package static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

  /// The decisions of the gate's meeting that it permits.
  package var permits: [Resolution] {
    switch self {
    case .go: [.approved, .conditional, .sentBack]
    case .conditional: [.conditional, .sentBack]
    case .noGo: [.sentBack]
    }
  }
}

/// 仮稼働判定, 本稼働判定: a name, and criteria that must hold.
package struct Gate: Sendable {
  package struct Entry: Sendable {
    package let id: String
    package let title: Bilingual
    /// The verdict when the criterion does not hold.
    package let otherwise: Verdict
    package let criterion: any Criterion
  }

  package let name: String
  package let title: Bilingual
  /// 判定会議: the line of the master schedule by whose day everything must hold; `nil` when the definitions name none.
  package let meeting: String?
  package let criteria: [Entry]
  package let expected: ExpectedNumbers

  /// Whether a criterion judges the mapping.
  package var asksForMapping: Bool { criteria.contains { $0.criterion.asksForMapping } }

  /// The criteria of all gates of a file.
  ///
  /// - Throws: ``Diagnostics`` with all problems.
  package static func read(_ file: DefinitionFile) throws(Diagnostics) -> [Gate] {
    let problems = Problems()
    let node = DefinitionNode.read(file, problems)
    let head = node?.map(["gates", "expected"])
    let entries = head?.required("gates")?.entries ?? []
    guard let last = head?.required("expected"), let expected = ExpectedNumbers(last) else {
      try problems.check()
      return []
    }
    if node?.entries.last?.key != "expected" {
      last.wrong("expected", "the last entry of the file, so that no cut leaves it")
    }
    for name in expected.criteria.keys.sorted() where !entries.contains(where: { $0.key == name }) {
      last.wrong(name, "a gate: \(entries.map(\.key).joined(separator: ", "))")
    }
    let gates = entries.compactMap { entry -> Gate? in
      guard let map = entry.value.map(Self.parts), let title = map.required("title")?.bilingual,
        let criteria = map.required("criteria")?.list
      else { return nil }
      if criteria.isEmpty { map["criteria"]?.wrong("an empty list", "at least one criterion") }
      var (seen, bodies): (Set<String>, Set<String>) = ([], [])
      let read = criteria.compactMap { node -> Entry? in
        guard let entry = Self.read(node) else { return nil }
        let isNew = seen.insert(entry.id).inserted
        if !isNew { node.wrong(entry.id, "each id once") }
        // A criterion asked twice would be one criterion less.
        let body = node.canonical(without: ["id", "title", "otherwise"])
        if !bodies.insert(body).inserted, isNew { node.wrong(entry.id, "a criterion that no other id has") }
        return entry
      }
      if criteria.count != expected.criteria[entry.key] {
        let wanted =
          expected.criteria[entry.key].map { "\($0), as `expected` says" } ?? "a number under `expected: criteria`"
        map["criteria"]?.wrong("\(entry.key): \(criteria.count) criteria", wanted)
      }
      return Gate(
        name: entry.key, title: title, meeting: map["meeting"]?.text, criteria: read, expected: expected)
    }
    try problems.check()
    return gates
  }

  /// The keys of every criterion, and of a gate.
  package static let criterionKeys = ["id", "kind", "title", "otherwise"]
  package static let parts = ["title", "meeting", "criteria"]

  private static func read(_ node: DefinitionNode) -> Entry? {
    let common = Self.criterionKeys
    let all = CriterionCatalog.kinds.flatMap { $0.keys }
    guard let word = node.map(common + all)?.required("kind"), let name = word.text else { return nil }
    guard let kind = CriterionCatalog.kinds.first(where: { $0.kind == name }) else {
      word.wrong(name, CriterionCatalog.kinds.map { $0.kind }.joined(separator: ", "))
      return nil
    }
    guard let map = node.map(common + kind.keys), let id = map.required("id")?.text,
      let title = map.required("title")?.bilingual, let criterion = kind.init(map)
    else { return nil }
    var otherwise = Verdict.noGo
    if let node = map["otherwise"], let text = node.text {
      switch text {
      case "no-go": otherwise = .noGo
      case "conditional": otherwise = .conditional
      default: node.wrong(text, "no-go, conditional")
      }
    }
    return Entry(id: id, title: title, otherwise: otherwise, criterion: criterion)
  }

  /// Judges every criterion; the worst result is the verdict.
  ///
  /// A criterion that cannot be judged is NO-GO, whatever its `otherwise` and its waivers. A waived criterion that does
  /// not hold is CONDITIONAL.
  package func decide(_ input: GateInput) -> Decision {
    var input = input
    input.expected = expected
    input.meeting = meeting
    let findings = criteria.map { entry -> Decision.Finding in
      if input.assumptions.criteria.contains(entry.id) { return .assumed(entry) }
      let lists = entry.criterion.lists
      var judgement = (input.gap(of: lists) ?? entry.criterion.judge(input, gate: name))
        .telling(withdrawn: input.dossier.withdrawn.filter { item in lists.contains(where: item.isOn) })
      if let doubt = input.dossier.doubt {
        judgement = Judgement(.unknown, actual: judgement.actual, required: judgement.required, why: doubt)
      }
      let scope = input.scope(of: judgement.blockers)
      let waivers = input.dossier.waivers.filter {
        $0.gate == name && $0.criterion == entry.id && $0.holds(on: input.dossier.today)
      }
      let waiver = waivers.last { $0.scope?.covers(scope) ?? false }
      if judgement.answer == .fails, waiver == nil, let last = waivers.last {
        judgement = judgement.telling(outgrown: last, scope)
      }
      let verdict: Verdict =
        switch judgement.answer {
        case .holds: .go
        case .fails: waiver == nil ? entry.otherwise : .conditional
        case .unknown: .noGo
        }
      return Decision.Finding(
        id: entry.id, title: entry.title, verdict: verdict, actual: judgement.actual, required: judgement.required,
        isUnknown: judgement.answer == .unknown, scope: scope, severity: entry.otherwise == .noGo ? .s1 : .s2,
        why: judgement.why, since: judgement.since,
        who: judgement.answer == .holds ? nil : judgement.who ?? input.organiser, blockers: judgement.blockers,
        waiver: judgement.answer == .fails ? waiver : nil)
    }
    // Every gate requires the definitions of the run, and the run that came last.
    let changed = DefinitionsCriterion.builtIn(input, asked: criteria.contains { $0.criterion is DefinitionsCriterion })
    let broken = CompleteCriterion.builtIn(input, asked: criteria.contains { $0.criterion is CompleteCriterion })
    let draft = OpenDrafts.builtIn(input)
    let all = findings + [changed, broken, draft].compactMap(\.self)
    return Decision(
      gate: name, title: title, meeting: meeting, verdict: all.map(\.verdict).max() ?? .noGo, criteria: all,
      run: input.latest?.run, evidence: input.latest?.evidence ?? "", assumed: input.assumptions.texts)
  }
}

/// The verdict of a gate, with each criterion's actual and required value.
package struct Decision: Sendable {
  package struct Finding: Sendable {
    package let id: String
    package let title: Bilingual
    package let verdict: Verdict
    package let actual: Bilingual
    package let required: Bilingual
    /// Whether it could not be judged.
    package var isUnknown = false
    /// The obstacles, as a waiver would cover them.
    package let scope: ApprovedScope
    package let severity: Severity
    package let why: Bilingual
    package let since: Since
    /// The people who can change it; `nil` when it holds.
    package let who: Bilingual?
    /// Everything that keeps it from holding, also when it is waived; see ``Judgement/blockers``.
    package let blockers: [Blocker]
    /// The waiver that keeps it from stopping the gate.
    package let waiver: Waiver?

    static func assumed(_ entry: Gate.Entry) -> Finding {
      let word = Bilingual("仮定", "assumed")
      return Finding(
        id: entry.id, title: entry.title, verdict: .go, actual: word, required: word,
        scope: ApprovedScope(), severity: entry.otherwise == .noGo ? .s1 : .s2,
        why: Bilingual("成り立つと仮定した", "assumed to hold"), since: .because(Bilingual("仮定", "assumed")),
        who: nil, blockers: [], waiver: nil)
    }
  }

  package let gate: String
  package let title: Bilingual
  /// The line of the master schedule by whose day everything must hold.
  package let meeting: String?
  package let verdict: Verdict
  package let criteria: [Finding]
  /// The judged run.
  package let run: String?
  package let evidence: String
  /// The assumptions; a decision with assumptions is for planning only.
  package let assumed: [String]

  /// SHA-256 over the verdict and what every criterion found: another one when anything has changed.
  package var digest: String {
    let findings = criteria.map { "\($0.id) \($0.verdict.rawValue) \($0.actual.ja) \($0.required.ja)" }
    return SHA256.digest(of: ([gate, verdict.rawValue, evidence] + findings).joined(separator: "\n"))
  }
}
