import Base
import Foundation
import Testing

/// CSV files of definitions: accepted texts, and texts that are refused with their line instead of swallowing the rest.
@Suite struct DelimitedTextTests {
  private func read(_ text: String) throws -> (rows: [[String]]?, problems: [Diagnostic]) {
    let path = NSTemporaryDirectory() + "delimited-\(UUID().uuidString).csv"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let problems = Problems()
    let file = DelimitedText.read(path, name: "holidays.csv", required: ["date"], optional: ["name"], problems)
    return (file?.rows.map { [$0["date"], $0["name"]] }, problems.items)
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let what: String
    let text: String
    let line: Int
    let says: String
    var testDescription: String { what }
  }

  @Test(arguments: [
    Wrong(
      what: "a quotation mark that is never closed", text: "date,name\n2019-01-01,a\n2019-01-02,\"b\n2019-01-03,c\n",
      line: 3, says: "a closing quote"),
    Wrong(what: "a quotation mark at the end", text: "date,name\n2019-01-01,\"", line: 2, says: "a closing quote"),
    Wrong(what: "one within a value", text: "date,name\n2019-01-01,a\"b\"\n", line: 2, says: "those within doubled"),
    Wrong(
      what: "text behind a closing one", text: "date,name\n2019-01-01,\"a\"b\n", line: 2,
      says: "after the closing quote"),
    Wrong(
      what: "a blank behind a closing one", text: "date,name\n2019-01-01,\"a\" \n", line: 2, says: "after the closing"),
    Wrong(
      what: "one that is closed by the next", text: "date,name\n2019-01-01,\"a\n2019-01-02,\"b\n", line: 3,
      says: "after the closing quote"),
    Wrong(what: "CR by itself", text: "date,name\r2019-01-01,a\r", line: 1, says: "LF or CR LF"),
    Wrong(
      what: "a column that stands twice", text: "date,name,name\n2019-01-01,a,b\n", line: 1, says: "each column once"),
    Wrong(what: "a column too few", text: "date,name\n2019-01-01\n", line: 2, says: "2 columns"),
    Wrong(what: "a column too many", text: "date,name\n2019-01-01,a,b\n", line: 2, says: "2 columns"),
  ])
  func whatCannotBeReadIsRefusedWithItsLine(wrong: Wrong) throws {
    let problems = try read(wrong.text).problems
    #expect(problems.map(\.place.line) == [wrong.line], "\(problems.map { $0.message(.english) })")
    #expect(problems.first?.message(.english).contains(wrong.says) == true, "\(problems.map { $0.message(.english) })")
  }

  @Test(arguments: [
    ("date,name\n2019-01-01,a\n", [["2019-01-01", "a"]]),
    ("date,name\r\n2019-01-01,\"a, \"\"b\"\"\"\r\n\r\n", [["2019-01-01", "a, \"b\""]]),
    ("\u{FEFF}\"date\",\"name\"\n\"2019-01-01\",\"\"", [["2019-01-01", ""]]),
    ("date,name\n2019-01-01,\"two\nlines\"\n2019-01-02,", [["2019-01-01", "two\nlines"], ["2019-01-02", ""]]),
  ])
  func whatIsRightIsRead(text: String, rows: [[String]]) throws {
    let read = try read(text)
    #expect(read.rows == rows && read.problems.isEmpty)
  }
}
