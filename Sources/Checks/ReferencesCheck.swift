import Base
import Definitions
import Evidence
import Expressions
import Records

/// `references`: every key on the referring side exists on the other.
///
/// Keys are held as 64-bit hashes in a set, on disk when they are many. The probability of two different keys with one
/// hash, which could hide an orphan, is below one in a million even for a million keys.
struct ReferencesCheck: CheckKind {
  static let name = "references"
  static let purpose = Bilingual("参照先が必ず存在する", "what is referred to exists")
  static let keys = ["expected", "actual"]

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    body(map, sources, forbids: false)
  }

  /// - Parameter forbids: no key may be on both sides; otherwise each referenced key must exist.
  static func body(_ map: DefinitionMap, _ sources: CheckSources, forbids: Bool) -> (any CheckBody)? {
    var reader = TermReader(sources)
    reader.read(map.required("expected"), .expected)
    reader.read(map.required("actual"), .actual)
    guard !reader.terms.isEmpty, let keyNames = reader.keyNames else { return nil }
    guard !keyNames.isEmpty, reader.measureNames == [] else {
      map.node.wrong("`sum`, or no `by`", "`by` only: `expected` is what exists, `actual` what refers to it")
      return nil
    }
    guard reader.terms.allSatisfy({ $0.sign == 1 }) else {
      map.node.wrong("sign: minus", "no sign: keys are not subtracted")
      return nil
    }
    guard reader.canDiffer(map) else { return nil }
    return Body(terms: reader.terms, keyNames: keyNames, forbids: forbids)
  }

  struct Body: CheckBody {
    var tells: Telling { forbids ? .rows : .reference }
    let terms: [Term]
    let keyNames: [String]
    let forbids: Bool

    var shared: [TermIdentity]? { terms.filter { $0.side == .expected }.map(TermIdentity.init) }

    func summary(_ scratch: Scratch) -> any CheckSummary { KeySets(scratch, forbids: forbids) }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let sets = summary as? KeySets else { return Finding(why: Bilingual("", "")) }
      let wrong = sets.wrong
      var finding = Finding(
        why: wrong.isEmpty
          ? forbids
            ? Bilingual("\(sets.rows[1])行に該当なし", "none of \(sets.rows[1]) rows is among them")
            : Bilingual("\(sets.rows[1])行の参照先がすべて存在", "what \(sets.rows[1]) rows refer to exists")
          : forbids
            ? Bilingual("あってはならないキーが\(wrong.count)個", "\(wrong.count) keys that may not be")
            : Bilingual("参照先のないキーが\(wrong.count)個", "\(wrong.count) keys refer to nothing"))
      finding.expectedRows = sets.rows[0]
      finding.actualRows = sets.rows[1]
      finding.differences = wrong.count
      finding.unreadable = sets.unreadable
      return finding
    }

    func localiser(_ summary: any CheckSummary, without rejected: (any CheckSummary)?) -> (any Localiser)? {
      guard let sets = summary as? KeySets, !sets.wrong.isEmpty else { return nil }
      // A reference to a missing key has no record on the other side; a forbidden key has one on both sides.
      return KeyLister(sets.wrong, forbids ? .both : .missing) { [forbids] in forbids || $0.side == .actual }
    }
  }
}

/// The keys of both sides.
final class KeySets: CheckSummary {
  /// The existing keys and the references to them.
  private var existing: HashSet<UInt64>
  private let referring: HashSet<UInt64>
  private let forbids: Bool
  private(set) var rows = [0, 0]
  private(set) var unreadable = 0

  init(_ scratch: Scratch, forbids: Bool) {
    existing = HashSet(scratch)
    referring = HashSet(scratch)
    self.forbids = forbids
  }

  func observe(_ term: Term, _ rows: ObservedRows) {
    let side = term.side == .expected ? 0 : 1
    let set = side == 0 ? existing : referring
    unreadable += rows.select(term) { selection in
      let hashes = selection.hashes
      selection.forEach { set.insert(UInt64(truncatingIfNeeded: hashes[$0])) }
      self.rows[side] += selection.taken
    }
  }

  func merge(_ other: any CheckSummary) {
    guard let other = other as? KeySets else { return }
    existing.formUnion(other.existing)
    referring.formUnion(other.referring)
    rows = [rows[0] + other.rows[0], rows[1] + other.rows[1]]
    unreadable += other.unreadable
  }

  func adopt(_ owner: any CheckSummary) {
    guard let owner = owner as? KeySets else { return }
    existing = owner.existing
    rows[0] = owner.rows[0]
  }

  /// References to missing keys, or forbidden keys that exist; computed once, after all rows have been observed.
  private(set) lazy var wrong: Set<UInt64> = referring.filtered(by: existing, present: forbids)
}

