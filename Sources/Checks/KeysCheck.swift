import Base
import Definitions
import Evidence
import Expressions
import Records

/// `keys`: sums by full key (person, claim, notice …) are the same on both sides, for any number of keys.
///
/// One pass in fixed memory finds out whether they differ and in which bucket: each bucket of keys holds Σ h(key) ·
/// (expected − actual) mod 2^128 with h a 128-bit hash, which is zero for equal sums and for unequal ones with a
/// probability below 2^-60. With `modulo`, which must be the prime 2^61 − 1, everything is computed modulo that prime.
/// The sources are read again only when a bucket is not zero, and only the keys of such buckets are kept.
struct KeysCheck: CheckKind {
  static let name = "keys"
  static let purpose = Bilingual("キー(個人・通知書・期別など)ごとの金額が両側で一致する", "amounts by full key are the same on both sides")
  static let keys = ["expected", "actual", "modulo", "zero"]

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    var reader = TermReader(sources)
    reader.read(map.required("expected"), .expected)
    reader.read(map.required("actual"), .actual)
    guard !reader.terms.isEmpty, let keyNames = reader.keyNames, let measureNames = reader.measureNames else {
      return nil
    }
    guard !keyNames.isEmpty, !measureNames.isEmpty else {
      map.node.wrong("no `by` or no `sum`", "`by` and `sum` on each term")
      return nil
    }
    guard let modulus = Modulus.read(map, hashed: true), reader.canDiffer(map), let zero = reader.zeroRule(map) else {
      return nil
    }
    return Body(terms: reader.terms, keyNames: keyNames, measureNames: measureNames, modulus: modulus, zero: zero)
  }

  struct Body: CheckBody {
    var hidesMeasures: Bool { measurePrivacy.contains { $0 != .open } }

    let terms: [Term]
    let keyNames: [String]
    let measureNames: [String]
    package let modulus: Modulus
    let zero: Bilingual?

    func summary(_ scratch: Scratch) -> any CheckSummary { KeyBuckets(measures: measureNames.count, modulus) }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let buckets = summary as? KeyBuckets else { return Finding(why: Bilingual("", "")) }
      var finding = Finding(
        why: Bilingual(
          "期待側\(buckets.rows[0])行と実際側\(buckets.rows[1])行の全キーが一致",
          "all keys of \(buckets.rows[0]) expected and \(buckets.rows[1]) actual rows agree"))
      finding.expectedRows = buckets.rows[0]
      finding.actualRows = buckets.rows[1]
      finding.unreadable = buckets.unreadable
      finding.differences = buckets.differing.count
      if finding.differences > 0 { finding.why = Bilingual("キー単位の不一致あり", "keys differ") }
      finding.tell(zero: zero)
      return finding
    }

    func localiser(_ summary: any CheckSummary, without rejected: (any CheckSummary)?) -> (any Localiser)? {
      guard let buckets = summary as? KeyBuckets, !buckets.differing.isEmpty else { return nil }
      return KeyLocaliser(buckets.suspects(without: rejected as? KeyBuckets), measures: measureNames.count, modulus)
    }
  }
}

/// Σ hash(key) · value mod 2^128 by bucket of keys and measure: zero when all values of every key cancel.
final class BucketSums {
  static let count = 1024

  private let measures: Int
  private let sums: UnsafeMutablePointer<UInt128>
  /// The modulus of these sums, when sums are compared modulo a number.
  private let modulus: UInt128?

  init(measures: Int, _ modulus: Modulus = Modulus()) {
    self.measures = measures
    self.modulus = modulus.value.map { UInt128($0) }
    sums = .allocate(capacity: Self.count * measures)
    sums.initialize(repeating: 0, count: Self.count * measures)
  }

  deinit { sums.deallocate() }

  @inline(__always)
  static func bucket(_ hash: UInt128) -> Int { Int(truncatingIfNeeded: hash >> 118) }

  @inline(__always)
  func add(_ value: Int128, _ measure: Int, _ key: UInt128) {
    let index = Self.bucket(key) &* measures &+ measure
    if let modulus { return add(value, index, key, modulus) }
    // An even factor would lose the highest bit of the difference.
    sums[index] &+= (key | 1) &* UInt128(bitPattern: value)
  }

