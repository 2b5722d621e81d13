import Foundation
import Testing

extension Program {
  /// Runs a script of bash, in which `totsugo` is the program.
  func shell(_ script: String) throws -> Answer {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "totsugo() { \"$TOTSUGO\" \"$@\"; }\n" + script]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(["LANG": "C", "TOTSUGO": Self.binary]) { $1 }
    for file in ["stdout", "stderr"] { _ = FileManager.default.createFile(atPath: folder + "/" + file, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: folder + "/stdout")
    process.standardError = FileHandle(forWritingAtPath: folder + "/stderr")
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Answer(code: process.terminationStatus, output: try file("stdout"), errors: try file("stderr"))
  }
}

/// The file of a reference is opened once: pipes lose no bytes, and no command hangs.
@Suite struct OneOpeningTests {
  private func program() throws -> Program {
    let program = try Program()
    let rows = (0..<60_000).map { "\($0 + 100_000),value \($0 % 13)\n" }
    try program.write("id,v\n" + rows.joined(), to: "big.csv")
    var other = rows
    other[4] = "100004,other\n"
    try program.write("id,v\n" + other.joined(), to: "other.csv")
    try program.write("id,v\n3,c\n2,b\n1,a\n", to: "three.csv")
    try program.write("{\"id\":1,\"v\":\"a\"}\n{\"id\":2,\"v\":\"b\"}\n{\"id\":3,\"v\":\"c\"}\n", to: "three.ndjson")
    try program.write("id\tv\n1\ta\n2\tb\n3\tc\n", to: "three.tsv")
    try program.write("       01  R.\n           05  id PIC X(1).\n           05  v  PIC X(1).\n", to: "R.cpy")
    try program.write("1a2b3c", to: "three.dat")
    try program.write("columns:\n  v: {type: text}\n", to: "map.yaml")
    try program.write(
      "accept:\n  - {id: A, reason: r, approver: p, expires: 2099-12-31, columns: [v]}\n", to: "accept.yaml")
    return program
  }

  /// Same, changed, left only, right only of a comparison in bash.
  @Test(arguments: [
    ("csv:<(cat big.csv) csv:<(cat other.csv)", [59_999, 1, 0, 0]),
    ("csv:<(cat big.csv) big.csv", [60_000, 0, 0, 0]),
    ("big.csv csv:<(cat other.csv)", [59_999, 1, 0, 0]),
    ("csv:<(gzip -c big.csv) other.csv", [59_999, 1, 0, 0]),
    ("csv:<(echo id,v; tail -n +2 big.csv | sort -r) other.csv", [59_999, 1, 0, 0]),
    ("csv:<(cat three.csv) csv:<(tac three.csv | sed '$d' | sed '1i id,v')", [3, 0, 0, 0]),
    ("tsv:<(cat three.tsv) three.csv", [3, 0, 0, 0]),
    ("ndjson:<(cat three.ndjson) ndjson:three.ndjson", [3, 0, 0, 0]),
    ("'legacy:three.dat?copybook=R.cpy&charset=us-ascii' csv:<(tr idv IDV < three.csv) --key ID", [3, 0, 0, 0]),
    (
      "\"legacy:\"<(cat three.dat)'?copybook=R.cpy&charset=us-ascii' csv:<(tr idv IDV < three.csv) --key ID",
      [3, 0, 0, 0]
    ),
    ("'csv:/dev/stdin' three.csv < three.csv", [3, 0, 0, 0]),
    ("'csv:/dev/stdin' three.csv < <(cat three.csv)", [3, 0, 0, 0]),
    ("three.csv three.tsv --map <(cat map.yaml)", [3, 0, 0, 0]),
    ("big.csv other.csv --accept <(cat accept.yaml)", [59_999, 0, 0, 0]),
  ]) func aPipeLosesNothing(_ references: String, _ counts: [Int]) throws {
    let program = try program()
    defer { program.remove() }
    let answer = try program.shell(
      "totsugo diff \(references) \(references.contains("--key") ? "" : "--key id") --format json")
    #expect(answer.counts == counts, "\(answer.errors)")
    #expect(answer.code == (counts[1...] == [0, 0, 0] ? 0 : 1))
  }

