import Base
import Expressions
import Records
import Testing

/// `lookup`: a column of the row with a key, of any type.
@Suite struct LookupTests {
  private static let scope: Scope = {
    var lookups = Lookups()
    var table = LookupTable(
      name: "学区", keys: [Field("町", .text), Field("年度", .integer)],
      columns: [
        Field("学校", .text), Field("定員", .integer), Field("率", .decimal(scale: 2)), Field("開校", .date),
        Field("小規模", .flag),
      ])
    func text(_ text: String) -> LookupTable.Value { .text(Array(text.utf8)) }
    _ = table.add(
      [text("01"), .integer(2019)], [text("桜小"), .integer(240), .wide(150), .integer(1950_04_01), .integer(0)])
    _ = table.add([text("01"), .integer(-1)], [text(""), .integer(-5), .null, .null, .integer(1)])
    _ = table.add([text("神"), .integer(2019)], [text("一"), .null, .null, .null, .null])
    _ = table.add([text("\u{FA19}"), .integer(2019)], [text("二"), .null, .null, .null, .null])
    lookups.tables["学区"] = table
    return Scope(
      title: "test",
      entries: [
        "T": .init(type: .text, column: 0), "Y": .init(type: .integer, column: 1),
        "N": .init(type: .text, column: 2), "BAD": .init(type: .integer, column: 3),
      ], lookups: lookups)
  }()

  private static func evaluate(_ text: String) throws -> String {
    var builder = ProgramBuilder(scope: scope)
    let compiled = try builder.compile(text, at: Place(file: "t.yaml", line: 3, column: 5))
    let columns = [Column(.text), Column(.integer), Column(.text), Column(.integer)]
    columns[0].append("01")
    columns[1].append(2019)
    columns[2].appendNull()
    columns[3].append(state: Fault.notANumber.rawValue)
    let machine = Machine(builder.program)
    machine.start(columns, rows: 1)
    let column = machine.value(compiled)
    return column.fault(0).map { "fault " + $0.code } ?? column.describe(0) ?? "null"
  }

  @Test(arguments: [
    ("lookup('学区', T, Y, '学校')", "桜小"), ("lookup('学区', T, Y, '定員') + 1", "241"), ("lookup('学区', T, Y, '率')", "1.50"),
    ("lookup('学区', T, Y, '開校')", "1950-04-01"), ("lookup('学区', T, Y, '小規模') or Y = 0", "false"),
    ("lookup('学区', T, -1, '学校')", ""), ("lookup('学区', T, -1, '率')", "null"), ("lookup('学区', '01', 2019, '学校')", "桜小"),
    ("lookup('学区', '神', Y, '学校')", "一"), ("lookup('学区', '\u{FA19}', Y, '学校')", "二"),
    ("lookup('学区', T, 2020, '学校')", "fault map.code.unmapped"),
    ("lookup('学区', '', Y, '学校')", "fault map.code.unmapped"),
    ("lookup('学区', N, Y, '学校')", "null"), ("lookup('学区', N, BAD, '学校')", "fault map.number"),
    ("coalesce(lookup('学区', '神', Y, '定員'), 0)", "0"),
  ]) func values(_ text: String, _ value: String) throws {
    #expect(try Self.evaluate(text) == value, "\(text)")
  }

  @Test(arguments: [
    ("lookup('学', T, Y, '学校')", "Did you mean “学区”"), ("lookup('学区', T, Y, '学')", "there is no “学” in 学区"),
    ("lookup('学区', T, '学校')", "町: text, 年度: integer"), ("lookup('学区', Y, T, '学校')", "a key of integer, text"),
    ("lookup('学区', T, Y, 定員)", "there is no “定員”"), ("lookup('学区', T, Y)", "lookup('table', key, …, 'column')"),
    ("lookup(T, T, Y, '学校')", "lookup('table', key, …, 'column')"), ("lookup('学区', T, Y, '学校') + 1", "text + integer"),
  ]) func mistakesAreTold(_ text: String, _ message: String) throws {
    let failure = try #require(#expect(throws: Diagnostic.self) { try Self.evaluate(text) })
    #expect(failure.message(.english).contains(message), "\(failure.message(.english))")
  }

  @Test func aKeyIsThereOnce() {
    var table = LookupTable(name: "t", keys: [Field("a", .text), Field("b", .text)], columns: [Field("c", .integer)])
    func add(_ a: String, _ b: String) -> Bool {
      table.add([.text(Array(a.utf8)), .text(Array(b.utf8))], [.integer(1)])
    }
    #expect(add("x", "yz") && add("xy", "z") && add("xyz", "") && add("", "xyz"))
    #expect(!add("xy", "z"))
    #expect(table.rows.count == 4)
  }
}
