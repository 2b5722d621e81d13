import Base
import Glibc

/// A source of the rows of one side as canonical rows, block by block.
package protocol RowSource: AnyObject {
  /// Refills `block` with the next rows; false after the last ones.
  ///
  /// - Throws: the errors of reading. Earlier rows stay valid.
  func next(_ block: RowBlock) throws(Diagnostic) -> Bool

  /// The number of values so far that could not be read, by column.
  var unreadable: [Int] { get }

  /// Whether all bytes so far were checked to be well-formed UTF-8.
  var isChecked: Bool { get }

  /// Remarks on a source that could be read.
  var remarks: [Diagnostic] { get }
}

extension RowSource {
  package var unreadable: [Int] { [] }
  package var isChecked: Bool { true }
  package var remarks: [Diagnostic] { [] }
}

/// The possible orders of keys.
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

  /// The order of the keys of `block` after the key `last` of the previous block.
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
