import Base
import Expressions
import Records
import Testing

/// A batch of many rows, some without values, gives each row what it gives alone: loops that look at a whole column first,
/// or at eight bytes at once, have one row at a time as their twin.
@Suite struct ColumnLoopTests {
  private static let codes = [
    "": "empty", "1": "a", "01": "b", "1234567": "seven", "1234568": "other", "12345678": "eight", "12345679": "",
    "𠮷": "kanji", "1234567890123": "long",
  ]

  private static let scope = Scope(
    title: "test",
    entries: [
      "A": .init(type: .integer, column: 0), "B": .init(type: .integer, column: 1),
      "S": .init(type: .text, column: 2), "T": .init(type: .text, column: 3), "D": .init(type: .date, column: 4),
    ],
    lookups: {
      var lookups = Lookups()
      lookups.codes["c"] = CodeTable(name: "c", mapping: codes)
      return lookups
    }())

  /// Many texts are equal, many others as long as one another.
  private static let texts = [
    "", "1", "01", "1234567", "1234568", "12345678", "12345679", "123456789", "1234567890123", "12345678901234567", "𠮷",
    " x  ",
    "　字　", "3", "abcdefgh", "abcdefgi",
  ]

  private static func column(_ type: ValueType, _ rows: Int, _ random: inout DrawnNumbers, clean: Bool) -> Column {
    let column = Column(type)
    for _ in 0..<rows {
      switch clean ? 9 : random.next(upTo: 10) {
      case 0: column.appendNull()
      case 1: column.append(state: Fault.sign.rawValue)
      default:
        switch type {
        case .text: column.append(texts[random.next(upTo: texts.count)])
        case .date: column.append([2019_11_30, 2020_02_29, 2020_02_00, CivilDate.noEnd][random.next(upTo: 4)])
        default: column.append(Int64(random.next(upTo: 7)) - 3)
        }
      }
    }
    return column
  }

  private static let expressions =
    [
      "A + B", "A - B", "A * B", "-A", "A = B", "A <> B", "A < B", "A <= B", "A > B", "A >= B", "min(A, B)",
      "max(A, B)",
      "quotient(A, B)", "remainder(A, B)", "is_null(A)", "coalesce(A, B)", "if(A > B, A, B)", "if(A = 0, S, T)",
      "if(is_null(S), 'none', S)", "coalesce(S, T)", "S = T", "S < T", "S <= T", "is_null(S)", "concat(S, T)",
      "concat(S, 'x')",
      "concat('y', S)",
      "trim(S)", "length(S)", "number(S)", "digits(A, 3)", "digits(A, 1)", "code('c', S)", "S = null",
      "D = date('2020-02-29')",
      "D < date('2020-02-29')", "year(D)", "month(D)", "fiscal_year(D)", "A > 0 and B > 0", "A > 0 or B > 0",
      "not (A > 0)",
      "slice(S, 2, 3)", "without(S, '1')", "replace(S, '1', '22')", "before(S, '3')",
    ] + texts.flatMap { ["S = '\($0)'", "'\($0)' = S"] }

  private static func told(_ column: Column, _ row: Int) -> String {
    column.fault(row)?.code ?? column.describe(row) ?? "null"
  }

  /// - Parameter clean: whether all rows have values.
  @Test(arguments: [true, false]) func manyRowsAreAsEachAlone(clean: Bool) throws {
    var random = DrawnNumbers(seed: clean ? 1 : 2)
    var builder = ProgramBuilder(scope: Self.scope)
    let compiled = try Self.expressions.map { try builder.compile($0, at: Place(file: "t.yaml"), each: nil) }
    // One machine for batches that grow and shrink.
    let machine = Machine(builder.program)
    for rows in [1, 5, 300, 7, 64, 301] {
      let types: [ValueType] = [.integer, .integer, .text, .text, .date]
      let columns = types.map { Self.column($0, rows, &random, clean: clean) }
      machine.start(columns, rows: rows)
      let found = compiled.map { expression in
        let column = machine.value(expression)
        return (0..<rows).map { Self.told(column, $0) }
      }
      let alone = Machine(builder.program)
      for row in 0..<rows {
        let single = zip(types, columns).map { type, column in
          let copy = Column(type)
          copy.append(row..<row + 1, of: column)
          return copy
        }
        alone.start(single, rows: 1)
        for (index, expression) in compiled.enumerated() {
          let wanted = Self.told(alone.value(expression), 0)
          #expect(found[index][row] == wanted, "\(Self.expressions[index]), row \(row) of \(rows)")
        }
      }
      // A code is what the table says, whatever its length.
      let code = try #require(Self.expressions.firstIndex(of: "code('c', S)"))
      for row in 0..<rows where columns[2].states[row] == 0 {
        let text = columns[2].describe(row) ?? ""
        #expect(found[code][row] == Self.codes[text] ?? Fault.unmappedCode.code, "\(text)")
      }
    }
  }
}

/// Numbers drawn by a fixed rule, the same in each run of the tests.
private struct DrawnNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(upTo limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}
