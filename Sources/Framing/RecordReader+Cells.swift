import Base

extension RecordReader {
  /// Fills the block with at least one record of cells, unless the file ends before. The line of names is no record.
  func frameCells(_ syntax: CellSyntax, _ most: Int) throws(Diagnostic) {
    if !hasBegun {
      hasBegun = true
      try beginCells(syntax)
    }
    while true {
      let needed = try scanCells(syntax, most)
      if count > 0 || needed == 0 { return }
      if try source.fill(needed) || source.available > 0 { continue }
      return
    }
  }

  /// Passes the byte order mark and the line of names.
  private func beginCells(_ syntax: CellSyntax) throws(Diagnostic) {
    if syntax.mayHaveMark, try source.fill(3) {
      let bytes = source.buffer + source.position
      if bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { tally.skip(.fileHeader, bytes: try source.skip(3)) }
    }
    guard syntax.hasHeader else { return }
    while true {
      switch syntax.line(source.buffer + source.position, source.available, isWhole: source.isComplete) {
      case .open: _ = try source.fill(source.available + 1)
      case .unclosed(let at): return try unclosed(at)
      case .ends(let length, let lineEnd, let within):
        names = Array(UnsafeBufferPointer(start: source.buffer + source.position, count: length))
        source.position += length + lineEnd
        tally.skip(.fileHeader, bytes: length + lineEnd)
        line += within + (lineEnd > 0 ? 1 : 0)
        return
      }
    }
  }

  /// The number of bytes that must be available for another record; 0 when the block is full.
  private func scanCells(_ syntax: CellSyntax, _ most: Int) throws(Diagnostic) -> Int {
    let base = source.buffer
    let limit = source.position + source.available
    let isWhole = source.isComplete
    while count < most {
      let position = source.position
      if position == limit { return 1 }
      if isWhole, position + 1 == limit, base[position] == 0x1A {
        tally.skip(.endMark, bytes: 1)
        source.position = limit
        return 1
      }
      switch syntax.line(base + position, limit - position, isWhole: isWhole) {
      case .open: return limit - position + 1
      case .unclosed(let at):
        if count > 0 { return 0 }
        try unclosed(at)
      case .ends(let length, let lineEnd, let within):
        let marks = lineEnd == 0 && base[position + length - 1] == 0x1A ? 1 : 0
        if marks > 0 { tally.skip(.endMark, bytes: 1) }
        starts[count] = position
        lengths[count] = length - marks
        lines[count] = line
        count += 1
        line += within + 1
        tally.headerBytes += lineEnd
        source.position = position + length + lineEnd
      }
    }
    return 0
  }

  /// Passes over the rest of the file, which an open quote makes one cell.
  private func unclosed(_ at: Int) throws(Diagnostic) {
    let (offset, rest) = (source.offset + at, source.available)
    source.position += rest
    tally.skip(.damage, bytes: rest)
    try note(
      Damage(kind: .quote(line: line), record: nextRecord, offset: offset, skipped: rest, found: "", expected: ""))
  }
}
