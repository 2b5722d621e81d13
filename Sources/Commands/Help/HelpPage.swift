import ArgumentParser
import Base

/// The help of a command, in both languages: written here, since ArgumentParser's own is English and does not know
/// full-width characters.
struct HelpPage {
  let tree: CommandTree
  /// The names from the program to the command.
  let path: [String]
  let groups: [(name: String, commands: [String])]
  let language: Language
  /// The columns of a line.
  let width: Int

  private func words(_ ja: String, _ en: String) -> String { language == .japanese ? ja : en }

  var text: String {
    var parts: [String] = []
    if let abstract = tree.abstract { parts.append(wrapped(abstract)) }
    parts.append(usage)
    if let discussion = tree.discussion { parts.append(wrapped(discussion)) }
    let positional = tree.own.filter { $0.kind == .positional }
    if !positional.isEmpty { parts.append(section(words("引数", "Arguments"), positional.map(entry))) }
    parts.append(section(words("オプション", "Options"), options + builtIn))
    parts += commandSections
    if !tree.commands.isEmpty {
      let name = path.joined(separator: " ")
      parts.append(
        words(
          "コマンドごとの説明: \(name) <コマンド> --help", "More about a command: \(name) <command> --help"))
    }
    return parts.joined(separator: "\n\n")
  }

  /// What the command must be given.
  var usage: String {
    var pieces = ([path.joined(separator: " ")] + (tree.commands.isEmpty ? [] : [words("<コマンド>", "<command>")]))
    for argument in tree.own where argument.kind == .positional || !argument.isOptional {
      let form = argument.form + (argument.isRepeating ? " ..." : "")
      pieces.append(argument.isOptional ? "[\(form)]" : form)
    }
    if tree.own.contains(where: { $0.kind != .positional && $0.isOptional }) {
      pieces.append(words("[オプション]", "[options]"))
    }
    return words("使い方: ", "Usage: ") + pieces.joined(separator: " ")
  }

  private var commandSections: [String] {
    func entries(_ names: [String]) -> [(String, String)] {
      names.compactMap { name in tree.command(name).map { (name, $0.abstract ?? "") } }
    }
    if groups.isEmpty {
      guard !tree.commands.isEmpty else { return [] }
      return [section(words("サブコマンド", "Subcommands"), entries(tree.commands.map(\.commandName)))]
    }
    return groups.map { section($0.name, entries($0.commands)) }
  }

  /// The options that must be given first; a flag and its contrary in one entry.
  private var options: [(String, String)] {
    let named = tree.own.filter { $0.kind != .positional }
    let entries = (named.filter { !$0.isOptional } + named.filter(\.isOptional)).map(entry)
    return entries.filter { !$0.name.hasPrefix("--no-") }.map { name, text in
      entries.contains { $0.name == "--no-" + name.dropFirst(2) }
        ? ("\(name)/--no-\(name.dropFirst(2))", text) : (name, text)
    }
  }

  /// What every command has.
  private var builtIn: [(String, String)] {
    let version = path.count == 1 ? [("--version", words("版を表示する", "Show the version."))] : []
    return version + [("-h, --help", words("この説明を表示する", "Show this help."))]
  }

  private func entry(_ argument: CommandTree.Argument) -> (name: String, text: String) {
    let names = (argument.names ?? []).map(\.text)
    let name: String =
      switch argument.kind {
      case .positional: "<\(argument.valueName ?? "")>"
      case .flag: names.joined(separator: ", ")
      case .option: names.joined(separator: ", ") + " <\(argument.valueName ?? "")>"
      }
    var text = argument.abstract ?? ""
    if let values = argument.allValues, !values.allSatisfy({ text.contains($0) }) {
      text += words("（値: \(values.joined(separator: "、"))）", " (values: \(values.joined(separator: ", ")))")
    }
    if let value = argument.defaultValue, argument.kind == .option {
      text += words("（省略時 \(value)）", " (default: \(value))")
    }
    return (name, text)
  }

  private func section(_ title: String, _ entries: [(name: String, text: String)]) -> String {
    let column = min(28, (entries.map { TextWidth.of($0.name) }.max() ?? 0) + 4)
    var lines = [title + ":"]
    for entry in entries {
      let texts = WrappedText.lines(entry.text, width: max(24, width - column))
      let head = "  " + entry.name
      if TextWidth.of(head) + 2 > column {
        lines.append(head)
      } else {
        lines.append(head + String(repeating: " ", count: column - TextWidth.of(head)) + (texts.first ?? ""))
      }
      let rest = TextWidth.of(head) + 2 > column ? texts[...] : texts.dropFirst()
      lines += rest.map { String(repeating: " ", count: column) + $0 }
    }
    return lines.joined(separator: "\n")
  }

  private func wrapped(_ text: String) -> String { WrappedText.lines(text, width: width).joined(separator: "\n") }
}
