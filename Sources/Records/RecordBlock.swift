/// Records within a block of bytes: the start and the number of bytes of each.
///
/// The bytes belong to the reader; a block is valid until the reader's buffer is filled again.
package struct RecordBlock {
  /// The most records of a block of a file that is read by place: enough that what each batch costs is little beside what
  /// its rows do.
  package static let largest = 1024

  package let base: UnsafePointer<UInt8>
  package let starts: UnsafeBufferPointer<Int>
  /// Bytes of each record; `nil` when every record has the length of its layout.
  package let lengths: UnsafeBufferPointer<Int>?

  package init(
    base: UnsafePointer<UInt8>, starts: UnsafeBufferPointer<Int>, lengths: UnsafeBufferPointer<Int>? = nil
  ) {
    self.base = base
    self.starts = starts
    self.lengths = lengths
  }

  package var count: Int { starts.count }
}
