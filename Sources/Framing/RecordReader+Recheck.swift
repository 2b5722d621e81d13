import Base

extension RecordReader {
  /// Examines whether the records from `index` of the current block on are bad because bytes were inserted or lost in
  /// the file before them. Called when several consecutive records are bad, with the first of them; cheap if the
  /// records behind them are good again.
  ///
  /// If so, the slip is noted as damage, its record is skipped, and the next block begins in step. The current block
  /// stays readable, but only its records before the returned number count; that may be one less than `index`.
  /// - Returns: the number of valid records of the block; `nil` when no shift makes the records good, and the whole
  ///   block is valid.
  /// - Throws: the damage, in strict policy.
  package func recheck(from index: Int) throws(Diagnostic) -> Int? {
    guard let scorer, var finder = slips, (0..<count).contains(index) else { return nil }
    defer { slips = finder }
    let record = firstRecord + index
    guard finder.isWorthTrying(record: record, isFirst: index == 0) else { return nil }
    let place = starts[index]
    let after = source.position + source.available - place
    let slip = finder.find(UnsafePointer(source.buffer + place), before: index, after: after, scorer)
    finder.conclude(record: record, healed: slip != nil)
    guard let slip, place + slip.damage <= source.position else { return nil }

    let damage = place + slip.damage
    let kept = index + (slip.damage < 0 ? -1 : slip.damage / recordLength)
    let dropped = count - kept
    tally.records -= dropped
    tally.recordBytes -= dropped * recordLength
    count = kept
    source.position = place + slip.resume
    tally.skip(.damage, bytes: slip.resume - slip.damage)
    let shown = UnsafeBufferPointer(start: source.buffer + place + slip.from, count: min(8, slip.resume - slip.from))
    try note(
      Damage(
        kind: .slip(bytes: slip.bytes, through: source.origin + place + slip.through), record: nextRecord,
        offset: source.origin + place + slip.from, skipped: slip.resume - slip.damage, found: Hex.text(shown),
        expected: String(recordLength)))
    precondition(damage + slip.resume - slip.damage == source.position)
    return kept
  }
}
