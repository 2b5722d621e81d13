import Base
import Tables
import CSQLite
import Foundation
import Testing

/// Mistaken entries are withdrawn by name and reason, and no longer count; and registers are rebuilt.
@Suite struct WithdrawalTests {
  /// The project of a rehearsal's whole life, with hours of old batches.
  private struct City {
    let program: Program
    let project: String

    init() throws {
      program = try Program()
      project = try RehearsalLifeTests.project(program)
      try "id,title_ja,title_en,hours,replaced\nKE,軽自動車税,Light vehicles,100,yes\n".write(
        toFile: program.folder + "/project/registers/batch-hours.csv", atomically: true, encoding: .utf8)
      let gates = program.folder + "/project/gates.yaml"
      let text = try String(contentsOfFile: gates, encoding: .utf8)
      try text.replacing("extract-requests: 1}", with: "extract-requests: 1, batch-hours: 1}")
        .write(toFile: gates, atomically: true, encoding: .utf8)
    }

    /// Runs words in which `_` is the project; expects an exit code.
    @discardableResult
    func run(_ words: String, _ more: String..., expecting code: Int32 = 0, at line: Int = #line) throws
      -> Program.Answer
    {
      let all = words.split(separator: " ").map { $0 == "_" ? project : String($0) } + more
      let answer = try program.run(all: all + ["--workspace", "ws", "--language", "en"])
      #expect(answer.code == code, "line \(line): \(words): \(answer.output)\(answer.errors)")
      return answer
    }

    /// Rewrites the ledger with other words, intact in itself.
    func rewrite(_ words: [(old: String, new: String)]) throws {
      var database: OpaquePointer?
      defer { sqlite3_close(database) }
      try #require(sqlite3_open(program.folder + "/ws/ledger.sqlite", &database) == SQLITE_OK)
      var entries: OpaquePointer?
      let sql = "SELECT number, text, digest FROM entry ORDER BY number"
      try #require(sqlite3_prepare_v2(database, sql, -1, &entries, nil) == SQLITE_OK)
      var (digests, updates): ([String: String], [String]) = ([:], [])
      while sqlite3_step(entries) == SQLITE_ROW {
        var text = String(cString: sqlite3_column_text(entries, 1))
        for (old, new) in words + digests.map({ ($0, $1) }) { text = text.replacing(old, with: new) }
        let digest = SHA256.digest(of: text)
        digests = [String(cString: sqlite3_column_text(entries, 2)): digest]
        let quoted = text.replacing("'", with: "''")
        updates.append(
          "UPDATE entry SET text = '\(quoted)', digest = '\(digest)' WHERE number = \(sqlite3_column_int64(entries, 0))"
        )
      }
      sqlite3_finalize(entries)
      for update in updates { #expect(sqlite3_exec(database, update, nil, nil, nil) == SQLITE_OK) }
    }

    func rehearse(at line: Int = #line) throws {
      try program.write(RehearsalLifeTests.bytes(isBroken: false))
      try run("run _ --data data --quiet", at: line)
    }

    func compare(_ new: String, expecting code: Int32, at line: Int = #line) throws {
      try program.write(Array("id,yen\n1,100\n".utf8), to: "project/old-2019-11-21.csv")
      try program.write(Array("id,yen\n1,\(new)\n".utf8), to: "project/new-2019-11-21.csv")
      try run("parallel project/parallel.yaml --day 2019-11-21 --quiet", expecting: code, at: line)
    }

    func state(_ item: String) throws -> String {
      let show = try run("items show _ \(item) --format json")
      return (show.json["item"] as? [String: Any])?["state"] as? String ?? "–"
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let enter: String
    /// The content of the list afterwards, and the command that shows it.
    let list: String
    let shows: String
    /// The withdrawn record or entry.
    let record: String
    let what: String
    /// The record that the same words create the second time: numbers are not reused.
    let next: String
    var testDescription: String { what }
  }

  @Test(arguments: [
    Case(
      enter: "meetings record _ --kind regular --held 2019-10-02 --title 誤記 --by 佐藤", list: "meetings list _",
      shows: "誤記",
      record: "M-0001", what: "meeting M-0001 hold", next: "M-0002"),
    Case(
      enter: "hours measure _ KE --job KE-CHOTEI --day 2019-11-18 --seconds 5400 --times-a-year 12 --by 佐藤",
      list: "hours list _ --format json", shows: "KE-CHOTEI", record: "B-0001", what: "batch_run B-0001 measure",
      next: "B-0002"),
    Case(
      enter:
        "estimates assess _ --title 誤記 --amount 1200000 --effort 1.2..2.8 --unit-price 1176324 --functions sound --deliverables sound --hours sound --rate sound --total sound --overall sound --note 低廉 --by 佐藤",
      list: "estimates list _", shows: "誤記", record: "E-0001", what: "estimate E-0001 assess", next: "E-0002"),
    Case(
      enter:
        "waivers grant _ provisional G-05 --reason 誤記 --owner 課長 --approver 部長 --until 2999-01-01 --by 佐藤",
      list: "waivers list _", shows: "誤記", record: "W-0001", what: "waiver W-0001 grant", next: "W-0002"),
    Case(
      enter: "requests settle _ EX-001 rehomed --destination 誤記 --by 佐藤", list: "requests list _", shows: "誤記",
      record: "EX-001", what: "request EX-001 settle", next: "EX-001"),
    Case(
      enter: "schedule done _ return-point --end 2019-11-20 --note 誤記 --by 佐藤", list: "schedule list _", shows: "誤記",
      record: "return-point", what: "milestone return-point end", next: "return-point"),
    Case(
      enter: "decisions record _ provisional --decision sent-back --held 2019-11-20 --attendee 誤記 --by 佐藤",
      list: "decisions list _", shows: "D-0001", record: "D-0001", what: "decision D-0001 decide", next: "D-0002"),
  ])
  func whatWasEnteredByMistakeCountsNoMore(_ row: Case) throws {
    let city = try City()
    defer { city.program.remove() }
    try city.rehearse()
    let before = try city.run(row.list)
    try city.run(row.enter)
    #expect(try city.run(row.list).output.contains(row.shows))
    let withdrawn = try city.run("ledger withdraw _ \(row.record) --approver 次長 --by 鈴木 --reason 二重に入力")
    #expect(
      withdrawn.errors.contains("(\(row.what))") && withdrawn.errors.contains("withdrew entry "), "\(withdrawn.errors)")
    // The list is as before, and gives the number of withdrawn records.
    let after = try city.run(row.list)
    #expect(after.output == before.output, "\(after.output)")
    #expect(
      after.errors.contains("not counting 1 withdrawn (`totsugo ledger list --register correction`)"), "\(after.errors)"
    )
    // The gate reports the number, the records and the person; the chain has both entries.
    let gate = try city.run("gate provisional _", expecting: 1)
    #expect(gate.output.contains("withdrawn entries: 1: 鈴木: \(row.record)"), "\(gate.output)")
    let json = try city.run("gate provisional _ --format json", expecting: 1)
    let correction = (json.json["corrections"] as? [[String: Any]])?.first
    #expect(
      correction?["kind"] as? String == "withdraw" && correction?["record"] as? String == row.record
        && correction?["reason"] as? String == "二重に入力")
    let verify = try city.run("ledger verify _")
    #expect(verify.output.contains("withdrawn entries: 1: 鈴木: \(row.record)"), "\(verify.output)")
    let chain = try city.run("ledger list _ --format json").output
    #expect(chain.contains("\"\(row.what.split(separator: " ")[2])\"") && chain.contains("\"withdraw\""))
    // A second withdrawal is refused; entered again, the record has another number and counts.
    let twice = try city.run("ledger withdraw _ \(row.record) --approver 次長 --by 鈴木 --reason もう一度", expecting: 2)
    #expect(twice.errors.contains("[ledger.withdraw]"), "\(twice.errors)")
    try city.run(row.enter)
    let again = try city.run(row.list + (row.list.contains("json") ? "" : " --format json"))
    #expect(again.output.contains(row.next) || row.list.hasPrefix("hours"), "\(again.output)")
    #expect(try city.run("ledger verify _").output.contains("the ledger is whole"))
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let entry: String
    let told: [String]
    var testDescription: String { entry }
  }

