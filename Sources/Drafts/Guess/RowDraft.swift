import Base
import Decode

/// A column with what fills it.
struct ColumnGuess {
  let column: Int
  /// The expression; `nil` while nobody knows.
  let expression: String?
  /// The items that it reads, and the one whose value it is.
  let fields: [FieldDraft]
  /// How well names and types fit, from 0 to 1.
  let score: Double
  /// The second best item, and its score.
  let next: (name: String, score: Double)?
  /// Why the expression is not the item alone.
  let why: String

  var evidence: String {
    guard expression != nil else {
      return next.map { "no item fits; nearest \($0.name) \(Self.percent($0.score))" } ?? "no item fits"
    }
    let more = next.map { "; next \($0.name) \(Self.percent($0.score))" } ?? ""
    return (score > 0 ? "name \(Self.percent(score))" : "its words") + (why.isEmpty ? "" : "; " + why) + more
  }

  /// Whether another item is nearly as good.
  var isClose: Bool { next.map { score - $0.score < 0.05 } ?? false }

  static func percent(_ score: Double) -> String { "\(Int((min(score, 1) * 100).rounded())) %" }
}

/// Rows of a table that are made of the records of a kind.
struct RowDraft {
  let table: Int
  /// The table (OCCURS) each of whose entries makes a row.
  let each: String?
  let when: String?
  let columns: [ColumnGuess]
  /// The share of its columns that items fit.
  let score: Double
}
