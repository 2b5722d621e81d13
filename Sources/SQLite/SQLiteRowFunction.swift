import Base
import CSQLite

/// What takes the values of a row within SQLite, in one call for all of them: `SELECT take("a", "b") FROM …`.
///
/// SQLite may compute a function before it sorts: use it only where rows come in an order that needs no sorting.
package protocol SQLiteRowFunction: AnyObject {
  /// - Parameter first: the number of the first of these values in its row: 0, or a multiple of the width of a call.
  func take(_ cells: SQLiteRowCells, first: Int)
}

/// Calls of a ``SQLiteRowFunction``.
package enum SQLiteRowCall {
  /// The largest number of values of one call. Wider rows take several calls.
  package static let width = 100

  /// The calls for columns (names in SQL notation), as terms of a SELECT.
  package static func terms(_ name: String, _ columns: [String]) -> String {
    stride(from: 0, to: columns.count, by: width).map { first in
      "\(name)(\(([String(first)] + columns[first..<min(columns.count, first + width)]).joined(separator: ", ")))"
    }.joined(separator: ", ")
  }
}

/// What SQLite holds of a function.
private final class HeldFunction {
  let function: any SQLiteRowFunction
  init(_ function: any SQLiteRowFunction) { self.function = function }
}

/// Values of one row, valid during the call that brought them.
public struct SQLiteRowCells {
  @usableFromInline let handles: UnsafeMutablePointer<OpaquePointer?>
  public let count: Int

  init(handles: UnsafeMutablePointer<OpaquePointer?>, count: Int) {
    self.handles = handles
    self.count = count
  }

  @inlinable
  public subscript(index: Int) -> SQLiteCell { SQLiteCell(handle: handles[index]) }
}

extension SQLiteConnection {
  /// Makes a function known to this connection, which keeps it until it closes.
  ///
  /// - Throws: the diagnostic of the connection's opener.
  package func define(_ name: String, _ function: some SQLiteRowFunction) throws(Diagnostic) {
    let result = sqlite3_create_function_v2(
      handle, name, -1, SQLITE_UTF8, Unmanaged.passRetained(HeldFunction(function)).toOpaque(),
      { context, count, values in
        guard let user = sqlite3_user_data(context), let values, count > 0 else { return }
        Unmanaged<HeldFunction>.fromOpaque(user)._withUnsafeGuaranteedRef {
          $0.function.take(
            SQLiteRowCells(handles: values + 1, count: Int(count) - 1),
            first: Int(truncatingIfNeeded: sqlite3_value_int64(values[0])))
        }
      }, nil, nil, { if let user = $0 { Unmanaged<HeldFunction>.fromOpaque(user).release() } })
    guard result == SQLITE_OK else { throw failure(name) }
  }
}

extension SQLiteStatement {
  /// Brings the values of the current row as a function's call would.
  package func give(to function: some SQLiteRowFunction) {
    let width = width
    withUnsafeTemporaryAllocation(of: OpaquePointer?.self, capacity: max(1, width)) { handles in
      guard let base = handles.baseAddress else { return }
      for column in 0..<width { handles[column] = sqlite3_column_value(handle, Int32(truncatingIfNeeded: column)) }
      function.take(SQLiteRowCells(handles: base, count: width), first: 0)
    }
  }
}
