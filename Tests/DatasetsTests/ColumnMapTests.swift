import Comparisons
import Base
import Datasets
import Diff
import Records
import Testing

/// The map of columns, what is computed by it, and what two schemas make of it.
@Suite struct ColumnMapTests {
  private static func map(_ text: String) throws -> ColumnMap {
    let folder = try Folder()
    return try ColumnMap.read(folder.write(text.utf8, "map.yaml"))
  }

  @Test func whatAMapSaysIsRead() throws {
    let map = try Self.map(
      """
      columns:
        a:
        name: {left: "concat(sei, mei)", right: shimei, normal: [trim-right, nfc, ivs, jis, width, kana, case], privacy: personal}
        tax: {type: number, written: accounting, tolerance: 0.5}
        id: {privacy: my_number, type: text}
      ignore: [x, y]
      reads:
        left: {n: integer, d: "decimal(2)", t: text}
        right: {u: date}
      """.replacing("  a:\n", with: "  a: {}\n"))
    #expect(map.entries.map(\.name) == ["a", "name", "tax", "id"])
    #expect(map.entries.map(\.left) == ["a", "concat(sei, mei)", "tax", "id"])
    #expect(map.entries.map(\.right) == ["a", "shimei", "tax", "id"])
    #expect(map.entries.map(\.kind) == [nil, nil, .number, .text])
    #expect(map.entries.map(\.privacy) == [.open, .personal, .open, .myNumber])
    #expect(map.entries[1].forms.names == ["trim-right", "nfc", "ivs", "jis", "width", "kana", "case"])
    #expect(map.entries[2].isAccounting && map.entries[2].tolerance?.description == "0.5")
    #expect(map.ignored == ["x", "y"])
    #expect(map.leftReads == ["n": .integer, "d": .decimal(scale: 2), "t": .text] && map.rightReads == ["u": .date])
    #expect(!map.digest.isEmpty && map.digest != ColumnMap().digest)
  }

  @Test(
    arguments: [
      ("columns: {v: {typ: text}}", "typ"),
      ("columns: {v: {type: money}}", "found “money”, expected text, number, date, boolean, any"),
      ("columns: {v: {normal: [upper]}}", "found “upper”, expected trim, trim-right, nfc, ivs, jis, width, kana, case"),
      ("columns: {v: {type: any, normal: [trim]}}", "type: text, number or date"),
      ("columns: {v: {written: accounting}}", "type: number"),
      ("columns: {v: {type: number, written: roman}}", "found “roman”, expected plain, accounting"),
      ("columns: {v: {tolerance: x}}", "found “x”, expected a number"),
      ("columns: {v: {tolerance: -1}}", "found “-1”, expected a number"),
      ("columns: {v: {privacy: secret}}", "found “secret”, expected open, personal, my_number"),
      ("columns: {v: text}", "found “text”, expected a mapping"), ("columns: [v]", "expected a mapping"),
      ("ignore: v", "expected a list"), ("colums: {}", "colums"),
      ("reads: {left: {a: number}}", "found “number”, expected integer, decimal(2), date or text"),
      ("reads: {left: {a: decimal(19)}}", "found “decimal(19)”"),
      ("reads: {left: {a: decimal(-1)}}", "found “decimal(-1)”"),
      ("reads: {both: {a: text}}", "both"),
    ] as [(String, String)])
  func whatIsNoMapIsRefused(_ text: String, _ message: String) throws {
    let failures = try #require(#expect(throws: Diagnostics.self) { try Self.map(text) })
    #expect(failures.items.contains { $0.message(.english).contains(message) }, "\(failures)")
    #expect(failures.items.allSatisfy { $0.place.line == 1 && $0.place.column != nil }, "\(failures)")
  }

  // MARK: computed columns

