import Projects
import Base
import Expressions
import Pipeline
import Records
import Targets
import Testing

/// From records to rows: a record goes over whole or not at all, and says what became of it.
@Suite struct MapperTests {
  /// `persons` and `parts`, one row for each of two amounts.
  private static let tables = [
    TableSchema(
      name: "persons",
      columns: [
        TargetColumn("number", .text, length: 3), TargetColumn("name", .text, length: 4, optional: true),
        TargetColumn("tax", .integer), TargetColumn("born", .date),
      ], key: [0]),
    TableSchema(
      name: "parts",
      columns: [
        TargetColumn("number", .text, length: 3), TargetColumn("part", .integer),
        TargetColumn("amount", .integer, optional: true),
      ], key: [0, 1]),
  ]

  private static let fields: [(name: String, type: ValueType)] = [
    ("NO", .text), ("NAME", .text), ("TAX", .integer), ("BORN", .date), ("AMOUNT", .integer),
  ]

  /// A value that could not be read.
  private static let bad = "!"

  /// The rules of a mapping as definitions have them.
  struct Rules: Sendable {
    var exclude: [(id: String, condition: String)] = []
    var persons = ["NO", "NAME", "TAX", "BORN"]
    var personsWhere: String?
    var parts: [String]? = ["NO", "occurrence()", "AMOUNT"]
    var partsWhere: String? = "AMOUNT <> 0"
    var makesPersons = true
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var rules = Rules()
    /// Number, name, tax, birth, two amounts.
    let records: [[String?]]
    let dispositions: [String]
    /// `persons A01 name 1 2000-01-01`, table by table, in the order in which they are loaded.
    let rows: [String]
    var rowless = 0

    init(
      _ name: String, _ records: [[String?]], _ dispositions: [String], _ rows: [String], rowless: Int = 0,
      _ change: (inout Rules) -> Void = { _ in }
    ) {
      (testDescription, self.records, self.dispositions, self.rows) = (name, records, dispositions, rows)
      self.rowless = rowless
      change(&rules)
    }
  }

  private static let a: [String?] = ["A01", "name", "1", "2000-01-01", "0", "0"]

  static let cases: [Case] = [
    Case("no record", [], [], []),
    Case("one row", [a], ["migrated"], ["persons A01 name 1 2000-01-01"]),
    Case(
      "several rows of a record", [["A01", "name", "1", "2000-01-01", "5", "6"]], ["migrated"],
      ["persons A01 name 1 2000-01-01", "parts A01 1 5", "parts A01 2 6"]),
    Case(
      "occurrence by occurrence, in each record by record",
      [["A01", nil, "1", nil, "5", "6"], ["A02", nil, "2", nil, "7", "0"]], ["migrated", "migrated"],
      ["persons A01 – 1 –", "persons A02 – 2 –", "parts A01 1 5", "parts A02 1 7", "parts A01 2 6"]),
    Case(
      "no value in an optional column", [["A01", nil, "1", "2000-01-01", "0", "0"]], ["migrated"],
      [
        "persons A01 – 1 2000-01-01"
      ]),
    // A date that is not known is written as none, and whether it must be there is for a check.
    Case("no date", [["A01", "", "1", nil, "0", "0"]], ["migrated"], ["persons A01  1 –"]),
    Case(
      "no value in a required column", [["A01", "name", nil, nil, "5", "0"], a],
      [
        "persons.tax map.missing", "migrated",
      ], ["persons A01 name 1 2000-01-01"]),
    Case("no key", [[nil, "name", "1", nil, "0", "0"]], ["persons.number map.missing"], []),
    Case("as long as can be", [["ABC", "四文字名", "1", nil, "0", "0"]], ["migrated"], ["persons ABC 四文字名 1 –"]),
    Case(
      "characters, not bytes or units", [["ABC", "𠮷𠮷𠮷𠮷", "1", nil, "0", "0"]], ["migrated"], ["persons ABC 𠮷𠮷𠮷𠮷 1 –"]),
    Case("too long", [["ABC", "五文字の名", "1", nil, "0", "0"]], ["persons.name map.length"], []),
    Case("too long a key", [["ABCD", "", "1", nil, "0", "0"]], ["persons.number map.length"], []),
    Case("a fault", [["A01", "name", bad, nil, "0", "0"]], ["persons.tax map.number"], []),
    Case("the first fault is told", [["A01", bad, bad, nil, "0", "0"]], ["persons.name map.number"], []),
    Case(
      "a fault in the last row takes the first rows back",
      [["A01", "x", "1", nil, "5", bad], ["A02", "y", "2", nil, "0", "7"]],
      ["parts map.number", "migrated"], ["persons A02 y 2 –", "parts A02 2 7"]),
    Case(
      "a condition that cannot be decided rejects", [["A01", "x", "1", nil, bad, "5"]], ["parts map.number"], []),
    Case(
      "a value of a row that is not made does not matter", [["A01", "x", bad, nil, "0", "0"]], ["migrated"], [],
      rowless: 1
    ) { $0.personsWhere = "NO = 'A02'" },
    Case(
      "an excluded record has no row", [a, ["A02", "x", "2", nil, "5", "0"]], ["excluded old", "migrated"],
      [
        "persons A02 x 2 –", "parts A02 1 5",
      ]
    ) { $0.exclude = [("old", "TAX = 1")] },
    Case("the first rule excludes", [a], ["excluded old"], []) {
      $0.exclude = [("never", "TAX = 9"), ("old", "TAX = 1"), ("too", "NO = 'A01'")]
    },
    Case("an excluded record may hold anything", [["A01", bad, nil, nil, bad, bad]], ["excluded old"], []) {
      $0.exclude = [("old", "NO = 'A01'")]
    },
    Case("an exclusion that cannot be decided rejects", [["A01", "x", bad, nil, "0", "0"]], ["old map.number"], []) {
      $0.exclude = [("old", "TAX = 1"), ("too", "NO = 'A01'")]
    },
    // No value meets no condition.
    Case("no value is not excluded", [["A01", nil, "1", nil, "0", "0"]], ["migrated"], ["persons A01 – 1 –"]) {
      $0.exclude = [("old", "NAME = ''")]
    },
    Case(
      "a record without a row is counted", [a, ["A02", "x", "1", nil, "5", "0"]], ["migrated", "migrated"],
      [
        "parts A02 1 5"
      ], rowless: 1
    ) { $0.makesPersons = false },
    Case("a rejected record is none without a row", [["A01", "x", "1", nil, bad, "0"]], ["parts map.number"], []) {
      $0.makesPersons = false
    },
    Case(
      "a computed value", [["A01", "x", "9223372036854775807", nil, "0", "0"], a],
      [
        "persons.tax decode.number.overflow", "migrated",
      ], ["persons A01 name 2 2000-01-01"]
    ) { $0.persons[2] = "TAX + 1" },
  ]

