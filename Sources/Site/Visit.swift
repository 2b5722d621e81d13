import Base
import Tables
import Evidence
import Ledger
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
  func seesSingles(of check: CheckResult) -> Bool { person.seesProtected || !check.concernsProtected }

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

extension Visit {
  /// Names and values below each other, without those that have no value.
  func facts(_ facts: [Paper.Fact]) -> HTML {
    .facts(facts.filter { !words.text($0.value).isEmpty }, words)
  }
}

extension Visit {
  /// 経過: everything that was entered about a record.
  ///
  /// - Throws: the errors of reading the ledger.
  func history(of id: String, in register: RegisterSchema) throws -> HTML {
    let entries = try snapshot.office.reading().history(of: id, in: register.name)
    let table = Entry.history(try snapshot.office.names(snapshot.dossier.jobs)).table(
      entries, words, [.init("number", head: true), "at", "by", "act", "source", "changes"], limit: .max)
    return "<h2>\(words("経過", "History"))</h2>\(table.html(words))"
  }
}

extension HTML {
  static func link(_ address: String, _ text: String) -> HTML { "<a href=\"\(address)\">\(text)</a>" }
}

extension Visit {
  /// Whether what is personal is shown: to who has the right to it, and asks for it. Numbers of persons (個人番号) never are.
  var reveals: Bool { person.seesProtected && query("reveal") == "yes" }

  /// The same question in an address that leads on.
  var revealing: [(String, String)] { reveals ? [("reveal", "yes")] : [] }

  /// The way to the page with what is personal, or back; for others, why it is masked.
  var revealSwitch: HTML {
    guard person.seesProtected else {
      return "<p class=\"soft\">\(Privacy.mask) \(words(CheckResult.Line.Side.withheld))</p>"
    }
    var query = inquiry.query.map { ($0.key, $0.value) }.filter { $0.0 != "reveal" }.sorted { $0.0 < $1.0 }
    if !reveals { query.append(("reveal", "yes")) }
    let word = reveals ? words("個人の値を伏せる", "Mask personal values") : words("個人の値も表示する", "Show personal values, too")
    return "<p>\(HTML.link(PageAddress.path(inquiry.path, query: query), word))</p>"
  }
}
