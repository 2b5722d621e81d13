/// One item of many records: the start of each record's bytes of it.
package struct TextFields {
  package let base: UnsafePointer<UInt8>
  /// Offsets from `base`, `count` of them.
  package let starts: UnsafePointer<Int>
  package let count: Int
  /// Bytes of the item in every record.
  package let length: Int

  package init(base: UnsafePointer<UInt8>, starts: UnsafePointer<Int>, count: Int, length: Int) {
    self.base = base
    self.starts = starts
    self.count = count
    self.length = length
  }
}

extension CharacterSet {
  /// Decodes plain texts of one form, without the padding on the right, from row `first` on; stops before the first row
  /// that needs a further test: a shift code, a counted character, a fault, a form without fixed width.
  ///
  /// - Parameters:
  ///   - target: room for `4 * length + 8` bytes per row, written from `end` on.
  ///   - ends: the end of each row's text.
  /// - Returns: the number of finished rows, counted from 0 and including those before `first`, and the new `end`.
  package func decodePlain(
    _ form: TextForm, _ fields: TextFields, from first: Int, to target: UnsafeMutablePointer<UInt8>, end: Int,
    ends: UnsafeMutablePointer<Int>
  ) -> (rows: Int, end: Int) {
    switch scheme {
    case .page, .asciiPage, .ibm, .fujitsu, .keis, .jipsJ, .jipsE: break
    default: return (first, end)
    }
    switch form {
    case .single: return decodePlainSingles(fields, first, target, end, ends)
    case .double where scheme != .page && scheme != .asciiPage:
      return decodePlainDoubles(fields, first, target, end, ends)
    default: return (first, end)
    }
  }

  private func decodePlainSingles(
    _ fields: TextFields, _ first: Int, _ target: UnsafeMutablePointer<UInt8>, _ end: Int,
    _ ends: UnsafeMutablePointer<Int>
  ) -> (rows: Int, end: Int) {
    let cells = singles
    let space = singleSpace
    let padding = UInt64(space) &* 0x0101_0101_0101_0101
    var written = end
    for row in first..<fields.count {
      let source = fields.base + fields.starts[row]
      var count = fields.length
      while count >= 8 {
        let odd = UInt64(littleEndian: word(source + (count &- 8))) ^ padding
        guard odd == 0 else {
          count &-= odd.leadingZeroBitCount &>> 3
          break
        }
        count &-= 8
      }
      while count > 0, source[count &- 1] == space { count &-= 1 }
      let start = written
      var at = 0
      while at < count {
        let cell = cells[Int(source[at])]
        let length = cell &>> 24
        guard length &- 1 < 3 else { return (row, start) }
        store32(cell, target + written)
        written &+= Int(length)
        at &+= 1
      }
      ends[row] = written
    }
    return (fields.count, written)
  }

  private func decodePlainDoubles(
    _ fields: TextFields, _ first: Int, _ target: UnsafeMutablePointer<UInt8>, _ end: Int,
    _ ends: UnsafeMutablePointer<Int>
  ) -> (rows: Int, end: Int) {
    guard let (high, low) = doubleSpace, fields.length & 1 == 0 else { return (first, end) }
    let cells = doubles
    let padding = UInt64(UInt16(low) << 8 | UInt16(high)) &* 0x0001_0001_0001_0001
    var written = end
    for row in first..<fields.count {
      let source = fields.base + fields.starts[row]
      var count = fields.length
      while count >= 8 {
        let odd = UInt64(littleEndian: word(source + (count &- 8))) ^ padding
        guard odd == 0 else {
          count &-= (odd.leadingZeroBitCount &>> 4) &* 2
          break
        }
        count &-= 8
      }
      while count > 1, source[count &- 1] == low, source[count &- 2] == high { count &-= 2 }
      let start = written
      var at = 0
      while at < count {
        let code = Int(UInt16(bigEndian: UnsafeRawPointer(source + at).loadUnaligned(as: UInt16.self)))
        let cell = cells[code]
        let length = cell &>> 24
        guard length &- 1 < 3 else { return (row, start) }
        store32(cell, target + written)
        written &+= Int(length)
        at &+= 2
      }
      ends[row] = written
    }
    return (fields.count, written)
  }

  @inline(__always)
  private func word(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self)
  }
}
