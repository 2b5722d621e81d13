import ArgumentParser
import Base
import Commands
import Outline

/// `totsugo schema NAME`: the JSON Schema of a kind of definition file.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: .said("定義ファイルのJSON Schema（編集ソフト用）を出す", "Print the JSON Schema of a definition file, for editors."))

  @Argument(help: .said("何の定義か（`totsugo list schemas`）", "Of which definitions (`totsugo list schemas`)."))
  var name: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    try common.reporting {
      guard let schema = DefinitionSchema.named(name) else {
        throw Diagnostic(
          .optionValue, name, NameTable.choices(name, among: DefinitionSchema.all.map(\.name)))
      }
      try common.answer(json: schema.schema)
    }
  }
}
