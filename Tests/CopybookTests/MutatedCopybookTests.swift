import Base
import Copybook
import Foundation
import Testing

/// The project's copybooks with every word and full stop taken out in turn, and doubled in turn.
///
/// Each gives an error with line and column, or the same layout. Three changes leave another legal copybook, whose
/// other parts must be the same:
///
/// - an item's name taken out makes it FILLER;
/// - a usage taken out makes it DISPLAY; its picture and name stay;
/// - one of several values of a condition taken out, or doubled, changes that condition alone.
@Suite struct MutatedCopybookTests {
  /// Every clause once, beside the project's copybooks.
  static let every = """
           78  LEN                     VALUE 4.
           01  R.
               05  N                   PIC 9(2)      USAGE IS COMP SYNC.
                   88  FEW             VALUE 1 THRU 9.
                   88  MANY            VALUES ARE 10 11 12.
               05  T                   OCCURS 1 TO 9 TIMES
                                       DEPENDING ON N
                                       ASCENDING KEY IS T-A
                                       INDEXED BY IX.
                   10  T-A             PIC X(LEN).
                   10  T-B             PIC S9(5)V99  COMP-3.
               05  E                   PIC ZZ,ZZ9.99 BLANK WHEN ZERO.
               05  F REDEFINES E       PIC X(9)      JUSTIFIED RIGHT.
               05  G                   PIC S9(3)     SIGN IS LEADING
                                       SEPARATE CHARACTER VALUE ZERO.
               66  H                   RENAMES E THRU G.
    """

  static func copybooks() throws -> [(file: String, text: String)] {
    let root = LayoutTests.pipelines.deletingLastPathComponent()
    let files = [
      "Pipelines/control/CT.cpy", "Samples/receipts/RECEIPT.cpy", "Samples/notices/notices/NOTICE.cpy",
    ]
    return try [("every clause", every)]
      + files.map { ($0, try String(contentsOf: root.appendingPathComponent($0), encoding: .utf8)) }
  }

  /// A word, or the full stop behind one, outside comments.
  struct Piece {
    let range: Range<String.Index>
    let text: String
    /// The words of its entry before it, its level first.
    let before: [String]
  }

  static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var before: [String] = []
    for line in text.split(whereSeparator: \.isNewline) where line.dropFirst(6).first != "*" {
      for word in line.split(separator: " ") {
        let ends = word.last == "."
        let bare = ends ? word.dropLast() : word
        if !bare.isEmpty {
          pieces.append(Piece(range: bare.startIndex..<bare.endIndex, text: String(bare), before: before))
        }
        before.append(String(bare))
        if ends {
          pieces.append(Piece(range: bare.endIndex..<word.endIndex, text: ".", before: before))
          before = []
        }
      }
    }
    return pieces
  }

  /// The parts of a layout that must stay, as text.
  static func form(_ layout: Layout, without change: Change = .none) -> [String] {
    layout.items.map { item in
      let name = change == .name ? "" : item.name
      let place = change == .usage ? "" : "\(item.offset) \(item.length) \(item.usage)"
      let conditions = change == .value ? "" : "\(item.conditions.map { $0.name + $0.values.map(\.written).joined() })"
      return "\(item.level) \(name) \(item.picture?.text ?? "") \(item.occursMinimum) \(item.occurs) \(place) "
        + "\(item.dependingOn ?? "") \(item.redefines ?? "") \(item.sign) \(item.value?.written ?? "") \(conditions)"
    } + layout.renames.map { "\($0.name) \(change == .usage ? "" : "\($0.offset) \($0.length)")" }
  }

  enum Change { case none, name, usage, value, clause }

  /// The change that removing the word may cause.
  static func change(_ piece: Piece) -> Change {
    if piece.before.count == 1, !["66", "78", "88"].contains(piece.before[0]) { return .name }
    if ["COMP-3", "COMP", "SYNC"].contains(piece.text) { return .usage }
    if piece.before.first == "88", piece.before.count > 3 { return .value }
    // SEPARATE is a word that may be left out and has a meaning.
    return piece.text == "SEPARATE" ? .clause : .none
  }

  @Test func aWordOrFullStopTakenOutIsRefusedOrChangesNothingElse() throws {
    for (file, text) in try Self.copybooks() {
      let whole = try CopybookParser.layout(of: text, file: file, form: .fixed)
      for piece in Self.pieces(text) {
        let blanks = String(repeating: " ", count: piece.text.count)
        expect(text.replacingCharacters(in: piece.range, with: blanks), file, whole, piece, Self.change(piece))
      }
    }
  }

  @Test func aWordOrFullStopDoubledIsRefusedOrChangesNothing() throws {
    for (file, text) in try Self.copybooks() {
      let whole = try CopybookParser.layout(of: text, file: file, form: .fixed)
      for piece in Self.pieces(text) {
        let isValue = piece.before.first == "88" && piece.before.count > 2
        expect(
          text.replacingCharacters(in: piece.range, with: "\(piece.text) \(piece.text)"), file, whole, piece,
          isValue ? .value : .none)
      }
    }
  }

  private func expect(_ text: String, _ file: String, _ whole: Layout, _ piece: Piece, _ change: Change) {
    let line = text[..<piece.range.lowerBound].count { $0.isNewline } + 1
    let found = "\(file):\(line) \(piece.before) \(piece.text)"
    do {
      let layout = try CopybookParser.layout(of: text, file: file, form: .fixed)
      if change != .clause {
        #expect(Self.form(layout, without: change) == Self.form(whole, without: change), "\(found)")
      }
    } catch {
      #expect(error.place.line != nil && error.place.column != nil, "\(found): \(error.message(.english))")
    }
  }
}
