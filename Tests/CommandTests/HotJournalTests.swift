import CSQLite
import Foundation
import Testing

/// A ledger whose last commit ended half-way, as after kill -9 or a power cut: `ledger.sqlite-journal` is beside it.
@Suite struct HotJournalTests {
  /// A workspace `ws` with a run, and `hot`, its state after a process was killed: pages of a transaction that was
  /// never committed, and the journal that rolls them back.
  private static func killed() throws -> Program {
    let program = try Program()
    try program.write(NoticeFile.clean(3).bytes)
    try program.run("run", Program.notices, "--data", "data", "--workspace", "ws", "--quiet")
    try program.run(
      "issues", "open", Program.notices, "--title", "端数", "--severity", "S2", "--section", "課", "--owner", "田中",
      "--due",
      "2099-01-01", "--by", "佐藤", "--workspace", "ws")
    try makeHot(program)
    return program
  }

  private static func makeHot(_ program: Program) throws {
    try FileManager.default.copyItem(atPath: program.folder + "/ws", toPath: program.folder + "/hot")
    var handle: OpaquePointer?
    let file = program.folder + "/ws/ledger.sqlite"
    try #require(sqlite3_open(file, &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    // With a cache of one page the transaction reaches the file before its end.
    let script = """
      PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN IMMEDIATE;
      UPDATE entry SET text = text || text, digest = 'none'; UPDATE issue SET title = '？'; DELETE FROM run;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
        INSERT INTO waiver (id, revision, reason) SELECT 'W-' || i, i, hex(randomblob(500)) FROM n;
      """
    try #require(
      sqlite3_exec(handle, script, nil, nil, nil) == SQLITE_OK, "\(String(cString: sqlite3_errmsg(handle)))")
    for name in ["ledger.sqlite", "ledger.sqlite-journal"] {
      let target = program.folder + "/hot/" + name
      try? FileManager.default.removeItem(atPath: target)
      try FileManager.default.copyItem(atPath: program.folder + "/ws/" + name, toPath: target)
    }
    try #require(sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) == SQLITE_OK)
  }

  static let readers: [[String]] = [
    ["ledger", "verify"], ["ledger", "list"], ["gate", "provisional"], ["items", "list"], ["items", "show", "NT-003"],
    ["issues", "list"], ["schedule", "list"], ["meetings", "list"], ["decisions", "list"], ["waivers", "list"],
    ["requests", "list"], ["estimates", "list"], ["hours", "list"], ["differences", "list"],
    ["report", "--to", "markdown"], ["report", "--paper", "status", "--to", "json"],
  ]

  private static func read(_ program: Program, _ words: [String], _ workspace: String) throws -> Program.Answer {
    let place = ["report"].contains(words[0]) ? 1 : 2
    let before = Array(words.prefix(place)), behind = Array(words.dropFirst(place))
    return try program.run(
      all: (words[0] == "items" && words[1] == "show"
        ? [words[0], words[1], Program.notices, words[2]]
        : before + [Program.notices] + behind) + ["--workspace", workspace, "--language", "en"])
  }

  private static func bytes(_ program: Program, _ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: program.folder + "/" + name))
  }

  /// The first reader restores the ledger, and answers as if nothing had happened. Nothing is entered.
  @Test(arguments: readers) func everyReaderRecovers(_ words: [String]) throws {
    let program = try Self.killed()
    defer { program.remove() }
    #expect(try Self.bytes(program, "hot/ledger.sqlite") != Self.bytes(program, "ws/ledger.sqlite"))
    let answer = try Self.read(program, words, "hot")
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/hot/ledger.sqlite-journal"))
    #expect(try Self.bytes(program, "hot/ledger.sqlite") == Self.bytes(program, "ws/ledger.sqlite"))
    let wanted = try Self.read(program, words, "ws")
    #expect(answer.code == wanted.code && answer.code < 2, "\(answer.errors)")
    #expect(answer.output == wanted.output.replacing("/ws/", with: "/hot/"), "\(answer.output)")
    #expect(try Self.read(program, ["ledger", "verify"], "hot").code == 0)
  }

  /// The journal is required to restore it: without it the ledger is not as it was entered, and no command says that it
  /// is.
  @Test func withoutItsJournalTheLedgerIsNotWhole() throws {
    let program = try Self.killed()
    defer { program.remove() }
    try FileManager.default.removeItem(atPath: program.folder + "/hot/ledger.sqlite-journal")
    let verify = try Self.read(program, ["ledger", "verify"], "hot")
    #expect(verify.code != 0, "\(verify.output)")
    #expect(!(verify.output + verify.errors).contains("the ledger is whole"))
  }

  /// A user who may only read cannot restore it. The message names the file, says that it must stay, and says who can
  /// restore it.
  @Test(arguments: [
    ["ledger", "verify"], ["gate", "provisional"], ["items", "list"], ["report", "--to", "markdown"],
  ])
  func whoMayOnlyReadIsToldWhatToDo(_ words: [String]) throws {
    let program = try Self.killed()
    defer {
      program.allow(0o700)
      program.remove()
    }
    let hot = program.folder + "/hot"
    program.allow(0o500)
    let project = Program.notices
    let all = words.prefix(words[0] == "report" ? 1 : 2) + [project] + words.dropFirst(words[0] == "report" ? 1 : 2)
    for (language, told) in [
      (
        "en",
        "\(hot)/ledger.sqlite-journal: a write into the ledger ended half-way, and cannot be taken back from here:"
      ),
      ("ja", "\(hot)/ledger.sqlite-journal: 台帳への書込みが途中で終わっており、ここからは元に戻せません:"),
    ] {
      let answer = try program.run(
        all: all + ["--workspace", hot, "--language", language], asReader: true)
      #expect(answer.code == 2, "\(answer.output)")
      #expect(answer.errors.contains(told) && answer.errors.contains("[ledger.journal]"), "\(answer.errors)")
      #expect(
        answer.errors.contains(
          language == "en"
            ? "This file is part of the ledger: do not delete it, and keep it beside ledger.sqlite. Let someone who may write in the workspace run any command once"
            : "このファイルは台帳の一部です。消さず、ledger.sqlite と離さないでください。作業場所に書き込める人が"), "\(answer.errors)")
      #expect(!answer.errors.contains("copy") && !answer.errors.contains("控え"), "\(answer.errors)")
    }
    // A user who may write runs any command; then the ledger can be read.
    program.allow(0o700)
    #expect(try Self.read(program, ["items", "list"], "hot").code == 0)
    program.allow(0o500)
    let again = try program.run(all: all + ["--workspace", hot, "--language", "en"], asReader: true)
    #expect(again.code < 2, "\(again.errors)")
  }

  /// An intact ledger can be read by a user who may only read.
  @Test(arguments: [["ledger", "verify"], ["items", "list"], ["gate", "provisional"]])
  func whoMayOnlyReadReads(_ words: [String]) throws {
    let program = try Self.killed()
    defer {
      program.allow(0o700)
      program.remove()
    }
    #expect(try Self.read(program, words, "hot").code < 2)
    program.allow(0o500)
    let answer = try program.run(
      all: words + [Program.notices, "--workspace", program.folder + "/hot"], asReader: true)
    #expect(answer.code < 2, "\(answer.errors)")
  }

  /// A file without the right to read it is neither gone nor changed: nothing can be proven, and it does not indicate
  /// tampering.
  @Test(arguments: ["runs/0001/evidence.json", "ledger.sqlite", ""]) func whoMayNotReadIsToldSo(_ path: String) throws {
    let program = try Self.killed()
    defer {
      program.allow(0o700)
      program.remove()
    }
    #expect(try Self.read(program, ["items", "list"], "hot").code == 0)
    program.allow(0o500)
    // Root runs as another user; any other user removes the right from themselves.
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: program.folder + "/hot" + (path.isEmpty ? "" : "/" + path))
    for words in [["ledger", "verify"], ["gate", "provisional"]] {
      let answer = try program.run(
        all: words + [Program.notices, "--workspace", program.folder + "/hot", "--language", "en"], asReader: true)
      #expect(answer.code == 2, "\(words): \(answer.output)\(answer.errors)")
      #expect(
        path.hasPrefix("runs")
          ? answer.errors.contains("evidence.json: the file cannot be opened: Permission denied")
          : answer.errors.contains("[ledger.database]"), "\(answer.errors)")
    }
  }

  /// A missing ledger beside its journal is not created again: SQLite would delete the journal.
  @Test func aJournalWithoutItsLedgerIsNotBegunAnew() throws {
    let program = try Program()
    defer { program.remove() }
    try FileManager.default.createDirectory(atPath: program.folder + "/ws", withIntermediateDirectories: true)
    try program.write(Array("journal".utf8), to: "ws/ledger.sqlite-journal")
    for words in [["items", "list"], ["ledger", "verify"], ["items", "investigate", "NT-003", "--by", "山田"]] {
      let answer = try program.run(
        all: words.prefix(2) + [Program.notices] + words.dropFirst(2) + ["--workspace", "ws", "--language", "en"])
      #expect(answer.code == 2 && answer.errors.contains("[ledger.gone]"), "\(words): \(answer.errors)")
      #expect(
        answer.errors.contains("first move a ledger.sqlite-journal that is still there elsewhere"), "\(answer.errors)")
    }
    #expect(try Self.bytes(program, "ws/ledger.sqlite-journal") == Data("journal".utf8))
    #expect(!FileManager.default.fileExists(atPath: program.folder + "/ws/ledger.sqlite"))
  }

  /// The pages of `serve` recover it, too, also when it happens while they are shown.
  @Test func pagesRecover() throws {
    let office = try SiteTests.Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    let targets = ["/", "/items", "/gates/provisional", "/issues"]
    let before = targets.map { visitor.get($0) }
    #expect(before.allSatisfy { $0.status == 200 })
    try Self.makeHot(office.program)
    for name in ["ledger.sqlite", "ledger.sqlite-journal"] {
      let target = office.program.folder + "/ws/" + name
      try? FileManager.default.removeItem(atPath: target)
      try FileManager.default.copyItem(atPath: office.program.folder + "/hot/" + name, toPath: target)
    }
    for (target, page) in zip(targets, before) {
      let after = visitor.get(target)
      #expect(after.status == page.status, "\(target): \(after.text)")
    }
    #expect(!FileManager.default.fileExists(atPath: office.program.folder + "/ws/ledger.sqlite-journal"))
  }
}

extension Program {
  /// Sets the rights of `hot` and everything in it; others may read it when its owner may.
  func allow(_ mode: Int) {
    let files = FileManager.default
    let paths = (files.subpaths(atPath: folder + "/hot") ?? []).map { folder + "/hot/" + $0 } + [folder + "/hot"]
    // Folders are opened before what is in them.
    for path in mode == 0o700 ? paths.reversed() : paths {
      var isFolder: ObjCBool = false
      guard files.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      let own = isFolder.boolValue ? mode : mode & 0o600
      try? files.setAttributes([.posixPermissions: own | (own & 0o500) >> 3 | (own & 0o500) >> 6], ofItemAtPath: path)
    }
  }
}
