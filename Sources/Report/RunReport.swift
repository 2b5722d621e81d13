import Base
import Tables
import Evidence
import Gates
import Registers

/// What the report of a run is made from: evidence, a decision if a gate was asked, items, and the run before.
package struct RunReport: Sendable {
  package let evidence: RunEvidence
  package let decision: Decision?
  package let items: [ItemStanding]
  package let comparison: RunComparison?
  package let differences: DifferenceComparison?
  /// The class of each signature that has one.
  package let classes: [String: DifferenceClass]
  /// Titles of subsystems by id, in the project's order.
  package let subsystems: [(id: String, title: Bilingual)]

  package init(
    evidence: RunEvidence, decision: Decision?, items: [ItemStanding], comparison: RunComparison?,
    differences: DifferenceComparison?, classes: [String: DifferenceClass], subsystems: [(id: String, title: Bilingual)]
  ) {
    self.evidence = evidence
    self.decision = decision
    self.items = items
    self.comparison = comparison
    self.differences = differences
    self.classes = classes
    self.subsystems = subsystems
  }

  func title(ofSubsystem id: String) -> Bilingual { subsystems.first { $0.id == id }?.title ?? Bilingual(id, id) }

  /// The page, whole in itself, with both languages; `language` is shown first.
  package func html(_ language: Language) -> String {
    let title = "\(evidence.title.text(language)) \(evidence.run)"
    func picked(_ other: Language) -> HTML { language == other ? " checked" : "" }
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width,initial-scale=1">
      <title>\(title)</title><style>\(Style.sheet)</style></head><body>
      <input class="pick" type="radio" name="language" id="ja" aria-label="日本語"\(picked(.japanese))>
      <input class="pick" type="radio" name="language" id="en" aria-label="English"\(picked(.english))>
      <div class="switch"><label for="ja" lang="ja">日本語</label><label for="en" lang="en">English</label></div>
      <main lang="ja">\(body(.japanese))</main>
      <main lang="en">\(body(.english))</main>
      </body></html>
      """
    return page.text + "\n"
  }

  private func body(_ language: Language) -> HTML {
    let words = Words(language: language)
    let sections = [
      HeadSection(self, words).html, DecisionSection(self, words).html, FlowSection(self, words).html,
      DifferencesSection(self, words).html, BytesSection(self, words).html, StepsSection(self, words).html,
      TotalsSection(self, words).html, FindingsSection(self, words).html,
      AcceptedSection(evidence.accepted ?? [], words).html,
      UnverifiedSection(self, words).html,
      RejectsSection(self, words).html,
      ItemsSection(self, words).html, ChecksSection(self, words).html,
    ]
    return "\(sections)"
  }
}
