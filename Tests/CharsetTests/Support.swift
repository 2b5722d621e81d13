import Charset

/// Foundation has a type of the same name.
typealias CharacterSet = Charset.CharacterSet

/// Bytes of a hexadecimal text; blanks are ignored.
func bytes(_ hex: String) -> [UInt8] {
  let digits = hex.filter { !$0.isWhitespace }.compactMap { $0.hexDigitValue }
  precondition(digits.count % 2 == 0)
  return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

func hex(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
}

/// Decodes through the pointers, behind a guard zone: a write beyond the promised room ends the test.
func decoded(_ set: CharacterSet, _ form: TextForm, _ source: [UInt8]) -> (text: String, outcome: TextOutcome) {
  let room = 4 * source.count + 8
  var target = [UInt8](repeating: 0xA5, count: room + 16)
  let outcome = source.withUnsafeBufferPointer { from in
    target.withUnsafeMutableBufferPointer { to in
      // An empty array has an arbitrary address; the decoder must not read from it.
      set.decode(form, from.baseAddress ?? UnsafePointer(to.baseAddress!), from.count, to: to.baseAddress!)
    }
  }
  precondition(target[room...].allSatisfy { $0 == 0xA5 }, "wrote beyond 4 * count + 8")
  return (String(decoding: target[..<outcome.written], as: UTF8.self), outcome)
}