  /// Records with another way back, entries on which later ones rest, and unknown ones.
  @Test(arguments: [
    Refusal(entry: "NT-003", told: ["item NT-003 answer” cannot be withdrawn", "`items reopen`", "[ledger.withdraw]"]),
    Refusal(entry: "I-0001", told: ["issue I-0001 open” cannot be withdrawn", "`issues reopen`", "[ledger.withdraw]"]),
    Refusal(entry: "0001", told: ["[ledger.withdraw]"]),
    Refusal(
      entry: "1",
      told: ["the entry “1 ", "possible: meeting (hold), batch_run (measure)", "run again", "[ledger.withdraw]"]),
    Refusal(
      entry: "EX-001 settle", told: ["is what the later entry", "Withdraw that one first", "[ledger.withdraw-order]"]),
    Refusal(entry: "M-0001", told: ["is what the later entry", "[ledger.withdraw-order]"]),
    Refusal(entry: "W-0001", told: ["waiver W-0001 revoke” cannot be withdrawn", "[ledger.withdraw]"]),
    Refusal(entry: "W-0001 grant", told: ["is what the later entry", "[ledger.withdraw-order]"]),
    Refusal(entry: "99999", told: ["there is no “99999”", "[register.unknown]"]),
    Refusal(entry: "X-1", told: ["there is no “X-1”", "[register.unknown]"]),
  ])
  func whatCannotBeWithdrawnIsRefused(_ row: Refusal) throws {
    let city = try City()
    defer { city.program.remove() }
    try city.rehearse()
    try city.run("items answer _ NT-003 --text 見た --by 佐藤")
    try city.run("issues open _ --title 端数 --severity S2 --section 課 --owner 田中 --due 2099-01-01 --by 佐藤")
    try city.run("requests settle _ EX-001 rehomed --destination 住基 --by 佐藤")
    try city.run("requests approve _ EX-001 --by 課長")
    try city.run("decisions record _ provisional --decision sent-back --held 2019-11-20 --by 佐藤")
    try city.run(
      "waivers grant _ provisional G-05 --reason 理由 --owner 課長 --approver 部長 --until 2999-01-01 --by 佐藤")
    try city.run("waivers revoke _ W-0001 --by 佐藤")
    let before = try city.run("ledger verify _ --format json").output
    var entry = row.entry
    if row.entry.contains(" ") {
      let words = row.entry.split(separator: " ").map(String.init)
      let list = try city.run("ledger list _ --format json").output
      let rows = try JSONSerialization.jsonObject(with: Data(list.utf8)) as? [[String: Any]] ?? []
      let found = rows.first { $0["id"] as? String == words[0] && $0["act"] as? String == words[1] }
      entry = "\(found?["number"] as? Int ?? 0)"
    }
    let refused = try city.run("ledger withdraw _ \(entry) --approver 次長 --by 鈴木 --reason 誤り", expecting: 2)
    for told in row.told { #expect(refused.errors.contains(told), "\(refused.errors)") }
    #expect(try city.run("ledger verify _ --format json").output == before)
  }

  /// The dependent entry is withdrawn first: an agreement, then its subject; a decision with its meeting.
  @Test func whatRestsOnItGoesFirst() throws {
    let city = try City()
    defer { city.program.remove() }
    try city.rehearse()
    let before = try city.run("requests list _ --format json").output
    try city.run("requests settle _ EX-001 rehomed --destination 住基 --by 佐藤")
    let settled = try city.run("requests list _ --format json").output
    try city.run("requests approve _ EX-001 --by 課長")
    try city.run("ledger withdraw _ EX-001 --approver 次長 --by 鈴木 --reason 別の依頼")
    #expect(try city.run("requests list _ --format json").output == settled)
    try city.run("ledger withdraw _ EX-001 --approver 次長 --by 鈴木 --reason 別の依頼")
    #expect(try city.run("requests list _ --format json").output == before)
    try city.run(
      "decisions record _ provisional --decision sent-back --held 2019-11-20 --by 佐藤")
    #expect(try city.run("meetings list _").output.contains("M-0001"))
    try city.run("ledger withdraw _ D-0001 --approver 次長 --by 鈴木 --reason 別の会議")
    #expect(try !city.run("meetings list _").output.contains("M-0001"))
    let gate = try city.run("gate provisional _", expecting: 1)
    #expect(gate.output.contains("withdrawn entries: 3: 鈴木: EX-001, EX-001, D-0001"), "\(gate.output)")
    // It was the first sitting; the next one is the first again, under another number.
    try city.run("decisions record _ provisional --decision sent-back --held 2019-11-21 --by 佐藤")
    let decisions = try city.run("decisions list _ --format json").output
    #expect(
      decisions.contains("\"D-0002\"") && decisions.contains("\"M-0002\"") && decisions.contains("\"sitting\" : 1"))
    #expect(try city.run("ledger verify _").code == 0)
  }

