import Base
import Foundation
import Framing
import Records
import Testing

/// Records of cells: where each ends, and what its cells are.
@Suite struct CellTests {
  struct Case: Sendable {
    let text: String
    let cells: [[String]]
    let lines: [Int]

    init(_ text: String, _ cells: [[String]], lines: [Int]? = nil) {
      self.text = text
      self.cells = cells
      self.lines = lines ?? Array(1...max(1, cells.count)).prefix(cells.count).map { $0 }
    }
  }

  static let cases: [Case] = [
    Case("a,b\nc,d\n", [["a", "b"], ["c", "d"]]), Case("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
    Case("a\rb\rc", [["a"], ["b"], ["c"]]), Case("a,\n,b\n", [["a", ""], ["", "b"]]),
    Case("\n\na\n", [[""], [""], ["a"]]), Case("a\u{1A}", [["a"]]), Case("a\n\u{1A}", [["a"]]),
    Case("\"a,b\",c\n", [["a,b", "c"]]), Case("\"a\"\"b\",\"\"\n", [["a\"b", ""]]),
    Case("\"a\nb\r\nc\",d\ne\n", [["a\nb\r\nc", "d"], ["e"]], lines: [1, 4]),
    Case("\"\"\"\"\n\"\"\"\"\"\"", [["\""], ["\"\""]]), Case("\"a\"", [["a"]]),
    Case("a\"b,c\nd", [["a\"b", "c"], ["d"]]), Case("\"a\"b,c\nd", [["\"a\"b", "c"], ["d"]]),
    Case("a\"\nb", [["a\""], ["b"]]),
  ]

  private static func reader(
    _ bytes: [UInt8], header: Bool = false, mark: Bool = false, buffer: Int, policy: DamagePolicy = .keepGoing
  ) throws -> RecordReader {
    let path = NSTemporaryDirectory() + "totsugo-cells-" + UUID().uuidString
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let syntax = CellSyntax(separator: 0x2C, hasHeader: header, mayHaveMark: mark)
    return try RecordReader(
      path: path, format: RecordFormat(cells: syntax), layoutLength: 10, bufferBytes: buffer, policy: policy)
  }

  private static func read(_ reader: RecordReader) throws -> [[String]] {
    let syntax = try #require(reader.format.cells)
    var records: [[String]] = []
    while let block = try reader.next() {
      for index in 0..<block.count {
        let record = UnsafeBufferPointer(
          start: block.base + block.starts[index], count: try #require(block.lengths)[index])
        records.append(syntax.cells(Array(record)).map { String(decoding: $0, as: UTF8.self) })
      }
    }
    return records
  }

  @Test(arguments: cases) func recordsAndCellsAreFoundForEveryBuffer(_ case: Case) throws {
    for buffer in [3, 4, 5, 7, 1 << 16] {
      let reader = try Self.reader(Array(`case`.text.utf8), buffer: buffer)
      #expect(try Self.read(reader) == `case`.cells, "\(`case`.text.debugDescription) \(buffer)")
      #expect(reader.tally.bytesRead == `case`.text.utf8.count)
    }
  }

  @Test(arguments: cases) func recordsTellTheirLines(_ case: Case) throws {
    let path = NSTemporaryDirectory() + "totsugo-cells-" + UUID().uuidString
    try Data(`case`.text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let syntax = CellSyntax(separator: 0x2C, hasHeader: false, mayHaveMark: false)
    let file = try RecordFile(path: path, format: RecordFormat(cells: syntax), recordLength: 10)
    #expect((0..<file.recordCount).map { file.line(of: $0) } == `case`.lines)
  }

  @Test func theLineOfNamesAndTheMarkAreNoRecord() throws {
    for buffer in [3, 5, 1 << 16] {
      let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("\"a\nb\",c\r\n1,2\r\n".utf8)
      let reader = try Self.reader(bytes, header: true, mark: true, buffer: buffer)
      #expect(try Self.read(reader) == [["1", "2"]])
      #expect(String(decoding: reader.names, as: UTF8.self) == "\"a\nb\",c")
      let without = try Self.reader(bytes, buffer: buffer)
      #expect(try Self.read(without).count == 3, "a set without a mark: its bytes belong to a cell without quotes")
    }
  }

  @Test func anOpenQuoteIsToldWithItsLineAndByte() throws {
    let bytes = Array("a,b\nc,\"d\ne,f\n".utf8)
    let reader = try Self.reader(bytes, buffer: 3, policy: .strict)
    #expect(throws: Diagnostic(.frameQuote, at: Place(file: reader.path, line: 2, record: 2, offset: 6), "9")) {
      while try reader.next() != nil {}
    }
    let tolerant = try Self.reader(bytes, buffer: 3)
    #expect(try Self.read(tolerant) == [["a", "b"]])
    #expect(tolerant.tally.bytes(.damage) == 9)
  }
}
