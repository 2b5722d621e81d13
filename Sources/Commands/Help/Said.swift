import ArgumentParser
import Base
import Foundation

extension Language {
  /// The language of what is said before a project is read: `--language`, else LANG, else English.
  package static let ofProcess = Language(
    arguments: CommandLine.arguments.dropFirst(), lang: ProcessInfo.processInfo.environment["LANG"])

  /// - Parameters:
  ///   - arguments: those of the command; the last `--language` counts.
  ///   - lang: LANG of the environment.
  package init(arguments: some Collection<String>, lang: String?) {
    var language: Language = lang?.hasPrefix("ja") == true ? .japanese : .english
    var isNext = false
    for argument in arguments {
      if argument == "--" { break }
      let value = isNext ? argument : argument.hasPrefix("--language=") ? String(argument.dropFirst(11)) : ""
      if let asked = Language(rawValue: value) { language = asked }
      isNext = argument == "--language"
    }
    self = language
  }
}

extension String {
  /// What a command says of itself, in the language of the process.
  package static func said(_ ja: String, _ en: String) -> String { Language.ofProcess == .japanese ? ja : en }
}

extension ArgumentHelp {
  /// The help of an option, in the language of the process.
  package static func said(_ ja: String, _ en: String, valueName: String? = nil) -> ArgumentHelp {
    ArgumentHelp(stringLiteral: String.said(ja, en)).naming(valueName)
  }

  private func naming(_ valueName: String?) -> ArgumentHelp {
    var help = self
    help.valueName = valueName
    return help
  }

  /// The argument of every command that reads a project.
  package static var project: ArgumentHelp {
    .said("プロジェクトファイル。例: Pipelines/city.yaml", "A project file, for example Pipelines/city.yaml.")
  }

  /// The option of every command that reads or writes a workspace.
  package static var workspace: ArgumentHelp {
    .said(
      "実行、証跡、台帳のフォルダ（省略時はプロジェクトの隣の .totsugo）",
      "Folder with runs, evidence and ledger (default: .totsugo beside the project).")
  }
}
