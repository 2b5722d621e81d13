import Base
import Checks
import Evidence
import Expressions
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
    let open = Self.open(project)
    let failed = Self.failed(evidence, of: project, reading: open)
    // What only unmapped columns make fail is told with them.
    let causes = (evidence.causes ?? []).filter { cause in
      !cause.checks.allSatisfy { check in failed.values.contains { $0.contains(check.check) } }
        || cause.checks.isEmpty
    }
    items =
      Self.files(evidence) + Self.definitions(project)
      + Self.causes(causes, evidence) { [.rejected, .excluded, .notRead].contains($0.kind) }
      + Self.columns(project, open, failed)
      + Self.causes(causes, evidence) { ![.rejected, .excluded, .notRead].contains($0.kind) } + Self.undecided(evidence)
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

  /// Columns that nobody has mapped, by table.
  private static func open(_ project: Project) -> [Int: [Int]] {
    var open: [Int: [Int]] = [:]
    for row in project.files.flatMap(\.kinds).flatMap(\.mapping.rows) {
      for (column, written) in row.written.enumerated()
      where written.isDraft && !(open[row.table] ?? []).contains(column) {
        open[row.table, default: []].append(column)
      }
    }
    return open
  }

  /// The failed checks that read a column that nobody has mapped, by table: no wonder.
  private static func failed(
    _ evidence: RunEvidence, of project: Project, reading open: [Int: [Int]]
  ) -> [Int: [String]] {
    let failed = Set(evidence.checks.filter { $0.status == .failed }.map(\.id))
    return open.reduce(into: [:]) { found, entry in
      let source = Source.table(project.tables[entry.key].name)
      found[entry.key] = project.checks.filter { check in
        failed.contains(check.id)
          && !(Project.columns(project.programs, readBy: [check])[source] ?? []).isDisjoint(with: entry.value)
      }.map(\.id)
    }
  }

  /// Columns that nobody has mapped, table by table, with what fails because of them.
  private static func columns(_ project: Project, _ open: [Int: [Int]], _ failed: [Int: [String]]) -> [Item] {
    open.sorted { $0.key < $1.key }.map { index, columns in
      let table = project.tables[index]
      var what = Bilingual(
        "表 \(table.name) の未対応の項目（空で移行した）", "columns of \(table.name) that nobody has mapped (null)")
      if let checks = failed[index], !checks.isEmpty {
        let ids = checks.joined(separator: ", ")
        what = Bilingual("\(what.ja)。そのため不合格: \(ids)", "\(what.en); because of it fail \(ids)")
      }
      return Item(kind: "column", what: what, count: columns.count, places: columns.map { table.columns[$0].name })
    }
  }

  private static func causes(_ causes: [Cause], _ evidence: RunEvidence, _ counts: (Cause) -> Bool) -> [Item] {
    let undecided = Set(evidence.checks.filter { $0.status == .notRun }.map(\.id))
    return causes.filter(counts).compactMap { cause in
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
      "mapping": Bilingual("項目対応", "mapping"), "data": Bilingual("データ", "data"), "checks": Bilingual("検査", "checks"),
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
