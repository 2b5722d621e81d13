extension CharacterSet {
  /// Decodes one value to UTF-8.
  ///
  /// The target must have room for `4 * count + 8` bytes. No allocation; time is linear in `count`. Decoding stops at
  /// the first fault; the target then holds the text before it.
  package func decode(
    _ form: TextForm, _ source: UnsafePointer<UInt8>, _ count: Int, to target: UnsafeMutablePointer<UInt8>
  ) -> TextOutcome {
    switch scheme {
    case .asciiPage:
      return decodePage(source, count, target)
    case .page:
      guard form != .double || count == 0 else { return TextOutcome(written: 0, fault: .noDoubleByte) }
      return decodePage(source, count, target)
    case .ibm, .fujitsu, .keis, .jipsJ, .jipsE:
      switch form {
      case .single: return decodePage(source, count, target)
      case .double: return decodeDouble(source, count, target)
      case .mixed: return decodeMixed(source, count, target)
      }
    case .windows31J: return decodeLeads(source, count, target, euc: false)
    case .eucJP: return decodeLeads(source, count, target, euc: true)
    case .utf8: return copyUtf8(source, count, target, capacity: count)
    case .utf16Big: return decodeUtf16(source, count, target, high: 0)
    case .utf16Little: return decodeUtf16(source, count, target, high: 1)
    }
  }

  /// Decodes bytes to a string: for tests and for values that come one at a time. After a fault the string holds the
  /// text before it.
  package func decode(_ form: TextForm, bytes: [UInt8]) -> (String, TextFault?) {
    var outcome = TextOutcome(written: 0)
    let text = [UInt8](unsafeUninitializedCapacity: 4 * bytes.count + 8) { target, written in
      bytes.withUnsafeBufferPointer { source in
        guard let first = source.baseAddress, let to = target.baseAddress, !bytes.isEmpty else { return }
        outcome = decode(form, first, bytes.count, to: to)
      }
      written = outcome.written
    }
    return (String(decoding: text, as: UTF8.self), outcome.fault)
  }
}

// MARK: - The loops. They take their tables as arguments and keep their state in locals.

/// Copies single bytes until one needs a further test or the bytes end.
@inline(__always)
private func runSingles(
  _ cells: UnsafePointer<Cell>, _ source: UnsafePointer<UInt8>, _ at: inout Int, _ count: Int,
  _ target: UnsafeMutablePointer<UInt8>, _ written: inout Int
) {
  while at < count {
    let cell = cells[Int(source[at])]
    let length = cell >> 24
    guard length &- 1 < 3 else { return }
    store32(cell, target + written)
    written &+= Int(length)
    at &+= 1
  }
}

/// Copies double bytes until a code needs a further test or fewer than two bytes are left.
@inline(__always)
private func runDoubles(
  _ cells: UnsafePointer<Cell>, _ source: UnsafePointer<UInt8>, _ at: inout Int, _ count: Int,
  _ target: UnsafeMutablePointer<UInt8>, _ written: inout Int
) {
  while at &+ 1 < count {
    let cell = cells[code(source + at)]
    let length = cell >> 24
    guard length &- 1 < 3 else { return }
    store32(cell, target + written)
    written &+= Int(length)
    at &+= 2
  }
}

@inline(__always)
private func code(_ bytes: UnsafePointer<UInt8>) -> Int {
  Int(UInt16(bigEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt16.self)))
}

extension CharacterSet {
  /// Decodes a field of single bytes, which may not contain the shift codes of its set.
  private func decodePage(
    _ source: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutablePointer<UInt8>
  ) -> TextOutcome {
    var at = 0
    var written = 0
    var notes = TextNotes()
    while true {
      runSingles(singles, source, &at, count, target, &written)
      guard at < count else { return TextOutcome(written: written, notes: notes) }
      if let fault = single(source, &at, count, target, &written, &notes) {
        return TextOutcome(written: written, fault: fault, faultOffset: at, notes: notes)
      }
    }
  }

  /// Decodes a byte at which the run of single bytes stopped: a control character, or a byte that only looked like a
  /// shift code.
  private func single(
    _ source: UnsafePointer<UInt8>, _ at: inout Int, _ count: Int,
    _ target: UnsafeMutablePointer<UInt8>, _ written: inout Int, _ notes: inout TextNotes
  ) -> TextFault? {
    if scheme.kanjiIn(source + at, count - at) + scheme.kanjiOut(source + at, count - at) > 0 { return .strayShift }
    let cell = plain[Int(source[at])]
    guard cell != 0 else { return .undefinedCode }
    if isControl(cell) { notes.hasControls = true }
    store32(cell, target + written)
    written += Int(cell >> 24)
    at += 1
    return nil
  }

