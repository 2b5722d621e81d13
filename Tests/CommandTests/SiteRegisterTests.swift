import Base
import Foundation
import Site
import Testing

/// 課題, 日程, 会議, 決定 and ひも付け are entered on the pages, by the rules of the commands.
extension SiteTests {
  /// Sends a form of a page: with its key, and the revision that the page shows.
  private static func send(
    _ visitor: Visitor, _ page: String, _ act: String, _ fields: [(String, String)], revision: String? = nil
  ) throws -> Answer {
    let seen =
      try revision ?? (visitor.get(page).text.contains("name=\"revision\"") ? visitor.hidden("revision", on: page) : "")
    return visitor.post(
      page, [("key", try visitor.hidden("key", on: "/")), ("act", act), ("revision", seen)] + fields)
  }

  @Test func anIssueFromItsOpeningToItsClose() throws {
    let office = try Office()
    defer { office.program.remove() }
    let (yamada, suzuki, sato) = (try office.visitor("山田"), try office.visitor("鈴木"), try office.visitor("佐藤"))
    let open = [("title", "期別が合わない"), ("severity", "S2"), ("section", "市民税課"), ("owner", "山田"), ("due", "令和99年12月1日")]
    let made = try Self.send(yamada, "/issues", "open", open + [("links", "NT-C09-02、NT-004")])
    #expect(made.status == 303 && made.header("Location") == "/issues/I-0001", "\(Self.text(made))")
    let page = yamada.get("/issues/I-0001").text
    #expect(page.contains("期別が合わない") && page.contains("2117") == page.contains("2117") && page.contains("経過"))
    // Others' sections do not see it, and who may only read has no form.
    #expect(sato.get("/issues/I-0001").status == 404 && !sato.get("/issues").text.contains("name=\"act\""))
    for (fields, word) in [
      ([("title", "x")], "register.missing"), (open.dropLast() + [("due", "12/1")], "option.value"),
      (open + [("links", "NT-C09-99")], "register.unknown"),
      (open.filter { $0.0 != "section" } + [("section", "ない課")], "option.value"),
    ] as [([(String, String)], String)] {
      let refused = try Self.send(yamada, "/issues", "open", fields)
      #expect(refused.status >= 400 && Self.text(refused).contains(word), "\(fields): \(Self.text(refused))")
    }
    // A change of fields; a workaround needs an approver, another person of the list.
    let change = [
      ("title", "期別が合わない"), ("severity", "S2"), ("section", "市民税課"), ("owner", "鈴木"), ("cause", "N"),
      ("important", "1"),
    ]
    #expect(try Self.send(yamada, "/issues/I-0001", "update", change).status == 303)
    #expect(
      Self.text(
        try Self.send(yamada, "/issues/I-0001", "update", change + [("workaround", "手で直す"), ("kind", "temporary")])
      ).contains("register.missing"))
    #expect(
      try Self.send(
        yamada, "/issues/I-0001", "update",
        change + [("workaround", "手で直す"), ("kind", "temporary"), ("approver", "鈴木")]
      ).status == 303)
    // Line ends come as browsers send them; an emptied field is cleared, which an owner cannot be.
    let cleared = change.filter { $0.0 != "owner" } + [("owner", "鈴木"), ("detail", "一行目\r\n二行目"), ("due", "")]
    #expect(try Self.send(yamada, "/issues/I-0001", "update", cleared).status == 303)
    let now = try #require(
      try office.program.run("issues", "show", office.project, "I-0001", "--workspace", "ws", "--format", "json").json[
        "issue"] as? [String: Any])
    #expect(now["detail"] as? String == "一行目\n二行目" && now["due"] as? String == "")
    #expect(
      Self.text(try Self.send(yamada, "/issues/I-0001", "update", change.filter { $0.0 != "owner" })).contains(
        "register.missing"))
    // On an outdated page nothing is entered.
    let stale = try Self.send(suzuki, "/issues/I-0001", "resolve", [("resolution", "直した")], revision: "1")
    #expect(stale.status == 409 && Self.text(stale).contains("serve.changed") && Self.text(stale).contains("直した"))
    #expect(try Self.send(suzuki, "/issues/I-0001", "resolve", [("resolution", "直した")]).status == 303)
    #expect(Self.text(try Self.send(suzuki, "/issues/I-0001", "close", [])).contains("ledger.foureyes"))
    #expect(!suzuki.get("/issues/I-0001").text.contains("value=\"close\""))
    #expect(try Self.send(yamada, "/issues/I-0001", "close", []).status == 303)
    #expect(try Self.send(yamada, "/issues/I-0001", "reopen", [("reason", "再発")]).status == 303)
    let issue = try #require(
      try office.program.run("issues", "show", office.project, "I-0001", "--workspace", "ws", "--format", "json").json[
        "issue"] as? [String: Any])
    #expect(
      issue["state"] as? String == "open" && issue["owner"] as? String == "鈴木" && issue["cause"] as? String == "N")
    #expect(try office.program.run("ledger", "verify", office.project, "--workspace", "ws").code == 0)
  }

  @Test func aLineOfTheScheduleIsPlannedEnteredAndApproved() throws {
    let office = try Office()
    defer { office.program.remove() }
    let (all, other, yamada) = (try office.visitor("情報管理"), try office.visitor("鈴木"), try office.visitor("山田"))
    let plan = [
      ("id", "check-list"), ("title", "確認表"), ("kind", "document"), ("owner", "市民税課"), ("start", "R1.11.1"),
      ("end", "2019/11/8"),
    ]
    #expect(try Self.send(yamada, "/schedule", "plan", plan).status == 400)
    #expect(try Self.send(all, "/schedule", "plan", plan).header("Location") == "/schedule/check-list")
    #expect(try Self.send(all, "/schedule", "plan", plan).status == 409)
    #expect(yamada.get("/schedule").text.contains("確認表") && yamada.get("/schedule").text.contains("<svg"))
    let page = "/schedule/check-list"
    #expect(Self.text(try Self.send(yamada, page, "approve", [])).contains("register.missing"))
    #expect(Self.text(try Self.send(yamada, page, "happened", [("end", "2999-01-01")])).contains("register.future"))
    #expect(
      try Self.send(yamada, page, "happened", [("start", "R1.11.2"), ("end", "R1.11.7"), ("note", "保管庫")]).status == 303
    )
    #expect(Self.text(try Self.send(yamada, page, "approve", [])).contains("ledger.foureyes"))
    #expect(try Self.send(other, page, "approve", []).status == 303)
    #expect(other.get(page).text.contains("R元.11.2") || other.get(page).text.contains("2019"))
    // A section does not shift its deadline. A new plan ends the approval, and not the four eyes.
    let anew = [("owner", "市民税課"), ("start", "2019-11-1"), ("end", "2019-11-30")]
    #expect(try Self.send(yamada, page, "plan", anew).status == 400)
    #expect(try Self.send(all, page, "plan", anew).status == 303)
    #expect(!yamada.get(page).text.contains("承認</dt><dd>鈴木"))
    #expect(Self.text(try Self.send(yamada, page, "approve", [])).contains("ledger.foureyes"))
    #expect(try office.visitor("田中").get(page).text.contains("name=\"act\"") == false)
  }

  @Test func meetingsDecisionsAndTheirConditions() throws {
    let office = try Office()
    defer { office.program.remove() }
    let (all, yamada) = (try office.visitor("情報管理"), try office.visitor("山田"))
    let meeting = [
      ("kind", "regular"), ("held", "R1.11.20"), ("title", "第8回"), ("agenda", "進み具合\n課題"), ("attendees", "山田\n鈴木"),
    ]
    #expect(try Self.send(yamada, "/meetings", "hold", meeting).status == 400)
    #expect(try Self.send(all, "/meetings", "hold", meeting).status == 303)
    #expect(yamada.get("/meetings").text.contains("第8回") && !yamada.get("/meetings").text.contains("name=\"act\""))
    // What was entered of it is shown.
    let shown = yamada.get("/meetings/M-0001").text
    for word in ["第8回", "令和元年11月20日", "進み具合", "鈴木", "定例会議"] { #expect(shown.contains(word), "\(word)") }
    #expect(yamada.get("/meetings/M-0009").status == 404)
    // A field that is sent twice is none.
    let twice = try Self.send(all, "/meetings", "hold", meeting + [("title", "第9回")])
    #expect(twice.status == 400 && Self.text(twice).contains("title"))
    // The gate is NO-GO: it can only be sent back.
    #expect(!all.get("/gates/provisional").text.contains("value=\"approved\""))
    let approved = try Self.send(all, "/gates/provisional", "decide", [("decision", "approved"), ("held", "R1.11.20")])
    #expect(approved.status == 409 && Self.text(approved).contains("decision.refused"))
    #expect(
      try Self.send(yamada, "/gates/provisional", "decide", [("decision", "sent-back"), ("held", "R1.11.20")]).status
        == 400)
    let seenFirst = try all.hidden("seen", on: "/gates/provisional")
    let sent = try Self.send(
      all, "/gates/provisional", "decide",
      [("seen", seenFirst), ("decision", "sent-back"), ("held", "R1.11.20"), ("minutes", "倉庫")])
    #expect(sent.status == 303 && sent.header("Location") == "/meetings", "\(Self.text(sent))")
    #expect(yamada.get("/meetings").text.contains("差戻し") && yamada.get("/meetings/M-0002").text.contains("倉庫"))
    // The page at which the verdict was another is refused; so is the same form a second time.
    let seen = try all.hidden("seen", on: "/gates/provisional")
    let stale = try Self.send(
      all, "/gates/provisional", "decide", [("seen", "x"), ("decision", "sent-back"), ("held", "R1.11.21")])
    #expect(stale.status == 409 && Self.text(stale).contains("serve.changed"))
    let once = [("once", "a1"), ("seen", seen), ("decision", "sent-back"), ("held", "R1.11.21")]
    #expect(try Self.send(all, "/gates/provisional", "decide", once).status == 303)
    #expect(try Self.send(all, "/gates/provisional", "decide", once).status == 409)
    #expect(try office.program.run("ledger", "verify", office.project, "--workspace", "ws").code == 0)
    #expect(try office.program.run("decisions", "list", office.project, "--workspace", "ws").output.contains("D-0001"))
  }

  @Test func causesBecomeIssuesAndItemsAreLinked() throws {
    let office = try Office()
    defer { office.program.remove() }
    let (yamada, other) = (try office.visitor("情報管理"), try office.visitor("山田"))
    let cause = try #require(yamada.get("/causes").text.firstMatch(of: #/href="(\/causes\/[^"]+)"/#))
    let page = String(cause.1)
    #expect(try Self.send(yamada, page, "assign", [("section", "資産税課"), ("due", "R99.1.1")]).status == 303)
    #expect(yamada.get(page).text.contains("/issues/I-0001") && !yamada.get(page).text.contains("value=\"assign\""))
    #expect(Self.text(try Self.send(yamada, page, "assign", [("section", "資産税課")])).contains("cause.assigned"))
    let seen = ("seen", try yamada.hidden("seen", on: page))
    let classify = [seen, ("kind", "N"), ("note", "端数の扱い"), ("approver", "鈴木")]
    #expect(try Self.send(yamada, page, "classify", classify.filter { $0.0 != "seen" }).status == 409)
    #expect(try Self.send(yamada, page, "classify", classify).status == 303)
    #expect(
      yamada.get("/differences?class=N").text.contains("端数の扱い")
        || yamada.get("/differences?class=N").text.contains("N "))
    // Differences of checks that a person does not see are not classified by them.
    let others = try Self.send(
      other, page, "classify", [("seen", try yamada.hidden("seen", on: page))] + classify.dropFirst())
    #expect(others.status == 404 || others.status == 409, "\(others.status)")
    // ひも付け: an item names another; an issue of another section is not there.
    #expect(
      try other.act("amend", "NT-003", [("links", "NT-001"), ("due", "R99.3.1"), ("note", "見積りの写し")]).status == 303)
    #expect(other.get("/items/NT-003").text.contains("見積りの写し"))
    #expect(Self.text(try other.act("amend", "NT-003", [("links", "I-0001")])).contains("register.unknown"))
  }

  @Test func afterAnAnswerComesTheNextItem() throws {
    let office = try Office()
    defer { office.program.remove() }
    let all = try office.visitor("情報管理")
    let first = try all.act("answer", "NT-003", [("text", "見た")]).header("Location")
    let next = try #require(first)
    #expect(next.hasPrefix("/items/"), "\(next)")
    // Those of one section, none twice, and then the list of nothing more: the item itself.
    let owners = Set(["NT-003", String(next.dropFirst(7))].map { id in all.get("/items/\(id)").text.contains("市民税課") })
    #expect(owners.count == 1 || next == "/items/NT-003")
  }

  @Test func behindAProxyOnlyHTTPSAndOnlyThatName() throws {
    let office = try Office()
    defer { office.program.remove() }
    let site = try Site(
      .init(
        project: office.project, workspace: office.program.folder + "/ws", data: nil,
        access: office.program.folder + "/access.csv", enters: true, language: .japanese,
        origin: "https://totsugo.city.example"))
    func signIn(_ headers: [String: String]) -> Answer {
      site.answer(Inquiry(.post, "/sign-in", headers: headers, body: "token=\(office.tokens["山田"] ?? "")"))
    }
    let (name, https) = ("totsugo.city.example", ["x-forwarded-proto": "https"])
    for headers in [
      ["host": name], ["host": name, "x-forwarded-proto": "http"], ["host": "other.example"].merging(https) { $1 },
      ["host": name + ":8443"].merging(https) { $1 }, https,
    ] { #expect(signIn(headers).status == 421, "\(headers)") }
    let answer = signIn(["host": name].merging(https) { $1 })
    let cookie = try #require(answer.header("Set-Cookie"))
    #expect(answer.status == 303 && cookie.contains("; Secure") && answer.header("Strict-Transport-Security") != nil)
    let own = signIn(["host": "127.0.0.1:8018"])
    #expect(own.status == 303 && !(own.header("Set-Cookie") ?? "").contains("Secure"))
    let session = ["cookie": String(cookie.prefix { $0 != ";" }), "host": name].merging(https) { $1 }
    let page = String(decoding: site.answer(Inquiry(.get, "/items/NT-003", headers: session)).body, as: UTF8.self)
    func hidden(_ name: String) throws -> String {
      String(
        try #require(
          page.firstMatch(of: try Regex("name=\"\(name)\" value=\"([^\"]*)\"", as: (Substring, Substring).self))
        ).1)
    }
    let body = "key=\(try hidden("key"))&act=investigate&item=\(try hidden("item").replacing(" ", with: "+"))"
    for (origin, status) in [("http://" + name, 403), ("https://other.example", 403), ("https://" + name, 303)] {
      let sent = site.answer(
        Inquiry(.post, "/items/NT-003", headers: session.merging(["origin": origin]) { $1 }, body: body))
      #expect(sent.status == status, "\(origin)")
    }
  }

  @Test func whoIsUnderProtectionIsNotToldByACause() throws {
    let office = try Office { program in
      try Self.rewrite(program.folder + "/project/notices/checks.yaml", "期別の計が税額", "支援措置の期別の計が税額")
    }
    defer { office.program.remove() }
    let (may, mayNot) = (try office.visitor("情報管理"), try office.visitor("監査"))
    let link = try #require(may.get("/causes").text.firstMatch(of: #/href="(\/causes\/[^"]+)"/#))
    #expect(may.get(String(link.1)).text.contains("/records/NOTICE/"))
    let page = mayNot.get(String(link.1))
    #expect(page.status == 200 && page.text.contains("権限のある者だけ") && !page.text.contains("/records/NOTICE/"))
  }

  @Test func aSectionMeetsItsOwnConditionsAlone() throws {
    let office = try Office { program in
      let gates = program.folder + "/project/gates.yaml"
      try Self.rewrite(gates, "max-failed: 0", "max-failed: 9")
      try Self.rewrite(gates, "max-unclassified: 0", "max-unclassified: 99")
    }
    defer { office.program.remove() }
    let (all, yamada) = (try office.visitor("情報管理"), try office.visitor("山田"))
    let gate = "/gates/provisional"
    let decided = try Self.send(
      all, gate, "decide",
      [
        ("seen", try all.hidden("seen", on: gate)), ("decision", "conditional"), ("held", "R1.11.20"),
        ("conditions", "R99.1.1 資産税課: 残りを直す"),
      ])
    #expect(decided.status == 303, "\(Self.text(decided))")
    let met = [("decision", "D-0001"), ("number", "1"), ("on", "R1.11.21")]
    let revision = try all.hidden("revision", on: "/meetings")
    #expect(!yamada.get("/meetings").text.contains("name=\"act\""))
    #expect(try Self.send(yamada, "/meetings", "met", met, revision: revision).status == 404)
    #expect(all.get("/meetings").text.contains("残りを直す"))
    #expect(try Self.send(all, "/meetings", "met", met).status == 303)
    #expect(!all.get("/meetings").text.contains("残りを直す"))
  }

  @Test func aDifferenceWhoseDataAreGoneSaysSo() throws {
    let office = try Office()
    defer { office.program.remove() }
    try FileManager.default.removeItem(atPath: office.program.folder + "/data")
    let page = try office.visitor("情報管理").get("/differences/NT-C09-02/1")
    #expect(page.status == 200 && page.text.contains("[file.open]") && !page.text.contains("たどれるレコードや行はない"))
  }

  private static func rewrite(_ path: String, _ old: String, _ new: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains(old))
    try text.replacing(old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
  }
}
