import CSQLite
import Evidence
import Foundation
import Site
import Testing

/// The pages of `serve`, asked without a socket, over a workspace that the built program made.
@Suite struct SiteTests {
  /// A city of forty notices, of which two have instalments that do not add up; three sections, one of them without items.
  private struct Office {
    let program: Program
    let project: String
    let tokens: [String: String]
    let site: Site

    init(enters: Bool = true, list: Bool = true) throws {
      program = try Program()
      project = program.folder + "/project/project.yaml"
      _ = try program.copyProject()
      let items = program.folder + "/project/registers/migration-items.csv"
      var text = try String(contentsOfFile: items, encoding: .utf8)
      text += "NT-004,notices,C09,S2,資産税課,both,期別の合計が税額であること,Instalments add up,NT-C09-02,\n"
      try text.write(toFile: items, atomically: true, encoding: .utf8)
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

  private static let host = ["host": "127.0.0.1:8018"]

  /// Somebody who has signed in.
  private struct Visitor {
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

  private static func text(_ answer: Answer) -> String { String(decoding: answer.body, as: UTF8.self) }

  // MARK: signing in

  @Test func whoHasNotSignedInLearnsNothing() throws {
    let office = try Office()
    defer { office.program.remove() }
    for target in ["/", "/items", "/gates/provisional", "/records/NOTICE/2", "/papers/protected", "/nothing"] {
      let answer = office.site.answer(Inquiry(.get, target, headers: Self.host))
      #expect(answer.status == 303 && answer.header("Location")?.hasPrefix("/sign-in?next=%2F") == true, "\(target)")
      #expect(answer.body.isEmpty)
    }
    for target in ["/sign-in", "/sign-in?token=abc", "/sign-in?language=en"] {
      let answer = office.site.answer(Inquiry(.get, target, headers: Self.host))
      #expect(answer.status == 200, "\(target)")
      #expect(!Self.text(answer).contains("見本") && !Self.text(answer).contains("Sample"), "\(target)")
    }
    let post = office.site.answer(
      Inquiry(.post, "/items/NT-003", headers: Self.host, body: "act=answer"))
    #expect(post.status == 303)
    #expect(!office.site.admits(Inquiry(.get, "/events", headers: Self.host)))
    let forged = Self.host.merging(["cookie": "totsugo=" + String(repeating: "0", count: 64)]) { $1 }
    #expect(office.site.answer(Inquiry(.get, "/", headers: forged)).status == 303)
  }

  @Test func signingInKeepsTheTokenOutOfSight() throws {
    let office = try Office()
    defer { office.program.remove() }
    let token = try #require(office.tokens["山田"])
    let answer = office.site.answer(
      Inquiry(.post, "/sign-in", headers: Self.host, body: "token=\(token)&next=%2Fitems%3Fopen%3D1"))
    #expect(answer.status == 303 && answer.header("Location") == "/items?open=1")
    let cookie = try #require(answer.header("Set-Cookie"))
    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains(token))
    for next in ["//evil.example", "/\\evil.example", "https://evil.example", "/x%0d%0aSet-Cookie:a=b"] {
      let answer = office.site.answer(
        Inquiry(.post, "/sign-in", headers: Self.host, body: "token=\(token)&next=\(next)"))
      #expect(answer.header("Location") == "/", "\(next)")
    }
    let wrong = office.site.answer(Inquiry(.post, "/sign-in", headers: Self.host, body: "token=\(token)0"))
    #expect(wrong.status == 403 && wrong.header("Set-Cookie") == nil && Self.text(wrong).contains("使えません"))
    // Nobody is signed in by a link or a page of elsewhere.
    let link = office.site.answer(Inquiry(.get, "/sign-in?token=\(token)", headers: Self.host))
    #expect(link.status == 200 && link.header("Set-Cookie") == nil)
    let elsewhere = Self.host.merging(["origin": "http://evil.example"]) { $1 }
    #expect(office.site.answer(Inquiry(.post, "/sign-in", headers: elsewhere, body: "token=\(token)")).status == 403)
    let visitor = try office.visitor("山田")
    #expect(visitor.get("/").status == 200)
    let out = visitor.post("/sign-out", [("key", try visitor.hidden("key", on: "/"))])
    #expect(out.status == 303)
    #expect(visitor.get("/").status == 303)
  }

  @Test func oneWhoIsStruckOffTheListIsOutAtOnce() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("監査")
    #expect(visitor.get("/").status == 200)
    let file = office.program.folder + "/access.csv"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let rest = text.split(separator: "\n").filter { !$0.hasPrefix("監査") }.joined(separator: "\n") + "\n"
    try Data(rest.utf8).write(to: URL(fileURLWithPath: file))
    #expect(visitor.get("/").status == 303)
    // A list that cannot be read lets nobody in.
    let other = try office.visitor("山田")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    try Data("name\n".utf8).write(to: URL(fileURLWithPath: file))
    #expect(other.get("/").status == 303)
  }