/// The keys with certain hashes, without repetition, and the first records that have them.
final class KeyLister: Localiser {
  /// What is wrong with a key.
  enum Fault {
    /// It is referred to and does not exist.
    case missing
    /// It is on both sides.
    case both
    /// It has several values, with these names.
    case values([String])
  }

  private struct Entry {
    let name: [String]
    var records = BothSides(NotedRecords())
    var rows = BothSides(0)
    /// The hashes of the key's values.
    var values: Set<UInt128> = []
    /// The first of the values, in reading order.
    var told: [[String]] = []

    mutating func add(_ term: Term, _ place: UInt64, of tag: UInt64) {
      rows[term.side] += 1
      records[term.side].note(place, of: tag)
    }

    mutating func tell(_ value: UInt128, _ texts: () -> [String]) {
      if values.insert(value).inserted, told.count < KeyLister.told { told.append(texts()) }
    }
  }

  /// The largest number of values of a key that are told.
  fileprivate static let told = 4

  private let hashes: Set<UInt64>
  private let fault: Fault
  private var privacy: [Privacy] = []
  private let counts: (Term) -> Bool
  private var found: [UInt64: Entry] = [:]
  private var files = LegacyFiles()
  private var origins = RowOrigins()

  /// - Parameters:
  ///   - fault: of several values of a key, the first record of each is reported, for a side-by-side view.
  ///   - counts: the terms to use.
  init(_ hashes: Set<UInt64>, _ fault: Fault, where counts: @escaping (Term) -> Bool) {
    self.hashes = hashes
    self.fault = fault
    self.counts = counts
  }

  private var byValue: Bool { if case .values = fault { true } else { false } }

  func observe(_ term: Term, _ rows: ObservedRows) {
    guard counts(term) else { return }
    let places = files.places(term, rows)
    _ = rows.select(term) { selection in
      let keys = selection.hashes
      let values = byValue ? selection.measureHashes : nil
      selection.forEach { row in
        let hash = UInt64(truncatingIfNeeded: keys[row])
        guard hashes.contains(hash) else { return }
        let name = { selection.keys.map { $0.describe(row) ?? "–" } }
        let tag = values.map { UInt64(truncatingIfNeeded: $0[row]) } ?? places[row]
        found[hash, default: Entry(name: name())].add(term, places[row], of: tag)
        guard let values else { return }
        found[hash]?.tell(values[row]) { selection.measures.map { $0.describe(row) ?? "–" } }
      }
    }
    let own = term.measures.map(\.privacy)
    privacy = privacy.isEmpty ? own : zip(privacy, own).map { Privacy.stricter($0, $1) }
  }

  func locate(_ origin: Term, _ rows: ObservedRows) {
    let places = files.places(origin, rows)
    _ = rows.select(origin) { selection in
      let keys = selection.hashes
      selection.forEach { row in
        let hash = UInt64(truncatingIfNeeded: keys[row])
        if hashes.contains(hash) { origins.note(places[row], UInt128(hash), origin.side) }
      }
    }
  }

  private func sides(_ entry: Entry) -> CheckResult.Line.Sides {
    typealias Side = CheckResult.Line.Side
    let records = BothSides<[RecordPlace]?>(files.records(entry.records.expected), files.records(entry.records.actual))
    switch fault {
    case .missing:
      let none = Bilingual("参照先にない", "what is referred to does not exist")
      return .init(
        expected: Side([.rows(0)], why: none), actual: Side([.rows(entry.rows.actual)], records: records.actual))
    case .both:
      return .init(
        expected: Side([.rows(entry.rows.expected)], records: records.expected),
        actual: Side([.rows(entry.rows.actual)], records: records.actual))
    case .values(let names):
      let texts = names.enumerated().map { index, name in
        let all = entry.told.map { $0[index] }
        let more = entry.values.count > Self.told ? " …" : ""
        return Side.Value(name, all.joined(separator: " / ") + more, privacy: privacy[index].told)
      }
      return .init(
        expected: Side([Side.Value(Side.Value.kinds, "1")]),
        actual: Side([Side.Value(Side.Value.kinds, String(entry.values.count))] + texts, records: records.actual))
    }
  }

  func finish() -> [CheckResult.Line] {
    func order(_ hash: UInt64, _ entry: Entry) -> KeyRank { KeyRank(name: entry.name, hash: UInt128(hash)) }
    return found.sorted { order($0.key, $0.value) < order($1.key, $1.value) }.map { hash, entry in
      var sides = sides(entry)
      origins.add(to: &sides, UInt128(hash), files)
      return CheckResult.Line(
        key: entry.name, expected: [], actual: [], records: files.records(entry.records), sides: sides)
    }
  }
}
