import ArgumentParser
import Base
import CMalloc
import Foundation

/// The common beginning and end of both programs, `totsugo` and `totsugo-city`.
package enum CommandProgram {
  package static let version = "1.0.0"

  /// Reads the arguments, runs the named command, and ends the process with its exit code: 64 for wrong usage.
  package static func run<Root: ParsableCommand>(_ root: Root.Type) {
    Signals.install()
    Memory.settle()
    do {
      var command = try root.parseAsRoot(arguments)
      do { try command.run() } catch let exit as CleanExit { try help(root, of: command, exit) }
    } catch let failure as Failure {
      Foundation.exit(failure.code)
    } catch {
      end(root, error)
    }
  }

  /// The arguments; a language that stands before the command goes to its end.
  private static let arguments: [String] = {
    var words = Array(CommandLine.arguments.dropFirst())
    let count = words.first == "--language" ? 2 : words.first?.hasPrefix("--language=") == true ? 1 : 0
    guard count > 0, words.count > count else { return words }
    let language = words.prefix(count)
    words.removeFirst(count)
    words.insert(contentsOf: language, at: words.firstIndex(of: "--") ?? words.count)
    return words
  }()

  /// A command with subcommands runs by showing its help.
  private static func help(_ root: (some ParsableCommand).Type, of command: any ParsableCommand, _ exit: CleanExit)
    throws
  {
    guard let path = path(to: type(of: command), from: root) else { throw exit }
    CommonOptions.write(Data((try page(root, path).text + "\n").utf8))
  }

  private static func end(_ root: (some ParsableCommand).Type, _ error: any Error) -> Never {
    let stack = Mirror(reflecting: error).children.first { $0.label == "commandStack" }?.value
    let types = stack as? [any ParsableCommand.Type] ?? []
    let path = types.dropFirst().map { $0._commandName }.filter { $0 != "help" }
    let isHelp = Mirror(reflecting: error).children.contains { child in
      child.label == "parserError" && Mirror(reflecting: child.value).children.first?.label == "helpRequested"
    }
    if root.exitCode(for: error) == .success {
      let shown = isHelp ? try? page(root, path).text : nil
      CommonOptions.write(Data((shown ?? root.fullMessage(for: error)).utf8))
      CommonOptions.write(Data("\n".utf8))
      Foundation.exit(0)
    }
    guard let page = try? page(root, path), let tree = try? CommandTree(root) else {
      CommonOptions.complain(ShownText.withoutSecrets(root.fullMessage(for: error)))
      Foundation.exit(64)
    }
    // The language alone, before any command.
    if !tree.at(path).commands.isEmpty, Self.sayNothing(arguments.dropFirst(path.count)) {
      CommonOptions.write(Data((page.text + "\n").utf8))
      Foundation.exit(0)
    }
    let wrong = WrongUsage(
      error, message: root.message(for: error), arguments: arguments, path: path, root: tree)
    let name = page.path.joined(separator: " ")
    let text = [
      .said("エラー: ", "Error: ") + wrong.text.text(.ofProcess), page.usage,
      .said("詳しくは: \(name) --help", "More: \(name) --help"),
    ].joined(separator: "\n")
    CommonOptions.complain(ControlCharacter.shown(ShownText.withoutSecrets(text)))
    Foundation.exit(64)
  }

  private static func sayNothing(_ arguments: some Collection<String>) -> Bool {
    let words = Array(arguments)
    return words.count == 2 && words[0] == "--language" || words.count == 1 && words[0].hasPrefix("--language=")
  }

  private static func page(_ root: (some ParsableCommand).Type, _ path: [String]) throws -> HelpPage {
    let tree = try CommandTree(root)
    let groups = path.isEmpty ? root.configuration.groupedSubcommands : []
    return HelpPage(
      tree: tree.at(path), path: [tree.commandName] + path,
      groups: groups.map { ($0.name, $0.subcommands.map { $0._commandName }) }, language: .ofProcess,
      width: min(Terminal.output(colors: false).width ?? 100, 120))
  }

  /// The names from the root to a command.
  private static func path(to command: any ParsableCommand.Type, from root: any ParsableCommand.Type) -> [String]? {
    if command == root { return [] }
    for next in root.configuration.subcommands {
      if let rest = path(to: command, from: next) { return [next._commandName] + rest }
    }
    return nil
  }
}

/// Ends the command with an exit code; all messages have already been written.
package struct Failure: Error {
  package let code: Int32

  package init(code: Int32) { self.code = code }

  /// Done, with a negative result.
  package static let no = Failure(code: 1)
  /// The work could not be done.
  package static let trouble = Failure(code: 2)
  /// Wrong usage of an option.
  package static let usage = Failure(code: 64)
  /// Interrupted by the user; the work so far is kept.
  package static let interrupted = Failure(code: 130)
}

/// Makes the allocator return large blocks when they are freed: the key sets of checks are reallocated as they grow,
/// and the old blocks would otherwise stay with the process.
private enum Memory {
  static func settle() {
    mallopt(M_MMAP_THRESHOLD, 256 << 10)
    mallopt(M_TRIM_THRESHOLD, 1 << 20)
    mallopt(M_ARENA_MAX, 2)
  }
}

/// Turns SIGINT and SIGTERM into a request to stop at the next batch.
private enum Signals {
  static func install() {
    signal(SIGINT) { _ in Interruption.request() }
    signal(SIGTERM) { _ in Interruption.request() }
    signal(SIGPIPE, SIG_IGN)
    // A process started by a thread that blocks signals has inherited that.
    var wanted = sigset_t()
    sigemptyset(&wanted)
    sigaddset(&wanted, SIGINT)
    sigaddset(&wanted, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
  }
}
