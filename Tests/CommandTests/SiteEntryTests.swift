import Foundation
import Site
import Testing

/// Entries on the pages, and refused ones.
extension SiteTests {
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
    // Refused for the person who answered, and on outdated evidence.
    let own = try yamada.act("confirm", "NT-003")
    #expect(own.status == 409 && Self.text(own).contains("[ledger.foureyes]"))
    let stale = suzuki.post(
      "/items/NT-003",
      [("key", try suzuki.hidden("key", on: "/")), ("item", seen), ("act", "investigate")])
    #expect(stale.status == 409 && Self.text(stale).contains("[serve.changed]"))
    #expect(try suzuki.act("confirm", "NT-003", [("note", "印字を見た")]).status == 303)
    let history = suzuki.get("/items/NT-003?language=en").text
    #expect(history.contains("confirmed by 鈴木") && history.contains("山田") && history.contains("<td>serve</td>"))
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
    // An item that cannot be answered stops the other one.
    #expect(post(["NT-001", "NT-003"], "answer").status == 409)
    #expect(visitor.get("/items/NT-003").text.contains("unknown\">起票"))
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
    let approved = fields + [("approver", "鈴木"), ("until", "")]
    #expect(visitor.post(page, approved + [("kind", "O"), ("note", "")]).status == 400)
    #expect(visitor.post(page, approved + [("kind", "Z"), ("note", "x")]).status == 400)
    // No approver, the person who enters it, a person who is not on the list; a day that is over.
    for (approver, until) in [("", ""), ("情報管理", ""), ("部長", ""), ("鈴木", "2000-01-01"), ("鈴木", "soon")] {
      let answer = visitor.post(
        page, fields + [("approver", approver), ("until", until), ("kind", "O"), ("note", "旧の誤り")])
      #expect(answer.status == 400, "\(approver) \(until)")
    }
    #expect(
      visitor.post(
        page, [fields[0], fields[1], ("seen", "sha256:0"), ("kind", "O"), ("note", "x"), ("approver", "鈴木")]
      ).status == 409)
    #expect(visitor.post(page, approved + [("kind", "O"), ("note", "旧の誤り")]).status == 303)
    // Another person's entry meanwhile is not overwritten unseen.
    let late = visitor.post(page, approved + [("kind", "I"), ("note", "仕様")])
    #expect(late.status == 409 && Self.text(late).contains("[serve.changed]"))
    let shown = visitor.get(address).text
    #expect(shown.contains("旧システムの潜在誤り") && shown.contains("旧の誤り"))
    #expect(!visitor.get("/differences?class=U").text.contains(group))
  }
}
