/// A COBOL program over a record of items: it writes records and lists their values, or reads them and lists.
struct ItemProgram {
  let items: [Item]
  static let records = 8

  static func name(_ index: Int) -> String { index < 9 ? "F0\(index + 1)" : "F\(index + 1)" }

  /// The record, as a copybook.
  var copybook: String {
    "       01  R.\n"
      + items.enumerated().map { "           05  \(Self.name($0)) \($1.clause).\n" }.joined()
  }

  /// Fills each record and writes it to `DATA`.
  var writing: String {
    var lines = ["OPEN OUTPUT DATA-FILE", "MOVE LOW-VALUES TO R"]
    for record in 0..<Self.records {
      for (index, item) in items.enumerated() {
        for occurrence in 0..<item.occurs {
          lines.append("MOVE \(item.literal(item.value(record, occurrence)))")
          lines.append("    TO \(subscripted(index, occurrence))")
        }
      }
      lines += ["PERFORM LISTING", "WRITE R"]
    }
    return program(lines)
  }

  /// Reads `DATA`.
  var reading: String {
    program(
      ["OPEN INPUT DATA-FILE"] + (0..<Self.records).flatMap { _ in ["READ DATA-FILE", "PERFORM LISTING"] })
  }

  private func subscripted(_ index: Int, _ occurrence: Int) -> String {
    Self.name(index) + (items[index].occurs > 1 ? " (\(occurrence + 1))" : "")
  }

  private func program(_ statements: [String]) -> String {
    let lengths = items.indices.flatMap { index in
      ["MOVE LENGTH OF \(subscripted(index, 0)) TO BYTES", "DISPLAY 'L \(Self.name(index)) ' BYTES"]
    }
    return lines(
      [
        "IDENTIFICATION DIVISION.", "PROGRAM-ID. ITEMS.", "ENVIRONMENT DIVISION.", "INPUT-OUTPUT SECTION.",
        "FILE-CONTROL.", "    SELECT DATA-FILE ASSIGN TO 'DATA'", "        ORGANIZATION IS SEQUENTIAL.",
        "DATA DIVISION.", "FILE SECTION.", "FD  DATA-FILE.",
      ], margin: 7) + copybook
      + lines(["WORKING-STORAGE SECTION.", "01  BYTES PIC 9(6)."], margin: 7) + shownItems
      + lines(["PROCEDURE DIVISION.", "MAIN-PART."], margin: 7)
      + lines(lengths + statements + ["CLOSE DATA-FILE", "STOP RUN."]) + lines(["LISTING."], margin: 7)
      + lines(listing + ["CONTINUE."])
  }

  private func lines(_ statements: [String], margin: Int = 11) -> String {
    statements.map { String(repeating: " ", count: margin) + $0 + "\n" }.joined()
  }

  /// Numbers are listed through an edited item, with all digits.
  private var shownItems: String {
    items.enumerated().map { index, item in
      guard case .number(let whole, let scale) = item.kind else { return "" }
      let picture = "+9(\(whole))" + (scale > 0 ? ".9(\(scale))" : "")
      return "       01  SHOWN-\(Self.name(index)) PIC \(picture).\n"
    }.joined()
  }

  private var listing: [String] {
    items.enumerated().flatMap { index, item in
      (0..<item.occurs).flatMap { occurrence in
        let (name, place) = (Self.name(index), subscripted(index, occurrence))
        return switch item.kind {
        case .number: ["MOVE \(place) TO SHOWN-\(name)", "DISPLAY 'V \(name) ' SHOWN-\(name)"]
        case .float: ["DISPLAY 'V \(name) ' \(place)"]
        case .text: ["DISPLAY 'V \(name) [' \(place) ']'"]
        }
      }
    }
  }
}
