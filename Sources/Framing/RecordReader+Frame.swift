import Base

extension RecordReader {
  /// The reason why the framing loop stopped.
  enum Stop {
    case full
    /// The current block (BDW) is at its end.
    case blockEnd
    /// This many bytes must be available from the position on.
    case needs(Int)
    case impossible(Damage.Kind)
  }

  /// The number of bytes that may be framed now. With a scorer some records stay behind, so that ``recheck(from:)`` can
  /// look ahead.
  private var usable: Int { source.isComplete ? source.available : source.available - lookahead }

  private var lookahead: Int { slips.map { $0.lookahead } ?? 0 }

  /// Fills the block with at least one record, unless the file ends before.
  func frame<Measure: RecordMeasure>(_ measure: Measure, _ most: Int) throws(Diagnostic) {
    while true {
      let stop = scan(measure, most)
      if count > 0 { return }
      switch stop {
      case .full, .blockEnd: return
      case .impossible(let kind): try recover(measure, kind)
      case .needs(let bytes):
        let wasComplete = source.isComplete
        if try source.fill(bytes + lookahead) || !wasComplete { continue }
        if source.available == 0 { return try requireWholeBlock() }
        try recover(measure, .cut)
      }
    }
  }

  /// Notes that the last block's header promises more bytes than the file has.
  private func requireWholeBlock() throws(Diagnostic) {
    guard case .header = format.blocks, blockEnd != .max, blockEnd > source.offset else { return }
    let lacking = blockEnd - source.offset
    blockEnd = source.offset
    // A cut record has already been reported.
    if let last = damages.last, last.offset + last.skipped >= source.offset { return }
    try note(
      Damage(
        kind: .blockCut, record: firstRecord, offset: source.offset, skipped: 0, found: "", expected: String(lacking)))
  }

  private func scan<Measure: RecordMeasure>(_ measure: Measure, _ most: Int) -> Stop {
    while true {
      if source.offset >= blockEnd, let stop = openBlock(measure) { return stop }
      let stop = scanBlock(measure, most)
      guard case .blockEnd = stop else { return stop }
    }
  }

  /// The loop over records: nothing but pointers and locals.
  private func scanBlock<Measure: RecordMeasure>(_ measure: Measure, _ most: Int) -> Stop {
    let base = UnsafePointer(source.buffer)
    let starts = starts
    let lengths = lengths
    let limit = source.position + usable
    let blockLimit = blockEnd == .max ? .max : blockEnd - source.origin
    let minimum = format.form.isSpanned ? 0 : format.minimum
    let header = measure.header
    var position = source.position
    var count = count
    var headerBytes = 0
    defer {
      source.position = position
      self.count = count
      tally.headerBytes += headerBytes
    }
    while count < most {
      if position >= blockLimit { return .blockEnd }
      if position >= limit { return .needs(1) }
      switch measure.length(base + position, limit - position) {
      case .impossible:
        return .impossible(.length)
      case .needs(let bytes):
        return bytes > blockLimit - position || bytes > ByteSource.limitBytes ? .impossible(.length) : .needs(bytes)
      case .bytes(let bytes):
        if bytes > blockLimit - position {
          guard case .size = format.blocks else { return .impossible(.length) }
          if blockLimit > limit { return .needs(blockLimit - position) }
          tally.skip(.padding, bytes: blockLimit - position)
          position = blockLimit
          continue
        }
        if bytes > limit - position { return bytes > ByteSource.limitBytes ? .impossible(.length) : .needs(bytes) }
        if !measure.isValid(base + position) {
          tally.skip(.invalid, bytes: bytes)
        } else if bytes - header < minimum {
          tally.skip(.short, bytes: bytes)
        } else {
          starts[count] = position + header
          lengths[count] = bytes - header
          headerBytes += header
          count += 1
        }
        position += bytes
      }
    }
    return .full
  }

  /// Enters the next block, if its header is plausible.
  private func openBlock<Measure: RecordMeasure>(_ measure: Measure) -> Stop? {
    switch format.blocks {
    case .none: break
    case .size(let size): blockEnd = source.offset + size
    case .header(let header):
      let available = source.available
      if available < header.size { return .needs(header.size) }
      let length = header.length(at: source.buffer + source.position)
      let end = header.size + length
      if length < 0 || end > ByteSource.limitBytes / 2 { return .impossible(.block) }
      let wanted = end + header.size + max(1, measure.header)
      if available < wanted, !source.isComplete { return .needs(wanted) }
      guard leads(measure, header, end) else { return .impossible(.block) }
      source.position += header.size
      tally.headerBytes += header.size
      blockEnd = source.offset + length
    }
    return nil
  }

  /// Whether the current block may end at `end`, counted from the position: at the file's end, before another block,
  /// or, if that is wrong too, at the end of its records when no further record follows.
  private func leads<Measure: RecordMeasure>(_ measure: Measure, _ header: LengthHeader, _ end: Int) -> Bool {
    let available = source.available
    if end == available || isHeaded(measure, header, end) { return true }
    if end > available { return reachesEnd(measure, header) }
    if measure.proof != .max,
      case .bytes = measure.length(UnsafePointer(source.buffer + source.position + end), available - end)
    {
      return false
    }
    return fits(measure, header.size, end) == .fits
  }
}
