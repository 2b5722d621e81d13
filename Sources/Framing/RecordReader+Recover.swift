import Base

extension RecordReader {
  /// The result of a trial of bytes at a place.
  enum Trial: Equatable {
    case fits
    case broken
    /// This many bytes from the reader's position must be available to decide.
    case needs(Int)
  }

  /// Skips bytes that cannot be framed, to the next place where records certainly begin.
  ///
  /// Within a block (BDW), that is the place from which records fill the rest of the block exactly, or its end.
  /// Otherwise it is a place from which several consecutive headers agree, or lead to the file's end.
  /// - Throws: `file.read`, `frame.gzip`; in strict policy the damage.
  func recover<Measure: RecordMeasure>(_ measure: Measure, _ kind: Damage.Kind) throws(Diagnostic) {
    let offset = source.offset
    // Counted also when the file cannot be read further.
    defer { tally.skip(.damage, bytes: source.offset - offset) }
    _ = try source.fill(8)
    let shown = UnsafeBufferPointer(start: source.buffer + source.position, count: min(source.available, 8))
    var lastLength: Int?
    if case .bytes(let bytes) = measure.length(UnsafePointer(source.buffer + source.position), source.available) {
      lastLength = bytes - measure.header
    }
    let found = Hex.text(UnsafeBufferPointer(rebasing: shown.prefix(max(4, measure.header))))
    var expected = measure.expected
    if kind == .block, case .header(let header) = format.blocks {
      expected = header.expected
      if try !enterUnheaded(measure, header) {
        try search { () throws(Diagnostic) in isBlock(measure, header, 0) }
        blockEnd = source.offset
      }
    } else if blockEnd != .max, blockEnd > offset {
      leaveDamageInBlock(measure)
    } else if measure.proof == .max {
      source.position += source.available
    } else {
      try search { () throws(Diagnostic) in chain(measure) }
    }
    let skipped = source.offset - offset
    // A record that would end behind the file's end, with nothing more to read after it, was cut.
    let isEnd = source.isComplete && source.available == 0
    let isCut = kind == .cut && isEnd
    if isCut, let lastLength { expected = String(lastLength) }
    try note(
      Damage(
        kind: isCut ? .cut : kind == .cut ? .length : kind, record: nextRecord, offset: offset, skipped: skipped,
        found: found, expected: expected))
  }

  /// Moves on byte by byte until `trial` fits, or to the file's end.
  private func search(_ trial: () throws(Diagnostic) -> Trial) throws(Diagnostic) {
    source.position += 1
    while try source.fill(1) {
      switch try trial() {
      case .fits: return
      case .broken: source.position += 1
      case .needs(let bytes):
        let wasComplete = source.isComplete
        if try !source.fill(bytes), wasComplete { source.position += 1 }
      }
    }
  }

  /// Moves to the next place in the current block from which records fill it exactly.
  private func leaveDamageInBlock<Measure: RecordMeasure>(_ measure: Measure) {
    let end = min(blockEnd - source.offset, source.available)
    var place = 1
    while place < end, measure.proof == .max || fits(measure, place, end) != .fits { place += 1 }
    source.position += min(place, end)
  }

  /// Whether records fill the bytes from `place` to `end`, both counted from the position.
  func fits<Measure: RecordMeasure>(_ measure: Measure, _ place: Int, _ end: Int) -> Trial {
    var place = place
    let base = UnsafePointer(source.buffer + source.position)
    while place < end {
      guard case .bytes(let bytes) = measure.length(base + place, end - place), bytes > 0 else { return .broken }
      place += bytes
    }
    return place == end ? .fits : .broken
  }

  /// Whether the header of a block and that of its first record are at `place`.
  func isHeaded<Measure: RecordMeasure>(_ measure: Measure, _ header: LengthHeader, _ place: Int) -> Bool {
    let first = place + header.size
    guard source.available > first else { return false }
    let base = UnsafePointer(source.buffer + source.position)
    let length = header.length(at: base + place)
    guard length > 0, case .bytes(let bytes) = measure.length(base + first, source.available - first) else {
      return false
    }
    return bytes <= length
  }

  /// Whether the block at the position holds the rest of the file, with the last record possibly cut.
  func reachesEnd<Measure: RecordMeasure>(_ measure: Measure, _ header: LengthHeader) -> Bool {
    let available = source.available
    let base = UnsafePointer(source.buffer + source.position)
    var place = header.size
    while place < available {
      if place > header.size, isHeaded(measure, header, place) { return false }
      switch measure.length(base + place, available - place) {
      case .bytes(let bytes) where bytes > 0: place += bytes
      case .needs: return true
      default: return false
      }
    }
    return true
  }

  /// Whether `proof` records follow each other here, or fewer up to the file's end: two, or one with an unmistakable
  /// header.
  private func chain<Measure: RecordMeasure>(_ measure: Measure) -> Trial {
    let base = UnsafePointer(source.buffer + source.position)
    let available = source.available
    var place = 0
    for step in 0..<measure.proof {
      if place == available {
        if !source.isComplete { return .needs(place + 1) }
        return step >= (measure.proof > 4 ? 2 : 1) ? .fits : .broken
      }
      switch measure.length(base + place, available - place) {
      case .impossible: return .broken
      case .needs(let bytes): return source.isComplete ? .broken : .needs(place + bytes)
      case .bytes(let bytes):
        if bytes == 0 || bytes > 1 << 16 { return .broken }
        place += bytes
        if place > available { return source.isComplete ? .broken : .needs(place) }
      }
    }
    return .fits
  }

  /// Whether a block is at `place`: a header, at least one record, and records that fill the block exactly.
  private func isBlock<Measure: RecordMeasure>(_ measure: Measure, _ header: LengthHeader, _ place: Int) -> Trial {
    let available = source.available
    if available < place + header.size { return source.isComplete ? .broken : .needs(place + header.size) }
    let length = header.length(at: source.buffer + source.position + place)
    let end = place + header.size + length
    if length <= 0 || length > 1 << 20 { return .broken }
    if available < end { return source.isComplete ? .broken : .needs(end) }
    return fits(measure, place + header.size, end)
  }

  /// Enters a block with only a wrong header: its records lead to the next block, or to the file's end. Only the header
  /// is then skipped.
  private func enterUnheaded<Measure: RecordMeasure>(
    _ measure: Measure, _ header: LengthHeader
  ) throws(Diagnostic) -> Bool {
    var place = header.size
    var records = 0
    while measure.proof != .max {
      let wasComplete = source.isComplete
      if records > 0, place == source.available, wasComplete { break }
      var trial = records > 0 ? isBlock(measure, header, place) : .broken
      if trial == .fits { break }
      if trial == .broken {
        if place >= source.available {
          trial = .needs(place + 1)
        } else {
          switch measure.length(UnsafePointer(source.buffer + source.position + place), source.available - place) {
          case .impossible: return false
          case .needs(let bytes): trial = .needs(place + bytes)
          case .bytes(let bytes):
            if bytes == 0 || bytes > 1 << 16 { return false }
            place += bytes
            records += 1
          }
        }
      }
      if case .needs(let bytes) = trial, try !source.fill(bytes), wasComplete { return false }
    }
    if measure.proof == .max { return false }
    source.position += header.size
    blockEnd = source.offset + place - header.size
    return true
  }
}
