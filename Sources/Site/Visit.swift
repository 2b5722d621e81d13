import Base
import Tables
import Evidence
import Office
import Records
import Registers
import Report

/// One inquiry being answered: the person, the language, the state.
struct Visit: Sendable {
  let site: Site
  let inquiry: Inquiry
  let snapshot: Snapshot
  let person: ListedPerson
  let language: Language
  /// Other persons of the access list who may enter, and so approve.
  let approvers: [String]
  /// The key in every form.
  let formKey: String
  /// The message about the last entry.
  let said: Bilingual?

  var words: Words { Words(language: language) }
  var today: String { snapshot.dossier.today }

  /// Whether there are forms: the server accepts entries, and this person may enter.
  var enters: Bool { site.options.enters && person.enters }

  func query(_ name: String) -> String { inquiry.query[name] ?? "" }

  // MARK: sections see their own

  func sees(_ standing: ItemStanding) -> Bool { person.sees(standing.item.owner) }

  /// Whether an item of the person's sections rests on the check.
  func sees(check: String) -> Bool {
    if person.sections == nil { return true }
    return (snapshot.sectionsOfCheck[check] ?? []).contains(where: person.sees)
  }

  /// Whether the person's sections have items of the subsystem, and so may see its records.
  func sees(subsystem: String) -> Bool {
    person.sections == nil || snapshot.dossier.items.contains { sees($0) && $0.item.subsystem == subsystem }
  }

  /// Whether the person may see the single differences of a check: those about 支援措置 name persons under protection.
  func seesSingles(of check: CheckResult) -> Bool { person.seesProtected || !ProtectedPaper.concerns(check) }

  func sees(_ issue: Issue) -> Bool { person.sees(issue.section) }
}

/// The content of a page: its title, the path to it, and its body.
struct PageContent {
  struct Crumb {
    let name: String
    let address: String
  }

  let title: String
  /// The pages above it.
  let crumbs: [Crumb]
  let body: HTML

  init(_ title: String, crumbs: [Crumb] = [], _ body: HTML) {
    self.title = title
    self.crumbs = crumbs
    self.body = body
  }
}

/// A kind of page: each is one file of `Pages/` and one line of ``Site/pages``.
///
/// The answer is `nil` when there is no such page, and when it is not permitted to this person. The two look alike.
protocol Page: Sendable {
  /// - Parameter rest: the parts of the address after the kind's own.
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent?

  /// The complete answer, when it is not a page within the site's frame.
  static func answer(_ visit: Visit, _ rest: [String]) throws -> Answer?

  /// Enters a form of the page. Called only for persons who may enter.
  static func enter(_ visit: Visit, _ rest: [String]) throws -> Entered?
}

extension Page {
  static func answer(_ visit: Visit, _ rest: [String]) throws -> Answer? {
    try page(visit, rest).map { Frame.page($0, visit) }
  }

  static func enter(_ visit: Visit, _ rest: [String]) throws -> Entered? { nil }
}

/// The result of an entry: its message, and the next page.
struct Entered {
  let said: Bilingual
  let next: String
}

/// A table of a page.
struct Grid {
  struct Column {
    let title: String
    let style: String

    /// Right-aligned.
    static func number(_ title: String) -> Column { Column(title: title, style: "n") }
    /// Never broken.
    static func id(_ title: String) -> Column { Column(title: title, style: "id") }
    static func text(_ title: String) -> Column { Column(title: title, style: "") }
  }

  let caption: String
  let columns: [Column]
  var rows: [[HTML]] = []
  /// The classes of rows that have one.
  var tones: [Int: String] = [:]

  init(_ caption: String, _ columns: [Column]) {
    self.caption = caption
    self.columns = columns
  }

  mutating func add(_ cells: [HTML], tone: String = "") {
    if !tone.isEmpty { tones[rows.count] = tone }
    rows.append(cells)
  }

  var html: HTML {
    let heads = columns.map { column -> HTML in
      column.style.isEmpty
        ? "<th scope=\"col\">\(column.title)</th>" : "<th scope=\"col\" class=\"\(column.style)\">\(column.title)</th>"
    }
    let body = rows.enumerated().map { number, cells -> HTML in
      let row = zip(cells, columns).enumerated().map { place, pair -> HTML in
        let (cell, column) = pair
        if place == 0 {
          return "<th scope=\"row\" class=\"\(column.style)\">\(cell)</th>"
        }
        return column.style.isEmpty ? "<td>\(cell)</td>" : "<td class=\"\(column.style)\">\(cell)</td>"
      }
      return tones[number].map { "<tr class=\"\($0)\">\(row)</tr>\n" } ?? "<tr>\(row)</tr>\n"
    }
    return HTML.table(caption, heads: heads, rows: body)
  }
}

extension HTML {
  /// Plain text, escaped.
  static func text(_ text: String) -> HTML { "\(text)" }

  static func link(_ address: String, _ text: String) -> HTML { "<a href=\"\(address)\">\(text)</a>" }

  /// A sentence in which numbers of checks and items do not break at their hyphens.
  static func sentence(_ text: String) -> HTML {
    row(
      text.split(separator: " ", omittingEmptySubsequences: false).map { word -> HTML in
        let isNumber = word.contains("-") && word.utf8.allSatisfy { $0 < 0x80 } && word.count < 30
        return isNumber ? "<span class=\"whole\">\(String(word))</span>" : "\(String(word))"
      }, by: " ")
  }

  /// A word with its colour.
  static func tag(_ style: String, _ word: String) -> HTML { "<span class=\"tag \(style)\">\(word)</span>" }

  /// Pieces in a row.
  static func row(_ pieces: [HTML], by separator: HTML = ", ") -> HTML {
    var row: HTML = ""
    for (index, piece) in pieces.enumerated() { row = index == 0 ? piece : "\(row)\(separator)\(piece)" }
    return row
  }

  /// Names and values below each other, without those that have no value.
  static func facts(_ facts: [(name: String, value: HTML)]) -> HTML {
    let lines = facts.filter { !$0.value.text.isEmpty }.map { fact -> HTML in
      "<div><dt>\(fact.name)</dt><dd>\(fact.value)</dd></div>"
    }
    return "<dl class=\"facts\">\(lines)</dl>"
  }
}
