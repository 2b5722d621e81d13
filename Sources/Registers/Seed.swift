import Base
import Evidence
import Foundation
import Ledger

/// A kind of list that the definitions contribute to the ledger: one CSV file, whose rows become records of one
/// register.
package struct SeedKind: Sendable {
  /// The file's name without `.csv`.
  package let name: String
  let register: RegisterSchema
  let columns: [String]
  /// The fields that a row sets, by name. Adds diagnostics to the problems.
  let fields: @Sendable (DelimitedText.Row, Context) -> [String: JSONValue]
  /// Fields that only the first entry of a record sets.
  let first: @Sendable (_ by: String, _ at: String) -> [String: JSONValue]
  /// Fields of an approval, which lapses when the list changes.
  var approval: [String] = []
  /// Columns that name records of a register.
  var references: [String: RegisterSchema] = [:]

  /// The context against which the rows are checked.
  struct Context {
    let file: String
    /// The ids of all checks; `nil` when they are not known and the list has been checked against them before.
    let checks: Set<String>?
    let gates: GateNames
    let problems: Problems

    /// The gate that requires the row.
    func gate(_ row: DelimitedText.Row) -> JSONValue {
      if !gates.has(row["gate"]) { wrong(row, row["gate"], gates.choices.joined(separator: ", ")) }
      return .text(row["gate"])
    }

    func wrong(_ row: DelimitedText.Row, _ found: String, _ expected: String) {
      problems.add(Diagnostic(.definitionValue, at: Place(file: file, line: row.line), found, expected))
    }

    func text(_ row: DelimitedText.Row, _ column: String) -> JSONValue {
      if row[column].isEmpty { wrong(row, "–", column) }
      return .text(row[column])
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
      _ row: DelimitedText.Row, _ column: String, _ type: Choice.Type
    ) -> JSONValue where Choice.RawValue == String {
      if Choice(rawValue: row[column]) == nil {
        wrong(row, row[column], Choice.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return .text(row[column])
    }

    func date(_ row: DelimitedText.Row, _ column: String) -> JSONValue {
      if !Day.isValid(row[column]) { wrong(row, row[column], "YYYY-MM-DD") }
      return .text(row[column])
    }

    func list(_ row: DelimitedText.Row, _ column: String) -> [String] {
      row[column].split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  private enum Answer: String, CaseIterable { case yes, no }

  /// All kinds of lists, in the order in which they are entered.
  package static let all: [SeedKind] = [
    SeedKind(
      name: "test-jobs", register: TestJob.register, columns: ["id", "owner", "subsystem", "title_ja", "title_en"],
      fields: { row, context in
        [
          "owner": context.text(row, "owner"), "subsystem": .text(row["subsystem"]),
          "title_ja": context.text(row, "title_ja"), "title_en": context.text(row, "title_en"),
        ]
      }, first: { _, _ in [:] }),
    items(
      "migration-items", .migration,
      ["id", "subsystem", "category", "severity", "owner", "gate", "title_ja", "title_en", "evidence", "confirmed_by"]
    ) { row, _ in ["subsystem": .text(row["subsystem"]), "category": .text(row["category"])] },
    items(
      "test-items", .test,
      ["id", "job", "category", "severity", "owner", "gate", "title_ja", "title_en", "evidence", "confirmed_by"],
      references: ["job": TestJob.register]
    ) { row, context in ["job": context.text(row, "job"), "category": context.text(row, "category")] },
    items(
      "trainings", .training,
      [
        "id", "course", "session", "owner", "planned", "severity", "gate", "title_ja", "title_en", "confirmed_by",
      ]
    ) { row, context in
      let day = context.date(row, "planned")
      return ["category": context.text(row, "course"), "planned": day, "due": day]
    },
    SeedKind(
      name: "extract-requests", register: ExtractRequest.register,
      columns: ["id", "owner", "title_ja", "title_en", "frequency", "items"],
      fields: { row, context in
        [
          "owner": context.text(row, "owner"), "title_ja": context.text(row, "title_ja"),
          "title_en": context.text(row, "title_en"),
          "frequency": context.choice(row, "frequency", ExtractRequest.Frequency.self),
          "items": .texts(context.list(row, "items")),
        ]
      }, first: { _, _ in ["disposition": .text(ExtractRequest.Disposition.undecided.rawValue)] },
      approval: [ExtractRequest.Field.approver, .approvedAt].map { RegisterSchema.name(of: $0) },
      references: ["items": Item.register]),
    SeedKind(
      name: "batch-hours", register: Business.register, columns: ["id", "title_ja", "title_en", "hours", "replaced"],
      fields: { row, context in
        let isHours = Int(row["hours"]).map { (0...1_000_000).contains($0) } ?? false
        if !isHours { context.wrong(row, row["hours"], "a whole number") }
        return [
          "title_ja": context.text(row, "title_ja"), "title_en": context.text(row, "title_en"),
          "hours": .integer(Int(row["hours"]) ?? 0), "replaced": context.choice(row, "replaced", Answer.self),
        ]
      }, first: { _, _ in [:] }),
    SeedKind(
      name: "master-schedule", register: Milestone.register,
      columns: ["id", "kind", "title_ja", "title_en", "owner", "planned_start", "planned_end"],
      fields: { row, context in
        if row["planned_end"] < row["planned_start"] {
          context.wrong(row, row["planned_end"], "≥ \(row["planned_start"])")
        }
        return [
          "kind": context.choice(row, "kind", Milestone.Kind.self), "title_ja": context.text(row, "title_ja"),
          "title_en": context.text(row, "title_en"), "owner": context.text(row, "owner"),
          "planned_start": context.date(row, "planned_start"), "planned_end": context.date(row, "planned_end"),
        ]
      }, first: { _, _ in [:] },
      approval: [Milestone.Field.approver, .approvedAt].map { RegisterSchema.name(of: $0) }),
  ]

  private static func items(
    _ name: String, _ kind: Item.Kind, _ columns: [String], references: [String: RegisterSchema] = [:],
    _ more: @escaping @Sendable (DelimitedText.Row, Context) -> [String: JSONValue]
  ) -> SeedKind {
    SeedKind(
      name: name, register: Item.register, columns: columns,
      fields: { row, context in
        let evidence = context.list(row, "evidence")
        if let checks = context.checks {
          for id in evidence where !checks.contains(id) { context.wrong(row, id, "the id of a check") }
        }
        if evidence.isEmpty, row["confirmed_by"].isEmpty { context.wrong(row, "–", "evidence or confirmed_by") }
        let common: [String: JSONValue] = [
          "kind": .text(kind.rawValue), "severity": context.choice(row, "severity", Severity.self),
          "owner": context.text(row, "owner"), "gate": context.gate(row),
          "title_ja": context.text(row, "title_ja"), "title_en": context.text(row, "title_en"),
          "evidence": .texts(evidence), "confirmer": .text(row["confirmed_by"]),
        ]
        return common.merging(more(row, context)) { _, own in own }
      },
      first: { by, at in
        ["state": .text(Item.State.raised.rawValue), "raised_by": .text(by), "raised_at": .text(at)]
      }, references: references)
  }
}

/// The lists of a project: the CSV files of one folder.
package struct SeedFolder: Sendable {
  /// The folder's path, and its name in messages.
  package let path: String
  package let name: String

  /// The gates that rows may name.
  package let gates: GateNames

  package init(path: String, name: String, gates: GateNames) {
    self.path = path
    self.name = name
    self.gates = gates
  }

  /// The CSV files by name, without `.csv`.
  package var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(".csv") }
      .map { String($0.dropLast(4)) }.sorted()
  }

  /// A row of a list.
  package struct Row: Sendable {
    package let id: String
    let kind: SeedKind
    /// By the register's names.
    package let fields: [String: JSONValue]
  }

  /// The content of a list and its digest.
  package struct List: Sendable {
    package let name: String
    package let digest: String
    package let rows: [Row]
  }

  /// The digest of each list: a cheap way to see whether it has changed.
  ///
  /// - Throws: the errors of reading definitions.
  package func digests() throws(Diagnostic) -> [String: String] {
    var digests: [String: String] = [:]
    for name in files { digests[name] = try DefinitionFile.read(file(name)).digest }
    return digests
  }

  private func file(_ name: String) -> String { path + "/" + name + ".csv" }

  /// 担当課: the sections that the lists name, each of several alone.
  ///
  /// - Throws: ``Diagnostics`` with all problems of the lists.
  package func sections() throws(Diagnostics) -> [String] {
    let owners = try read(checks: nil).flatMap(\.rows).compactMap { $0.fields["owner"]?.text }
    return Set(owners.flatMap { $0.split(separator: "・").map(String.init) }).sorted()
  }

  /// Reads the lists.
  ///
  /// - Parameter note: receives each file that is read.
  /// - Parameter checks: the ids of all checks, when they are known. The references between the lists are then checked,
  ///   too.
  /// - Throws: ``Diagnostics`` with all problems.
  package func read(
    checks: Set<String>?, note: (DefinitionFile) -> Void = { _ in }
  ) throws(Diagnostics) -> [List] {
    let problems = Problems()
    var lists: [List] = []
    var seen: [String: Set<String>] = [:]
    var named: [(id: String, register: String, place: Place)] = []
    let files = files
    for name in files where !SeedKind.all.contains(where: { $0.name == name }) {
      let known = SeedKind.all.map(\.name).joined(separator: ", ")
      problems.add(Diagnostic(.registerList, at: Place(file: self.name + "/" + name + ".csv"), name, known))
    }
    for kind in SeedKind.all where files.contains(kind.name) {
      let title = self.name + "/" + kind.name + ".csv"
      let path = file(kind.name)
      guard let file = problems.collect({ () throws(Diagnostic) in try DefinitionFile.read(path, name: title) }),
        let table = DelimitedText.read(file, required: kind.columns, problems)
      else { continue }
      note(file)
      let context = SeedKind.Context(file: title, checks: checks, gates: gates, problems: problems)
      let rows = table.rows.map { row in
        if row["id"].isEmpty || !seen[kind.register.name, default: []].insert(row["id"]).inserted {
          context.wrong(row, row["id"], "each id once")
        }
        for column in kind.columns {
          if let control = ControlCharacter.first(in: row[column], lines: true) {
            context.wrong(row, "\(column): \(control)", "text without control characters")
          }
        }
        for (column, register) in kind.references {
          let place = Place(file: title, line: row.line)
          named += context.list(row, column).map { ($0, register.name, place) }
        }
        return Row(id: row["id"], kind: kind, fields: kind.fields(row, context))
      }
      lists.append(List(name: kind.name, digest: file.digest, rows: rows))
    }
    if checks != nil {
      for (id, register, place) in named where !seen[register, default: []].contains(id) {
        problems.add(Diagnostic(.definitionValue, at: place, id, "an id of \(register)"))
      }
    }
    try problems.check()
    return lists
  }
}

extension LedgerWriting {
  /// Enters the rows of the project's lists that are new or changed. A row that is no longer on its list stays:
  /// withdrawing it needs a person and a reason (``ItemAct/withdraw(reason:approver:)``). When nothing has changed, the
  /// cost is hashing the lists.
  ///
  /// - Throws: ``Diagnostics`` when a list is wrong.
  package func adopt(_ folder: SeedFolder, at now: String) throws(Diagnostics) {
    let changed: [String]
    do throws(Diagnostic) {
      let known = Dictionary(try reading.records(SeedList.self).map { ($0.name, $0.digest) }) { first, _ in first }
      changed = try folder.digests().filter { known[$0.key] != $0.value }.map(\.key)
    } catch { throw Diagnostics([error]) }
    guard !changed.isEmpty else { return }
    // All lists are read, since an id may be in one of them only, and a row may have moved from one to another.
    let lists = try folder.read(checks: nil)
    do throws(Diagnostic) {
      var amendments: [Amendment] = []
      for list in lists where changed.contains(list.name) {
        amendments += try adoptions(of: list, at: now)
        amendments.append(
          Change<SeedList>(list.name, "adopt").set(.digest, list.digest).set(.rows, list.rows.count).amendment)
      }
      try append(amendments, by: "totsugo", at: now)
    } catch { throw Diagnostics([error]) }
  }

  private func adoptions(of list: SeedFolder.List, at moment: String) throws(Diagnostic) -> [Amendment] {
    guard let kind = SeedKind.all.first(where: { $0.name == list.name }) else { return [] }
    let present = try reading.rows(of: kind.register)
    let said = try saidByLists(kind.register)
    var amendments: [Amendment] = []
    for row in list.rows {
      guard let now = present[row.id] else {
        let fields = row.fields.merging(kind.first(list.name, moment)) { _, first in first }
        amendments.append(
          Amendment(
            register: kind.register.name, id: row.id, act: "define", changes: fields.filter { !$0.value.isNull },
            source: list.name))
        continue
      }
      // A new value of the list counts; a field that people have changed since the list last changed it is kept.
      let before = said[row.id] ?? now
      let changes = row.fields.filter { name, value in
        let old = before[name] ?? .null
        return old != value && !(old.isNull && value == .text(""))
      }
      if !changes.isEmpty {
        // The approval was for something else.
        let lapsed = kind.approval.filter { now[$0] != nil }.map { ($0, JSONValue.null) }
        amendments.append(
          Amendment(
            register: kind.register.name, id: row.id, act: "redefine",
            changes: changes.merging(lapsed) { changed, _ in changed }, source: list.name))
        if kind.register.name == Item.register.name { amendments += reopened(row.id, now, changes, list, at: moment) }
      }
    }
    return amendments
  }

  /// An item that now asks for something else has not been answered, whatever its earlier answer.
  private func reopened(
    _ id: String, _ now: [String: JSONValue], _ changes: [String: JSONValue], _ list: SeedFolder.List, at moment: String
  ) -> [Amendment] {
    let asks: [Item.Field] = [.titleJa, .confirmer, .evidence, .gate, .kind]
    let settled: [Item.State] = [.answered, .confirmed, .closed]
    guard asks.contains(where: { changes[RegisterSchema.name(of: $0)] != nil }),
      settled.contains(where: { now["state"] == .text($0.rawValue) })
    else { return [] }
    let reason = "一覧 \(list.name) の内容が変わった / the list \(list.name) asks for something else"
    let objector = now[RegisterSchema.name(of: Item.Field.returnedBy)]?.text ?? ""
    return [ItemAct.sentBack(Change(id, "reopen", source: list.name), reason, by: objector, moment).amendment]
  }

  /// The values that the lists have given each record so far, by field. Reads the ledger.
  private func saidByLists(_ register: RegisterSchema) throws(Diagnostic) -> [String: [String: JSONValue]] {
    var said: [String: [String: JSONValue]] = [:]
    for entry in try reading.entries(from: 1)
    where entry.amendment.register == register.name && ["define", "redefine"].contains(entry.amendment.act) {
      said[entry.amendment.id, default: [:]].merge(entry.amendment.changes) { _, later in later }
    }
    return said
  }
}