  @Test func withoutAListOnePersonReadsEverything() throws {
    let office = try Office(enters: false, list: false)
    defer { office.program.remove() }
    let token = try #require(office.site.token)
    #expect(token.count == 64)
    let other = Self.host.merging(["sec-fetch-site": "cross-site"]) { $1 }
    #expect(office.site.answer(Inquiry(.get, "/sign-in?token=\(token)", headers: other)).status == 403)
    let answer = office.site.answer(Inquiry(.get, "/sign-in?token=\(token)", headers: Self.host))
    let cookie = try #require(answer.header("Set-Cookie")?.split(separator: ";").first)
    let visitor = Visitor(site: office.site, cookie: String(cookie))
    #expect(visitor.get("/items").text.contains("NT-004"))
    #expect(visitor.get("/papers/protected").status == 200)
    #expect(!visitor.get("/items/NT-003").text.contains("name=\"act\""))
  }

  @Test(arguments: [
    ("name,sections,rights,token\n山田,*,enter,abc\n", "[definition.value]"),
    ("name,sections,rights,token\n山田,,enter,sha256:\(String(repeating: "0", count: 64))\n", "[definition.value]"),
    ("name,sections,rights,token\n山田,*,fly,sha256:\(String(repeating: "0", count: 64))\n", "[definition.value]"),
    ("name,sections,rights,token\n ,*,,sha256:\(String(repeating: "0", count: 64))\n", "[definition.value]"),
    ("name,token\n", "[definition.missing]"),
    (
      "name,sections,rights,token\n山田,*,,sha256:\(String(repeating: "0", count: 64))\n山田,*,,sha256:\(String(repeating: "1", count: 64))\n",
      "[definition.value]"
    ),
  ])
  func aWrongListIsRefusedWithItsLine(_ text: String, _ code: String) throws {
    let program = try Program()
    defer { program.remove() }
    let file = program.folder + "/access.csv"
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    let answer = try program.run("serve", Program.notices, "--workspace", "ws", "--access", file, "--port", "0")
    #expect(answer.code == 2)
    #if Web
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    #endif
    do {
      _ = try AccessList(file)
      Issue.record("it was read")
    } catch {
      let messages = error.items.map { $0.message(.english) }
      #expect(messages.contains { $0.contains("[serve.access]") && $0.contains("chmod 600") }, "\(messages)")
      #expect(messages.contains { $0.contains(code) && $0.contains(file + ":") }, "\(messages)")
    }
  }

