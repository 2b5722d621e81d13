import Charset
import Copybook

/// A slot of a record, reduced to what writing it takes. Trivial, so that a table of them is plain memory.
struct EncodeField {
  enum Form: UInt8 {
    case packed, packedUnsigned, zoned, zonedUnsigned, binary, single, double, bytes
  }

  let form: Form
  let offset: Int
  let length: Int
  /// Exclusive bound of the magnitude of a number.
  let bound: UInt64
  /// Occurrences of the innermost table, 1 outside tables, and the distance between two.
  let count: Int
  let stride: Int

  init(_ slot: Slot) {
    let item = slot.item
    offset = item.offset
    length = item.length
    count = slot.dimensions.last?.count ?? 1
    stride = slot.dimensions.last?.stride ?? 0
    bound = DecimalLimit.bound(digits: item.picture?.count ?? 0)
    form =
      switch (item.picture?.category, item.usage) {
      case (.numeric, .packed): item.picture?.signed == true ? .packed : .packedUnsigned
      case (.numeric, .binary): .binary
      case (.numeric, .display) where !item.sign.separate && !item.sign.leading:
        item.picture?.signed == true ? .zoned : .zonedUnsigned
      case (.national, _), (_, .national): .double
      case (.alphanumeric, _), (.edited, _): .single
      default: .bytes
      }
  }

  var isNumber: Bool { form.rawValue <= Form.binary.rawValue }

  /// What the field holds when nothing was put: zero, or spaces of the character set.
  func putEmpty(_ target: UnsafeMutablePointer<UInt8>, _ characters: CharacterSet) {
    switch form {
    case .packed: putPacked(0, sign: 0xC, target, length)
    case .packedUnsigned: putPacked(0, sign: 0xF, target, length)
    case .zoned: putZoned(0, sign: 0xC, target, length)
    case .zonedUnsigned: putZoned(0, sign: 0xF, target, length)
    case .binary: putBinary(0, target, length)
    case .single: target.update(repeating: characters.singleSpace, count: length)
    case .double:
      let space = characters.doubleSpace ?? (characters.singleSpace, characters.singleSpace)
      for index in 0..<length { target[index] = index % 2 == 0 ? space.0 : space.1 }
    case .bytes: target.update(repeating: 0, count: length)
    }
  }
}