  /// Adds the values of the rows that are taken, or subtracts them.
  func add(_ column: Column, _ measure: Int, of selection: Selection, _ keys: UnsafePointer<UInt128>, sign: Int128) {
    let values = column.integers
    guard modulus == nil else {
      return selection.forEach { add(sign * Int128(values[$0]), measure, keys[$0]) }
    }
    let (sums, width) = (sums, measures)
    if sign < 0 {
      selection.forEach { row in
        let index = Self.bucket(keys[row]) &* width &+ measure
        sums[index] = sums[index] &- (keys[row] | 1) &* UInt128(truncatingIfNeeded: values[row])
      }
    } else {
      selection.forEach { row in
        let index = Self.bucket(keys[row]) &* width &+ measure
        sums[index] = sums[index] &+ (keys[row] | 1) &* UInt128(truncatingIfNeeded: values[row])
      }
    }
  }

  private func add(_ value: Int128, _ index: Int, _ key: UInt128, _ modulus: UInt128) {
    let factor = key % modulus == 0 ? 1 : key % modulus
    let part = UInt128(Modulus(value: Int128(modulus)).rest(value))
    sums[index] = (sums[index] + factor * part % modulus) % modulus
  }

  func merge(_ other: BucketSums) {
    for index in 0..<Self.count * measures {
      sums[index] &+= other.sums[index]
      if let modulus { sums[index] %= modulus }
    }
  }

  /// The buckets that hold at least one key whose values do not cancel.
  var differing: Set<Int> { differing(without: nil) }

  /// The buckets that hold at least one such key when the sums of `others` are taken away.
  func differing(without others: BucketSums?) -> Set<Int> {
    Set(
      (0..<Self.count).filter { bucket in
        (0..<measures).contains {
          let index = bucket * measures + $0
          return sums[index] != others?.sums[index] ?? 0
        }
      })
  }
}

/// The keys among which a second reading looks for differences: those of some buckets, and some by name.
///
/// A key outside them does not differ, with the certainty of ``BucketSums``: without the rejected records, whose keys
/// are named, the sums of its bucket are zero.
struct SuspectKeys {
  private var buckets = [Bool](repeating: false, count: BucketSums.count)
  private let named: Set<UInt128>
  /// A bit for each class of named keys, so that most others are told without the set.
  private var classes = [UInt64](repeating: 0, count: SuspectKeys.words)

  private static let words = 1024

  init(buckets: Set<Int>, named: Set<UInt128>) {
    for bucket in buckets { self.buckets[bucket] = true }
    self.named = named
    for key in named { classes[Self.word(key)] |= Self.bit(key) }
  }

  private static func word(_ key: UInt128) -> Int { Int(truncatingIfNeeded: key >> 6) & (words - 1) }
  private static func bit(_ key: UInt128) -> UInt64 { 1 << (UInt64(truncatingIfNeeded: key) & 63) }

  @inline(__always)
  func contains(_ key: UInt128) -> Bool {
    if buckets[BucketSums.bucket(key)] { return true }
    return classes[Self.word(key)] & Self.bit(key) != 0 && named.contains(key)
  }
}

/// The buckets of a `keys` check.
final class KeyBuckets: KeyNoting {
  private let sums: BucketSums
  /// The keys of all rows, when they are noted.
  private var noted: Set<UInt128>?
  private(set) var rows = [0, 0]
  private(set) var unreadable = 0

  init(measures: Int, _ modulus: Modulus = Modulus()) { sums = BucketSums(measures: measures, modulus) }

  func observe(_ term: Term, _ rows: ObservedRows) {
    let side = term.side == .expected ? 0 : 1
    let sign = term.side == .expected ? term.sign : -term.sign
    let sums = sums
    unreadable += rows.select(term, sums: true) { selection in
      let hashes = selection.hashes
      for (number, column) in selection.measures.enumerated() {
        sums.add(column, number, of: selection, hashes, sign: sign)
      }
      if noted != nil { selection.forEach { noted?.insert(hashes[$0]) } }
      self.rows[side] += selection.taken
    }
  }

