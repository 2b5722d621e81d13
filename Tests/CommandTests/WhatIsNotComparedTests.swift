import Foundation
import Testing

/// Data that were not compared are never silently called identical.
@Suite struct WhatIsNotComparedTests {
  private static let copybook = """
           01  R.
               05  K    PIC X(2).
               05  CNT  PIC 9(1).
               05  T    PIC X(2) OCCURS 1 TO 3 DEPENDING ON CNT.
    """
  private static let flat = """
           01  R.
               05  K    PIC X(2).
               05  FILLER PIC X(3).
               05  V    PIC X(2).
               05  FILLER PIC X(1).
    """

  private func diff(
    _ left: String, _ right: String, _ copybook: String, _ format: String, _ more: String = ""
  ) throws -> (Program, Program.Answer) {
    let program = try Program()
    try program.write(copybook, to: "R.cpy")
    try program.write(left, to: "l.dat")
    try program.write(right, to: "r.dat")
    let end = "?copybook=R.cpy&charset=us-ascii&record-format=\(format)\(more)"
    return (program, try program.diff("legacy:l.dat" + end, "legacy:r.dat" + end, key: "K"))
  }

  /// Bytes behind the layout stop the comparison.
  @Test(arguments: [
    // The count is too small for the bytes behind it.
    ("011AAxx\n", "011AAyy\n", copybook, "text", ""), ("012AABBzz\n", "012AABBzz\n", copybook, "text", ""),
    ("01   VV 9\n", "01   VV 8\n", flat, "text", ""),
    ("01   VV 9901   VV 88", "01   VV 9901   VV 77", flat, "F,length=10", ""),
    ("\0\u{B}\0\0011AAxx", "\0\u{B}\0\0011AAyy", copybook, "V", ""),
    ("\0\u{F}\0\0\0\u{B}\0\0011AAxx", "\0\u{F}\0\0\0\u{B}\0\0011AAyy", copybook, "VB", ""),
  ]) func bytesBehindTheLayoutStop(
    _ left: String, _ right: String, _ copybook: String, _ format: String, _ more: String
  ) throws {
    let (program, answer) = try diff(left, right, copybook, format, more)
    defer { program.remove() }
    #expect(answer.code == 2 && answer.output.isEmpty, "\(answer.output)")
    #expect(answer.errors.contains("record 1") && answer.errors.contains("[dataset.longer]"), "\(answer.errors)")
  }

  /// FILLER is reported with its bytes, in every form of the answer.
  @Test func fillerIsToldInEveryForm() throws {
    let (program, answer) = try diff("01aaaVV1\n", "01bbbVV2\n", Self.flat, "text")
    defer { program.remove() }
    #expect(answer.code == 0)
    for side in ["left", "right"] {
      let found = (answer.json[side] as? [String: Any])?["unnamed_bytes"] as? [[String: Int]]
      #expect(found == [["first": 3, "last": 5], ["first": 8, "last": 8]])
    }
    let end = "?copybook=R.cpy&charset=us-ascii&record-format=text"
    for (language, words) in [
      ("en", ["not compared (2)", "FILLER bytes 3–5", "FILLER byte 8"]), ("ja", ["比べない項目(2)", "FILLER 3–5バイト目"]),
    ] {
      let text = try program.run(
        "diff", "legacy:l.dat" + end, "legacy:r.dat" + end, "--key", "K", "--language", language, "--html", "page.html")
      let page = try program.file("page.html")
      for word in words {
        #expect(text.output.contains(word), "\(text.output)")
        if !word.contains("(2)") { #expect(page.contains(word), "the page") }
      }
    }
  }

  /// Records that a condition leaves out, records skipped by rule, records that end early: each is counted.
  @Test(arguments: [
    ("01aaaVV1\n02aaaVV1\n", "01aaaVV1\n02aaaWW1\n", "text", "&where=K = '01'", "[dataset.filtered]"),
    ("01aaaVV1\nx\n", "01aaaVV1\ny\n", "text,minimum=4", "", "[dataset.passed]"),
    ("01aaaVV\n", "01aaaVV\n", "text", "", "[dataset.shorter]"),
  ]) func whatIsLeftOutIsCounted(
    _ left: String, _ right: String, _ format: String, _ more: String, _ code: String
  ) throws {
    let (program, answer) = try diff(left, right, Self.flat, format, more)
    defer { program.remove() }
    #expect(answer.code == 0, "\(answer.errors)")
    let remarks = answer.json["remarks"] as? [String] ?? []
    #expect(remarks.count { $0.contains(code) && $0.contains("1") } == 2, "\(remarks)")
  }

  /// A file transferred as text is not a fixed-length file, whatever the result.
  @Test func lineEndsBetweenFixedRecordsStop() throws {
    let lines = (0..<40).map { String(format: "%02daaaVV1\n", $0) }.joined()
    let (program, answer) = try diff(lines, lines, Self.flat, "F")
    defer { program.remove() }
    #expect(answer.code == 2 && answer.errors.contains("[frame.line-ends]"), "\(answer.errors)")
  }

  /// Bytes in redefinitions that are not chosen, and behind the occurrences that a table has.
  @Test(arguments: [
    ("01abc", "01axy", "&choose=B=K = '01'"), ("01abc", "01qrs", "&choose=A=K = '02';B=K = '03'"),
  ]) func whatNoChosenItemHoldsIsTold(_ left: String, _ right: String, _ choose: String) throws {
    let copybook = """
             01  R.
                 05  K PIC X(2).
                 05  A.
                     10  V PIC X(3).
                 05  B REDEFINES A.
                     10  W PIC X(1).
      """
    let (program, answer) = try diff(left, right, copybook, "F", choose)
    defer { program.remove() }
    let remarks = answer.json["remarks"] as? [String] ?? []
    #expect(answer.code == 0 && remarks.count { $0.contains("[dataset.unheld]") } == 2, "\(answer.errors) \(remarks)")
  }

  @Test(arguments: ["", "&dialect=ibm,odo=fixed"]) func whatStandsBehindTheLastOccurrenceIsTold(_ dialect: String)
    throws
  {
    let (program, answer) = try diff("011aabbcc", "011aaxxyy", Self.copybook, "F", dialect)
    defer { program.remove() }
    let remarks = answer.json["remarks"] as? [String] ?? []
    #expect(answer.code == 0 && remarks.count { $0.contains("[dataset.unheld]") } == 2, "\(answer.errors) \(remarks)")
    let (blank, same) = try diff("011aa    ", "011aa    ", Self.copybook, "F", dialect)
    defer { blank.remove() }
    #expect(same.code == 0 && (same.json["remarks"] as? [String] ?? []).isEmpty, "\(same.output)")
  }

  @Test func emptyLinesAreCounted() throws {
    let (program, answer) = try diff("01aaaVV1\n\n", "01aaaVV1\n\n", Self.flat, "text")
    defer { program.remove() }
    #expect(
      (answer.json["remarks"] as? [String] ?? []).count { $0.contains("[dataset.passed]") } == 2, "\(answer.output)")
  }
}
