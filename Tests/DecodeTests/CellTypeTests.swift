import Base
import Charset
import Copybook
import Decode
import Framing
import Records
import Testing

/// Values of plain text: what is read, and what is a fault.
@Suite struct CellTypeTests {
  struct Case: Sendable {
    let type: String
    let form: String?
    let cell: String
    /// The value for people, `nil` for null, or the code of a fault.
    let value: String?

    init(_ type: String, _ cell: String, _ value: String?, form: String? = nil) {
      self.type = type
      self.form = form
      self.cell = cell
      self.value = value
    }
  }

  static let cases: [Case] = [
    Case("text(3)", "", nil), Case("text(3)", "\"\"", ""), Case("text(3)", " a ", " a "),
    Case("text(3)", "山田太", "山田太"), Case("text(3)", "山田太郎", "decode.cell.long"),
    Case("text(3)", "\"a\"\"b\"", "a\"b"), Case("text(3)", "a\"b", "decode.cell.quote"),
    Case("text(3)", "\"a\"b", "decode.cell.quote"),
    Case("number(5)", "123", "123"), Case("number(5)", "-123", "-123"), Case("number(5)", "+0", "0"),
    Case("number(5)", " 12 ", "12"), Case("number(5)", "0000012345", "12345"),
    Case("number(5)", "123456", "decode.number.overflow"), Case("number(5)", "1,2", "1"),
    Case("number(5)", "\"1,234\"", "map.number"), Case("number(5)", "1.0", "map.number"),
    Case("number(5)", "-", "map.number"), Case("number(5)", "1e5", "map.number"), Case("number(5)", "１２", "map.number"),
    Case("number(5)", "", nil), Case("number(5)", "\"\"", nil), Case("number(5)", "  ", "decode.number.blank"),
    Case("number(5,2)", "1", "1.00"), Case("number(5,2)", "1.5", "1.50"), Case("number(5,2)", "-.5", "-0.50"),
    Case("number(5,2)", "1.500", "1.50"), Case("number(5,2)", "1.505", "decode.cell.long"),
    Case("number(5,2)", "1234", "decode.number.overflow"), Case("number(5,2)", "1.", "map.number"),
    Case("number(5,2)", "1.2.3", "map.number"), Case("number(2,2)", "0.99", "0.99"),
    Case("number(38)", "99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
    Case("date", "2024/4/1", "2024-04-01", form: "yyyy/mm/dd"), Case("date", "", nil, form: "yyyymmdd"),
    Case("date", "20240230", "decode.date.impossible", form: "yyyymmdd"),
    Case("date", "00000000", nil, form: "yyyymmdd"), Case("date", "R060401", "2024-04-01", form: "era-date"),
    Case("date", "M050101", "decode.date.lunar", form: "era-date"), Case("date", "R06", "2024", form: "era-year"),
    Case("date", String(repeating: "1", count: 99), "decode.date.impossible", form: "yyyymmdd"),
  ]

  @Test(arguments: cases) func aCellIsReadByItsType(_ case: Case) throws {
    let type = try #require(CellType(`case`.type, form: `case`.form))
    var reading = Interpretation(try #require(CharacterSet.named("utf-8")))
    reading.cells = ["A": .text(3), "B": type]
    reading.isDelimited = true
    let layout = Layout(file: "t", items: [("A", Place(), 0..<12), ("B", Place(), 12..<60)])
    let plan = try KindPlan.compile(title: "t", layout: layout, choosing: [], reading: reading)
    let syntax = CellSyntax(separator: 0x2C, hasHeader: false, mayHaveMark: false)
    for columns in [[], [0, 1], [1, 0]] {
      let decoder = KindDecoder(plan, cells: syntax, columns: columns)
      let record = Array((columns == [1, 0] ? `case`.cell + ",x" : "x," + `case`.cell).utf8)
      if columns == [1, 0], `case`.cell == "1,2" { continue }
      record.withUnsafeBufferPointer { bytes in
        withUnsafePointer(to: 0) { start in
          withUnsafePointer(to: record.count) { length in
            decoder.decode(
              RecordBlock(
                base: bytes.baseAddress!, starts: UnsafeBufferPointer(start: start, count: 1),
                lengths: UnsafeBufferPointer(start: length, count: 1)))
          }
        }
      }
      let column = decoder.columns[1]
      #expect((column.fault(0)?.code ?? column.describe(0)) == `case`.value, "\(`case`.type) \(`case`.cell)")
      #expect(decoder.columns[0].describe(0) == "x")
    }
  }

  /// The same in places of EBCDIC: spaces at the end of a text are padding.
  @Test(
    arguments: [
      ("text(4)", nil, [0xC1, 0xC2, 0x40, 0x40], "AB"), ("text(4)", nil, [0x40, 0x40, 0x40, 0x40], ""),
      ("number(4)", nil, [0x40, 0x60, 0xF1, 0xF2], "-12"), ("number(4,1)", nil, [0xF1, 0xF2, 0x4B, 0xF3], "12.3"),
      ("number(4)", nil, [0xF1, 0xF2, 0xC3, 0x40], "map.number"),
      ("date", "yyyymm", [0xF2, 0xF0, 0xF2, 0xF4, 0xF0, 0xF4], "2024-04-00"),
      ("date", "era-date", [0xD9, 0xF0, 0xF6, 0xF0, 0xF4, 0xF0, 0xF1], "2024-04-01"),
      ("date", "yyyymm", [0x40, 0x40, 0x40, 0x40, 0x40, 0x40], "decode.number.blank"),
    ] as [(String, String?, [UInt8], String)])
  func aPlaceIsReadByItsType(_ word: String, _ form: String?, _ bytes: [UInt8], _ value: String) throws {
    var reading = Interpretation(try #require(CharacterSet.named("ibm-930")))
    reading.cells = ["A": try #require(CellType(word, form: form))]
    let layout = Layout(file: "t", items: [("A", Place(), 0..<bytes.count)])
    let decoder = KindDecoder(try KindPlan.compile(title: "t", layout: layout, choosing: [], reading: reading))
    bytes.withUnsafeBufferPointer { bytes in
      withUnsafePointer(to: 0) { start in
        decoder.decode(RecordBlock(base: bytes.baseAddress!, starts: UnsafeBufferPointer(start: start, count: 1)))
      }
    }
    #expect((decoder.columns[0].fault(0)?.code ?? decoder.columns[0].describe(0)) == value)
  }

  @Test(arguments: [
    "text", "text()", "text(0)", "text(a)", "number(39)", "number(3,4)", "number(3,)", "integer", "date",
  ])
  func aTypeThatIsNoneIsRefused(_ word: String) { #expect(CellType(word, form: nil) == nil) }
}
