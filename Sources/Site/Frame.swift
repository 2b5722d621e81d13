import Office
import Projects
import Outline
import Base
import Tables
import Ledger
import Registers
import Report

/// The frame around every page's content.
enum Frame {
  /// The pages linked in the head: the first part of their address, and their names.
  private static let places: [(place: String, title: Bilingual)] = [
    ("", Bilingual("概況", "Overview")), ("items", Bilingual("確認事項", "Items")),
    ("causes", Bilingual("原因", "Causes")), ("checks", Bilingual("検査", "Checks")),
    ("differences", Bilingual("不一致", "Differences")),
    ("issues", Bilingual("課題", "Issues")), ("schedule", Bilingual("日程", "Schedule")),
    ("meetings", Bilingual("会議", "Meetings")), ("runs", Bilingual("実行", "Runs")),
    ("papers", Bilingual("報告書", "Papers")),
  ]

  static func page(_ content: PageContent, _ visit: Visit) -> Answer {
    let (words, here) = (visit.words, visit.inquiry.path.first ?? "")
    let links = places.map { place, title -> HTML in
      let current: HTML = place == here ? " aria-current=\"page\"" : ""
      return "<li><a href=\"/\(place)\"\(current)>\(words(title))</a></li>"
    }
    let crumbs = content.crumbs.map { crumb -> HTML in "<li><a href=\"\(crumb.address)\">\(crumb.name)</a></li>" }
    let way: HTML =
      content.crumbs.isEmpty
      ? ""
      : "<nav class=\"crumbs\" aria-label=\"\(words("現在の位置", "Where you are"))\"><ol>\(crumbs)<li aria-current=\"page\">\(content.title)</li></ol></nav>"
    let said: HTML = visit.said.map { "<p class=\"said\" role=\"status\">\(words($0))</p>" } ?? ""
    let head = visit.snapshot.dossier.head
    let name = visit.person.name.isEmpty ? words("起動した人", "who started it") : visit.person.name
    let sections = visit.person.sections.map { "（\($0.sorted().joined(separator: "、"))）" } ?? ""
    return .page(
      document(
        visit.language, "\(content.title) – \(words(visit.snapshot.outline.title))",
        """
        <header class="top"><a class="skip" href="#content">\(words("本文へ", "To the content"))</a>\
        <p class="name">\(words(visit.snapshot.outline.title))</p>\
        <nav aria-label="\(words("主な画面", "Main pages"))"><ul class="places">\(links)</ul></nav>\
        <div class="who"><span>\(name)\(sections)</span>\(languages(visit))\
        <form method="post" action="/sign-out"><input type="hidden" name="key" value="\(visit.formKey)"><button>\(words("退出", "Sign out"))</button></form></div></header>
        \(way)<main id="content" tabindex="-1">\(said)<h1>\(content.title)</h1>
        \(content.body)</main>
        <footer class="foot">\(words("台帳 第\(words.number(head.number))号", "ledger entry \(words.number(head.number))")) <code>\(head.digest)</code></footer>
        """))
  }

  /// Links to the same page in each language.
  private static func languages(_ visit: Visit) -> HTML {
    let links = Language.allCases.map { language -> HTML in
      var query = visit.inquiry.query.map { ($0.key, $0.value) }.filter { $0.0 != "language" }
      query.sort { $0.0 < $1.0 }
      query.append(("language", language.rawValue))
      let address = PageAddress.path(visit.inquiry.path, query: query)
      let name = language == .japanese ? "日本語" : "English"
      let current: HTML = language == visit.language ? " aria-current=\"true\"" : ""
      return
        "<a href=\"\(address)\" lang=\"\(language.rawValue)\" hreflang=\"\(language.rawValue)\"\(current)>\(name)</a>"
    }
    return "<span class=\"languages\">\(HTML.row(links, by: " "))</span>"
  }

  static func missing(_ visit: Visit) -> Answer {
    trouble(
      404, visit.language,
      Bilingual("このアドレスの画面はありません。または、見る権限がありません。", "There is no such page, or it is not yours to see."))
  }

  /// A page with only the reason why nothing else is shown.
  static func trouble(_ status: Int, _ language: Language, _ text: Bilingual) -> Answer {
    let words = Words(language: language)
    let paragraphs = words(text).split(separator: "\n").map { line -> HTML in "<p class=\"bad\">\(String(line))</p>" }
    let title = words("表示できません", "Nothing to show")
    return .page(
      document(
        language, title,
        """
        <main id="content"><h1>\(title)</h1>\(paragraphs)<p><a href="/">\(words("概況へ", "To the overview"))</a></p></main>
        """), status: status)
  }

  /// The fields in which people write sentences.
  private static let typedFields = [
    "text", "note", "title", "detail", "workaround", "resolution", "reason", "agenda", "attendees", "minutes",
    "conditions",
  ]

  /// A page with the reason why nothing was entered, the typed values, so that they need not be typed again, and the
  /// way back.
  static func refused(_ status: Int, _ language: Language, _ text: Bilingual, _ inquiry: Inquiry) -> Answer {
    let words = Words(language: language)
    let (title, back) = (words("記録していません", "Nothing was entered"), inquiry.field("back"))
    let typed = typedFields.map(inquiry.field).filter { !$0.isEmpty }.map { text -> HTML in
      "<p class=\"typed\">\(text)</p>"
    }
    let heading: HTML = typed.isEmpty ? "" : "<h2>\(words("入力した内容", "What you had written"))</h2>"
    let address =
      PageAddress.isOurs(back) ? back : PageAddress.path(inquiry.path, query: [("group", inquiry.field("group"))])
    return .page(
      document(
        language, title,
        """
        <main id="content"><h1>\(title)</h1><p class="bad" role="alert">\(words(text))</p>\(heading)\(typed)\
        <p>\(HTML.link(address, words("今の画面へ戻る", "Back to the page as it is now")))</p></main>
        """), status: status)
  }

  static func document(_ language: Language, _ title: String, _ body: HTML) -> HTML {
    """
    <!DOCTYPE html>
    <html lang="\(language.rawValue)"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
    <title>\(title)</title><link rel="stylesheet" href="/style.css"><script src="/script.js" defer></script></head>
    <body class="site">\(body)
    </body></html>

    """
  }
}
