import ArgumentParser
import Base
import Foundation

/// The options of every command.
package struct CommonOptions: ParsableArguments {
  package enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: .said("答えの形式。text（文章）または json", "Form of the answer: text or json."))
  package var format: Format = .text

  @Option(help: .said("報告とメッセージの言語。ja（日本語）または en（英語）", "Language of reports and messages: ja or en."))
  package var language: Language?

  @Flag(help: .said("進捗と警告を表示しない", "No progress and no warnings."))
  package var quiet = false

  @Flag(
    inversion: .prefixedNo, help: .said("端末での色分け（環境変数 NO_COLOR にも従う）", "Colour on a terminal (NO_COLOR is honoured)."))
  package var color = true

  package init() {}

  /// The language: the requested one, else the project's, else LANG's, else English.
  package func language(_ project: Language? = nil) -> Language {
    if let language { return language }
    return project ?? .ofProcess
  }

  /// Writes the answer to standard output. Control characters are shown, so that entered text has no effect on a
  /// terminal.
  package func answer(_ text: String) { Self.write(Data((ControlCharacter.shown(text) + "\n").utf8)) }

  /// What standard output is.
  package var terminal: Terminal { .output(colors: color) }

  /// Writes the answer with words in colours, where there are colours: whole words, the longer before the shorter.
  package func answer(_ text: String, painting colours: [String: Terminal.Colour]) {
    let terminal = terminal
    guard terminal.isColored else { return answer(text) }
    let words = colours.keys.sorted { ($0.count, $0) > ($1.count, $1) }
    let painted = text.components(separatedBy: "\n").map { line in
      // Words are told apart by blanks and brackets; what else stands in a line stays.
      ControlCharacter.shown(line).split(separator: " ", omittingEmptySubsequences: false).map { piece in
        guard let word = words.first(where: { piece.hasPrefix($0) }),
          piece.dropFirst(word.count).first.map({ "（、,".contains($0) }) ?? true
        else { return String(piece) }
        return terminal.text(word, in: colours[word]) + piece.dropFirst(word.count)
      }.joined(separator: " ")
    }
    Self.write(Data((painted.joined(separator: "\n") + "\n").utf8))
  }

  /// Writes the lines of tables to standard output, as they are: they are made safe where they are coloured.
  package func answer(lines: [String]) {
    let text = lines.joined(separator: "\n") + "\n"
    Self.write(Data((terminal.isColored ? text : ControlCharacter.shown(text)).utf8))
  }

  /// Writes bytes to standard output. When the reader has left (`| head`) the program ends quietly; when the disk is
  /// full it ends with a message. Either way not with 0.
  package static func write(_ data: Data) {
    data.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let wrote = Foundation.write(STDOUT_FILENO, bytes.baseAddress! + done, bytes.count - done)
        if wrote < 0, errno == EINTR { continue }
        guard wrote > 0 else {
          if errno != EPIPE {
            let why = String(cString: strerror(errno))
            complain(Diagnostic(.outputWrite, at: Place(file: "standard output"), why).message(.english))
          }
          Foundation.exit(Failure.trouble.code)
        }
        done += wrote
      }
    }
  }

  /// Writes one JSON document, keys in snake_case and sorted, integers exact.
  ///
  /// - Throws: `workspace.write` for a value that JSON cannot represent.
  package func answer(json value: some Encodable) throws {
    let text = String(decoding: try JSONDocument.data(value), as: UTF8.self)
    Self.write(Data((ControlCharacter.escaped(json: text) + "\n").utf8))
  }

  /// Writes to standard error unless `--quiet`.
  package func say(_ text: String) { if !quiet { Self.complain(ControlCharacter.shown(text)) } }

  /// Whether progress may be shown: on a terminal, and not with `--quiet`.
  package var isTalkative: Bool { !quiet && isatty(STDERR_FILENO) == 1 }

  /// Writes to standard error; a missing reader does not stop the program.
  package static func complain(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  /// Runs `body`; reports its error.
  ///
  /// - Throws: ``Failure`` with the exit code, after a ``Diagnostic`` or ``Diagnostics``: `usage` for an error in an
  ///   option, `interrupted` for an interruption by the user, otherwise `trouble`. Other errors of `body` as they are.
  package func reporting<T>(_ language: Language? = nil, _ body: () throws -> T) throws -> T {
    do { return try body() } catch let diagnostic as Diagnostic {
      if diagnostic.code == .outputWrite, errno == EPIPE { throw Failure.trouble }
      Self.complain(diagnostic.message(language ?? self.language()))
      if diagnostic.isInterruption { throw Failure.interrupted }
      throw diagnostic.isUsage ? Failure.usage : Failure.trouble
    } catch let diagnostics as Diagnostics {
      for item in diagnostics.items { Self.complain(item.message(language ?? self.language())) }
      if diagnostics.items.contains(where: \.isInterruption) { throw Failure.interrupted }
      throw Failure.trouble
    }
  }
}

extension Language: ExpressibleByArgument {}

extension Diagnostic {
  /// True for an interruption by the user.
  package var isInterruption: Bool { [.interrupted, .diffInterrupted, .readInterrupted].contains(code) }

  /// True for an error in a command's option, not in a file.
  fileprivate var isUsage: Bool {
    guard let file = place.file else {
      return [.optionValue, .dialectValue, .frameFormat, .copybookGroup, .reportPaper, .parallelNone].contains(code)
    }
    return file.hasPrefix("--")
  }
}