  @Test func accessIsGivenByTheProgram() throws {
    let program = try Program()
    defer { program.remove() }
    let first = try program.run("access", "list.csv", "--name", "山田", "--section", "市民税課", "--may", "enter")
    #expect(first.code == 0 && first.output.count == 65 && first.errors.contains("山田"), "\(first)")
    let token = String(first.output.dropLast())
    let text = try String(contentsOfFile: program.folder + "/list.csv", encoding: .utf8)
    #expect(text.hasPrefix("name,sections,rights,token\n山田,市民税課,enter,sha256:") && !text.contains(token))
    let mode = try FileManager.default.attributesOfItem(atPath: program.folder + "/list.csv")[.posixPermissions]
    #expect(mode as? Int == 0o600)
    let list = try AccessList(program.folder + "/list.csv")
    #expect(list.person(token: token)?.person.name == "山田" && list.person(token: token + "0") == nil)
    #expect(try program.run("access", "list.csv", "--name", "山田").code == 2)
    #expect(try program.run("access", "list.csv", "--name", "a,b").code == 2)
    #expect(try program.run("access", "list.csv", "--name", "鈴木", "--may", "fly").code == 64)
    #expect(try program.run("serve", Program.notices, "--enter").code == 64)
    #expect(try program.run("serve", Program.notices, "--port", "70000").code == 64)
    #if !Web
      let serve = try program.run("serve", Program.notices, "--workspace", "ws")
      #expect(serve.code == 2 && serve.errors.contains("[serve.trait]"), "\(serve.errors)")
    #endif
  }

  // MARK: every answer

  @Test func everyAnswerIsGuarded() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    for target in [
      "/", "/sign-in", "/style.css", "/script.js", "/papers/status", "/papers/status?to=json", "/runs/0001/report",
      "/no",
    ] {
      let answer = office.site.answer(
        Inquiry(.get, target, headers: Self.host.merging(["cookie": visitor.cookie]) { $1 }))
      let policy = try #require(answer.header("Content-Security-Policy"))
      #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "\(target)")

      #expect(answer.header("Cache-Control") == "no-store" && answer.header("X-Content-Type-Options") == "nosniff")
      #expect(!policy.contains("unsafe"), "\(target)")
      let isPage = target == "/papers/status" || target.hasSuffix("report")
      #expect(policy.contains("style-src 'sha256-") == isPage, "\(target)")
    }
    for host in ["evil.example", "127.0.0.1.evil.example", "", "localhost:x", "localhost.evil.example:8018"] {
      let answer = office.site.answer(
        Inquiry(.get, "/", headers: ["host": host, "cookie": visitor.cookie]))
      #expect(answer.status == 421, "\(host)")
    }
  }

