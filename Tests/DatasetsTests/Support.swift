import Base
import Datasets
import Diff
import Foundation

/// A folder for the files of one test; it goes with the value that holds it.
final class Folder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "datasets-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file.
  ///
  /// - Returns: its path.
  func write(_ bytes: some Sequence<UInt8>, _ name: String = "f") throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    return path + "/" + name
  }
}

/// What a reading gives: the values of each row, and what it says about the file.
struct Given: Equatable, Sendable {
  var rows: [[String]] = []
  var remarks: [DiagnosticCode] = []

  /// Reads a dataset value by value. A text is written as it is, `∅` is null, and `#`, `?` and `!` stand before numbers, truth
  /// values and what could not be read.
  static func cells(_ dataset: any Dataset) throws -> Given {
    try cells(dataset.cells(), dataset.columns.count)
  }

  static func cells(_ source: any CellSource, _ width: Int) throws -> Given {
    var given = Given()
    var row = CellRow(width)
    while try source.next(&row) {
      given.rows.append(
        (0..<width).map { index in
          let text = String(decoding: row.bytes(index), as: UTF8.self)
          return switch row.cells[index].kind {
          case .null: "∅"
          case .text: text
          case .number, .integer: "#" + text
          case .truth: "?" + text
          case .date: "@" + text
          case .invalid: "!" + text
          }
        })
    }
    given.remarks = source.remarks.map(\.code)
    return given
  }

  /// Reads a dataset as canonical rows, all columns as texts and the first as the key.
  static func canonical(_ dataset: any Dataset) throws -> Given {
    let columns = dataset.columns.enumerated().map { ComparedColumn($1.name, left: $0, right: $0, kind: .text) }
    let terms = Terms(columns: columns, key: [0])
    guard let source = try dataset.canonicalRows(terms, .left, again: false) else { return Given() }
    return try canonical(source)
  }

  /// The values of canonical rows: `!` is what could not be read, whatever it was.
  static func canonical(_ source: any RowSource) throws -> Given {
    var given = Given()
    let (block, row) = (RowBlock(), CanonicalRow())
    while try source.next(block) {
      for index in 0..<block.count {
        row.read(block.row(index))
        given.rows.append(
          (0..<row.count).map { column in
            switch row.values[column].value {
            case .null: "∅"
            case .invalid, .unread: "!"
            default: row.text(column) ?? "∅"
            }
          })
      }
    }
    given.remarks = source.remarks.map(\.code)
    return given
  }
}

/// Rows that a test holds in memory.
struct HeldRows: Dataset {
  var reference = "held"
  let columns: [DatasetColumn]
  let rows: [[(kind: CellKind, text: String)]]

  func cells() throws(Diagnostic) -> any CellSource { Source(rows) }

  private final class Source: CellSource {
    private let rows: [[(kind: CellKind, text: String)]]
    private var position = 0

    init(_ rows: [[(kind: CellKind, text: String)]]) { self.rows = rows }

    func next(_ row: inout CellRow) throws(Diagnostic) -> Bool {
      guard position < rows.count else { return false }
      row.removeAll()
      for (index, value) in rows[position].enumerated() {
        if value.kind == .null { row.setNull(index) } else { row.set(index, value.kind, value.text) }
      }
      position += 1
      return true
    }
  }
}
