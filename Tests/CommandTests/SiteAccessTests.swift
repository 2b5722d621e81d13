import Base
import Foundation
import Pipeline
import Site
import Testing

/// Access to the pages: sign-in, and the visible content.
extension SiteTests {
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
    // A link or a page from elsewhere signs no one in.
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
    // A list that cannot be read admits no one.
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
    let city = Program.root + "/Pipelines/city.yaml"
    let none = try program.run("access", "list.csv", "--name", "山田", "--section", "市民税", "--project", city)
    #expect(none.code == 64 && none.errors.contains("市民税課") && none.errors.contains("option.value"), "\(none)")
    #expect(try program.run("access", "list.csv", "--name", "山田", "--section", "市民税課").code == 64)
    let first = try program.run(
      "access", "list.csv", "--name", "山田", "--section", "市民税課", "--project", city, "--may", "enter")
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
    // Keys of persons under protection are in both.
    for target in ["/runs/0001/report", "/papers/differences", "/papers/protected"] {
      #expect(!sees(all, target), "\(target)")
    }
    #expect(sees(try office.visitor("情報管理"), "/runs/0001/report"))
    #expect(sees(try office.visitor("情報管理"), "/papers/protected"))
    // A forbidden record looks like a missing one.
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
}
