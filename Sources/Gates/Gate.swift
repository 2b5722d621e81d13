import Definitions
import Evidence
import Ledger

/// The three decisions. Unknown is never GO.
package enum Verdict: String, Sendable, Codable, Comparable {
  case go = "GO"
  case conditional = "CONDITIONAL"
  case noGo = "NO-GO"

  private var rank: Int { self == .go ? 0 : self == .conditional ? 1 : 2 }
  package static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }
}

/// What a gate looks at: evidence and the ledger, never data.
package struct GateInput: Sendable {
  /// Runs that came to their end, oldest first.
  package let runs: [RunEvidence]
  package let items: [ItemStatus]
  /// Digest of the definitions as they are now.
  package let definitions: String
  /// The classes of differences, by signature.
  package let classes: [String: DifferenceClass]

  package init(
    runs: [RunEvidence], items: [ItemStatus], definitions: String, classes: [String: DifferenceClass] = [:]
  ) {
    self.runs = runs
    self.items = items
    self.definitions = definitions
    self.classes = classes
  }

  package var latest: RunEvidence? { runs.last }
}

/// What a criterion found.
package struct Judgement: Sendable {
  package enum Answer: Sendable { case holds, fails, unknown }

  package let answer: Answer
  package let actual: Bilingual
  package let required: Bilingual
  package let why: Bilingual

  package init(_ answer: Answer, actual: Bilingual, required: Bilingual, why: Bilingual) {
    self.answer = answer
    self.actual = actual
    self.required = required
    self.why = why
  }

  /// The answer when there is no completed run.
  package static func noRun(required: Bilingual) -> Judgement {
    Judgement(
      .unknown, actual: Bilingual("なし", "none"), required: required,
      why: Bilingual("完了した実行がない", "no run has come to its end"))
  }
}

/// A kind of criterion: one file each; ``CriterionCatalog`` lists them.
package protocol Criterion: Sendable {
  static var kind: String { get }
  static var keys: [String] { get }

  /// - Returns: `nil` after adding diagnostics to the map's problems.
  init?(_ map: DefinitionMap)

  func judge(_ input: GateInput, gate: String) -> Judgement
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
  ]
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
  package let criteria: [Entry]

  /// The criteria of all gates of a file.
  ///
  /// - Throws: ``Diagnostics`` with everything that is wrong.
  package static func read(_ path: String, name: String) throws(Diagnostics) -> [Gate] {
    let problems = Problems()
    let entries = DefinitionNode.read(path, name: name, problems)?.map(["gates"])?.required("gates")?.entries ?? []
    let gates = entries.compactMap { entry -> Gate? in
      guard let map = entry.value.map(["title", "criteria"]), let title = map.required("title")?.bilingual,
        let criteria = map.required("criteria")?.list
      else { return nil }
      if criteria.isEmpty { map["criteria"]?.wrong("an empty list", "at least one criterion") }
      return Gate(name: entry.key, title: title, criteria: criteria.compactMap(read))
    }
    try problems.check()
    return gates
  }

  private static func read(_ node: DefinitionNode) -> Entry? {
    let common = ["id", "kind", "title", "otherwise"]
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

  /// Judges every criterion; the worst is the verdict.
  package func decide(_ input: GateInput) -> Decision {
    let findings = criteria.map { entry -> Decision.Finding in
      let judgement = entry.criterion.judge(input, gate: name)
      let verdict: Verdict =
        switch judgement.answer {
        case .holds: .go
        case .fails: entry.otherwise
        case .unknown: .noGo
        }
      return Decision.Finding(
        id: entry.id, title: entry.title, verdict: verdict, actual: judgement.actual, required: judgement.required,
        severity: entry.otherwise == .noGo ? .s1 : .s2, why: judgement.why)
    }
    return Decision(
      gate: name, title: title, verdict: findings.map(\.verdict).max() ?? .noGo, criteria: findings,
      run: input.latest?.run, evidence: input.latest?.evidence ?? "")
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
    package let severity: Severity
    package let why: Bilingual
  }

  package let gate: String
  package let title: Bilingual
  package let verdict: Verdict
  package let criteria: [Finding]
  /// The run that was judged.
  package let run: String?
  package let evidence: String
}
