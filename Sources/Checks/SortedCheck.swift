import Base
import Copybook
import Decode
import Definitions
import Evidence
import Expressions
import Glibc
import Records

/// `sorted`: the records of a legacy file are in the order of their keys, as the old system unloads them: groups of
/// kinds in sequence, in each the bytes of the key items, then the kind. A block that was moved or inserted twice is
/// detected.
///
/// ```yaml
/// file: KESHARYO
/// groups:
///   - {kinds: ["10", "20"], by: [KE-KANRI-NO, KE-RIREKI-NO]}
///   - {kinds: ["30"], by: [KE-FUKA-NENDO, KE-TSUCHI-NO]}
/// ```
///
/// Memory: two keys for each block of records.
struct SortedCheck: CheckKind {
  static let name = "sorted"
  static let purpose = Bilingual("旧ファイルのレコードがキー順に並ぶ", "the records of a legacy file stand in the order of their keys")
  static let keys = ["file", "groups"]

  /// A kind: its group, and the offsets of the parts of its key.
  struct Kind: Sendable {
    let group: UInt8
    let items: [(offset: Int, length: Int)]
    /// The strictest of the items.
    let privacy: Privacy
  }

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    guard let file = map.required("file"), let name = file.text, let groups = map.required("groups")?.list else {
      return nil
    }
    guard sources.files.contains(name) else {
      file.wrong(name, "a file: \(NameTable.nearest(name, among: sources.files))")
      return nil
    }
    var kinds: [Kind] = []
    var terms: [Term] = []
    var length = 0
    var space: UInt8 = 0
    for (number, node) in groups.enumerated() {
      guard let place = UInt8(exactly: number) else {
        node.wrong(String(groups.count), "at most 256 groups")
        return nil
      }
      guard let group = node.map(["kinds", "by"]), let codes = group.required("kinds")?.texts,
        let by = group.required("by")?.list
      else { return nil }
      for code in codes {
        let source = Source.records(file: name, kind: code)
        guard let form = sources.records[source] else {
          node.wrong(code, "a kind of \(name): \(sources.kinds(of: name).joined(separator: ", "))")
          return nil
        }
        // A record would be counted twice, and stand in two places.
        if terms.contains(where: { $0.source == source }) {
          node.wrong(code, "each kind once")
          return nil
        }
        var items: [(offset: Int, length: Int)] = []
        var privacy = Privacy.open
        for item in by {
          guard let text = item.text else { return nil }
          let found = item.problems.collect { () throws(Diagnostic) in try form.plan.field(text, at: item.place) }
          guard let found else { return nil }
          guard let field = found else {
            item.wrong(text, "an item: \(NameTable.nearest(text, among: form.plan.fields.map(\.name)))")
            return nil
          }
          items.append((field.slot.item.offset, field.slot.item.length))
          privacy = Privacy.stricter(privacy, field.privacy)
        }
        if form.plan.reading.isDelimited {
          node.wrong(name, "a file whose items have places: cells are not compared byte for byte")
          return nil
        }
        if let kind = form.plan.fields.first(where: { $0.name == form.kindItem }) {
          items.append((kind.slot.item.offset, kind.slot.item.length))
        }
        length = max(length, form.plan.length)
        space = form.space
        terms.append(
          Term(
            side: .actual, source: source, each: nil, condition: nil, keys: [], measures: [], sign: 1,
            isControl: sources.isControl(source), part: kinds.count))
        kinds.append(Kind(group: place, items: items, privacy: privacy))
      }
    }
    return Body(file: name, terms: terms, kinds: kinds, length: length, space: space)
  }

  struct Body: CheckBody {
    var tells: Telling { .place }
    let file: String
    let terms: [Term]
    let kinds: [Kind]
    /// The length of the longest kind in bytes, and the byte of a space.
    let length: Int
    let space: UInt8
    let keyNames = ["レコード"]

    var expectedFrom: [CheckSide] { [.constant] }

    func summary(_ scratch: Scratch) -> any CheckSummary {
      RecordOrder(kinds, WholeRecords(length: length, space: space))
    }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      guard let order = summary as? RecordOrder else { return Finding(why: Bilingual("", "")) }
      let wrong = order.wrong
      var finding = Finding(
        why: wrong.isEmpty
          ? Bilingual("\(order.records)件がキー順", "\(order.records) records in order")
          : Bilingual(
            "前のレコードよりキーの小さいレコードが\(wrong.count)件", "\(wrong.count) records have a smaller key than the one before"))
      finding.expectedRows = order.records
      finding.actualRows = order.records
      finding.differences = wrong.count
      let keys = order.keysOfWrong
      finding.lines = wrong.prefix(RecordOrder.told).map {
        let records = [RecordPlace(file: file, record: $0)]
        return CheckResult.Line(
          key: [String($0)], expected: [], actual: [], records: records, sides: sides($0, keys[$0], records))
      }
      return finding
    }

    /// The key of the record before, which this one's may not precede, and its own: the number of the group of kinds, and
    /// the bytes of the key's items.
    private func sides(
      _ record: Int, _ keys: RecordOrder.Wrong?, _ records: [RecordPlace]
    ) -> CheckResult.Line.Sides? {
      typealias Side = CheckResult.Line.Side
      guard let keys else { return nil }
      let privacy = kinds.reduce(Privacy.open) { Privacy.stricter($0, $1.privacy) }.told
      func value(_ sign: String, _ key: [UInt8]) -> Side.Value {
        let group = key.first.map { "\(Int($0) + 1) " } ?? ""
        return Side.Value(Side.Value.bytes, "\(sign)\(group)X'\(Hex.text(Array(key.dropFirst())))'", privacy: privacy)
      }
      return .init(
        expected: Side([value(">= ", keys.before)], records: [RecordPlace(file: file, record: record - 1)]),
        actual: Side([value("", keys.own)], records: records))
    }
  }
}

