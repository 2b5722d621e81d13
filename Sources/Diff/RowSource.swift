import Base
import Glibc

/// Gives the rows of one side as canonical rows, block by block.
package protocol RowSource: AnyObject {
  /// Refills `block` with the next rows; false when there are none.
  ///
  /// - Throws: what reading throws. What was given before stays true.
  func next(_ block: RowBlock) throws(Diagnostic) -> Bool

  /// Values so far that could not be read, by column.
  var unreadable: [Int] { get }

  /// Whether all bytes given were found to be what they should (well-formed UTF-8).
  var isChecked: Bool { get }

  /// What people should know about the source although it could be read.
  var remarks: [Diagnostic] { get }
}

extension RowSource {
  package var unreadable: [Int] { [] }
  package var isChecked: Bool { true }
  package var remarks: [Diagnostic] { [] }
}

/// The orders in which keys may stand.
package enum KeyOrder: String, Sendable, CaseIterable {
  /// Byte by byte.
  case bytes
  /// The shorter first, then byte by byte: whole numbers without leading zeros, held as texts.
  case lengthFirst

  @inline(__always)
  package func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    if self == .lengthFirst, left.count != right.count { return left.count - right.count }
    let common = min(left.count, right.count)
    if common > 0 {
      let order = memcmp(left.baseAddress!, right.baseAddress!, common)
      if order != 0 { return Int(order) }
    }
    return left.count - right.count
  }

  /// How the keys of `block` follow each other, and the key `last` of the block before.
  package func sequence(_ block: RowBlock, after last: UnsafeBufferPointer<UInt8>?) -> KeySequence {
    var sequence = KeySequence.strict
    guard block.count > 0 else { return sequence }
    var before = last ?? block.key(0)
    for index in (last == nil ? 1 : 0)..<max(block.count, 1) {
      let key = block.key(index)
      let order = compare(before, key)
      if order > 0 { return .disordered }
      if order == 0 { sequence = .ties }
      before = key
    }
    return sequence
  }
}