  @Test func noPageHasScriptOrStyleWithinInEitherLanguage() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    for target in [
      "/", "/gates/provisional", "/gates/provisional/G-02", "/items", "/items/NT-001", "/items/NT-004", "/checks",
      "/checks/NT-C09-02", "/differences", "/differences/NT-C09-02", "/differences/NT-C09-02/1", "/records/NOTICE/6",
      "/rejects", "/issues", "/schedule", "/runs", "/runs/0001", "/papers",
    ] {
      for language in ["ja", "en"] {
        let (status, text) = visitor.get(target + "?language=" + language)
        #expect(status == 200, "\(target)")
        #expect(text.contains("<html lang=\"\(language)\">"), "\(target)")
        for word in ["style=\"", "<style", "onclick", "javascript:", "http://", "https://"] {
          #expect(!text.contains(word), "\(target): \(word)")
        }
        #expect(text.matches(of: #/<script/#).count == 1, "\(target)")
        #expect(text.matches(of: #/<h1/#).count == 1, "\(target)")
      }
    }
  }

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
    #expect(changed.contains("8001 <strong>≠ 違う") && changed.contains("●●● <strong>≠ 違う") && !changed.contains("別人"))
    #expect(visitor.get("/records/NOTICE/7").text.contains("行がない"))
    #expect(visitor.get("/records/NOTICE/8").text.contains("このキーの行が2行あります"))
    // Of doubled rows the other one is looked at, too; and texts are compared byte by byte.
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

  /// Whatever a page shows is what a command would say now.
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
      visitor.get("/gates/provisional/\(criterion)").text.contains("tag \(verdict)\"")
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
    // Gates that are linked to, changed where they are.
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
    // Evidence that is changed and given back its time.
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
    #expect(answer.status == 500 && !answer.text.contains("class=\"hex\""), "\(answer.text.suffix(900))")
  }

  /// Of a personal item not even whether it is there is told.
  @Test func whatIsMaskedIsMaskedAlsoWhereItIsEmpty() throws {
    let office = try Office()
    defer { office.program.remove() }
    try office.program.target(#"UPDATE "通知書" SET "氏名" = '' WHERE "宛名番号" = '00000009'"#)
    let page = try office.visitor("監査").get("/records/NOTICE/10").text
    #expect(page.contains("●●● <strong>≠ 違う"))
    let names = page.matches(of: #/<th scope="row" class="">氏名<\/th><td>.*?<\/td><td>(.*?)<\/td>/#).map { String($0.1) }
    #expect(names == ["●●●"], "\(names)")
  }

  /// A list that somebody changed shows none of its keys, also where its lines had been gone over before.
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
    // Of the same length, too: another extract.
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
    // Evidence that is not what was recorded shows nothing at all.
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

  // MARK: entering

  @Test func twoPersonsAnswerAndConfirm() throws {
    let office = try Office()
    defer { office.program.remove() }
    let (yamada, suzuki) = (try office.visitor("山田"), try office.visitor("鈴木"))
    let hostile = "<script>alert(1)</script>\"'&"
    let seen = try suzuki.hidden("item", on: "/items/NT-003")
    #expect(try yamada.act("answer", "NT-003", [("text", hostile)]).header("Location") == "/items/NT-003")
    let page = yamada.get("/items/NT-003").text
    #expect(page.contains("role=\"status\"") && page.contains("&lt;script&gt;") && !page.contains("<script>alert"))
    #expect(!yamada.get("/items/NT-003").text.contains("role=\"status\""))
    // Not by the one who answered; not on what was seen before.
    let own = try yamada.act("confirm", "NT-003")
    #expect(own.status == 409 && Self.text(own).contains("[ledger.foureyes]"))
    let stale = suzuki.post(
      "/items/NT-003",
      [("key", try suzuki.hidden("key", on: "/")), ("item", seen), ("act", "investigate")])
    #expect(stale.status == 409 && Self.text(stale).contains("[serve.changed]"))
    #expect(try suzuki.act("confirm", "NT-003", [("note", "印字を見た")]).status == 303)
    let history = suzuki.get("/items/NT-003?language=en").text
    #expect(history.contains("confirmed by 鈴木") && history.contains("山田") && history.contains("(serve)"))
    let shown = try office.program.run(
      "items", "show", office.project, "NT-003", "--workspace", "ws", "--format", "json")
    #expect(((shown.json["item"] as? [String: Any])?["state"] as? String) == "confirmed")
    #expect(try office.program.run("ledger", "verify", office.project, "--workspace", "ws").code == 0)
  }

  @Test func formsOfOthersAreNotTaken() throws {
    let office = try Office()
    defer { office.program.remove() }
    let (yamada, suzuki) = (try office.visitor("山田"), try office.visitor("鈴木"))
    let item = try yamada.hidden("item", on: "/items/NT-003")
    let key = try yamada.hidden("key", on: "/items/NT-003")
    let answer = [("item", item), ("act", "answer"), ("text", "x")]
    for (fields, headers) in [
      (answer, [:]), ([("key", "")] + answer, [:]), ([("key", try suzuki.hidden("key", on: "/"))] + answer, [:]),
      ([("key", key)] + answer, ["origin": "http://evil.example"]), ([("key", key)] + answer, ["origin": "null"]),
      ([("key", key)] + answer, ["sec-fetch-site": "cross-site"]),
    ] as [([(String, String)], [String: String])] {
      #expect(yamada.post("/items/NT-003", fields, headers).status == 403, "\(fields.first ?? ("", "")) \(headers)")
    }
    for fields in [
      [("key", key), ("act", "answer")], [("key", key), ("item", "NT-003"), ("act", "answer")],
      [("key", key), ("item", item), ("act", "fly")],
    ] {
      #expect(yamada.post("/items/NT-003", fields).status == 400)
    }
    #expect(yamada.post("/items/NT-001", [("key", key)] + answer).status == 400)
    #expect(yamada.post("/checks", [("key", key)] + answer).status == 404)
    #expect(yamada.get("/items/NT-003").text.contains("起票"))
    #expect(
      yamada.post(
        "/items/NT-003", [("key", key)] + answer, ["origin": "http://127.0.0.1:8018", "sec-fetch-site": "same-origin"]
      )
      .status == 303)
  }

  @Test func whoMayOnlyReadEntersNothing() throws {
    let office = try Office()
    defer { office.program.remove() }
    for name in ["監査", "佐藤"] {
      let visitor = try office.visitor(name)
      let page = visitor.get("/items/NT-004").text
      #expect(
        !page.contains("name=\"act\"") && !visitor.get("/items").text.contains("type=\"checkbox\" name=\"item\""),
        "\(name)")
      let digest = try office.visitor("情報管理").hidden("item", on: "/items/NT-004")
      let answer = visitor.post(
        "/items/NT-004",
        [("key", try visitor.hidden("key", on: "/")), ("item", digest), ("act", "answer"), ("text", "x")])
      #expect(answer.status == 403, "\(name)")
    }
    let quiet = try Office(enters: false)
    defer { quiet.program.remove() }
    let visitor = try quiet.visitor("情報管理")
    #expect(!visitor.get("/items/NT-003").text.contains("name=\"act\""))
  }

  @Test func severalAtOnceAllOrNone() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    let list = visitor.get("/items").text
    let seen = list.matches(of: #/name="item" value="([^"]*)"/#).map { String($0.1) }
    #expect(seen.count == 4)
    let key = try visitor.hidden("key", on: "/items")
    func post(_ ids: [String], _ act: String) -> Answer {
      let chosen = seen.filter { line in ids.contains { line.hasPrefix($0 + " ") } }.map { ("item", $0) }
      return visitor.post("/items", [("key", key), ("act", act), ("text", "見た"), ("back", "/items?open=1")] + chosen)
    }
    // One that cannot be answered stops the other.
    #expect(post(["NT-001", "NT-003"], "answer").status == 409)
    #expect(visitor.get("/items/NT-003").text.contains("raised\">起票"))
    let done = post(["NT-003", "NT-004"], "answer")
    #expect(done.status == 303 && done.header("Location") == "/items?open=1")
    #expect(visitor.get("/items").text.contains("NT-003, NT-004"))
  }

  @Test func holdsTrainingsAndCausesAreEntered() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    #expect(try visitor.act("hold", "NT-003", [("text", "来週"), ("approver", "鈴木"), ("until", "x")]).status == 400)
    #expect(
      try visitor.act("hold", "NT-003", [("text", "来週"), ("approver", "情報管理"), ("until", "2099-01-01")]).status == 400)
    for approver in ["存在しない人", "監査", ""] {
      #expect(
        try visitor.act("hold", "NT-003", [("text", "来週"), ("approver", approver), ("until", "2099-01-01")]).status
          == 400)
    }
    #expect(
      try visitor.act("hold", "NT-003", [("text", "来週"), ("approver", "鈴木"), ("until", "2000-01-01")]).status == 400)
    #expect(
      try visitor.act("hold", "NT-003", [("text", "来週"), ("approver", "鈴木"), ("until", "2099-01-01")]).status == 303)
    #expect(visitor.get("/items/NT-003").text.contains("保留"))
    let group = try visitor.hidden(
      "group",
      on: String(
        try #require(
          visitor.get("/checks/NT-C09-02").text.firstMatch(of: #/href="(\/differences\/NT-C09-02\?group=[^"]*)"/#)?.1)))
    let page = "/differences/NT-C09-02"
    let address = page + "?group=" + group.replacing("/", with: "%2F")
    let fields = [
      ("key", try visitor.hidden("key", on: "/")), ("group", group), ("seen", try visitor.hidden("seen", on: address)),
    ]
    #expect(visitor.post(page, fields + [("kind", "O"), ("note", "")]).status == 400)
    #expect(visitor.post(page, fields + [("kind", "Z"), ("note", "x")]).status == 400)
    #expect(
      visitor.post(page, [fields[0], fields[1], ("seen", "sha256:0"), ("kind", "O"), ("note", "x")]).status == 409)
    #expect(visitor.post(page, fields + [("kind", "O"), ("note", "旧の誤り")]).status == 303)
    // What somebody said meanwhile is not overwritten unseen.
    let late = visitor.post(page, fields + [("kind", "I"), ("note", "仕様")])
    #expect(late.status == 409 && Self.text(late).contains("[serve.changed]"))
    let shown = visitor.get(address).text
    #expect(shown.contains("旧システムの潜在誤り") && shown.contains("旧の誤り"))
    #expect(!visitor.get("/differences?class=U").text.contains(group))
  }

  // MARK: sections

  @Test func sectionsSeeTheirOwn() throws {
    let office = try Office()
    defer { office.program.remove() }
    let (resident, property, other) = (try office.visitor("山田"), try office.visitor("佐藤"), try office.visitor("田中"))
    let all = try office.visitor("監査")
    func sees(_ visitor: Visitor, _ target: String) -> Bool { visitor.get(target).status == 200 }
    for (target, expected) in [
      ("/items/NT-001", [true, false, false]), ("/items/NT-004", [false, true, false]),
      ("/checks/NT-C01-01", [true, false, false]), ("/checks/NT-C09-02", [false, true, false]),
      ("/differences/NT-C09-02", [false, true, false]), ("/differences/NT-C09-02/1", [false, true, false]),
      ("/records/NOTICE/6", [true, true, false]), ("/gates/provisional", [true, true, true]),
      ("/runs/0001/report", [false, false, false]), ("/papers/protected", [false, false, false]),
      ("/papers/gaiji", [false, false, false]), ("/papers/differences", [false, false, false]),
      ("/papers/gate-pack", [true, true, true]),
    ] {
      #expect([resident, property, other].map { sees($0, target) } == expected, "\(target)")
    }
    // Keys of those under protection stand in both.
    for target in ["/runs/0001/report", "/papers/differences", "/papers/protected"] {
      #expect(!sees(all, target), "\(target)")
    }
    #expect(sees(try office.visitor("情報管理"), "/runs/0001/report"))
    #expect(sees(try office.visitor("情報管理"), "/papers/protected"))
    // What is not theirs looks like what is not there.
    let (theirs, none) = (property.get("/items/NT-001"), property.get("/items/NONE"))
    #expect(theirs.text == none.text)
    for target in ["/items", "/checks", "/differences", "/", "/gates/provisional/G-02"] {
      let page = property.get(target).text
      #expect(!page.contains("/items/NT-001") && !page.contains("/checks/NT-C01-01"), "\(target)")
      #expect(!other.get(target).text.contains("href=\"/checks/"), "\(target)")
    }
    let item = all.get("/items/NT-001").text.firstMatch(of: #/NT-001/#) != nil
    #expect(item)
  }

  @Test func papersAreFilesToKeep() throws {
    let office = try Office()
    defer { office.program.remove() }
    let visitor = try office.visitor("情報管理")
    for (form, begin) in [("xlsx", "PK"), ("json", "{"), ("markdown", "#")] {
      let answer = office.site.answer(
        Inquiry(.get, "/papers/status?to=\(form)", headers: Self.host.merging(["cookie": visitor.cookie]) { $1 }))
      #expect(
        answer.status == 200 && answer.header("Content-Disposition")?.contains("attachment; filename=\"status-") == true
      )
      #expect(String(decoding: answer.body.prefix(2), as: UTF8.self).hasPrefix(begin), "\(form)")
    }
    #expect(visitor.get("/papers/status?to=exe").status == 400)
    #expect(visitor.get("/papers/gate-pack?gate=none").status == 404)
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
