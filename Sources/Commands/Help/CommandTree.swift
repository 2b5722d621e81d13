import ArgumentParser
import Base
import Foundation

/// A command with its arguments and subcommands, as ArgumentParser describes it (`--experimental-dump-help`).
struct CommandTree: Decodable {
  struct Argument: Decodable {
    enum Kind: String, Decodable { case positional, option, flag }

    struct Name: Decodable {
      let kind: String
      let name: String

      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: Kind
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let preferredName: Name?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?

    /// `--name <value>`, `--name` or `<value>`.
    var form: String {
      switch kind {
      case .positional: "<\(valueName ?? "")>"
      case .option: "\(preferredName?.text ?? "") <\(valueName ?? "")>"
      case .flag: preferredName?.text ?? ""
      }
    }
  }

  private struct Document: Decodable { let command: CommandTree }

  let commandName: String
  let abstract: String?
  let discussion: String?
  private let subcommands: [CommandTree]?
  private let arguments: [Argument]?

  /// The commands below it, without the parser's own `help`.
  var commands: [CommandTree] { (subcommands ?? []).filter { $0.commandName != "help" } }

  /// What it takes, but not help and version, which every command has.
  var own: [Argument] {
    (arguments ?? []).filter { $0.shouldDisplay && !["help", "version"].contains($0.preferredName?.name) }
  }

  /// - Throws: an error of the decoder, when the parser describes commands otherwise.
  init(_ root: (some ParsableCommand).Type) throws {
    self = try JSONDecoder().decode(Document.self, from: Data(root._dumpHelp().utf8)).command
  }

  func command(_ name: String) -> CommandTree? { commands.first { $0.commandName == name } }

  /// The command of a path below this one, as far as there is one.
  func at(_ path: some Sequence<String>) -> CommandTree {
    var command = self
    for name in path { command = command.command(name) ?? command }
    return command
  }
}
