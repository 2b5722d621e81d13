import Commands
import ArgumentParser
import Base
import Charset
import Checks
import Copybook
import Expressions
import Framing
import Gates
import Ledger
import Outline
import Report

/// `totsugo list WHAT`: the values that definitions can use.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: .said(
      "検査の種類、関数、判定基準、資料、文字コード、レコード形式、方言、メッセージ、定義のJSON Schemaの一覧",
      "List kinds of checks, functions, criteria, papers, character sets, record formats, dialects, diagnostics or schemas."
    ))

  enum Catalog: String, ExpressibleByArgument, CaseIterable {
    case checks, functions, criteria, papers, charsets, dialects, diagnostics, schemas
    case recordFormats = "record-formats"
  }

  @Argument(
    help: .said(
      "何の一覧か。checks（検査）、functions（関数）、criteria（判定基準）、papers（資料）、charsets（文字コード）、record-formats（レコード形式）、dialects（方言）、diagnostics（メッセージ）、schemas（定義のJSON Schema）",
      "What: checks, functions, criteria, papers, charsets, record-formats, dialects, diagnostics or schemas."))
  var what: Catalog

  @OptionGroup var common: CommonOptions

  private struct Entry: Encodable {
    let name: String
    let purpose: String
  }

  func run() throws {
    let language = common.language()
    let entries: [Entry] =
      switch what {
      case .checks: CheckCatalog.kinds.map { Entry(name: $0.name, purpose: $0.purpose.text(language)) }
      case .functions: Function.all.map { Entry(name: $0.signature, purpose: $0.purpose.text(language)) }
      case .criteria: CriterionCatalog.kinds.map { Entry(name: $0.kind, purpose: $0.keys.joined(separator: ", ")) }
      case .papers:
        PaperCatalog.kinds.map { kind in
          let restricted = kind.isRestricted ? language("（取扱注意）", " (restricted)") : ""
          return Entry(
            name: kind.name,
            purpose: kind.title.text(language) + restricted + language("　→ ", " → ") + kind.readers.text(language))
        }
      case .charsets: CharacterSet.names.map { Entry(name: $0, purpose: "") }
      case .schemas: DefinitionSchema.all.map { Entry(name: $0.name, purpose: $0.purpose.text(language)) }
      case .recordFormats: RecordFormat.guide.map { Entry(name: $0.text, purpose: $0.purpose.text(language)) }
      case .dialects: Dialect.guide.map { Entry(name: $0.text, purpose: $0.purpose.text(language)) }
      case .diagnostics:
        DiagnosticCode.allCases.map { Entry(name: $0.rawValue, purpose: $0.wording.found.text(language)) }
      }
    switch common.format {
    case .json: try common.answer(json: entries)
    case .text:
      for entry in entries { common.answer(entry.purpose.isEmpty ? entry.name : "\(entry.name)  \(entry.purpose)") }
    }
  }
}