/// The order of the records, block by block.
final class RecordOrder: CheckSummary {
  /// The largest number of records out of order whose keys are kept: the first of the file.
  static let told = 200

  /// The key of the record before a record that is out of order, and its own.
  struct Wrong {
    let before: [UInt8]
    let own: [UInt8]
  }

  /// The first and the last key of a block.
  private struct Edges {
    let first: (record: Int, key: [UInt8])
    let last: (record: Int, key: [UInt8])
  }

  private let kinds: [SortedCheck.Kind]
  private let whole: WholeRecords
  private let width: Int
  private(set) var records = 0
  private var edges: [Edges] = []
  private var inside: [Int] = []
  /// Of the first of them in this reading, which goes forward.
  private var insideKeys: [Int: Wrong] = [:]
  /// The records of the current block, kind by kind: number, and key in `keys`.
  private var block = -1
  private var numbers: [Int] = []
  private var keys: [UInt8] = []

  init(_ kinds: [SortedCheck.Kind], _ whole: WholeRecords) {
    self.kinds = kinds
    self.whole = whole
    width = 1 + (kinds.map { $0.items.reduce(0) { $0 + $1.length } }.max() ?? 0)
  }

  func observe(_ term: Term, _ rows: ObservedRows) {
    guard let records = rows.block, let first = rows.records.first else { return }
    let number = (first - 1) / RecordBlock.largest
    if number != block { flush() }
    block = number
    let kind = kinds[term.part]
    for row in 0..<rows.count {
      numbers.append(rows.records[row])
      let start = keys.count
      keys.append(kind.group)
      let record = whole.bytes(records, row)
      for item in kind.items {
        keys.append(contentsOf: UnsafeBufferPointer(start: record + item.offset, count: item.length))
      }
      while keys.count < start + width { keys.append(0) }
    }
    self.records += rows.count
  }

  private func flush() {
    guard !numbers.isEmpty else { return }
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    keys.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      for (left, right) in zip(order, order.dropFirst())
      where memcmp(base + left * width, base + right * width, width) > 0 {
        inside.append(numbers[right])
        guard insideKeys.count < Self.told else { continue }
        insideKeys[numbers[right]] = Wrong(
          before: Array(keys[left * width..<(left + 1) * width]), own: Array(keys[right * width..<(right + 1) * width]))
      }
    }
    func edge(_ index: Int) -> (record: Int, key: [UInt8]) {
      (numbers[index], Array(keys[index * width..<(index + 1) * width]))
    }
    if let first = order.first, let last = order.last { edges.append(Edges(first: edge(first), last: edge(last))) }
    numbers.removeAll(keepingCapacity: true)
    keys.removeAll(keepingCapacity: true)
  }

  func merge(_ other: any CheckSummary) {
    guard let other = other as? RecordOrder else { return }
    flush()
    other.flush()
    records += other.records
    edges += other.edges
    inside += other.inside
    insideKeys.merge(other.insideKeys) { first, _ in first }
  }

  /// The keys of the first records out of order, by record.
  var keysOfWrong: [Int: Wrong] {
    flush()
    let blocks = edges.sorted { $0.first.record < $1.first.record }
    var found = insideKeys
    for (left, right) in zip(blocks, blocks.dropFirst())
    where right.first.key.lexicographicallyPrecedes(left.last.key) {
      found[right.first.record] = Wrong(before: left.last.key, own: right.first.key)
    }
    return found
  }

  /// The records whose key is smaller than that of the previous record.
  var wrong: [Int] {
    flush()
    let blocks = edges.sorted { $0.first.record < $1.first.record }
    let between = zip(blocks, blocks.dropFirst()).compactMap { left, right in
      right.first.key.lexicographicallyPrecedes(left.last.key) ? right.first.record : nil
    }
    return (inside + between).sorted()
  }
}
