/// The double-byte half of a set, expanded: the decoding of each of 65,536 codes, and the encoding.
///
/// Built once (about a millisecond, 256 KiB), never changed afterwards, so it may be read from any thread.
package final class DoubleTable: @unchecked Sendable {
  let cells: UnsafeMutablePointer<Cell>
  let rare: UnsafeMutablePointer<RareCell>
  package let encode: EncodeTable

  init(_ set: DoubleByteSet, _ options: SetOptions = SetOptions()) {
    let draft = DoubleDraft(set, options)
    cells = .allocate(capacity: 0x1_0000)
    cells.initialize(repeating: 0, count: 0x1_0000)
    var rareCells: [RareCell] = []
    for code in 0..<0x1_0000 {
      let scalar = draft.scalars[code]
      let note = draft.notes[code]
      guard scalar != 0 else {
        cells[code] = draft.kinds[code] << 24
        continue
      }
      let (bytes, length) = utf8(scalar)
      if length < 4, note == .none, draft.seconds[code] == 0 {
        cells[code] = bytes | UInt32(length) << 24
      } else {
        let second = draft.seconds[code] == 0 ? (bytes: 0, length: 0) : utf8(draft.seconds[code])
        let joined = UInt64(bytes) | UInt64(second.bytes) << UInt64(8 * length)
        cells[code] = CellMark.rare << 24 | UInt32(rareCells.count)
        rareCells.append(RareCell(bytes: joined, length: UInt8(length + second.length), note: note))
      }
    }
    rare = .allocate(capacity: max(rareCells.count, 1))
    rare.initialize(from: rareCells, count: rareCells.count)
    encode = EncodeTable(draft.encoding())
  }

  deinit {
    cells.deallocate()
    rare.deallocate()
  }
}

/// The facts of a double-byte set laid out by code, before they are packed.
private struct DoubleDraft {
  /// The character of a code; 0 when it has none.
  var scalars = [UInt32](repeating: 0, count: 0x1_0000)
  /// A second scalar (a combining mark or a variation selector), or 0.
  var seconds = [UInt32](repeating: 0, count: 0x1_0000)
  /// For codes without a character: the reason.
  var kinds = [UInt32](repeating: CellMark.undefined, count: 0x1_0000)
  var notes = [CellNote](repeating: .none, count: 0x1_0000)
  private var oneWay = [Bool](repeating: false, count: 0x1_0000)
  /// Every variation of the set, whether or not decoding emits them.
  private var variations: [(code: Int, selector: UInt32)] = []
  /// Characters to encode after all others, in order of preference.
  private var lateComers: [(scalar: UInt32, second: UInt32, code: Int)] = []

  init(_ set: DoubleByteSet, _ options: SetOptions) {
    let map = ByteMap(set.bytes)
    for area in set.userAreas {
      area.forEach { code, scalar in
        let code = map.code(code)
        kinds[code] = CellMark.gaijiUnmapped
        if options.privateUse { scalars[code] = scalar }
      }
    }
    forEachCell(set.text.rows) { code, scalar in scalars[map.code(code)] = scalar }
    forEachWord(set.text.pairs) { code, first, second in
      scalars[map.code(code)] = UInt32(first)
      seconds[map.code(code)] = UInt32(second)
    }
    forEachWord(set.text.noUnicode) { code, _, _ in kinds[map.code(code)] = CellMark.noUnicode }
    forEachWord(set.text.oneWay) { code, _, _ in oneWay[map.code(code)] = true }
    forEachWord(set.text.reduced) { code, _, _ in notes[map.code(code)] = .reduction }
    if let space = set.alternateSpace { notes[map.code(space)] = .alternateSpace }
    forEachWord(set.text.variations) { code, number, _ in
      let code = map.code(code)
      variations.append((code, 0xE0100 + UInt32(number)))
      if options.variations {
        seconds[code] = 0xE0100 + UInt32(number)
        if notes[code] == .reduction { notes[code] = .none }
      }
    }
    forEachWord(set.text.encodeOnly) { scalar, code, _ in lateComers.append((UInt32(scalar), 0, map.code(code))) }
    if let gaiji = options.gaiji { overlay(gaiji) }
  }

  /// The city's entries replace the set's own: they are what its terminals showed.
  private mutating func overlay(_ gaiji: GaijiTable) {
    for standing in [GaijiStanding.same, .differs] {
      for entry in gaiji.entries where entry.standing == standing {
        lateComers.append((entry.scalar, entry.second, entry.code))
      }
    }
    var replaced = Set<Int>()
    for entry in gaiji.entries {
      replaced.insert(entry.code)
      (scalars[entry.code], seconds[entry.code]) = (entry.scalar, entry.second)
      oneWay[entry.code] = true
      switch entry.standing {
      case .same: notes[entry.code] = .gaijiMatch
      case .differs: notes[entry.code] = .glyphDifference
      case .reduced: notes[entry.code] = .reduction
      case .unidentified: kinds[entry.code] = CellMark.gaijiUnidentified
      }
    }
    variations.removeAll { replaced.contains($0.code) }
    lateComers.removeAll { $0.scalar == 0 }
  }

  func encoding() -> EncodeDraft {
    var encode = EncodeDraft()
    var isVariation = [Bool](repeating: false, count: 0x1_0000)
    for (code, _) in variations { isVariation[code] = true }
    for code in 0..<0x1_0000 where scalars[code] != 0 && !oneWay[code] {
      if seconds[code] == 0 || isVariation[code] {
        encode.add(scalars[code], code: code)
      } else {
        encode.add(scalars[code], seconds[code], code: code)
      }
    }
    for preferred in [true, false] {
      for (code, selector) in variations where oneWay[code] != preferred {
        encode.add(scalars[code], selector, code: code)
      }
    }
    for (scalar, second, code) in lateComers {
      if second == 0 { encode.add(scalar, code: code) } else { encode.add(scalar, second, code: code) }
    }
    return encode
  }
}

/// A permutation of bytes that a set applies to the codes of another; none leaves them alone.
private struct ByteMap {
  private var bytes: [Int]?

  init(_ words: StaticString?) {
    guard let words else { return }
    var bytes: [Int] = []
    forEachWord(words) { byte, _, _ in bytes.append(byte) }
    self.bytes = bytes
  }

  func code(_ code: Int) -> Int {
    guard let bytes else { return code }
    return bytes[code >> 8] << 8 | bytes[code & 0xFF]
  }
}