  /// An input that can be read only once is refused the second time.
  @Test(arguments: [
    ("three.csv", "diff csv:/dev/stdin csv:/dev/stdin --key id"),
    ("map.yaml", "diff csv:/dev/stdin three.csv --key id --map /dev/stdin"),
    ("map.yaml", "diff three.csv three.csv --key id --map /dev/stdin --accept /dev/stdin"),
    ("R.cpy", "decode /dev/stdin --copybook /dev/stdin --charset us-ascii"),
  ]) func onePipeForTwoThingsIsRefused(_ input: String, _ command: String) throws {
    let program = try program()
    defer { program.remove() }
    let answer = try program.shell("cat \(input) | totsugo \(command) --language en")
    #expect(answer.code == 2 && answer.errors.contains("[file.once]") && answer.output.isEmpty, "\(answer.errors)")
  }

  /// A named pipe without a writer makes the program wait, and a signal ends the waiting.
  @Test(arguments: [
    "diff csv:p three.csv --key id", "diff three.csv ndjson:p --key id",
    "diff three.csv three.csv --key id --map p", "decode p --copybook R.cpy --charset us-ascii",
    "profile p --copybook R.cpy --charset us-ascii", "inspect p --copybook R.cpy --record 1", "lint p",
    "decode three.dat --copybook p --charset us-ascii", "parallel p --day 2019-11-18",
  ]) func waitingForAPipeEndsWithASignal(_ command: String) throws {
    let program = try program()
    defer { program.remove() }
    let answer = try program.shell(
      """
      mkfifo p; "$TOTSUGO" \(command) & id=$!
      sleep 0.7; kill -0 $id || exit 99; kill -TERM $id
      for i in $(seq 100); do kill -0 $id 2>/dev/null || break; sleep 0.1; done
      kill -9 $id 2>/dev/null && exit 98
      wait $id; exit $?
      """)
    #expect(answer.code == 130, "\(answer.code) \(answer.errors)")
  }

  @Test func aNamedPipeWhoseWriterWritesOnceIsReadWhole() throws {
    let program = try program()
    defer { program.remove() }
    let answer = try program.shell("mkfifo p; cat big.csv > p & totsugo diff csv:p other.csv --key id --format json")
    #expect(answer.counts == [59_999, 1, 0, 0], "\(answer.errors)")
    let decoded = try program.shell(
      "mkfifo q; cat three.dat > q & totsugo decode q --copybook R.cpy --charset us-ascii")
    #expect(decoded.output.split(separator: "\n").count == 3, "\(decoded.errors)")
  }

  /// A run requires files that can be read at any place: reported at once.
  @Test func aRunRefusesPipes() throws {
    let program = try Program()
    defer { program.remove() }
    let answer = try program.shell(
      "mkfifo data/NOTICE.dat; totsugo run '\(Program.notices)' --data data --workspace ws --language en")
    #expect(answer.code == 2 && answer.errors.contains("not a regular file"), "\(answer.errors)")
  }

  /// A reading that fails is never an empty file.
  @Test(arguments: [
    ("--map nothing.yaml", "No such file"), ("--map .", "a directory"), ("--accept nothing.yaml", "No such file"),
  ]) func aDefinitionThatCannotBeReadIsToldWithItsReason(_ option: String, _ reason: String) throws {
    let program = try program()
    defer { program.remove() }
    let answer = try program.shell("totsugo diff three.csv three.csv --key id \(option) --language en")
    #expect(answer.code == 2 && answer.errors.contains("[definition.open]") && answer.errors.contains(reason))
  }

  /// A workbook that does not arrive, and a reader that does not read, do not block other writers: the ledger is not
  /// held meanwhile.
  @Test(arguments: [
    "mkfifo w.xlsx; \"$TOTSUGO\" items import PROJECT w.xlsx --by 佐藤 --dry-run --workspace ws & sleep 2",
    "mkfifo out; exec 9<>out; \"$TOTSUGO\" issues show PROJECT I-0001 --workspace ws >out & sleep 2",
  ])
  func nobodyWaitsForWhatAnotherReadsOrPrints(_ script: String) throws {
    let program = try Program()
    defer { program.remove() }
    // More than a pipe holds.
    let detail = String(repeating: "詳", count: 32_000)
    let opened = try program.run(
      "issues", "open", Program.notices, "--workspace", "ws", "--title", "長い", "--severity", "S3", "--section", "市民税課",
      "--detail", detail, "--by", "山田")
    #expect(opened.code == 0, "\(opened.errors)")
    let begun = script.replacing("PROJECT", with: "'\(Program.notices)'")
    let answer = try program.shell(
      """
      \(begun)
      kill -0 $! || echo it has ended
      totsugo issues open '\(Program.notices)' --workspace ws --title 次 --severity S3 --section 市民税課 --by 鈴木
      code=$?
      kill -9 $!
      exit $code
      """)
    #expect(answer.code == 0 && !answer.output.contains("it has ended"), "\(answer)")
  }
}
