import Base
import Charset
import Datasets
import Diff
import Testing

/// Delimited files, value by value and as canonical rows: both readings say the same.
@Suite struct DelimitedTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: [UInt8]
    var dialect = DelimitedDialect()
    /// Names, then rows; `nil` where the file is refused.
    var rows: [[String]]?
    var remarks: [DiagnosticCode] = []
    var refused: DiagnosticCode?
    /// Where: the record, and the byte where it is known.
    var record: Int?
    var offset: Int?

    init(
      _ name: String, _ text: String, _ rows: [[String]], _ remarks: [DiagnosticCode] = [],
      _ change: (inout DelimitedDialect) -> Void = { _ in }
    ) {
      self.init(name, Array(text.utf8), rows, remarks, change)
    }

    init(
      _ name: String, _ bytes: [UInt8], _ rows: [[String]], _ remarks: [DiagnosticCode] = [],
      _ change: (inout DelimitedDialect) -> Void = { _ in }
    ) {
      (testDescription, self.bytes, self.rows, self.remarks) = (name, bytes, rows, remarks)
      change(&dialect)
    }

    init(
      _ name: String, _ text: String, refused: DiagnosticCode, _ record: Int? = nil, _ offset: Int? = nil,
      _ change: (inout DelimitedDialect) -> Void = { _ in }
    ) {
      self.init(name, Array(text.utf8), refused: refused, record, offset, change)
    }

    init(
      _ name: String, _ bytes: [UInt8], refused: DiagnosticCode, _ record: Int? = nil, _ offset: Int? = nil,
      _ change: (inout DelimitedDialect) -> Void = { _ in }
    ) {
      (testDescription, self.bytes, self.refused, self.record, self.offset) = (name, bytes, refused, record, offset)
      change(&dialect)
    }
  }

  static let head = ["id", "v"]

  static let good: [Case] = [
    Case("plain", "id,v\n1,a\n2,b\n", [head, ["1", "a"], ["2", "b"]]),
    Case("no row", "id,v\n", [head]),
    Case("no row and no line end", "id,v", [head], [.datasetLastLine]),
    Case("no line end", "id,v\n1,a", [head, ["1", "a"]], [.datasetLastLine]),
    Case("no line end behind a quotation mark", "id,v\n1,\"a\"", [head, ["1", "a"]], [.datasetLastLine]),
    Case("CR LF", "id,v\r\n1,a\r\n", [head, ["1", "a"]]),
    Case("CR LF behind quotation marks", "\"id\",\"v\"\r\n\"1\",\"a\"\r\n", [head, ["1", "a"]]),
    Case("LF and CR LF", "id,v\n1,a\r\n2,b\n", [head, ["1", "a"], ["2", "b"]]),
    Case("CR within a value", "id,v\n1,a\rb\n", [head, ["1", "a\rb"]]),
    Case("two CR before LF: one is the value's", "id,v\n1,a\r\r\n", [head, ["1", "a\r"]]),
    Case("delimiter, line end and mark within quotation marks", "id,v\n1,\"a,\nb\"\"\"\n", [head, ["1", "a,\nb\""]]),
    Case("CR LF within quotation marks stays", "id,v\n1,\"a\r\nb\"\n", [head, ["1", "a\r\nb"]]),
    Case("an empty value in quotation marks", "id,v\n1,\"\"\n", [head, ["1", ""]]),
    Case("only a mark", "id,v\n1,\"\"\"\"\n", [head, ["1", "\""]]),
    Case("marks that open nothing", "id,v\n1,a\"b\"\n", [head, ["1", "a\"b\""]]),
    Case("a space before a mark is a value", "id,v\n1, \"a\"\n", [head, ["1", " \"a\""]]),
    Case("spaces stay", "id,v\n 1 , a \n", [head, [" 1 ", " a "]]),
    Case("empty values", "id,v\n,\n", [head, ["", ""]]),
    Case(
      "null where the dialect has it", "id,v\n1,NULL\n2,\"NULL\"\n3,null\n",
      [head, ["1", "∅"], ["2", "NULL"], ["3", "null"]]
    ) {
      $0.null = Array("NULL".utf8)
    },
    Case("an empty value as null", "id,v\n1,\n2,\"\"\n", [head, ["1", "∅"], ["2", ""]]) { $0.null = [] },
    Case("blank lines at the end", "id,v\n1,a\n\n\r\n\n", [head, ["1", "a"]]),
    Case("of one column a blank line is a value", "id\n\na\n", [["id"], [""], ["a"]]),
    Case("a byte order mark", [0xEF, 0xBB, 0xBF] + Array("id,v\n1,a\n".utf8), [head, ["1", "a"]]),
    Case(
      "a byte order mark before a quotation mark", [0xEF, 0xBB, 0xBF] + Array("\"id\",v\n1,a\n".utf8),
      [head, ["1", "a"]]),
    Case("a byte order mark in a value stays", "id,v\n1,\u{FEFF}a\n", [head, ["1", "\u{FEFF}a"]]),
    Case("DOS's end mark", "id,v\n1,a\n\u{1A}", [head, ["1", "a"]], [.datasetEnd]),
    Case("another delimiter", "id;v\n1;a,b\n", [head, ["1", "a,b"]]) { $0.delimiter = 0x3B },
    Case("no quotation marks", "id,v\n\"1,a\"\n", [head, ["\"1", "a\""]]) { $0.hasQuotes = false },
    Case("no header", "1,a\n2,b\n", [head, ["1", "a"], ["2", "b"]]) { $0.header = ["id", "v"] },
    Case("no header, and a byte order mark", [0xEF, 0xBB, 0xBF] + Array("1,a\n".utf8), [head, ["1", "a"]]) {
      $0.header = ["id", "v"]
    },
    Case("NUL in a value", "id,v\n1,a\0b\n", [head, ["1", "a\0b"]]),
    Case("a lost character", "id,v\n1,a\u{FFFD}\n2,b\n", [head, ["1", "!"], ["2", "b"]]),
    Case("a lost character within quotation marks", "id,v\n1,\"\u{FFFD}\"\"\"\n", [head, ["1", "!"]]),
    Case("four bytes a character", "id,v\n1,𠮷\n", [head, ["1", "𠮷"]]),
    Case("Windows-31J", Array("id,v\n1,".utf8) + [0x8E, 0x52, 0x95, 0x5C, 0x0A], [head, ["1", "山表"]]) {
      $0.charset = .named("windows-31j")
    },
    Case(
      "the second byte of 表 is no mark of its own", Array("id,v\n\"1\",\"".utf8) + [0x95, 0x5C, 0x22, 0x0A],
      [head, ["1", "表"]]
    ) { $0.charset = .named("windows-31j") },
    Case("EUC-JP", Array("id,v\n1,".utf8) + [0xBB, 0xB3, 0x0A], [head, ["1", "山"]]) { $0.charset = .named("euc-jp") },
    Case(
      "UTF-16, low byte first, by its mark", [0xFF, 0xFE] + utf16("id,v\n1,山𠮷\n", little: true), [head, ["1", "山𠮷"]]),
    Case(
      "UTF-16, high byte first, by its mark", [0xFE, 0xFF] + utf16("id,v\n1,山𠮷\n", little: false), [head, ["1", "山𠮷"]]),
    Case("UTF-16 without a mark", utf16("id,v\n1,\"a\nb\"\n", little: true), [head, ["1", "a\nb"]]) {
      $0.charset = .named("utf-16le")
    },
    Case("UTF-16 as it was promised", [0xFE, 0xFF] + utf16("id,v\n1,a\n", little: false), [head, ["1", "a"]]) {
      $0.charset = .named("utf-16be")
      $0.hasMark = true
    },
    Case(
      "UTF-16 without a line end", [0xFF, 0xFE] + utf16("id,v\n1,a", little: true), [head, ["1", "a"]],
      [.datasetLastLine]),
  ]

  static let bad: [Case] = [
    Case("nothing", "", refused: .fileEmpty),
    Case("an empty name", "id,\n", refused: .datasetColumns),
    Case("a name twice", "id,v,id\n", refused: .datasetColumns),
    Case("an open mark in the header", "\"id,v\n1,a\n", refused: .datasetQuote),
    Case("CR alone ends the lines", "id,v\r1,a\r", refused: .datasetReturn, 0),
    Case("UTF-16 without a mark, unsaid", utf16("id,v\n", little: true), refused: .datasetWide, 0),
    Case("a lost character in a name", "id,\u{FFFD}\n", refused: .datasetCharset, 0),
    Case("too few values", "id,v\n1,a\n2\n", refused: .datasetFields, 2, 9),
    Case("too few values, quoted", "id,v\n1,a\n\"2\"\n", refused: .datasetFields, 2, 9),
    Case("too many values", "id,v\n1,a,\n", refused: .datasetFields, 1, 5),
    Case("a blank line between", "id,v\n1,a\n\n2,b\n", refused: .datasetFields, 2, 9),
    Case("a blank line before the rows", "id,v\n\n1,a\n", refused: .datasetFields, 1, 5),
    Case("cut in a quotation", "id,v\n1,a\n2,\"b\n", refused: .datasetQuote, 2),
    Case("cut behind a doubled mark", "id,v\n1,\"a\"\"", refused: .datasetQuote, 1),
    Case("text behind a closing mark", "id,v\n1,\"a\"b\n", refused: .datasetQuote, 1, 10),
    Case("a CR behind a closing mark", "id,v\n1,\"a\"\rb\n", refused: .datasetQuote, 1, 10),
    Case("no UTF-8", Array("id,v\n1,a\n2,".utf8) + [0x8E, 0x52, 0x0A], refused: .datasetCharset, 2, 11),
    Case("UTF-8 that is cut", Array("id,v\n1,".utf8) + [0xE5, 0xB1, 0x0A], refused: .datasetCharset, 1, 7),
    Case(
      "UTF-8 that is longer than it need be", Array("id,v\n1,".utf8) + [0xC0, 0xAF, 0x0A], refused: .datasetCharset, 1,
      7),
    Case("half of a pair in UTF-8", Array("id,v\n1,".utf8) + [0xED, 0xA0, 0x80, 0x0A], refused: .datasetCharset, 1, 7),
    Case("a code that EUC-JP has not", Array("id,v\n1,".utf8) + [0xAD, 0xA1, 0x0A], refused: .datasetCode, 1, 7) {
      $0.charset = .named("euc-jp")
    },
    Case(
      "half of a pair", [0xFF, 0xFE] + utf16("id,v\n1,", little: true) + [0x42, 0xD8, 0x0A, 0x00], refused: .datasetUnit
    ),
    Case("half a unit", [0xFF, 0xFE] + utf16("id,v\n1,a\n", little: true) + [0x41], refused: .datasetUnit),
    Case("the mark of the other order", [0xFF, 0xFE] + utf16("id,v\n", little: true), refused: .optionValue) {
      $0.charset = .named("utf-16be")
    },
    Case("a mark that was promised", utf16("id,v\n", little: true), refused: .datasetMark) {
      $0.charset = .named("utf-16le")
      $0.hasMark = true
    },
  ]

  static func utf16(_ text: String, little: Bool) -> [UInt8] {
    text.utf16.flatMap { little ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
  }

  @Test(arguments: good) func whatAFileHoldsIsRead(_ row: Case) throws {
    let folder = try Folder()
    let file = try DelimitedFile(path: folder.write(row.bytes), dialect: row.dialect, reference: "f")
    let rows = try #require(row.rows)
    #expect(file.columns.map(\.name) == rows[0])
    #expect(file.columns.allSatisfy { $0.kind == .text })
    let canonical = try Given.canonical(file)
    #expect(canonical.rows == Array(rows.dropFirst()))
    #expect(canonical.remarks == row.remarks)
    let cells = try Given.cells(file)
    // What could not be read is given as it was found.
    #expect(cells.rows.map { $0.map { $0.hasPrefix("!") ? "!" : $0 } } == Array(rows.dropFirst()))
    #expect(cells.remarks == row.remarks)
  }

  @Test(arguments: bad) func whatIsWrongStopsTheReading(_ row: Case) throws {
    let folder = try Folder()
    let path = try folder.write(row.bytes)
    for read in [Given.cells, Given.canonical] as [(any Dataset) throws -> Given] {
      let failure = #expect(throws: Diagnostic.self) {
        _ = try read(try DelimitedFile(path: path, dialect: row.dialect, reference: "f"))
      }
      #expect(failure?.code == row.refused, "\(failure.map { "\($0)" } ?? "")")
      #expect(failure?.place.file == path)
      if let record = row.record { #expect(failure?.place.record == record) }
      if let offset = row.offset { #expect(failure?.place.offset == offset) }
    }
  }

  // MARK: blocks

  /// Values around the end of a block of 256 KiB: whatever it cuts, the rows are the same.
  @Test(arguments: ["a", "\"a\"", "\"a\nb\"", "\"a\"\"b\"", "漢", "\"\""], ["\n", "\r\n"])
  func aBlockEndsAnywhere(value: String, end: String) throws {
    let folder = try Folder()
    let written = value.filter { $0 != "\"" || value == "\"a\"\"b\"" }
    let plain = value == "\"a\"\"b\"" ? "a\"b" : written
    let last = "2,\(value)\(end)"
    // The last row begins so many bytes before the end of the block that it is cut at each of its bytes.
    for shift in 0...last.utf8.count + 2 {
      let filler = String(repeating: "x", count: RowBlock.inputBytes - "id,v\(end)1,\(end)".utf8.count - shift)
      let path = try folder.write("id,v\(end)1,\(filler)\(end)\(last)3,c\(end)".utf8)
      let file = try DelimitedFile(path: path, dialect: DelimitedDialect(), reference: "f")
      let expected = [["1", filler], ["2", plain], ["3", "c"]]
      #expect(try Given.cells(file).rows == expected, "\(shift)")
      #expect(try Given.canonical(file).rows == expected, "\(shift)")
    }
  }

  private struct Draw: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  /// Texts of a few bytes that mean something, against a twin that goes byte by byte.
  @Test func arbitraryFilesAreReadAsTheTwinReadsThem() throws {
    let folder = try Folder()
    var draw = Draw(state: 0x5EED)
    let pieces = ["a", ",", "\"", "\"", "\n", "\n", "\r\n", "\r", "漢", "1,", "\"\"", "b,c\n", "\"d\",\"e\"\n"]
    for round in 0..<800 {
      let body = (0..<Int.random(in: 1...8, using: &draw)).map { _ in pieces.randomElement(using: &draw)! }.joined()
      let text = "id,v\n" + body
      let path = try folder.write(text.utf8)
      let file = try DelimitedFile(path: path, dialect: DelimitedDialect(), reference: "f")
      let expected = DelimitedTwin.rows(Array(body.utf8), width: 2)
      for read in [Given.cells, Given.canonical] as [(any Dataset) throws -> Given] {
        #expect((try? read(file).rows) == expected, "\(round): \(text.debugDescription)")
      }
    }
  }
}

/// RFC 4180 as it reads, a byte at a time. Shares nothing with the reader.
enum DelimitedTwin {
  /// - Returns: `nil` for what is no such file.
  static func rows(_ bytes: [UInt8], width: Int) -> [[String]]? {
    var bytes = bytes
    if let last = bytes.last, last != 10 { bytes.append(10) }
    // Lines at the end that hold nothing but line ends are none.
    while bytes.last == 10 {
      let line = bytes.dropLast().lastIndex(of: 10).map { $0 + 1 } ?? 0
      guard bytes[line...].dropLast().allSatisfy({ $0 == 13 }) else { break }
      bytes.removeSubrange(line...)
    }
    var rows: [[String]] = []
    var row: [String] = []
    var value: [UInt8] = []
    var index = 0
    func end(_ place: Int) -> Int? {
      if bytes[place] == 10 { return 1 }
      return bytes[place] == 13 && place + 1 < bytes.count && bytes[place + 1] == 10 ? 2 : nil
    }
    while index < bytes.count {
      value = []
      if bytes[index] == 0x22 {
        index += 1
        while true {
          guard index < bytes.count else { return nil }
          if bytes[index] != 0x22 {
            value.append(bytes[index])
            index += 1
          } else if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
            value.append(0x22)
            index += 2
          } else {
            index += 1
            break
          }
        }
        guard index < bytes.count, bytes[index] == 0x2C || end(index) != nil else { return nil }
      } else {
        while bytes[index] != 0x2C, end(index) == nil {
          value.append(bytes[index])
          index += 1
        }
      }
      row.append(String(decoding: value, as: UTF8.self))
      if let length = end(index) {
        guard row.count == width else { return nil }
        rows.append(row)
        row = []
        index += length
      } else {
        index += 1
      }
    }
    return row.isEmpty ? rows : nil
  }
}