  /// What the column `c` is that an expression makes of the columns `a` and `b`.
  @Test(
    arguments: [
      ("concat(a, b)", [:], [(.text, "x"), (.text, "y")], "xy"),
      ("a + b", ["a": .integer, "b": .integer], [(.text, "1"), (.text, "-3")], "-2"),
      // Numbers of the dataset are whole numbers, unless `reads` says otherwise.
      ("a + b", [:], [(.number, "1"), (.integer, "2")], "3"),
      ("a = b", ["a": .decimal(scale: 2), "b": .decimal(scale: 2)], [(.text, "1.5"), (.text, "1.50")], "true"),
      ("a = b", ["a": .decimal(scale: 2), "b": .decimal(scale: 2)], [(.text, "-1"), (.text, "-1.01")], "false"),
      ("if(a = b, 1, 2)", ["a": .date, "b": .date], [(.text, "2024-02-29"), (.text, "2024-02-29")], "1"),
      ("coalesce(a, b)", [:], [(.null, ""), (.text, "y")], "y"),
      ("concat(a, b)", [:], [(.null, ""), (.text, "y")], "∅"),
      // What a value is not makes it invalid, and nothing hides that.
      ("a + 1", ["a": .integer], [(.text, "1.0"), (.null, "")], "!"),
      ("a + 1", ["a": .integer], [(.text, ""), (.null, "")], "!"),
      ("coalesce(a, 0)", ["a": .integer], [(.text, "x"), (.null, "")], "!"),
      ("coalesce(a, 0)", ["a": .integer], [(.invalid, "9"), (.null, "")], "!"),
      ("if(a = b, 1, 2)", ["a": .decimal(scale: 1), "b": .decimal(scale: 1)], [(.text, "1.25"), (.text, "1")], "!"),
      ("coalesce(a, b)", ["a": .date, "b": .date], [(.text, "2024-+2-01"), (.null, "")], "!"),
      ("coalesce(a, b)", ["a": .date, "b": .date], [(.text, "2024-02-00"), (.null, "")], "2024-02-00"),
      ("coalesce(a, b)", ["a": .date, "b": .date], [(.text, "9999-99-99"), (.null, "")], "9999-99-99"),
      ("if(a = b, 1, 2)", ["a": .date, "b": .date], [(.text, "2024-02-30"), (.text, "2024-02-29")], "!"),
      ("a + 1", ["a": .integer], [(.text, "9223372036854775807"), (.null, "")], "!"),
      // A number has a digit before its point: an empty text is none.
      (
        "coalesce(if(a = b, 1, 2), 3)", ["a": .decimal(scale: 2), "b": .decimal(scale: 2)],
        [(.text, ""), (.text, "0")], "!"
      ),
      ("if(a = b, 1, 2)", ["a": .decimal(scale: 2), "b": .decimal(scale: 2)], [(.text, "-"), (.text, "0")], "!"),
      ("if(a = b, 1, 2)", ["a": .decimal(scale: 2), "b": .decimal(scale: 2)], [(.text, "1.-5"), (.text, "1")], "!"),
      ("if(a = b, 1, 2)", ["a": .decimal(scale: 2), "b": .decimal(scale: 2)], [(.text, "."), (.text, "0")], "!"),
      ("if(a = b, 1, 2)", ["a": .decimal(scale: 2), "b": .decimal(scale: 2)], [(.text, ".5"), (.text, "0.5")], "!"),
      ("if(a = b, 1, 2)", ["a": .decimal(scale: 2), "b": .decimal(scale: 2)], [(.text, "-.5"), (.text, "-0.5")], "!"),
      ("if(a = b, 1, 2)", ["a": .decimal(scale: 2), "b": .decimal(scale: 2)], [(.text, "1."), (.text, "1")], "1"),
      ("if(a = b, 1, 2)", ["a": .decimal(scale: 2), "b": .decimal(scale: 2)], [(.text, "1.٥"), (.text, "1")], "!"),
      ("number(a)", [:], [(.text, "007"), (.null, "")], "7"),
      // Refused, at the place in the map.
      ("d", [:], [(.null, ""), (.null, "")], nil), ("a +", [:], [(.null, ""), (.null, "")], nil),
      ("a + 1", [:], [(.text, "1"), (.null, "")], nil), ("a = a", [:], [(.text, "1"), (.null, "")], nil),
    ] as [(String, [String: ValueType], [(kind: CellKind, text: String)], String?)])
  func whatIsComputedIsCompared(
    _ text: String, _ reads: [String: ValueType], _ row: [(kind: CellKind, text: String)], _ expected: String?
  ) throws {
    let kinds = row.map { $0.kind == .number || $0.kind == .integer ? ComparisonKind.number : .text }
    let columns = [DatasetColumn("a", kinds[0]), DatasetColumn("b", kinds[1])]
    let left = HeldRows(columns: columns, rows: [row, row])
    let right = HeldRows(columns: columns + [DatasetColumn("c", .any)], rows: [])
    var request = ComparisonPlan.Request(key: ["a"])
    request.map = try Self.map("columns:\n  c:\n    left: \(text)\n")
    request.map.leftReads = reads
    let plan: ComparisonPlan
    do throws(Diagnostics) { plan = try ComparisonPlan(left, right, request) } catch {
      #expect(expected == nil, "\(error)")
      #expect(error.items.allSatisfy { $0.place.line == 3 }, "\(error)")
      return
    }
    #expect(plan.terms.columns.map(\.name) == ["a", "b", "c"])
    let given = try Given.canonical(plan.left.rows(plan.terms, .left, again: false))
    #expect(given.rows.map { $0[2] } == [expected, expected])
  }

