extension CharacterSet {
  /// Encodes UTF-8, at most `capacity` bytes; the inverse of ``decode(_:_:_:to:)``. No padding.
  ///
  /// Encoding stops at the first character that has no code in this form or does not fit; the target then holds whole
  /// characters, those before the fault, with a closed kanji run. No allocation.
  package func encode(
    _ form: TextForm, _ text: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>, capacity: Int
  ) -> TextOutcome {
    guard let source = text.baseAddress, !text.isEmpty else { return TextOutcome(written: 0) }
    switch scheme {
    case .utf8:
      var outcome = copyUtf8(source, text.count, target, capacity: capacity)
      if outcome.fault != nil, outcome.fault != .tooLong { outcome.fault = .malformedText }
      return outcome
    case .utf16Big: return encodeUtf16(source, text.count, target, capacity, high: 0)
    case .utf16Little: return encodeUtf16(source, text.count, target, capacity, high: 1)
    case .page:
      guard form != .double else { return TextOutcome(written: 0, fault: .noDoubleByte) }
      return encodeCodes(.single, source, text.count, target, capacity)
    case .asciiPage: return encodeCodes(.single, source, text.count, target, capacity)
    case .windows31J, .eucJP: return encodeCodes(.mixed, source, text.count, target, capacity)
    case .ibm, .fujitsu, .keis, .jipsJ, .jipsE: return encodeCodes(form, source, text.count, target, capacity)
    }
  }

  /// Encodes a string, of any length: for tests and for values that come one at a time.
  package func encode(_ form: TextForm, _ text: String) -> ([UInt8], TextFault?) {
    let utf8 = Array(text.utf8)
    let capacity = 6 * utf8.count + 8
    var outcome = TextOutcome(written: 0)
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { target, written in
      if let to = target.baseAddress {
        outcome = utf8.withUnsafeBufferPointer { encode(form, $0, to: to, capacity: capacity) }
      }
      written = outcome.written
    }
    return (bytes, outcome.fault)
  }
}

extension CharacterSet {
  private func encodeCodes(
    _ form: TextForm, _ source: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutablePointer<UInt8>,
    _ capacity: Int
  ) -> TextOutcome {
    let shifts = form == .mixed ? ShiftCodes(scheme) : nil
    let singles = owner.single.encode
    let doubles = owner.double.encode
    let isEuc = scheme == .eucJP
    let mayBeDouble = form != .single
    let mayBeSingle = form != .double
    var writer = CodeWriter(target: target, capacity: capacity, shifts: shifts, scheme: scheme)
    var at = 0
    while at < count {
      let (value, length) = scalar(source + at, count - at)
      guard length > 0 else { return writer.end(.malformedText, at) }
      let double = mayBeDouble ? doubles[value] : 0
      if double & EncodeTable.beginsPair != 0, at + length < count {
        let next = scalar(source + at + length, count - at - length)
        if next.length > 0, let code = doubles.code(value, next.value) {
          guard writer.double(code, euc: isEuc) else { return writer.end(.tooLong, at) }
          at += length + next.length
          continue
        }
      }
      let single = mayBeSingle ? singles[value] : 0
      if single & EncodeTable.present != 0 {
        let byte = UInt8(truncatingIfNeeded: single)
        guard !writer.wouldShift(byte) else { return writer.end(.noCode, at) }
        guard writer.single(byte) else { return writer.end(.tooLong, at) }
      } else if double & EncodeTable.present != 0 {
        let code = UInt16(truncatingIfNeeded: double)
        guard writer.double(code, euc: isEuc) else { return writer.end(.tooLong, at) }
      } else {
        return writer.end(.noCode, at)
      }
      at += length
    }
    return writer.end(nil, 0)
  }
}

/// Writes codes with the shift codes between them, never beyond the capacity: room to close a run is kept.
private struct CodeWriter {
  let target: UnsafeMutablePointer<UInt8>
  let capacity: Int
  let shifts: ShiftCodes?
  let scheme: Scheme
  private var written = 0
  private var inKanji = false
  /// The previous byte, when it is a character by itself.
  private var lastSingle: UInt8?

  init(target: UnsafeMutablePointer<UInt8>, capacity: Int, shifts: ShiftCodes?, scheme: Scheme) {
    self.target = target
    self.capacity = capacity
    self.shifts = shifts
    self.scheme = scheme
  }

  /// Whether a control character, alone or with the letter behind it, would be read as a shift code: SUB and `p` are
  /// the kanji-in of JIPS.
  func wouldShift(_ byte: UInt8) -> Bool {
    func isShift(_ first: UInt8, _ second: UInt8, _ count: Int) -> Bool {
      withUnsafeBytes(of: (first, second)) { pair in
        let bytes = pair.assumingMemoryBound(to: UInt8.self).baseAddress.unsafelyUnwrapped
        return scheme.kanjiIn(bytes, count) + scheme.kanjiOut(bytes, count) > 0
      }
    }
    return isShift(byte, 0, 1) || lastSingle.map { isShift($0, byte, 2) } ?? false
  }

  mutating func single(_ byte: UInt8) -> Bool {
    let needed = 1 + (inKanji ? shifts?.outLength ?? 0 : 0)
    guard written + needed <= capacity else { return false }
    close()
    put(byte)
    lastSingle = byte
    return true
  }

  mutating func double(_ code: UInt16, euc: Bool) -> Bool {
    // JIS X 0212 is in the table of EUC-JP without the top bit of its last byte.
    let isThree = euc && code & 0x80 == 0
    var needed = isThree ? 3 : 2
    if let shifts { needed += shifts.outLength + (inKanji ? 0 : shifts.inLength) }
    guard written + needed <= capacity else { return false }
    if let shifts, !inKanji {
      put(shifts.kanjiIn)
      inKanji = true
    }
    lastSingle = nil
    if isThree { put(0x8F) }
    put(UInt8(code >> 8))
    put(UInt8(code & 0xFF) | (isThree ? 0x80 : 0))
    return true
  }

  mutating func end(_ fault: TextFault?, _ offset: Int) -> TextOutcome {
    close()
    return TextOutcome(written: written, fault: fault, faultOffset: offset)
  }

  private mutating func close() {
    guard inKanji, let shifts else { return }
    put(shifts.kanjiOut)
    inKanji = false
  }

  private mutating func put(_ byte: UInt8) {
    target[written] = byte
    written += 1
  }

  private mutating func put(_ shift: (UInt8, UInt8)) {
    put(shift.0)
    if shift.1 != 0 { put(shift.1) }
  }
}

/// UTF-8 to UTF-16; `high` is the offset of the high byte in a unit.
private func encodeUtf16(
  _ source: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutablePointer<UInt8>, _ capacity: Int, high: Int
) -> TextOutcome {
  var at = 0
  var written = 0
  func put(_ unit: UInt32) {
    target[written + high] = UInt8(truncatingIfNeeded: unit >> 8)
    target[written + 1 - high] = UInt8(truncatingIfNeeded: unit)
    written += 2
  }
  while at < count {
    let (value, length) = scalar(source + at, count - at)
    guard length > 0 else { return TextOutcome(written: written, fault: .malformedText, faultOffset: at) }
    guard written + (value < 0x1_0000 ? 2 : 4) <= capacity else {
      return TextOutcome(written: written, fault: .tooLong, faultOffset: at)
    }
    if value < 0x1_0000 {
      put(value)
    } else {
      put(0xD800 + (value - 0x1_0000) >> 10)
      put(0xDC00 | value & 0x3FF)
    }
    at += length
  }
  return TextOutcome(written: written)
}
