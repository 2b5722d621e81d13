import Base
import Tables
import Evidence
import Office
import Records
import Registers
import Report

/// One inquiry being answered: who asks, in which language, of which state.
struct Visit: Sendable {
  let site: Site
  let inquiry: Inquiry
  let snapshot: Snapshot
  let person: ListedPerson
  let language: Language
  /// Others of the access list who may enter, and so approve.
  let approvers: [String]
  /// Stands in every form.
  let formKey: String
  /// What was entered a moment ago.
  let said: Bilingual?

  var words: Words { Words(language: language) }
  var today: String { snapshot.dossier.today }

  /// Whether there are forms: the server was told to enter, and this person may.
  var enters: Bool { site.options.enters && person.enters }

  func query(_ name: String) -> String { inquiry.query[name] ?? "" }

  // MARK: sections see their own

  func sees(_ standing: ItemStanding) -> Bool { person.sees(standing.item.owner) }

  /// Whether a section answers for an item that rests on the check.
  func sees(check: String) -> Bool {
    if person.sections == nil { return true }
    return (snapshot.sectionsOfCheck[check] ?? []).contains(where: person.sees)
  }

  /// Whether a section has items of the subsystem, and so may see its records.
  func sees(subsystem: String) -> Bool {
    person.sections == nil || snapshot.dossier.items.contains { sees($0) && $0.item.subsystem == subsystem }
  }

  /// Whether the single differences of a check are for this person: of those about 支援措置 they name who is under protection.
  func seesSingles(of check: CheckResult) -> Bool { person.seesProtected || !ProtectedPaper.concerns(check) }

  func sees(_ issue: Issue) -> Bool { person.sees(issue.section) }
}

/// What a page says: its title, the way to it, and its content.
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

/// A kind of page: one file of `Pages/` each, one line of ``Site/pages``.
///
/// Nothing is answered with `nil`: where there is no such page, and where it is not for this person. The two look alike.
protocol Page: Sendable {
  /// - Parameter rest: the parts of the address behind the kind's own.
  static func page(_ visit: Visit, _ rest: [String]) throws -> PageContent?

  /// The whole answer, where it is not a page within the site's frame.
  static func answer(_ visit: Visit, _ rest: [String]) throws -> Answer?

  /// Enters what a form of the page says. Only called for those who may.
  static func enter(_ visit: Visit, _ rest: [String]) throws -> Entered?
}

extension Page {
  static func answer(_ visit: Visit, _ rest: [String]) throws -> Answer? {
    try page(visit, rest).map { Frame.page($0, visit) }
  }

  static func enter(_ visit: Visit, _ rest: [String]) throws -> Entered? { nil }
}

/// What was entered: what is said of it, and the page to go on with.
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
  /// Classes of rows that have one.
  var tones: [Int: String] = [:]

  init(_ caption: String, _ columns: [Column]) {
    self.caption = caption
    self.columns = columns
  }

  mutating func add(_ cells: [HTML], tone: String = "") {
    if !tone.isEmpty { tones[rows.count] = tone }
    rows.append(cells)
  }

  /// The table, in a region that scrolls by itself where the screen is narrow.
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
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table><caption>\(caption)</caption>\
      <thead><tr>\(heads)</tr></thead><tbody>\(body)</tbody></table></div>
      """
  }
}

extension HTML {
  /// A text as it is, escaped.
  static func text(_ text: String) -> HTML { "\(text)" }

  static func link(_ address: String, _ text: String) -> HTML { "<a href=\"\(address)\">\(text)</a>" }

  /// A sentence whose numbers of checks and items are not broken at their hyphens.
  static func sentence(_ text: String) -> HTML {
    row(
      text.split(separator: " ", omittingEmptySubsequences: false).map { word -> HTML in
        let isNumber = word.contains("-") && word.utf8.allSatisfy { $0 < 0x80 } && word.count < 30
        return isNumber ? "<span class=\"whole\">\(String(word))</span>" : "\(String(word))"
      }, by: " ")
  }

  /// A word with its colour.
  static func tag(_ style: String, _ word: String) -> HTML { "<span class=\"tag \(style)\">\(word)</span>" }

  /// Pieces one behind the other.
  static func row(_ pieces: [HTML], by separator: HTML = ", ") -> HTML {
    var row: HTML = ""
    for (index, piece) in pieces.enumerated() { row = index == 0 ? piece : "\(row)\(separator)\(piece)" }
    return row
  }

  /// Names and values below each other; those without a value are left out.
  static func facts(_ facts: [(name: String, value: HTML)]) -> HTML {
    let lines = facts.filter { !$0.value.text.isEmpty }.map { fact -> HTML in
      "<div><dt>\(fact.name)</dt><dd>\(fact.value)</dd></div>"
    }
    return "<dl class=\"facts\">\(lines)</dl>"
  }
}
