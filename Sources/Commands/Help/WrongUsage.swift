import ArgumentParser
import Base

/// Wrong usage of a command (使い方の誤り), as ArgumentParser found it, in words of both languages and with the name that
/// was probably meant.
///
/// The parser's errors are not public; what is read of them by reflection is held by tests. One that is not known here
/// is told in the parser's own words.
struct WrongUsage {
  private let error: any Error
  /// What the parser says of it.
  private let message: String
  private let arguments: [String]
  private let root: CommandTree
  /// The names from the program's commands to the command that was called.
  let path: [String]

  init(_ error: any Error, message: String, arguments: [String], path: [String], root: CommandTree) {
    (self.error, self.message, self.arguments) = (error, message, arguments)
    (self.path, self.root) = (path, root)
  }

  private var command: CommandTree { root.at(path) }

  /// What is wrong.
  var text: Bilingual {
    if let word = unknownCommand {
      let near = Self.suggestion(word, among: command.commands.map(\.commandName))
      return Bilingual(
        "コマンド \(word) はありません。\(Self.japanese(near))", "There is no command \(word).\(Self.english(near))")
    }
    let children = Mirror(reflecting: error).children
    guard let found = children.first(where: { $0.label == "parserError" })?.value else {
      return Bilingual(message, message)
    }
    guard let fault = Mirror(reflecting: found).children.first, let label = fault.label else {
      return String(describing: found) == "missingSubcommand"
        ? Bilingual("コマンドが要ります。", "A command is missing.") : Bilingual(message, message)
    }
    let values = Mirror(reflecting: fault.value).children.map(\.value)
    return words(label, fault.value, values) ?? Bilingual(message, message)
  }

  private func words(_ label: String, _ whole: Any, _ values: [Any]) -> Bilingual? {
    switch (label, values.count) {
    case ("unknownOption", 2):
      let name = Self.option(values[1])
      let near = Self.suggestion(name, among: command.own.flatMap { $0.names ?? [] }.map(\.text) + ["--help"])
      return Bilingual(
        "オプション \(name) はありません。\(Self.japanese(near))", "There is no option \(name).\(Self.english(near))")
    case ("missingValueForOption", 2):
      let name = Self.option(values[1])
      return Bilingual("\(name) に値がありません。", "\(name) needs a value.")
    case ("unexpectedValueForOption", 3):
      let name = Self.option(values[1])
      return Bilingual("\(name) に値は付けられません: \(values[2])", "\(name) takes no value: \(values[2])")
    case ("unexpectedExtraValues", _):
      let words = values.compactMap { Mirror(reflecting: $0).children.map(\.value).last.map { "\($0)" } }
      return Bilingual(
        "余分な引数があります: \(words.joined(separator: " "))", "Not expected here: \(words.joined(separator: " "))")
    case ("noValue", _):
      let form = argument(of: whole)?.form ?? Self.name(of: whole)
      return Bilingual("\(form) が要ります。", "\(form) is missing.")
    case ("unableToParseValue", 5): return unreadable(values)
    case ("noArguments", _):
      let inner = Mirror(reflecting: whole).children.first
      return inner.flatMap { child in
        child.label.flatMap { words($0, child.value, Mirror(reflecting: child.value).children.map(\.value)) }
      }
    case ("userValidationError", _): return Bilingual(message, message)
    default: return nil
    }
  }

  private func unreadable(_ values: [Any]) -> Bilingual {
    let found = argument(of: values[3])
    let form = found?.form ?? Self.name(of: values[3])
    let value = "\(values[2])"
    guard let known = found?.allValues, !known.isEmpty else {
      let about = (found?.abstract).map { ($0.last.map { "。.".contains($0) } ?? true) ? $0 : $0 + "。" } ?? ""
      return Bilingual("\(form) の値「\(value)」は使えません。\(about)", "\(form) cannot be \(value). \(about)")
    }
    let near = Self.suggestion(value, among: known)
    return Bilingual(
      "\(form) の値「\(value)」は使えません。使えるもの: \(known.joined(separator: "、"))。\(Self.japanese(near))",
      "\(form) cannot be \(value); possible: \(known.joined(separator: ", ")).\(Self.english(near))")
  }

  /// The first word that stands where a command is expected and is none.
  private var unknownCommand: String? {
    guard !command.commands.isEmpty, let word = arguments.dropFirst(path.count).first, !word.hasPrefix("-"),
      word != "help", command.command(word) == nil
    else { return nil }
    return word
  }

  /// The argument that the parser names by the property it fills.
  private func argument(of key: Any) -> CommandTree.Argument? {
    let name = Self.name(of: key)
    return command.own.first { argument in
      argument.kind == .positional
        ? argument.valueName == name : (argument.names ?? []).contains { $0.name == name }
    } ?? command.own.first { $0.kind == .positional && Self.isPlural(name, of: $0.valueName ?? "") }
  }

  private static func isPlural(_ name: String, of value: String) -> Bool { name == value + "s" }

  /// `--name` or `-n`.
  private static func option(_ name: Any) -> String {
    guard let child = Mirror(reflecting: name).children.first else { return "\(name)" }
    let inner = Mirror(reflecting: child.value).children.first?.value ?? child.value
    return (child.label == "long" ? "--" : "-") + "\(inner)"
  }

  /// The name of an option that fills a property: `asOf` is `as-of`.
  private static func name(of key: Any) -> String {
    let children = Mirror(reflecting: key).children
    let key = children.first { $0.label == "forKey" }?.value ?? key
    let name = Mirror(reflecting: key).children.first { $0.label == "name" }?.value ?? key
    return "\(name)".reduce(into: "") { $0 += $1.isUppercase ? "-" + $1.lowercased() : String($1) }
  }

  /// A name that a mistyped one is near to: at most a third of its characters differ, but one always may.
  static func suggestion(_ word: String, among names: [String]) -> String? {
    let near = NameTable.nearest(word, among: names)
    return NameTable.distance(word, near) <= max(2, word.count / 3) && names.contains(near) ? near : nil
  }

  private static func japanese(_ near: String?) -> String { near.map { "\($0) のことですか。" } ?? "" }
  private static func english(_ near: String?) -> String { near.map { " Did you mean \($0)?" } ?? "" }
}
