import Report
import Tables

/// Filters of a list: a form that is submitted by a button without script, and automatically with it.
enum FilterForm {
  static func html(_ address: String, _ fields: [HTML], _ visit: Visit) -> HTML {
    let words = visit.words
    return """
      <form class="filter" method="get" action="\(address)" role="search" aria-label="\(words("絞り込み", "Filter"))">\(fields)\
      <button>\(words("絞り込む", "Filter"))</button> <a href="\(address)">\(words("すべて", "All"))</a></form>
      """
  }

  static func choice(_ name: String, _ title: String, _ values: [(String, String)], _ visit: Visit) -> HTML {
    let chosen = visit.query(name)
    let options = values.map { value, word -> HTML in
      "<option value=\"\(value)\"\(value == chosen ? " selected" as HTML : "")>\(word)</option>"
    }
    return "<label>\(title)<select name=\"\(name)\"><option value=\"\">–</option>\(options)</select></label>"
  }

  static func text(_ name: String, _ title: String, _ visit: Visit) -> HTML {
    "<label>\(title)<input name=\"\(name)\" value=\"\(visit.query(name))\"></label>"
  }

  static func flag(_ name: String, _ title: String, _ visit: Visit) -> HTML {
    let checked: HTML = visit.query(name).isEmpty ? "" : " checked"
    return "<label class=\"flag\"><input type=\"checkbox\" name=\"\(name)\" value=\"1\"\(checked)>\(title)</label>"
  }
}

/// A long list in pages, by the query's `page`, from 1.
struct Paging {
  let range: Range<Int>
  private let page: Int
  private let pages: Int
  private let visit: Visit

  init(count: Int, limit: Int, _ visit: Visit) {
    pages = max(1, (count + limit - 1) / limit)
    page = min(max(1, Int(visit.query("page")) ?? 1), pages)
    let start = (page - 1) * limit
    range = start..<min(start + limit, count)
    self.visit = visit
  }

  /// A part of the list, between two ways to the others.
  func around(_ list: HTML) -> HTML { "\(html)\(list)\(html)" }

  func around(_ table: Table) -> HTML { around(table.html(visit.words)) }

  private var html: HTML {
    guard pages > 1 else { return "" }
    let words = visit.words
    func link(_ to: Int, _ word: String) -> HTML {
      guard (1...pages).contains(to), to != page else { return "<span class=\"soft\">\(word)</span>" }
      var query = visit.inquiry.query.map { ($0.key, $0.value) }.filter { $0.0 != "page" }.sorted { $0.0 < $1.0 }
      query.append(("page", String(to)))
      return .link(PageAddress.path(visit.inquiry.path, query: query), word)
    }
    let place = words("\(page) / \(pages) ページ", "page \(page) of \(pages)")
    return """
      <nav class="paging" aria-label="\(words("ページ", "Pages"))">\(link(1, words("最初", "first"))) \(link(page - 1, words("前", "previous"))) \
      <span>\(place)</span> \(link(page + 1, words("次", "next"))) \(link(pages, words("最後", "last")))</nav>
      """
  }
}
