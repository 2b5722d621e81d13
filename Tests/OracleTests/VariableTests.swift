import Base
import Charset
import Copybook
import Decode
import Foundation
import Framing
import Records
import Testing

/// GnuCOBOL's files of varying records and of lines.
@Suite(.enabled(if: Cobol.isInstalled, Comment(rawValue: Cobol.absence)))
struct VariableTests {
  static let line = """
           01  TEXT-LINE.
               05  TEXT-NAME     PIC X(8).
               05  TEXT-AMOUNT   PIC S9(5)V99 SIGN TRAILING SEPARATE.
    """

  /// The header of GnuCOBOL's variable records is an RDW that does not count itself (`COB_VARSEQ_FORMAT=0`); others
  /// hold the length in four bytes (1, 2) or in two (3).
  static let headers = [
    ("0", "V,rdw-counts-itself=no"), ("1", "V,header=4"), ("2", "V,header=4,little"), ("3", "V,header=2"),
  ]

  @Test(arguments: headers)
  func recordsWithATableThatVaries(header: String, format: String) throws {
    let cobol = try Cobol()
    defer { cobol.remove() }
    let source = try text("VARIABLE.cbl")
    let listing = try cobol.run(source, environment: ["COB_VARSEQ_FORMAT": header])
    let read = try lines(cobol.path("RECORDS"), try text("VARIABLE.cpy"), format, "gnucobol,odo=sliding")
    #expect(read == listed(listing, "R"))
  }

  @Test func linesOfText() throws {
    let cobol = try Cobol()
    defer { cobol.remove() }
    let listing = try cobol.run(try text("VARIABLE.cbl"))
    #expect(try lines(cobol.path("TEXTS"), Self.line, "text", "gnucobol") == listed(listing, "T"))
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Cobol.programs.appendingPathComponent(name), encoding: .utf8)
  }

  /// `R 01 AMOUNT -00246.90`: only the numbers, in hundredths.
  private func listed(_ lines: [String], _ kind: String) -> [Int128] {
    lines.filter { $0.hasPrefix(kind + " ") }.compactMap { line in
      line.split(separator: " ").last.flatMap { Int128($0.filter { $0 != "." }) }
    }
  }

  /// The numbers of all records in their order, except the count of the table; in hundredths.
  private func lines(_ path: String, _ copybook: String, _ format: String, _ dialect: String) throws -> [Int128] {
    let dialect = try Dialect(text: dialect)
    let layout = try CopybookParser.layout(of: copybook, file: "R.cpy", dialect: dialect)
    var reading = Interpretation(try #require(Charset.CharacterSet.named("us-ascii")))
    reading.dialect = dialect
    let plan = try KindPlan.compile(
      title: "R", layout: layout, choosing: [], reading: reading, slides: dialect.slidesAfterTables)
    let reader = try LegacyReader(SourceFile(path), layout: layout, plan: plan, format: try RecordFormat(format))
    var numbers: [Int128] = []
    while let block = try reader.next() {
      for row in 0..<block.count {
        for field in plan.fields where field.name != "R-COUNT" {
          for column in reader.decoder.columns[field.column..<field.column + field.offsets.count] {
            guard column.states[row] == 0, column.type != .text else { continue }
            if case .decimal = column.type {
              numbers.append(column.wides[row])
            } else {
              numbers.append(Int128(column.integers[row]) * 100)
            }
          }
        }
      }
    }
    #expect(reader.frames.damages.isEmpty && reader.faults.isEmpty)
    #expect(reader.frames.tally.records == 6)
    return numbers
  }
}
