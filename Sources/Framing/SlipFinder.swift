/// Finds bytes that were inserted or lost in a file of fixed-length records, from the records around them.
///
/// From such a slip on every record is read out of step, and looks bad. If the next records are good when read a few
/// bytes later or earlier, it was a slip; if no such shift makes them good, they are bad records. A scorer measures how
/// bad a record looks; the threshold of a good record is learned from the file's own records.
struct SlipFinder {
  /// A slip that was found; places are counted from the first bad record.
  struct Slip: Equatable {
    /// The number of bytes inserted, or lost when negative; at most half a record. Whole records more or less show no
    /// slip, and an insertion of more than half a record cannot be distinguished from a loss of the rest.
    var bytes: Int
    /// The first byte to skip, and the place where the records are in step again.
    var damage: Int
    var resume: Int
    /// The first and the last place where the bytes can have been inserted or lost.
    var from: Int
    var through: Int
  }

  /// The number of records examined behind a slip.
  static let window = 16

  let recordLength: Int
  /// Scores of records in different parts of the file, the latest `window` of them.
  private var samples: [Int] = []
  private var nextSample = 0
  /// When no shift helped, later blocks of the same stretch are tried at growing distances.
  private var patience = 0
  private var retryRecord = 0

  init(recordLength: Int) { self.recordLength = recordLength }

  /// The number of bytes that must be available behind a block.
  var lookahead: Int { (Self.window + 3) * recordLength }

  /// Learns from the first record of a block.
  mutating func sample(_ score: Int) {
    if let usual = Self.median(samples), score <= usual { patience = 0 }
    if samples.count < Self.window {
      samples.append(score)
    } else {
      samples[nextSample] = score
      nextSample = (nextSample + 1) % Self.window
    }
  }

  /// Whether record number `record`, the first of a block if `isFirst`, must be examined again.
  func isWorthTrying(record: Int, isFirst: Bool) -> Bool { !isFirst || patience == 0 || record >= retryRecord }

  mutating func conclude(record: Int, healed: Bool) {
    patience = healed ? 0 : max(512, 2 * patience)
    retryRecord = record + patience
  }

  /// The slip that makes the records from `bad` on look bad; `nil` if no shift makes them good.
  ///
  /// - Parameters:
  ///   - before: the number of readable whole records before `bad`.
  ///   - after: the number of readable bytes from `bad` on.
  func find(_ bad: UnsafePointer<UInt8>, before: Int, after: Int, _ scorer: (UnsafePointer<UInt8>) -> Int) -> Slip? {
    let near = (0..<min(before, Self.window)).map { scorer(bad - ($0 + 1) * recordLength) }
    let usual = min(Self.median(near) ?? .max, Self.median(samples) ?? .max)
    // At the file's beginning no good record has been seen: a good record is then one without a fault.
    let good = before == 0 && samples.count < 2 ? 0 : usual == .max ? 0 : usual
    func isGood(_ place: Int) -> Bool { scorer(bad + place) <= good }
    let most = min(Self.window, after / recordLength - 2)
    if most < 2 || goods(0, most, isGood, least: 0) * 4 > most { return nil }
    // For long records the search is limited to some seconds.
    let reach = min(recordLength / 2, max(64, (32 << 20) / recordLength))
    // Another slip may follow soon: then fewer records must suffice.
    for count in [most, most / 2, most / 4] where count == most || count >= 4 {
      var best = (shift: 0, goods: count - (count >= 8 ? count / 4 : 0) - 1)
      for distance in 1...max(1, reach) {
        for shift in [distance, -distance] {
          let found = goods(shift, count, isGood, least: best.goods + 1)
          if found > best.goods { best = (shift, found) }
        }
      }
      if best.shift != 0 { return locate(best.shift, bad, before, count, isGood, scorer) }
    }
    return nil
  }

  /// The number of the `count` records behind the first that are good when read `shift` bytes later; less than `least`
  /// as soon as that is certain.
  private func goods(_ shift: Int, _ count: Int, _ isGood: (Int) -> Bool, least: Int) -> Int {
    var found = 0
    for index in 1...count {
      if isGood(index * recordLength + shift) { found += 1 }
      if found + count - index < least { break }
    }
    return found
  }

  private func locate(
    _ shift: Int, _ bad: UnsafePointer<UInt8>, _ before: Int, _ count: Int, _ isGood: (Int) -> Bool,
    _ scorer: (UnsafePointer<UInt8>) -> Int
  ) -> Slip {
    // The first record in step. Read from `shift` itself it would follow the last good record at once.
    var index = (1...count).first { isGood($0 * recordLength + shift) } ?? 1
    if index == 1, shift > 0 || before > 0, isGood(shift) { index = 0 }
    let resume = index * recordLength + shift
    if index == 0, shift > 0 {
      return Slip(
        bytes: shift, damage: 0, resume: resume, from: before > 0 ? -recordLength : 0, through: resume)
    }
    // The damaged record begins in step with the records before, and ends in step with those behind. A previous record
    // that is bad too may have lost its end.
    let damage = resume - shift - recordLength
    let repaired = UnsafeMutablePointer<UInt8>.allocate(capacity: recordLength)
    defer { repaired.deallocate() }
    let lost = max(0, -shift)
    var best = (score: Int.max, from: 0, through: 0)
    for place in 0...(recordLength - lost) {
      let record = bad + damage
      repaired.update(from: record, count: place)
      // The lost bytes are filled with those of the next record, which are plausible there.
      (repaired + place).update(from: bad + resume + place, count: lost)
      let rest = recordLength - lost - place
      (repaired + place + lost).update(from: record + place + max(0, shift), count: rest)
      let score = scorer(repaired)
      if score < best.score { best = (score, place, place) }
      if score == best.score { best.through = place }
    }
    if index > 1, best.from == 0 { best.from = -lost }
    return Slip(
      bytes: shift, damage: damage, resume: resume, from: damage + best.from, through: damage + best.through)
  }

  private static func median(_ scores: [Int]) -> Int? { scores.isEmpty ? nil : scores.sorted()[(scores.count - 1) / 2] }
}
