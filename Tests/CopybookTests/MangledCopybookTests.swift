import Base
import Copybook
import Testing

/// Random copybooks: fragments of COBOL in any order, and good text with damage. Each is read or refused.
@Suite struct MangledCopybookTests {
  /// SplitMix64, so that a failure can be repeated.
  struct Chance: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let pieces = [
    "01", "05", "49", "66", "77", "88", "A", "B", "項目", "FILLER", ".", ". ", " ", "\n", "\n       ", "\n      -",
    "\n      *",
    "PIC", "X(3)", "S9(5)V99", "9(2147483647)", "X(2147483647)", "ZZ9.99", "+++", "$$$,$$9", "PPP9", "9P(38)", "COMP-3",
    "COMP", "COMP-6", "SYNC", "BINARY-LONG", "INDEX", "OCCURS", "2147483647", "3", "0", "TO", "TIMES", "DEPENDING ON",
    "REDEFINES", "RENAMES", "THRU", "VALUE", "ALL", "'A'", "'", "\"", "X'0F'", "COPY", "M", "REPLACING", "==", "==A==",
    "BY", "LEADING", "TRAILING", "REPLACE", "OFF", ":A:", ",", ";", "*>", ">>SOURCE FREE", "FD", "EXEC",
    "DATA DIVISION.",
    "\t", "\u{0C}", "　", "\u{FEFF}", "\0", "OF", "&", "SIGN LEADING SEPARATE", "INDEXED BY", "BLANK WHEN ZERO",
  ]

  static let good = """
           01 R.
              05 N PIC 9(2) COMP.
              05 T OCCURS 1 TO 9 DEPENDING ON N.
                 10 A PIC X(3) VALUE 'A'.
                 88 C VALUE 'B' THRU 'C'.
                 10 B PIC S9(5)V99 COMP-3 SYNC.
              05 E PIC ZZ,ZZ9.99CR.
              05 F REDEFINES E PIC X(12).
              66 G RENAMES N THRU T.
              COPY M REPLACING ==:A:== BY ==X==.
    """

  static func read(_ text: String, _ form: SourceForm) {
    do throws(Diagnostic) {
      let layout = try CopybookParser.layout(of: text, file: "M.cpy", form: form) { name in
        name.hasPrefix("M") ? (":A: " + name + " COPY M" + name + ".", name) : nil
      }
      _ = (LayoutListing(layout).rows, LayoutListing(layout).json)
      for item in layout.items {
        #expect(item.offset >= 0 && item.length >= 0 && item.offset + item.totalLength <= 2_147_483_647)
      }
    } catch {
      #expect(error.place.file != nil, "\(error.message(.english)) for \(text.debugDescription)")
    }
  }

  @Test func piecesInAnyOrderAreReadOrRefused() {
    var chance = Chance(state: 1)
    for round in 0..<1_500 {
      let text = (0..<Int.random(in: 1...40, using: &chance))
        .map { _ in (Self.pieces.randomElement(using: &chance) ?? "") + (Bool.random(using: &chance) ? " " : "") }
        .joined()
      Self.read(text, [.auto, .fixed, .free][round % 3])
      Self.read("       01 A.\n       05 B " + text, [.auto, .fixed, .free][round % 3])
    }
  }

  @Test func damagedTextIsReadOrRefused() {
    var chance = Chance(state: 2)
    for _ in 0..<500 {
      var text = Array(Self.good.unicodeScalars)
      for _ in 0..<Int.random(in: 1...6, using: &chance) {
        let index = Int.random(in: 0..<text.count, using: &chance)
        switch Int.random(in: 0..<3, using: &chance) {
        case 0: text.remove(at: index)
        case 1: text[index] = Unicode.Scalar(UInt8.random(in: 0...127, using: &chance))
        default: text.insert(contentsOf: (Self.pieces.randomElement(using: &chance) ?? "").unicodeScalars, at: index)
        }
      }
      Self.read(String(String.UnicodeScalarView(text)), .auto)
    }
  }

  static let large = [
    ("entries", "       01 R.\n" + (0..<20_000).map { "       05 A\($0) PIC X(3)." }.joined(separator: "\n")),
    ("picture", "01 R. 05 A PIC " + String(repeating: "9V", count: 50_000) + "."),
    ("replaced word", "REPLACE ==:A:== BY ==B==. 01 " + String(repeating: ":A:", count: 20_000) + " PIC X."),
    ("redefinitions", (0..<3_000).map { "05 A REDEFINES A PIC X(\($0 + 1))." }.joined(separator: "\n")),
    ("continued literal", "       01 A\n" + String(repeating: "      -    'A\n", count: 5_000)),
  ]

  /// Quadratic time would be noticed by a person who waits for the test: there is no stop-watch, since other work runs
  /// beside it.
  @Test(arguments: large)
  func largeTextTakesNoLong(what: String, text: String) { Self.read(text, .auto) }
}