  private final class Setting {
    let plan: MappingPlan
    let program: Program

    init(_ rules: Rules) throws {
      var entries: [String: Scope.Entry] = [:]
      for (index, field) in MapperTests.fields.enumerated() {
        let isTable = field.name == "AMOUNT"
        entries[field.name] = Scope.Entry(
          type: field.type, column: index, table: isTable ? "PARTS" : nil, occurrences: isTable ? 2 : 1)
      }
      var builder = ProgramBuilder(scope: Scope(title: "F[10]", entries: entries))
      let exclusions = try rules.exclude.map {
        Exclusion(
          id: $0.id, reason: Bilingual("理由", "reason"),
          condition: try builder.compile($0.condition, at: Place(), type: .flag))
      }
      var rows: [RowPlan] = []
      func add(_ table: Int, each: (table: String, count: Int)?, _ condition: String?, _ values: [String]) throws {
        rows.append(
          RowPlan(
            table: table, each: each,
            condition: try condition.map { try builder.compile($0, at: Place(), each: each?.table, type: .flag) },
            values: try zip(values, MapperTests.tables[table].columns).map {
              try builder.compile($0, at: Place(), each: each?.table, type: $1.type)
            }, written: []))
      }
      if rules.makesPersons { try add(0, each: nil, rules.personsWhere, rules.persons) }
      if let parts = rules.parts { try add(1, each: ("PARTS", 2), rules.partsWhere, parts) }
      plan = MappingPlan(exclusions: exclusions, rows: rows)
      program = builder.program
    }

    struct Outcome: Equatable {
      var dispositions: [String] = []
      var rows: [String] = []
      var rowless = 0
      /// The record of each row.
      var records: [Int] = []
    }