  func merge(_ other: any CheckSummary) {
    guard let other = other as? KeyBuckets else { return }
    sums.merge(other.sums)
    if let keys = other.noted { noted?.formUnion(keys) }
    rows = [rows[0] + other.rows[0], rows[1] + other.rows[1]]
    unreadable += other.unreadable
  }

  func noteKeys() { noted = [] }

  var differing: Set<Int> { sums.differing }

  /// - Parameter rejected: a summary of rejected records alone, with their keys.
  func suspects(without rejected: KeyBuckets?) -> SuspectKeys {
    SuspectKeys(buckets: sums.differing(without: rejected?.sums), named: rejected?.noted ?? [])
  }
}

/// The data that a second reading keeps for one key: its sums on both sides, and the records from which they come.
struct KeyEntry {
  private var line: CheckResult.Line
  private var records = BothSides(NotedRecords())
  private var hasRows = BothSides(false)

  init(_ name: [String], _ measures: Int) {
    let zero = Array(repeating: Int128(0), count: measures)
    line = CheckResult.Line(key: name, expected: zero, actual: zero)
  }

  /// Adds a row to its term's side.
  mutating func add(_ term: Term, _ measures: some Sequence<Column>, _ row: Int, _ place: UInt64) {
    for (number, column) in measures.enumerated() {
      let value = term.sign * Int128(column.integers[row])
      if term.side == .expected { line.expected[number] += value } else { line.actual[number] += value }
    }
    note(place, term.side)
  }

  mutating func add(actual values: [Int128]) {
    for (number, value) in values.enumerated() { line.actual[number] += value }
    hasRows.actual = true
  }

  mutating func note(_ place: UInt64, _ side: Term.Side) {
    records[side].note(place)
    hasRows[side] = true
  }

  private func side(_ side: Term.Side, _ files: LegacyFiles) -> CheckResult.Line.Side {
    let why =
      side == .expected ? CheckResult.Line.Side.noExpectedRow : CheckResult.Line.Side.noActualRow
    return .init(why: hasRows[side] ? nil : why, records: files.records(records[side]))
  }

  /// The keys whose sums differ, in order.
  static func lines(
    _ entries: [UInt128: KeyEntry], _ files: LegacyFiles, _ origins: RowOrigins, _ modulus: Modulus = Modulus()
  ) -> [CheckResult.Line] {
    entries.compactMap { hash, entry -> (order: KeyRank, line: CheckResult.Line)? in
      var line = modulus.rest(entry.line)
      guard line.differs else { return nil }
      line.records = files.records(entry.records)
      var sides = CheckResult.Line.Sides(expected: entry.side(.expected, files), actual: entry.side(.actual, files))
      origins.add(to: &sides, hash, files)
      line.sides = sides
      return (KeyRank(name: line.key, hash: hash), line)
    }.sorted { $0.order < $1.order }.map(\.line)
  }
}

/// Sums by key for the suspects. Memory grows with these keys.
final class KeyLocaliser: Localiser {
  private let suspects: SuspectKeys
  private let measures: Int
  private let modulus: Modulus
  private var entries: [UInt128: KeyEntry] = [:]
  private var files = LegacyFiles()
  private var origins = RowOrigins()

  init(_ suspects: SuspectKeys, measures: Int, _ modulus: Modulus) {
    self.suspects = suspects
    self.measures = measures
    self.modulus = modulus
  }

  func observe(_ term: Term, _ rows: ObservedRows) {
    let places = files.places(term, rows)
    _ = rows.select(term) { selection in
      let hashes = selection.hashes
      selection.forEach { row in
        guard suspects.contains(hashes[row]) else { return }
        let name = { selection.keys.map { $0.describe(row) ?? "–" } }
        entries[hashes[row], default: KeyEntry(name(), measures)].add(term, selection.measures, row, places[row])
      }
    }
  }

  func locate(_ origin: Term, _ rows: ObservedRows) {
    let places = files.places(origin, rows)
    _ = rows.select(origin) { selection in
      let hashes = selection.hashes
      selection.forEach { row in
        guard suspects.contains(hashes[row]) else { return }
        origins.note(places[row], hashes[row], origin.side)
      }
    }
  }

  func finish() -> [CheckResult.Line] { KeyEntry.lines(entries, files, origins, modulus) }
}