  /// More rows than are computed at a time.
  @Test func manyRowsAreComputed() throws {
    let left = HeldRows(
      columns: [DatasetColumn("a", .text)], rows: (0..<1000).map { [(kind: CellKind.text, text: "\($0)")] })
    let right = HeldRows(columns: [DatasetColumn("a", .text), DatasetColumn("c", .text)], rows: [])
    var request = ComparisonPlan.Request(key: ["a"])
    request.map = try Self.map("columns: {c: {left: \"concat(a, '!')\"}}")
    let plan = try ComparisonPlan(left, right, request)
    let given = try Given.canonical(plan.left.rows(plan.terms, .left, again: false))
    #expect(given.rows == (0..<1000).map { ["\($0)", "\($0)!"] })
  }

  // MARK: two schemas

  /// Columns of both sides, what is asked for, and the columns that are compared, or why they cannot be.
  @Test(
    arguments: [
      (["id", "v"], ["v", "id"], "{}", "id text 0 1, v text 1 0"),
      (["id:number", "v"], ["id", "v:any"], "{}", "id number 0 0, v text 1 1"),
      (["id:date", "v:any"], ["id:any", "v:boolean"], "{}", "id date 0 0, v boolean 1 1"),
      (["id:date"], ["id:number"], "{}", "diff.types id date number"),
      (["id:date"], ["id:number"], "columns: {id: {type: text}}", "id text 0 0"),
      (["id", "v", "w"], ["id"], "{}", "diff.onesided v, w"), (["id"], ["id", "x"], "{}", "diff.onesided x"),
      (["id", "v"], ["id"], "ignore: [v]", "id text 0 0"), (["id"], ["id"], "ignore: [v]", "diff.column v"),
      (["id"], ["id"], "ignore: [id]", "diff.key-ignored id"),
      (["no"], ["no"], "{}", "diff.column id"),
      (["id", "a"], ["id", "b"], "columns: {v: {left: a, right: b}}", "id text 0 0, v text 1 1"),
      (
        ["id", "a", "b"], ["id", "a"], "columns: {b: {left: b, right: a}, a: {left: a, right: a}}",
        "id text 0 0, a text 1 1, b text 2 1"
      ),
      (["id", "v", "w"], ["id", "v", "w"], "columns: {v: {left: w, right: w}}", "diff.twice v"),
      (["id", "v"], ["id", "v"], "columns: {v: {type: date, tolerance: 1}}", "diff.tolerance v"),
      (["id", "v"], ["id", "v"], "columns: {id: {type: number, tolerance: 1}}", "diff.key id"),
      // Names that only look the same are two.
      (["id", "が"], ["id", "か\u{3099}"], "{}", "diff.onesided が, diff.onesided か\u{3099}"),
    ] as [([String], [String], String, String)])
  func schemasArePutTogether(_ left: [String], _ right: [String], _ map: String, _ expected: String) throws {
    func side(_ names: [String]) -> HeldRows {
      HeldRows(
        columns: names.map { text in
          let parts = text.split(separator: ":").map(String.init)
          return DatasetColumn(parts[0], parts.count == 2 ? ComparisonKind(rawValue: parts[1]) ?? .any : .text)
        }, rows: [])
    }
    var request = ComparisonPlan.Request(key: ["id"])
    request.map = try Self.map(map)
    do throws(Diagnostics) {
      let columns = try ComparisonPlan(side(left), side(right), request).terms.columns
      #expect(
        columns.map { "\($0.name) \($0.kind.rawValue) \($0.left) \($0.right)" }.joined(separator: ", ") == expected)
    } catch {
      let told = error.items.map { diagnostic in
        let facts = diagnostic.code == .diffTypes ? diagnostic.facts : Array(diagnostic.facts.prefix(1))
        return ([diagnostic.code.rawValue] + facts).joined(separator: " ")
      }
      #expect(told.joined(separator: ", ") == expected)
    }
  }
}