    /// - Parameters:
    ///   - first: number of the first record.
    ///   - rejected: records that decoding has rejected.
    func map(_ records: [[String?]], first: Int = 1, rejected: [Int] = [], into batches: [Batch]? = nil) -> Outcome {
      let types = MapperTests.fields.map(\.type) + [.integer]
      let columns = types.enumerated().map { index, type in
        let column = Column(type)
        for record in records {
          switch (record[index], type) {
          case (nil, _): column.appendNull()
          case (MapperTests.bad, _): column.append(state: Fault.notANumber.rawValue)
          case (let text?, .text): column.append(text)
          case (let text?, .date): column.append(CivilDate.parse(text) ?? 0)
          case (let text?, _): column.append(Int64(text) ?? 0)
          }
        }
        return column
      }
      let machine = Machine(program)
      machine.start(columns, rows: records.count)
      let batches = batches ?? MapperTests.tables.map { Batch($0.fields) }
      var dispositions = records.indices.map { row in
        rejected.contains(row) ? Disposition.rejected(field: "NO", .zone) : .migrated
      }
      var outcome = Outcome()
      outcome.rowless = Mapper(plan, tables: MapperTests.tables).map(
        machine, records: records.indices.map { first + $0 }, dispositions: &dispositions, into: batches)
      outcome.dispositions = dispositions.map { disposition in
        switch disposition {
        case .migrated: "migrated"
        case .excluded(let rule): "excluded \(plan.exclusions[rule].id)"
        case .rejected(let field, let fault): "\(field) \(fault.code)"
        }
      }
      for (table, batch) in zip(MapperTests.tables, batches) {
        for row in 0..<batch.count {
          outcome.rows.append(([table.name] + batch.columns.map { $0.describe(row) ?? "–" }).joined(separator: " "))
        }
        outcome.records += batch.records
      }
      return outcome
    }
  }

  @Test(arguments: cases) func aRecordGoesOverWholeOrNotAtAll(_ row: Case) throws {
    let outcome = try Setting(row.rules).map(row.records)
    #expect(outcome.dispositions == row.dispositions)
    #expect(outcome.rows == row.rows)
    #expect(outcome.rowless == row.rowless)
  }

  /// What decoding has rejected stays so: the mapping looks at nothing of it.
  @Test func whatWasRejectedStaysRejected() throws {
    var rules = Rules()
    rules.exclude = [("old", "TAX = 1")]
    let outcome = try Setting(rules).map([Self.a, ["A02", "x", "2", nil, "5", "0"], Self.a], rejected: [1, 2])
    #expect(outcome.dispositions == ["excluded old", "NO decode.number.zone", "NO decode.number.zone"])
    #expect(outcome.rows.isEmpty && outcome.rowless == 0)
  }

  /// Rows that stand in the batches already are other records', whatever becomes of these.
  @Test func earlierRowsStay() throws {
    let setting = try Setting(Rules())
    let batches = Self.tables.map { Batch($0.fields) }
    _ = setting.map([["A01", "x", "1", nil, "5", "6"]], first: 7, into: batches)
    let outcome = setting.map(
      [["A02", "x", "1", nil, "5", Self.bad], ["A03", "x", "1", nil, "0", "8"]], first: 7, into: batches)
    #expect(outcome.dispositions == ["parts map.number", "migrated"])
    #expect(
      outcome.rows == ["persons A01 x 1 –", "persons A03 x 1 –", "parts A01 1 5", "parts A01 2 6", "parts A03 2 8"])
    #expect(outcome.records == [7, 8, 7, 7, 8])
  }

  /// Records are independent: a block at once says what its records say one by one.
  @Test func aBlockIsTheSumOfItsRecords() throws {
    var state: UInt64 = 0x5EED
    func draw<T>(_ choices: [T]) -> T {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return choices[Int(state >> 33) % choices.count]
    }
    var rules = Rules()
    rules.exclude = [("old", "TAX = 7"), ("new", "NAME = 'gone'")]
    let setting = try Setting(rules)
    for _ in 0..<50 {
      let records: [[String?]] = (0..<40).map { number in
        [
          draw(["A\(number)", "A\(number)", "A\(number)", nil, "TOOLONG", Self.bad]),
          draw(["x", "", nil, "gone", "longer", Self.bad]), draw(["1", "1", "2", "7", nil, Self.bad]),
          draw(["2000-01-01", nil]), draw(["0", "5", "5", Self.bad, nil]), draw(["0", "6", "6", "6", nil, Self.bad]),
        ]
      }
      let whole = setting.map(records)
      let single = records.indices.map { setting.map([records[$0]], first: $0 + 1) }
      #expect(whole.dispositions == single.flatMap(\.dispositions))
      #expect(whole.rows.sorted() == single.flatMap(\.rows).sorted())
      #expect(whole.records.sorted() == single.flatMap(\.records).sorted())
      #expect(whole.rowless == single.map(\.rowless).reduce(0, +))
      // Only what went over has rows.
      let migrated = Set(whole.dispositions.indices.filter { whole.dispositions[$0] == "migrated" }.map { $0 + 1 })
      #expect(Set(whole.records).isSubset(of: migrated))
    }
  }
}
