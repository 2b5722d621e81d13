import Base
import Evidence
import Projects
import Records
import Report
import Tables
import Targets

/// やることの一覧: what a draft still needs, what keeps most from working first.
struct DraftToDo {
  struct Entry: Encodable {
    /// `file`, `definition`, `cause`, `column`, `undecided`, `guess`.
    let kind: String
    let what: String
    let count: Int
    /// The first places.
    let places: [String]
  }

  private struct Item {
    let kind: String
    let what: Bilingual
    let count: Int
    let places: [String]
  }

  private let items: [Item]

  init(_ project: Project, _ evidence: RunEvidence) {
    items =
      Self.files(evidence) + Self.definitions(project)
      + Self.causes(evidence) { [.rejected, .excluded, .notRead].contains($0.kind) } + Self.columns(project)
      + Self.causes(evidence) { ![.rejected, .excluded, .notRead].contains($0.kind) } + Self.undecided(evidence)
      + Self.guesses(project)
  }

  private static func files(_ evidence: RunEvidence) -> [Item] {
    evidence.files.compactMap { file in
      file.refused.map { Item(kind: "file", what: $0, count: 1, places: [file.file]) }
    }
  }

  /// One mistake shows in many places: a name that does not exist is told once.
  private static func definitions(_ project: Project) -> [Item] {
    var order: [[String]] = []
    var found: [[String]: [Diagnostic]] = [:]
    for problem in project.omitted {
      let key = [problem.code.rawValue] + problem.facts.prefix(1)
      if found[key] == nil { order.append(key) }
      found[key, default: []].append(problem)
    }
    return order.compactMap { key in
      guard let all = found[key], let first = all.first else { return nil }
      let what = Bilingual(first.moved(to: Place()).message(.japanese), first.moved(to: Place()).message(.english))
      return Item(
        kind: "definition", what: what, count: all.count, places: all.map { $0.place.text(.english) })
    }.enumerated().sorted { ($0.element.count, -$0.offset) > ($1.element.count, -$1.offset) }.map(\.element)
  }

  /// Columns that nobody has mapped, table by table.
  private static func columns(_ project: Project) -> [Item] {
    project.tables.enumerated().compactMap { index, table in
      var names: [String] = []
      for row in project.files.flatMap(\.kinds).flatMap(\.mapping.rows) where row.table == index {
        for (column, written) in zip(table.columns, row.written) where written.isDraft && !names.contains(column.name) {
          names.append(column.name)
        }
      }
      let what = Bilingual(
        "表 \(table.name) の未対応の項目（空で移行した）", "columns of \(table.name) that nobody has mapped (null)")
      return names.isEmpty ? nil : Item(kind: "column", what: what, count: names.count, places: names)
    }
  }

  private static func causes(_ evidence: RunEvidence, _ counts: (Cause) -> Bool) -> [Item] {
    let undecided = Set(evidence.checks.filter { $0.status == .notRun }.map(\.id))
    return (evidence.causes ?? []).filter(counts).compactMap { cause in
      let failed = cause.checks.map(\.check).filter { !undecided.contains($0) }
      guard !failed.isEmpty || cause.kind != .check else { return nil }
      return Item(
        kind: "cause", what: cause.title, count: max(1, cause.checks.count), places: cause.checks.map(\.check))
    }
  }

  /// Checks that saw nothing, by reason.
  private static func undecided(_ evidence: RunEvidence) -> [Item] {
    var order: [Bilingual] = []
    for check in evidence.checks where check.status == .notRun && !order.contains(check.why) { order.append(check.why) }
    return order.map { why in
      let ids = evidence.checks.filter { $0.status == .notRun && $0.why == why }.map(\.id)
      let words = Bilingual("判定できない検査: \(why.ja)", "checks that cannot be judged: \(why.en)")
      return Item(kind: "undecided", what: words, count: ids.count, places: ids)
    }
  }

  /// Guesses that nobody has confirmed, by what they are of.
  private static func guesses(_ project: Project) -> [Item] {
    let words = [
      "project": Bilingual("プロジェクト", "project"), "files": Bilingual("ファイル", "files"),
      "schema": Bilingual("移行先の表", "tables"), "codes": Bilingual("コード表", "code tables"),
      "mapping": Bilingual("項目対応", "mapping"), "data": Bilingual("データ", "data"),
    ]
    let groups = Dictionary(grouping: project.drafts.guesses) { $0.thing.prefix { $0 != "/" } }
    return groups.sorted { $0.key < $1.key }.map { group, guesses in
      let word = words[String(group)] ?? Bilingual(String(group), String(group))
      return Item(
        kind: "guess", what: Bilingual("確かめていない推定: \(word.ja)", "guesses to confirm: \(word.en)"),
        count: guesses.count, places: guesses.map(\.thing))
    }
  }

  private static let shown = 3

  func text(_ language: Language) -> String {
    var lines = [language("やること（効き目の大きい順）", "To do, what keeps most from working first")]
    for (number, item) in items.enumerated() {
      let more = item.places.count - Self.shown
      let places = item.places.prefix(Self.shown).joined(separator: ", ") + (more > 0 ? " …" : "")
      lines.append("  \(number + 1). [\(item.count)] \(item.what.text(language)) — \(places)")
    }
    return lines.joined(separator: "\n")
  }

  func json(_ language: Language) -> [Entry] {
    items.map {
      Entry(kind: $0.kind, what: $0.what.text(language), count: $0.count, places: Array($0.places.prefix(100)))
    }
  }
}
