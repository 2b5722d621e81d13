import Base
import Commands
import Foundation
import Testing

/// `--help` and wrong usage of the built programs, in both languages.
@Suite struct HelpTests {
  /// A command of a program with everything that it says of itself.
  private struct Described {
    let path: [String]
    let abstract: String
    let discussion: String
    let arguments: [(name: String, text: String)]
  }

  private static func described(_ first: String, _ language: String) throws -> [Described] {
    let program = try Program()
    defer { program.remove() }
    let words = (first.isEmpty ? [] : [first]) + ["--experimental-dump-help"]
    let answer = try program.run(all: words, environment: ["LANG": language])
    var found: [Described] = []
    func walk(_ command: [String: Any], _ path: [String]) {
      guard let name = command["commandName"] as? String, name != "help" else { return }
      let arguments = (command["arguments"] as? [[String: Any]] ?? []).compactMap { argument -> (String, String)? in
        let preferred = (argument["preferredName"] as? [String: String])?["name"]
        if ["help", "version"].contains(preferred) { return nil }
        return (preferred ?? argument["valueName"] as? String ?? "", argument["abstract"] as? String ?? "")
      }
      found.append(
        Described(
          path: path + [name], abstract: command["abstract"] as? String ?? "",
          discussion: command["discussion"] as? String ?? "", arguments: arguments))
      for next in command["subcommands"] as? [[String: Any]] ?? [] { walk(next, path + [name]) }
    }
    walk(answer.json["command"] as? [String: Any] ?? [:], [])
    return found
  }

