/// The codes of everything that can be wrong, and their sentences: the only place where they are worded.
///
/// A code is part of the interface (`copybook.syntax`); `Docs/DIAGNOSTICS.md` has a heading for each. In a sentence
/// `{0}`, `{1}` … stand for the facts in the order in which the place that found them gives them.
package enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
  case copybookSyntax = "copybook.syntax"
  case copybookPicture = "copybook.picture"
  case copybookRedefines = "copybook.redefines"

  case expressionSyntax = "expression.syntax"
  case expressionName = "expression.name"
  case expressionType = "expression.type"

  package struct Wording: Sendable {
    package let found: Bilingual
    package let remedy: Bilingual
  }

  package var wording: Wording {
    switch self {
    case .copybookSyntax:
      .init(
        "「{0}」は解釈できません。必要なもの: {1}。", "found “{0}”, expected {1}.",
        "コピー句のこの行を直してください。", "Correct this line of the copybook.")
    case .copybookPicture:
      .init(
        "PICTURE「{0}」は解釈できません。必要なもの: {1}。", "the picture “{0}” cannot be read; expected {1}.",
        "PICTURE句を直してください。", "Correct the PICTURE clause.")
    case .copybookRedefines:
      .init(
        "{0} が再定義する {1} が、同じ集団の中で前にありません。", "{0} redefines {1}, which does not stand before it in the same group.",
        "REDEFINESの項目名を直してください。", "Correct the name after REDEFINES.")
    case .expressionSyntax:
      .init(
        "式の「{0}」は解釈できません。必要なもの: {1}。", "the expression cannot be read at “{0}”; expected {1}.",
        "式を直してください。", "Correct the expression.")
    case .expressionName:
      .init(
        "「{0}」は {1} にありません。", "there is no “{0}” in {1}.",
        "「{2}」ではありませんか。", "Did you mean “{2}”?")
    case .expressionType:
      .init(
        "式の型が合いません: {0}。必要なもの: {1}。", "the types do not fit: found {0}, expected {1}.",
        "式を直してください。", "Correct the expression.")
    }
  }
}

extension DiagnosticCode.Wording {
  fileprivate init(_ ja: String, _ en: String, _ remedyJa: String, _ remedyEn: String) {
    self.init(found: Bilingual(ja, en), remedy: Bilingual(remedyJa, remedyEn))
  }
}
