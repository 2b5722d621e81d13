import CSQLite

/// Memory of SQLite's, which it can take over and free by itself.
package enum SQLiteMemory {
  /// Makes a piece of memory larger, or the first; what it holds stays.
  ///
  /// - Returns: `nil` when there is no memory; the piece then stays as it was.
  package static func resized(_ memory: UnsafeMutableRawPointer?, to bytes: Int) -> UnsafeMutableRawPointer? {
    sqlite3_realloc64(memory, UInt64(bytes))
  }

  package static func free(_ memory: UnsafeMutableRawPointer?) { sqlite3_free(memory) }
}
