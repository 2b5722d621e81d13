import Base
import Datasets
import Diff
import Testing

/// One JSON object a line: which values there are, and which text is none (RFC 8259).
@Suite struct NDJSONTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    var names: [String]?
    var columns: [String] = []
    var rows: [[String]]?
    var remarks: [DiagnosticCode] = []

    init(
      _ name: String, _ text: String, names: [String]? = nil, _ columns: [String], _ rows: [[String]],
      _ remarks: [DiagnosticCode] = []
    ) {
      (testDescription, self.text, self.names, self.columns) = (name, text, names, columns)
      (self.rows, self.remarks) = (rows, remarks)
    }
  }

  static let good: [Case] = [
    Case("a text", "{\"a\":\"x\"}\n", ["a"], [["x"]]),
    Case(
      "every type", "{\"a\":\"\",\"b\":0,\"c\":true,\"d\":false,\"e\":null}\n", ["a", "b", "c", "d", "e"],
      [["", "#0", "?true", "?false", "∅"]]),
    Case("a text is no number", "{\"a\":\"1\",\"b\":1}\n", ["a", "b"], [["1", "#1"]]),
    Case(
      "a large number keeps its digits", "{\"a\":123456789012345678901234567890.10}\n", ["a"],
      [["#123456789012345678901234567890.10"]]),
    Case("exponents", "{\"a\":1e3,\"b\":-1.50E-2,\"c\":0e+0}\n", ["a", "b", "c"], [["#1e3", "#-1.50E-2", "#0e+0"]]),
    Case("minus zero", "{\"a\":-0}\n", ["a"], [["#-0"]]),
    Case(
      "names of all lines, in their order", "{\"b\":1}\n{\"a\":2,\"b\":3}\n", ["b", "a"],
      [["#1", "∅"], ["#3", "#2"]], [.datasetAbsent]),
    Case(
      "another order of names", "{\"a\":1,\"b\":2}\n{\"b\":3,\"a\":4}\n", ["a", "b"], [["#1", "#2"], ["#4", "#3"]]),
    Case("given names", "{\"b\":1}\n", names: ["a", "b"], ["a", "b"], [["∅", "#1"]], [.datasetAbsent]),
    Case("an empty object", "{\"a\":1}\n{}\n{ }\n", ["a"], [["#1"], ["∅"], ["∅"]], [.datasetAbsent]),
    Case("spaces", " { \"a\" :\t1 , \"b\" : \"x\" } \r\n", ["a", "b"], [["#1", "x"]]),
    Case("blank lines", "\n{\"a\":1}\n \r\n{\"a\":2}\n\n", ["a"], [["#1"], ["#2"]]),
    Case("no line end", "{\"a\":1}", ["a"], [["#1"]], [.datasetLastLine]),
    Case("DOS's end mark", "{\"a\":1}\n\u{1A}", ["a"], [["#1"]], [.datasetEnd]),
    Case("a byte order mark", "\u{FEFF}{\"a\":1}\n", ["a"], [["#1"]]),
    Case(
      "escapes", #"{"a":"\"\\\/\b\f\n\r\t","b":"\u5c71\uD842\uDFB7"}"# + "\n", ["a", "b"],
      [["\"\\/\u{8}\u{C}\n\r\t", "山𠮷"]]),
    Case("an escaped name is the name", #"{"\u0061":1}"# + "\n", ["a"], [["#1"]]),
    Case("commas and braces in a text", "{\"a\":\"},{:\"}\n", ["a"], [["},{:"]]),
    Case("a lost character", "{\"a\":\"x\u{FFFD}\"}\n", ["a"], [["!x\u{FFFD}"]]),
    Case("a lost character, escaped", #"{"a":"\uFFFD"}"# + "\n", ["a"], [["!\u{FFFD}"]]),
    Case("NUL, escaped", #"{"a":"\u0000"}"# + "\n", ["a"], [["\0"]]),
  ]

  @Test(arguments: good) func whatALineSaysIsRead(_ row: Case) throws {
    let folder = try Folder()
    let file = try NDJSONFile(path: folder.write(row.text.utf8), names: row.names)
    #expect(file.columns.map(\.name) == row.columns)
    #expect(file.columns.allSatisfy { $0.kind == .any })
    let given = try Given.cells(file)
    #expect(given.rows == row.rows)
    #expect(given.remarks == row.remarks)
  }

  /// The second line is wrong: what the message says, beside file and line.
  @Test(
    arguments: [
      ("[1]", "{"), ("1", "{"), ("{\"a\":1", ", }"), ("{\"a\":1,}", "\""), ("{\"a\"}", ":"), ("{\"a\":}", ""),
      ("{a:1}", "\""), ("{'a':1}", "\""), ("{\"a\":1}}", "text behind }"), ("{\"a\":1} x", "text behind }"),
      ("{\"a\":1,\"a\":2}", "name twice: a"), (#"{"a":1,"\u0061":2}"#, "name twice: a"), ("{\"a\":{}}", "nested"),
      ("{\"a\":[]}", "nested"),
      ("{\"a\":01}", "01"), ("{\"a\":+1}", "+1"), ("{\"a\":.5}", ".5"), ("{\"a\":1.}", "1."), ("{\"a\":1e}", "1e"),
      ("{\"a\":-}", "-"), ("{\"a\":0x1}", "0x1"), ("{\"a\":NaN}", "NaN"), ("{\"a\":Infinity}", "Infinity"),
      ("{\"a\":True}", "True"), ("{\"a\":nul}", "nul"),
      ("{\"a\":\"x", "\""), ("{\"a\":\"\t\"}", "control character"), (#"{"a":"\x"}"#, "\\"), (#"{"a":"\u12"}"#, "\\u"),
      (#"{"a":"\uD842"}"#, "\\u"), (#"{"a":"\uDFB7"}"#, "\\u"), (#"{"a":"\uD842\u0041"}"#, "\\u"),
      (#"{"a":"\u+041"}"#, "\\u"), (#"{"a":"\u 041"}"#, "\\u"),
    ] as [(String, String)])
  func whatIsNoObjectIsRefused(_ line: String, _ found: String) throws {
    let folder = try Folder()
    let path = try folder.write("{\"a\":0}\n\(line)\n".utf8)
    for names in [nil, ["a"]] as [[String]?] {
      let failure = #expect(throws: Diagnostic.self) {
        _ = try Given.cells(try NDJSONFile(path: path, names: names))
      }
      #expect(failure?.code == .datasetJSON && failure?.facts == [found], "\(failure.map { "\($0)" } ?? "")")
      #expect(failure?.place.record == 2 && failure?.place.offset == 8)
    }
  }

  @Test func namesAreWhatIsGiven() throws {
    let folder = try Folder()
    let path = try folder.write("{\"a\":1,\"b\":2}\n".utf8)
    let unknown = #expect(throws: Diagnostic.self) { try Given.cells(NDJSONFile(path: path, names: ["a"])) }
    #expect(unknown?.code == .datasetNames && unknown?.facts == ["b"])
    let twice = #expect(throws: Diagnostic.self) { try NDJSONFile(path: path, names: ["a", "a"]) }
    #expect(twice?.code == .datasetColumns)
    let empty = try folder.write([], "empty")
    #expect(#expect(throws: Diagnostic.self) { try NDJSONFile(path: empty) }?.code == .fileEmpty)
    let bytes = try folder.write(Array("{\"a\":\"".utf8) + [0x8E, 0x52] + Array("\"}\n".utf8), "sjis")
    let charset = #expect(throws: Diagnostic.self) { try NDJSONFile(path: bytes) }
    #expect(charset?.code == .datasetCharset && charset?.place.offset == 6 && charset?.place.record == 1)
  }

  /// A line around the end of a block of 256 KiB.
  @Test(arguments: [0, 1, 2, 5, 8, 11, 12]) func aBlockEndsAnywhere(shift: Int) throws {
    let folder = try Folder()
    let filler = String(repeating: "x", count: RowBlock.inputBytes - "{\"a\":\"\"}\n".count - shift)
    let file = try NDJSONFile(path: folder.write("{\"a\":\"\(filler)\"}\n{\"a\":\"漢\"}\n{\"a\":2}\n".utf8))
    #expect(try Given.cells(file).rows == [[filler], ["漢"], ["#2"]])
  }
}
