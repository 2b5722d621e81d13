import Base
import Tables
import Evidence
import Gates
import Ledger
import Registers

/// The input of papers: the registers in one state, and the parts of the evidence that a paper asks for.
package struct PaperInput: Sendable {
  package let project: Bilingual
  package let dossier: Dossier
  /// The evidence of the latest run that ended.
  package var evidence: RunEvidence?
  package var decision: Decision?
  /// The comparison of two or more runs.
  package var comparison: RunComparison?
  package var differences: DifferenceComparison?
  /// Every difference of the latest run that ended.
  package var rows: DifferenceRows?
  /// The requested day of the parallel run, or else the last.
  package var day: ParallelEvidence?
  /// The seconds that the cut-over may take; `nil` when no gate defines them.
  package var window: Int?
  /// The titles of the gates, by name.
  package var gates: [String: Bilingual] = [:]
  /// The titles of subsystems by id, in the project's order.
  package let subsystems: [(id: String, title: Bilingual)]
  /// The file with the complete lists that a page shortens; `nil` when none is written beside it.
  package var attachment: String?
  /// The lines of the mapping, with what people said of them.
  package var mapping: [MappingStanding] = []

  package init(project: Bilingual, dossier: Dossier, subsystems: [(id: String, title: Bilingual)]) {
    self.project = project
    self.dossier = dossier
    self.subsystems = subsystems
  }

  var today: String { dossier.today }

  /// Where the complete lists of a paper are.
  func whole(_ paper: String, _ words: Words) -> String {
    attachment.map { words("全件は添付の \($0) にあります。", "All of them are in the file \($0).") }
      ?? words(
        "全件は totsugo report … --paper \(paper) --to xlsx で作ります。",
        "totsugo report … --paper \(paper) --to xlsx writes all of them.")
  }

  @Sendable func title(ofSubsystem id: String) -> Bilingual {
    subsystems.first { $0.id == id }?.title ?? Bilingual(id, id)
  }

  /// The class that was assigned to a signature.
  func kind(of signature: String) -> DifferenceClass { dossier.classes[signature]?.kind ?? .unclassified }
}

/// The input that a paper asks for beyond the registers; each costs a reading.
package struct PaperNeeds: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let evidence = PaperNeeds(rawValue: 1)
  package static let decision = PaperNeeds(rawValue: 2)
  package static let differences = PaperNeeds(rawValue: 4)
  package static let day = PaperNeeds(rawValue: 8)
  package static let lists = PaperNeeds(rawValue: 16)
  package static let mapping = PaperNeeds(rawValue: 32)
}

/// A kind of paper: each is one file of `Papers/` and one line of ``PaperCatalog``.
package protocol PaperKind: Sendable {
  static var name: String { get }
  static var title: Bilingual { get }
  /// The readers of the paper.
  static var readers: Bilingual { get }
  static var needs: PaperNeeds { get }
  static var isRestricted: Bool { get }
  static var isDense: Bool { get }
  /// Whether the paper begins with its contents.
  static var hasContents: Bool { get }
  /// Whether the paper shows keys of single differences, of all sections.
  static var tellsKeys: Bool { get }

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section]
}

extension PaperKind {
  package static var isRestricted: Bool { false }
  package static var isDense: Bool { false }
  package static var hasContents: Bool { false }
  package static var tellsKeys: Bool { false }

  /// The paper, in one language.
  package static func paper(_ input: PaperInput, _ language: Language) -> Paper {
    let words = Words(language: language)
    let head = input.dossier.head
    let ledger =
      words("台帳 第\(words.number(head.number))号", "ledger entry \(words.number(head.number))") + "  \(head.digest)"
    var facts: [Paper.Fact] = [
      .init(key: "project", name: words("事業", "Project"), value: .text(words(input.project))),
      .init(key: "as_of", name: words("時点", "As of"), value: .date(input.today)),
    ]
    if needs.contains(.evidence) || needs.contains(.decision) {
      if let run = input.dossier.latest {
        let name = words("\(words(run.stage.title)) \(run.run)", "\(words(run.stage.title)) \(run.run)")
        facts.append(
          .init(key: "run", name: words("対象の実行", "Run"), value: .text("\(name)　\(words.time(run.finished))")))
        facts.append(.init(key: "evidence", name: words("証跡", "Evidence"), value: .code(run.evidence)))
      } else {
        facts.append(.init(key: "run", name: words("対象の実行", "Run"), value: .unknown(words("なし", "none"))))
      }
    }
    // A waiver is shown in every paper.
    let waivers = input.dossier.waivers.filter { $0.holds(on: input.today) }.map { waiver in
      let gate = input.gates[waiver.gate].map { words($0) } ?? waiver.gate
      return words(
        "\(waiver.id) \(gate) \(waiver.criterion)（\(words.shortDate(waiver.until))まで）",
        "\(waiver.id): \(gate) \(waiver.criterion) until \(waiver.until)")
    }
    if !waivers.isEmpty {
      let more = waivers.count > 3 ? words(" ほか\(waivers.count - 3)件", " and \(waivers.count - 3) more") : ""
      facts.append(
        .init(
          key: "waivers", name: words("適用除外", "Waivers"),
          value: .text(waivers.prefix(3).joined(separator: words("、", ", ")) + more)))
    }
    facts.append(.init(key: "ledger", name: words("台帳の末尾", "Ledger’s end"), value: .code(ledger)))
    return Paper(
      name: name, title: words(title), readers: words(readers), language: language, isRestricted: isRestricted,
      isDense: isDense, hasContents: hasContents, facts: facts, sections: sections(input, words), foot: ledger,
      whole: input.whole(name, words))
  }
}
