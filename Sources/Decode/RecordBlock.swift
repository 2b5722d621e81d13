/// The records of one kind within a block of bytes that was read: where each starts.
///
/// The bytes belong to the reader; a block is valid until the reader's buffer is filled again.
package struct RecordBlock {
  package let base: UnsafePointer<UInt8>
  package let starts: UnsafeBufferPointer<Int>

  package init(base: UnsafePointer<UInt8>, starts: UnsafeBufferPointer<Int>) {
    self.base = base
    self.starts = starts
  }

  package var count: Int { starts.count }
}