  /// A day of the parallel run that was compared by mistake: no gate and no item counts it, its evidence stays proven,
  /// and it can be compared again.
  @Test func aDayOfTheParallelRunIsWithdrawn() throws {
    let city = try City()
    defer { city.program.remove() }
    try city.rehearse()
    try city.compare("100", expecting: 0)
    #expect(try city.state("NT-T001") == "answered")
    #expect(try city.run("gate production _", expecting: 1).output.contains("GO          H-03"))
    let withdrawn = try city.run("ledger withdraw _ 2019-11-21 --approver 次長 --by 鈴木 --reason 前日の出力だった")
    #expect(withdrawn.errors.contains("(parallel_day 2019-11-21 compare)"), "\(withdrawn.errors)")
    #expect(try city.state("NT-T001") == "raised")
    let gate = try city.run("gate production _", expecting: 1)
    #expect(gate.output.contains("NO-GO       H-03"), "\(gate.output)")
    #expect(gate.output.contains("withdrawn entries: 1: 鈴木: 2019-11-21"), "\(gate.output)")
    #expect(try city.run("ledger verify _").output.contains("the ledger is whole"))
    let again = try city.run("ledger withdraw _ 2019-11-21 --approver 次長 --by 鈴木 --reason もう一度", expecting: 2)
    #expect(again.errors.contains("[ledger.withdraw]"), "\(again.errors)")
    let file = city.program.folder + "/ws/parallel/2019-11-21/evidence.json"
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    try Data("{}".utf8).write(to: URL(fileURLWithPath: file))
    try city.run("ledger verify _", expecting: 1)
    try whole.write(to: URL(fileURLWithPath: file))
    try city.compare("101", expecting: 1)
    #expect(try city.state("NT-T001") == "returned")
    try city.compare("100", expecting: 0)
    #expect(try city.run("gate production _", expecting: 1).output.contains("GO          H-03"))
  }

