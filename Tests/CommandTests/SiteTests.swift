import Base
import Records
import Foundation
import Site
import Testing

/// The pages of `serve`, requested without a socket, over a workspace of the built program.
@Suite struct SiteTests {
  /// A city of forty notices, two of them with instalments that do not add up; three sections, one of them without
  /// items.
  struct Office {
    let program: Program
    let project: String
    let tokens: [String: String]
    let site: Site

    /// - Parameter edit: changes the project's definitions before its run.
    init(enters: Bool = true, list: Bool = true, edit: (Program) throws -> Void = { _ in }) throws {
      program = try Program()
      project = program.folder + "/project/project.yaml"
      _ = try program.copyProject()
      try edit(program)
      let items = program.folder + "/project/registers/migration-items.csv"
      var text = try String(contentsOfFile: items, encoding: .utf8)
      text += "NT-004,notices,C09,S2,資産税課,both,期別の合計が税額であること,Instalments add up,NT-C09-02,\n"
      try text.write(toFile: items, atomically: true, encoding: .utf8)
      try program.expect(lists: "migration-items: 4")
      var file = NoticeFile.clean(40)
      for person in [5, 7] { file.notices[person - 1].instalments[0] -= 100 }
      try program.write(file.bytes)
      let answer = try program.run("run", project, "--data", "data", "--workspace", "ws", "--quiet")
      try #require(answer.code == 1, "\(answer.errors)")
      var tokens: [String: String] = [:]
      let access = program.folder + "/access.csv"
      for (name, sections, rights) in [
        ("山田", ["市民税課"], [AccessList.Right.enter]), ("鈴木", ["市民税課"], [.enter]), ("佐藤", ["資産税課"], []),
        ("田中", ["納税課"], []), ("情報管理", ["*"], [.enter, .protected]), ("監査", ["*"], []),
      ] {
        tokens[name] = try AccessList.add(name, sections: sections, rights: rights, to: access)
      }
      self.tokens = tokens
      site = try Site(
        .init(
          project: project, workspace: program.folder + "/ws", data: nil, access: list ? access : nil, enters: enters,
          language: .japanese))
    }

    func visitor(_ name: String) throws -> Visitor {
      let answer = site.answer(
        Inquiry(.post, "/sign-in", headers: SiteTests.host, body: "token=\(tokens[name] ?? "")"))
      let cookie = try #require(answer.header("Set-Cookie")?.split(separator: ";").first)
      return Visitor(site: site, cookie: String(cookie))
    }
  }

  static let host = ["host": "127.0.0.1:8018"]

  /// A visitor who has signed in.
  struct Visitor {
    let site: Site
    let cookie: String

    func get(_ target: String, _ headers: [String: String] = [:]) -> (status: Int, text: String) {
      let answer = site.answer(
        Inquiry(.get, target, headers: SiteTests.host.merging(["cookie": cookie]) { $1 }.merging(headers) { $1 }))
      return (answer.status, String(decoding: answer.body, as: UTF8.self))
    }

    /// Sends a form; `nil` leaves a field out.
    func post(_ target: String, _ fields: [(String, String)], _ headers: [String: String] = [:]) -> Answer {
      let plain = CharacterSet.alphanumerics
      let body = fields.map { name, value in
        name + "=" + (value.addingPercentEncoding(withAllowedCharacters: plain) ?? "")
      }.joined(separator: "&")
      return site.answer(
        Inquiry(
          .post, target, headers: SiteTests.host.merging(["cookie": cookie]) { $1 }.merging(headers) { $1 }, body: body)
      )
    }

    /// A hidden field of a page.
    func hidden(_ name: String, on target: String) throws -> String {
      let page = get(target).text
      let match = try #require(
        page.firstMatch(of: try Regex("name=\"\(name)\" value=\"([^\"]*)\"", as: (Substring, Substring).self)))
      return String(match.1)
    }

