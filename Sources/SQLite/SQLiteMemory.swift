import CSQLite

/// Memory of SQLite's, which it can take over and free by itself.
package enum SQLiteMemory {
  /// Makes a piece of memory larger, or the first; what it holds stays.
  ///
  /// Traps when there is no memory, as every allocation of this program does.
  package static func resized(_ memory: UnsafeMutableRawPointer?, to bytes: Int) -> UnsafeMutableRawPointer {
    guard let larger = sqlite3_realloc64(memory, UInt64(bytes)) else { fatalError("out of memory") }
    return larger
  }

  package static func free(_ memory: UnsafeMutableRawPointer?) { sqlite3_free(memory) }
}