  private static func hasJapanese(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) || (0x4E00...0x9FFF).contains($0.value) }
  }

  /// English text without what the city calls a thing, which stands in brackets.
  private static func withoutTerms(_ text: String) -> String {
    text.replacing(/[（(][^()（）]*[)）]/, with: "")
  }

  /// The first word chooses the program; without one it is `totsugo` with all its commands.
  @Test(arguments: ["", "generate", "outputs", "mutate"])
  func everyTextIsInBothLanguages(_ first: String) throws {
    let japanese = try Self.described(first, "ja_JP.UTF-8")
    let english = try Self.described(first, "C")
    #expect(japanese.map(\.path) == english.map(\.path) && japanese.count >= (first.isEmpty ? 80 : 1))
    for command in japanese {
      let name = command.path.joined(separator: " ")
      #expect(Self.hasJapanese(command.abstract), "\(name): \(command.abstract)")
      #expect(command.discussion.isEmpty || Self.hasJapanese(command.discussion), "\(name): \(command.discussion)")
      for (argument, text) in command.arguments { #expect(Self.hasJapanese(text), "\(name) \(argument): \(text)") }
    }
    for command in english {
      let name = command.path.joined(separator: " ")
      let texts = [command.abstract, command.discussion] + command.arguments.map(\.text)
      #expect(!command.abstract.isEmpty && command.arguments.allSatisfy { !$0.text.isEmpty }, "\(name)")
      for text in texts { #expect(!Self.hasJapanese(Self.withoutTerms(text)), "\(name): \(text)") }
    }
  }

  @Test(arguments: [
    ("C", ["Migrate:", "Judge:", "Look into:", "Record:"]), ("ja_JP.UTF-8", ["移行する:", "判定する:", "調べる:", "記録する:"]),
  ])
  func eachCommandIsInOneGroup(_ language: String, _ groups: [String]) throws {
    let program = try Program()
    defer { program.remove() }
    let commands = try Self.described("", language).filter { $0.path.count == 2 }.map { $0.path[1] }
    let help = try program.run(all: ["--help"], environment: ["LANG": language])
    let lines = help.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(help.code == 0 && lines.filter { groups.contains($0) } == groups, "\(help.output)")
    let below = lines.drop { $0 != groups[0] }
    // What is wrapped stands far from the edge.
    let listed = below.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }.compactMap {
      $0.split(separator: " ").first.map(String.init)
    }
    #expect(listed.sorted() == commands.sorted())
  }

  @Test func helpIsWholeInJapanese() throws {
    let program = try Program()
    defer { program.remove() }
    let asked = try program.run("gate", "--help", "--language", "ja")
    #expect(asked.code == 0 && asked.errors.isEmpty)
    for word in ["使い方: totsugo gate <name> <project> [オプション]", "引数:", "オプション:", "--color/--no-color", "この説明を表示する"] {
      #expect(asked.output.contains(word), "\(word): \(asked.output)")
    }
    for word in ["Usage", "USAGE", "OPTIONS", "default:"] { #expect(!asked.output.contains(word)) }
    // However one asks, the answer is the same.
    #expect(try program.run(all: ["help", "gate"], environment: ["LANG": "ja_JP.UTF-8"]).output == asked.output)
    for language in [["--language", "ja"], ["--language=ja"]] {
      #expect(try program.run(all: language + ["gate", "--help"]).output == asked.output)
    }
    let codes = try program.run(all: ["--language", "ja", "list", "charsets"])
    let after = try program.run(all: ["list", "charsets", "--language", "ja"])
    #expect(codes.code == 0 && codes.output == after.output)
    let parent = try program.run("issues", "--language", "ja")
    #expect(parent.code == 0 && parent.output.contains("サブコマンド:") && parent.output.contains("課題を起票する"))
  }

  /// A wrong line, and what is said of it in both languages.
  struct Wrong: Sendable {
    let words: [String]
    let ja: String
    let en: String

    init(_ line: String, _ ja: String, _ en: String) {
      words = line.split(separator: " ").map(String.init)
      (self.ja, self.en) = (ja, en)
    }
  }

  @Test(arguments: [
    Wrong("gatee", "コマンド gatee はありません。gate のことですか。", "There is no command gatee. Did you mean gate?"),
    Wrong("issues lst x", "コマンド lst はありません。list のことですか。", "There is no command lst. Did you mean list?"),
    Wrong("zzzzzzzz", "コマンド zzzzzzzz はありません。\n", "There is no command zzzzzzzz.\n"),
    Wrong("gate", "<name> が要ります。", "<name> is missing."),
    Wrong("gate x", "<project> が要ります。", "<project> is missing."),
    Wrong("issues open x --by y", "--title <title> が要ります。", "--title <title> is missing."),
    Wrong("schedule approve x --by y", "<milestones> が要ります。", "<milestones> is missing."),
    Wrong(
      "gate x y --asof z", "オプション --asof はありません。--as-of のことですか。", "There is no option --asof. Did you mean --as-of?"),
    Wrong("gate x y -q", "オプション -q はありません。\n", "There is no option -q.\n"),
    Wrong(
      "gate x y --as-of z", "--as-of <as-of> の値「z」は使えません。この日（YYYY-MM-DD）", "--as-of <as-of> cannot be z. Judge as of"),
    Wrong(
      "run x --stage rehersal", "使えるもの: rehearsal、production。rehearsal のことですか。",
      "possible: rehearsal, production. Did you mean rehearsal?"),
    Wrong("run x --target", "--target に値がありません。", "--target needs a value."),
    Wrong("run x --resume=1", "--resume に値は付けられません: 1", "--resume takes no value: 1"),
    Wrong("items list x y z", "余分な引数があります: y z", "Not expected here: y z"),
    Wrong("decode x", "--copybook でファイルのコピー句を指定してください。", "--copybook names the file's copybook."),
    Wrong("generate x", "-o フォルダ を指定してください。", "-o FOLDER is missing."),
    Wrong(
      "generate x -o y --sed 1", "オプション --sed はありません。--seed のことですか。", "There is no option --sed. Did you mean --seed?"),
  ])
  func wrongUsageIsToldInBothLanguages(_ wrong: Wrong) throws {
    let program = try Program()
    defer { program.remove() }
    for (language, said, head) in [("ja_JP.UTF-8", wrong.ja, "エラー: "), ("C", wrong.en, "Error: ")] {
      let answer = try program.run(all: wrong.words, environment: ["LANG": language])
      #expect(answer.code == 64 && answer.output.isEmpty, "\(answer)")
      #expect(answer.errors.hasPrefix(head) && answer.errors.contains(said), "\(said): \(answer.errors)")
      #expect(answer.errors.contains(language == "C" ? "Usage: totsugo" : "使い方: totsugo"))
    }
  }

  @Test(
    arguments: [
      (["--language", "ja"], nil, "ja"), (["--language=ja"], "C", "ja"), ([], "ja_JP.UTF-8", "ja"), ([], nil, "en"),
      (["--language", "en"], "ja_JP.UTF-8", "en"), (["--", "--language", "ja"], nil, "en"),
      (["--language"], "ja", "ja"), (["--language", "fr"], nil, "en"),
    ] as [([String], String?, String)])
  func theLanguageIsThatOfTheOptionElseOfTheComputer(_ words: [String], _ lang: String?, _ expected: String) {
    #expect(Language(arguments: words, lang: lang).rawValue == expected)
  }
}