    func act(_ act: String, _ item: String, _ fields: [(String, String)] = []) throws -> Answer {
      let page = "/items/\(item)"
      return post(
        page,
        [("key", try hidden("key", on: page)), ("item", try hidden("item", on: page)), ("act", act)] + fields)
    }
  }

  static func text(_ answer: Answer) -> String { String(decoding: answer.body, as: UTF8.self) }

  // MARK: the way down
  @Test func fromARedLightToTheBytes() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    func follow(_ target: String, to link: String) -> String {
      let (status, text) = visitor.get(target)
      #expect(status == 200, "\(target)")
      #expect(text.contains("href=\"\(link)\"") || text.contains("href=\"\(link)?"), "\(target) has no link to \(link)")
      return link
    }
    var at = follow("/", to: "/gates/provisional")
    at = follow(at, to: "/gates/provisional/G-02")
    at = follow(at, to: "/checks/NT-C09-02")
    _ = follow(at, to: "/items/NT-004")
    at = follow("/items/NT-004", to: "/checks/NT-C09-02")
    let group = try #require(visitor.get(at).text.firstMatch(of: #/href="(\/differences\/NT-C09-02\?group=[^"]*)"/#))
    at = follow(String(group.1), to: "/differences/NT-C09-02/1")
    at = follow(at, to: "/records/NOTICE/6")
    // The fifth person's record, behind the header: eight zoned digits, the year, the tax.
    for page in ["/differences/NT-C09-02/1", "/records/NOTICE/6"] {
      let text = visitor.get(page).text
      for words in ["f0 f0 f0 f0 f0 f0 f0 f5", "NOTICE", "notices/pipeline.yaml:", "税額", "8000", "00 00 08 00 0c"] {
        #expect(text.contains(words), "\(page): \(words)")
      }
      #expect(!text.contains("山田") && !text.contains("bb b3"), "\(page): a personal item")
    }
    #expect(visitor.get("/records/NOTICE/1").text.contains("制御レコード"))
    // Who has the right asks for what is personal; item, bytes and column are shown or masked together.
    for page in ["/differences/NT-C09-02/1", "/records/NOTICE/6"] {
      let shown = visitor.get(page + "?reveal=yes").text
      #expect(shown.contains("個人の値を伏せる"), "\(page)")
      let plain = try office.visitor("監査").get(page + "?reveal=yes").text
      #expect(plain.contains("権限のある者だけに表示") && !plain.contains("個人の値"), "\(page)")
      #expect(!plain.contains("山田") && !plain.contains("bb b3"), "\(page)")
    }
    let whole = visitor.get("/records/NOTICE/6?reveal=yes").text
    #expect(whole.contains("bb b3") && !whole.contains(Privacy.mask))
    for wrong in [
      "/records/NOTICE/0", "/records/NOTICE/43", "/records/NONE/1", "/checks/NONE", "/differences/NT-C09-02/3",
      "/differences/NT-C01-01",
      "/differences/NT-C09-02?group=x", "/gates/none", "/gates/provisional/G-99", "/items/NONE", "/runs/0009", "/x",
    ] {
      #expect(visitor.get(wrong).status == 404, "\(wrong)")
    }
  }

  @Test func theNewSystemsValueStandsBesideTheMapping() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    for record in 2...41 {
      let page = visitor.get("/records/NOTICE/\(record)").text
      #expect(page.contains("新システムの今の値") && page.contains("sqlite") == false)
      #expect(!page.contains("≠") && !page.contains("行がない"), "record \(record)")
    }
    try office.program.target(
      """
      UPDATE "通知書" SET "税額" = "税額" + 1, "氏名" = '別人' WHERE "宛名番号" = '00000005';
      DELETE FROM "通知書" WHERE "宛名番号" = '00000006';
      INSERT INTO "通知書" SELECT * FROM "通知書" WHERE "宛名番号" = '00000007';
      UPDATE "通知書" SET "税額" = 'x' WHERE "宛名番号" = '00000008';
      """)
    let changed = visitor.get("/records/NOTICE/6").text
    #expect(
      changed.contains("8001 <span class=\"tag bad\">≠ 違う") && changed.contains("●●● <span class=\"tag bad\">≠ 違う")
        && !changed.contains("別人"))
    #expect(visitor.get("/records/NOTICE/7").text.contains("行がない"))
    #expect(visitor.get("/records/NOTICE/8").text.contains("このキーの行が2行あります"))
    // For doubled rows the other row is examined, too; texts are compared byte by byte.
    try office.program.target(
      """
      INSERT INTO "通知書" SELECT "課税年度", "宛名番号", "氏名", "税額" + 5, "区分" FROM "通知書" WHERE "宛名番号" = '00000010';
      UPDATE "通知書" SET "区分" = 'e' || char(769) WHERE "宛名番号" = '00000011';
      """)
    #expect(visitor.get("/records/NOTICE/11").text.contains("≠ 違う"))
    #expect(visitor.get("/records/NOTICE/12").text.contains("≠ 違う"))
    #expect(visitor.get("/records/NOTICE/9").text.contains("target.value"))
    try FileManager.default.removeItem(atPath: office.program.folder + "/ws/runs/0001/target.sqlite")
    #expect(visitor.get("/records/NOTICE/6").text.contains("[target."))
  }

  /// A page always shows what a command would print now.
  @Test func whatChangesUnderTheServerShows() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    func verdict(_ criterion: String) throws -> String {
      let answer = try office.program.run(
        "gate", "provisional", office.project, "--workspace", "ws", "--format", "json")
      let list = try #require(answer.json["criteria"] as? [[String: Any]])
      return try #require(list.first { $0["id"] as? String == criterion }?["verdict"] as? String)
    }
    func shows(_ criterion: String, _ verdict: String) -> Bool {
      visitor.get("/gates/provisional/\(criterion)").text.contains("tag \(verdict == "GO" ? "good" : "bad")\"")
    }
    #expect(shows("G-06", "GO"))
    // A definition that the run read, of the same length.
    let codes = office.program.folder + "/project/codes/区分.csv"
    let text = try String(contentsOfFile: codes, encoding: .utf8)
    try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: codes))
    #expect(try verdict("G-06") == "NO-GO")
    #expect(shows("G-06", "NO-GO"))
    try Data(text.utf8).write(to: URL(fileURLWithPath: codes))
    #expect(shows("G-06", "GO"))
    // Linked gates, changed at their target.
    let gates = office.program.folder + "/project/gates.yaml"
    let real = office.program.folder + "/gates-real.yaml"
    try FileManager.default.moveItem(atPath: gates, toPath: real)
    try FileManager.default.createSymbolicLink(atPath: gates, withDestinationPath: real)
    #expect(shows("G-08", "GO"))
    let rules = try String(contentsOfFile: real, encoding: .utf8)
    try Data(rules.replacing("kind: rehearsals, min: 1", with: "kind: rehearsals, min: 2").utf8)
      .write(to: URL(fileURLWithPath: real))
    #expect(try verdict("G-08") == "NO-GO")
    #expect(shows("G-08", "NO-GO"))
    // Evidence that is changed, with its time restored.
    let evidence = office.program.folder + "/ws/runs/0001/evidence.json"
    let times = try FileManager.default.attributesOfItem(atPath: evidence)
    let was = try String(contentsOfFile: evidence, encoding: .utf8)
    let handle = try #require(FileHandle(forWritingAtPath: evidence))
    try handle.write(contentsOf: Data(was.replacing("\"failed\"", with: "\"passed\"").utf8))
    try handle.close()
    try FileManager.default.setAttributes(
      [.modificationDate: try #require(times[.modificationDate])], ofItemAtPath: evidence)
    #expect(visitor.get("/").text.contains("[ledger.tampered]"))
  }

  /// A layout that has become longer reads no record beyond its end.
  @Test func aLayoutThatGrewShowsNoOtherRecord() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    #expect(visitor.get("/records/NOTICE/3").status == 200)
    let copybook = office.program.folder + "/project/notices/NOTICE.cpy"
    let text = try String(contentsOfFile: copybook, encoding: .utf8)
    let grown = text.replacing(#/X\((\d+)\)\.\s*$/#) { "X(\(Int($0.1)! + 40)).\n" }
    try #require(grown != text)
    try Data(grown.utf8).write(to: URL(fileURLWithPath: copybook))
    let answer = visitor.get("/records/NOTICE/3")
    #expect(answer.status == 500 && !answer.text.contains("16進"), "\(answer.text.suffix(900))")
  }

  /// For a personal item, even its presence is not shown.
  @Test func whatIsMaskedIsMaskedAlsoWhereItIsEmpty() throws {
    let office = try Office()
    defer { office.program.remove() }
    try office.program.target(#"UPDATE "通知書" SET "氏名" = '' WHERE "宛名番号" = '00000009'"#)
    let page = try office.visitor("監査").get("/records/NOTICE/10").text
    #expect(page.contains("●●● <span class=\"tag bad\">≠ 違う"))
    let names = page.matches(of: #/<th scope="row">氏名<\/th><td>.*?<\/td><td>(.*?)<\/td>/#).map { String($0.1) }
    #expect(names == ["●●●"], "\(names)")
  }

  /// A changed list shows none of its keys, even when its lines had been scanned before.
  @Test func aListThatIsNotWhatWasRecordedIsNotShown() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    let list = office.program.folder + "/ws/runs/0001/differences/NT-C09-02.ndjson"
    let text = try String(contentsOfFile: list, encoding: .utf8)
    let group = try #require(
      visitor.get("/checks/NT-C09-02").text.firstMatch(of: #/href="(\/differences\/NT-C09-02\?group=[^"]*)"/#))
    let pages = ["/differences/NT-C09-02", "/differences/NT-C09-02/1", String(group.1)]
    for page in pages { #expect(visitor.get(page).text.contains("00000005"), "\(page)") }
    let lines = text.split(separator: "\n")
    for changed in [
      text.replacing("00000005", with: "00000006"), lines[0] + "\n", text + lines[0] + "\n",
      lines.reversed().joined(separator: "\n") + "\n", "",
    ] {
      try Data(changed.utf8).write(to: URL(fileURLWithPath: list))
      for page in pages {
        let answer = visitor.get(page)
        #expect(answer.text.contains("[ledger.tampered]"), "\(page): \(answer.text)")
        #expect(answer.text.contains("NT-C09-02.ndjson") && !answer.text.contains("0000000"), "\(page)")
      }
    }
    try Data(text.utf8).write(to: URL(fileURLWithPath: list))
    for page in pages { #expect(visitor.get(page).text.contains("00000005"), "\(page)") }
  }

  @Test func whatTheRunHadIsNotThereAnyMore() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    let data = office.program.folder + "/data/NOTICE.dat"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: data))
    try (bytes + bytes.suffix(60)).write(to: URL(fileURLWithPath: data))
    #expect(visitor.get("/differences/NT-C09-02/1").text.contains("このファイルは実行時のものではありません"))
    // Another extract of the same length.
    try (bytes.prefix(120) + bytes.dropFirst(180).prefix(60) + bytes.dropFirst(120).prefix(60) + bytes.dropFirst(240))
      .write(to: URL(fileURLWithPath: data))
    #expect(visitor.get("/differences/NT-C09-02/1").text.contains("このファイルは実行時のものではありません"))
    try bytes.write(to: URL(fileURLWithPath: data))
    #expect(!visitor.get("/differences/NT-C09-02/1").text.contains("このファイルは実行時のものではありません"))
    try FileManager.default.removeItem(atPath: data)
    let gone = visitor.get("/differences/NT-C09-02/1")
    #expect(gone.status == 200 && gone.text.contains("[file.open]"))
    try FileManager.default.removeItem(atPath: office.program.folder + "/ws/runs/0001/differences/NT-C09-02.ndjson")
    #expect(visitor.get("/differences/NT-C09-02").text.contains("[workspace.unreadable]"))
    // Evidence that is not as recorded is not shown at all.
    let evidence = office.program.folder + "/ws/runs/0001/evidence.json"
    var text = try String(contentsOfFile: evidence, encoding: .utf8)
    text += " "
    try text.write(toFile: evidence, atomically: true, encoding: .utf8)
    for target in ["/", "/checks", "/items"] {
      let answer = visitor.get(target)
      #expect(answer.text.contains("[ledger.tampered]") && !answer.text.contains("NT-"), "\(target)")
    }
  }

  @Test func anEntryThatWasChangedShowsNothing() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    #expect(visitor.get("/").status == 200)
    try office.program.sql("UPDATE entry SET text = replace(text, '市民税課', '資産税課')")
    let answer = visitor.get("/")
    #expect(
      answer.status == 500 && answer.text.contains("[ledger.chain]") && !answer.text.contains("NO-GO"), "\(answer)")
  }

  // MARK: lists
  @Test func listsAreFilteredAndPaged() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    func ids(_ target: String) -> [String] {
      visitor.get(target).text.matches(of: #/href="\/items\/(NT-\d+)"/#).map { String($0.1) }
    }
    #expect(ids("/items") == ["NT-001", "NT-002", "NT-003", "NT-004"])
    #expect(ids("/items?owner=%E8%B3%87%E7%94%A3%E7%A8%8E%E8%AA%B2") == ["NT-004"])
    #expect(ids("/items?severity=S3") == ["NT-003"])
    #expect(ids("/items?state=returned") == ["NT-004"])
    #expect(ids("/items?open=1&search=%E5%8D%B0%E5%AD%97") == ["NT-003"])
    #expect(ids("/items?category=C02") == ["NT-002"])
    #expect(ids("/items?page=9") == ["NT-001", "NT-002", "NT-003", "NT-004"])
    #expect(visitor.get("/items?gate=none").status == 404)
    #expect(visitor.get("/checks?status=failed").text.contains("NT-C09-02"))
    #expect(!visitor.get("/checks?status=failed").text.contains("NT-C01-01"))
    let hostile = visitor.get("/items?search=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text
    #expect(!hostile.contains("<script>alert"))
  }
}