  /// As of an earlier day it still counts: it was part of the knowledge of that day.
  @Test func whoSaysNothingWithdrawsNothing() throws {
    let city = try City()
    defer { city.program.remove() }
    try city.run("meetings record _ --kind regular --held 2019-10-02 --by 佐藤")
    for (words, told) in [
      ("ledger withdraw _ M-0001 --approver 次長 --by 鈴木", "--reason"),
      ("ledger withdraw _ M-0001 --approver 次長 --reason 誤り", "--by"),
      ("ledger withdraw _ --approver 次長 --by 鈴木 --reason 誤り", "<entry>"),
    ] {
      let answer = try city.run(words, expecting: 64)
      #expect(answer.errors.contains(told), "\(answer.errors)")
    }
    let blank = try city.run("ledger withdraw _ M-0001 --approver 次長 --by 鈴木 --reason", "　 ", expecting: 64)
    #expect(blank.errors.contains("--reason says why."), "\(blank.errors)")
    #expect(try city.run("meetings list _").output.contains("M-0001"))
  }

  // MARK: rebuilt registers

  @Test func registersAreMadeAnewByNameAndReason() throws {
    let city = try City()
    defer { city.program.remove() }
    try city.rehearse()
    try city.run("items answer _ NT-003 --text 見た --by 佐藤")
    try city.program.sql(
      "UPDATE item SET state = 'closed', confirmed_by = '市長' WHERE id = 'NT-003'; DELETE FROM milestone; CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM issue; END"
    )
    #expect(try city.run("ledger verify _", expecting: 1).output.contains("[register]"))
    let shown = try city.run("ledger rebuild _ --dry-run --by 山田 --reason 確認")
    #expect(shown.output.contains("(nothing has been made anew)") && shown.output.contains("no parts of a ledger: t"))
    let lines = shown.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.contains(["item", "1", "0", "0", "NT-003"]), "\(shown.output)")
    #expect(lines.contains(["milestone", "0", "0", "2", "return-point,", "service-start"]), "\(shown.output)")
    try city.run("ledger verify _", expecting: 1)
    let done = try city.run("ledger rebuild _ --by 山田 --reason 電源障害 --format json")
    #expect(done.json["applied"] as? Bool == true && done.json["parts"] as? [String] == ["t"], "\(done.output)")
    #expect(try city.state("NT-003") == "answered")
    let verify = try city.run("ledger verify _")
    #expect(
      verify.output.contains("registers rebuilt C-0001: 山田, ") && verify.output.contains(": 電源障害"), "\(verify.output)")
    #expect(try city.run("gate provisional _", expecting: 1).output.contains("registers rebuilt C-0001: 山田"))
    let again = try city.run("ledger rebuild _ --by 山田 --reason もう一度")
    #expect(again.output.contains("the registers are what the entries come to; nothing to rebuild"), "\(again.output)")
  }

  @Test func aBrokenChainIsNotRebuiltFrom() throws {
    let city = try City()
    defer { city.program.remove() }
    try city.rehearse()
    try city.program.sql(
      "UPDATE entry SET text = replace(text, '\"by\":\"', '\"by\":\"x') WHERE number = 3; DELETE FROM milestone")
    let refused = try city.run("ledger rebuild _ --by 山田 --reason 電源障害", expecting: 2)
    #expect(refused.errors.contains("record 3") && refused.errors.contains("[ledger.chain]"), "\(refused.errors)")
  }

  // MARK: control characters

  @Test(arguments: ["\u{B}", "\u{1B}[2J", "\u{7}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{7F}"])
  func controlCharactersAreRefusedWhereTheyAreEntered(_ control: String) throws {
    let city = try City()
    defer { city.program.remove() }
    try city.rehearse()
    let digits = String(control.unicodeScalars.first!.value, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    for (words, more, place) in [
      ("items answer _ NT-003 --text 見た --by", "佐藤" + control, "by"),
      ("items answer _ NT-003 --by 佐藤 --text", "見" + control + "た", "answer"),
      ("issues open _ --severity S2 --section 課 --owner 田中 --due 2099-01-01 --by 佐藤 --title", control + "端数", "title"),
      ("ledger withdraw _ EX-001 --approver 次長 --by 佐藤 --reason", "誤" + control, nil),
      ("meetings record _ --kind regular --held 2019-10-02 --by 佐藤 --attendee", "鈴木" + control, "attendees"),
      (
        "waivers grant _ provisional G-05 --owner 課長 --approver 部長 --until 2999-01-01 --by 佐藤 --reason", "理由" + control,
        "reason"
      ),
    ] {
      let answer = try city.run(words, more, expecting: 2)
      #expect(!answer.errors.contains(control) && !answer.output.contains(control))
      guard let place else { continue }
      #expect(
        answer.errors.contains("the control character \(name) cannot be entered into the ledger")
          && answer.errors.contains(" \(place):") && answer.errors.contains("[ledger.control]"), "\(answer.errors)")
    }
    #expect(try city.run("ledger verify _").code == 0)
  }

  /// Characters that an earlier version accepted are shown, without effect, on terminals and in papers, and do not
  /// prevent them.
  @Test func controlCharactersThatAreThereAreShown() throws {
    let city = try City()
    defer { city.program.remove() }
    try city.rehearse()
    try city.run("issues open _ --title 端数 --severity S1 --section 課 --owner 田中 --due 2099-01-01 --important --by 佐藤")
    try city.run("items answer _ NT-003 --text 見た --by 佐藤")
    let (title, answer) = ("端\u{1B}[2J\u{B}\u{202E}\u{9B}", "見\u{B}た")
    try city.program.sql(
      "UPDATE issue SET title = '\(title)'; UPDATE item SET answer = '\(answer)' WHERE id = 'NT-003'")
    try city.rewrite([
      (#""title":"端数""#, #""title":"# + JSONValue.text(title).canonical),
      (#""answer":"見た""#, #""answer":"# + JSONValue.text(answer).canonical),
    ])
    let controls: [Character] = ["\u{1B}", "\u{B}", "\u{202E}", "\u{9B}"]
    let list = try city.run("issues list _")
    #expect(list.output.contains("端‹U+001B›[2J‹U+000B›‹U+202E›‹U+009B›"), "\(list.output)")
    for format in ["html", "markdown", "json", "xlsx", "junit"] {
      let file = "paper.\(format)"
      try city.run("report _ --paper issues --to \(format) -o \(file)", expecting: 0)
      let data = try Data(contentsOf: URL(fileURLWithPath: city.program.folder + "/" + file))
      let text = String(decoding: data, as: UTF8.self)
      if format != "xlsx", format != "json" { #expect(!controls.contains(where: text.contains), "\(format)") }
    }
    for words in ["issues list _ --format json", "issues show _ I-0001", "items show _ NT-003", "gate provisional _"] {
      let answer = try city.run(words, expecting: words.hasPrefix("gate") ? 1 : 0)
      #expect(!controls.contains(where: answer.output.contains), "\(words): \(answer.output)")
    }
    // JSON keeps the value.
    let rows =
      try JSONSerialization.jsonObject(
        with: Data(try city.run("issues list _ --format json").output.utf8)) as? [[String: Any]]
    #expect(rows?.first?["title"] as? String == "端\u{1B}[2J\u{B}\u{202E}\u{9B}")
    // A workbook can be exported and imported.
    try city.run("items export _ -o items.xlsx")
    let imported = try city.run("items import _ items.xlsx --by 鈴木 --dry-run")
    #expect(imported.output.hasPrefix("0 changes"), "\(imported.output)")
  }
}