  /// Decodes a code that is long, counted or a fault.
  @inline(__always)
  private func rareCode(
    _ cell: Cell, _ at: inout Int, _ target: UnsafeMutablePointer<UInt8>, _ written: inout Int,
    _ notes: inout TextNotes
  ) -> TextFault? {
    guard cell >> 24 == CellMark.rare else { return fault(of: cell) }
    let character = rare[Int(cell & 0xFF_FFFF)]
    store64(character.bytes, target + written)
    written += Int(character.length)
    notes.count(character.note)
    at += 2
    return nil
  }

  private func decodeDouble(
    _ source: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutablePointer<UInt8>
  ) -> TextOutcome {
    var at = 0
    var written = 0
    var notes = TextNotes()
    while true {
      runDoubles(doubles, source, &at, count, target, &written)
      guard at < count else { return TextOutcome(written: written, notes: notes) }
      if let fault = double(source, &at, count, target, &written, &notes) {
        return TextOutcome(written: written, fault: fault, faultOffset: at, notes: notes)
      }
    }
  }

  /// Decodes the code at which a run of double bytes stopped, in a field without shift codes.
  @inline(__always)
  private func double(
    _ source: UnsafePointer<UInt8>, _ at: inout Int, _ count: Int,
    _ target: UnsafeMutablePointer<UInt8>, _ written: inout Int, _ notes: inout TextNotes
  ) -> TextFault? {
    if at + 1 < count {
      let cell = doubles[code(source + at)]
      if cell >> 24 == CellMark.rare { return rareCode(cell, &at, target, &written, &notes) }
    }
    if scheme.kanjiIn(source + at, count - at) + scheme.kanjiOut(source + at, count - at) > 0 { return .strayShift }
    guard at + 1 < count else { return .oddLength }
    return fault(of: doubles[code(source + at)])
  }

  private func decodeMixed(
    _ source: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutablePointer<UInt8>
  ) -> TextOutcome {
    var at = 0
    var written = 0
    var notes = TextNotes()
    while true {
      runSingles(singles, source, &at, count, target, &written)
      guard at < count else { return TextOutcome(written: written, notes: notes) }
      let into = scheme.kanjiIn(source + at, count - at)
      if into == 0 {
        if let fault = single(source, &at, count, target, &written, &notes) {
          return TextOutcome(written: written, fault: fault, faultOffset: at, notes: notes)
        }
        continue
      }
      at += into
      while true {
        runDoubles(doubles, source, &at, count, target, &written)
        guard at < count else {
          notes.openShift = true
          return TextOutcome(written: written, notes: notes)
        }
        let out = scheme.kanjiOut(source + at, count - at)
        if out > 0 {
          at += out
          break
        }
        if let fault = double(source, &at, count, target, &written, &notes) {
          // A kanji-out one byte late: the previous byte is wrong, not the pair.
          let isLate = fault == .undefinedCode && scheme.kanjiOut(source + at + 1, count - at - 1) > 0
          return TextOutcome(
            written: written, fault: isLate ? .oddLength : fault, faultOffset: at, notes: notes)
        }
      }
    }
  }

  /// Windows-31J and EUC-JP: a lead byte is followed by more bytes of the character.
  private func decodeLeads(
    _ source: UnsafePointer<UInt8>, _ count: Int, _ target: UnsafeMutablePointer<UInt8>, euc: Bool
  ) -> TextOutcome {
    var at = 0
    var written = 0
    var notes = TextNotes()
    while true {
      runSingles(singles, source, &at, count, target, &written)
      guard at < count else { return TextOutcome(written: written, notes: notes) }
      guard singles[Int(source[at])] >> 24 == CellMark.lead else {
        if let fault = single(source, &at, count, target, &written, &notes) {
          return TextOutcome(written: written, fault: fault, faultOffset: at, notes: notes)
        }
        continue
      }
      let start = at
      let isThree = euc && source[at] == 0x8F
      guard at + (isThree ? 3 : 2) <= count else {
        return TextOutcome(written: written, fault: .oddLength, faultOffset: start, notes: notes)
      }
      let last = source[at + (isThree ? 2 : 1)]
      // JIS X 0212 is in the table without the top bit of its last byte, where no two-byte code can be.
      let number = isThree ? Int(source[at + 1]) << 8 | Int(last & 0x7F) : code(source + at)
      let cell = euc && last < 0x80 ? 0 : doubles[number]
      if cell >> 24 &- 1 < 3 {
        store32(cell, target + written)
        written += Int(cell >> 24)
        at += 2
      } else if let fault = rareCode(cell, &at, target, &written, &notes) {
        return TextOutcome(written: written, fault: fault, faultOffset: start, notes: notes)
      }
      if isThree { at += 1 }
    }
  }
}
