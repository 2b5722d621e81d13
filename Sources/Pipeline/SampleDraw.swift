import Projects
import Base
import Checks
import Decode
import Expressions
import Framing
import Records
import Workspace

/// 標本抽出: draws records of a legacy file, so many by lot, and some more of every rare state.
///
/// Each record has the same chance to be among those by lot. A state is a value of an item of one or two bytes, or that an item is
/// blank or not; it is rare where the lot would find fewer than ``perState`` of it. The seed decides all: the same file and seed
/// give the same records.
package struct SampleDraw {
  /// Records of a rare state that are looked at, where there are as many.
  package static let perState = 3
  /// Values of an item with more are no states.
  private static let stateLimit = 40

  package let population: Int
  package let byLot: Int
  /// In the order of the file.
  package let records: [SampleList.Drawn]
  /// SHA-256 of the file's bytes.
  package let data: String

  /// One state of one item.
  private struct State {
    var count = 0
    var sample: [Int] = []
  }

  private struct Item {
    let name: String
    let place: Range<Int>
    /// By the value of its bytes, or for a longer item by 0 blank, 1 filled.
    var states: [UInt16: State] = [:]
    let isValue: Bool
    var isTooMany = false
  }

  /// Reads the file once.
  ///
  /// - Parameter size: how many of so many records are drawn by lot.
  /// - Throws: as reading the file; the user's interruption.
  package init(
    _ file: FilePlan, in source: RecordFile, _ project: Project, seed: String, size: (_ population: Int) -> Int
  ) throws(Diagnostic) {
    var lot = Lot(seed)
    var kinds: [Source: (code: String, items: [Item])] = [:]
    for kind in file.kinds where kind.role == .data {
      kinds[.records(file: file.id, kind: kind.code)] = (kind.code, Self.items(kind))
    }
    var population: [Int] = []
    var codes: [String] = []
    let shard = FileShard(file, source, project)
    let digest = SHA256()
    for block in 0..<source.blockCount {
      try Interruption.check()
      var found: [(record: Int, code: String)] = []
      _ = try shard.work(
        block,
        observe: { place, rows in
          guard var kind = kinds.removeValue(forKey: place), let bytes = rows.block else { return }
          for row in 0..<rows.count {
            found.append((rows.records[row], kind.code))
            for index in kind.items.indices {
              Self.note(rows.records[row], bytes, row, &kind.items[index], &lot)
            }
          }
          kinds[place] = kind
        }, maps: false)
      digest.update(shard.bytes)
      found.sort { $0.record < $1.record }
      population += found.map(\.record)
      codes += found.map(\.code)
    }
    data = digest.finish()
    self.population = population.count
    byLot = min(population.count, size(population.count))
    var rare: [Int: [String]] = [:]
    for kind in kinds.values {
      for item in kind.items where !item.isTooMany {
        for state in item.states.values where state.count * byLot < Self.perState * max(1, population.count) {
          for record in state.sample { rare[record, default: []].append(item.name) }
        }
      }
    }
    let chosen = lot.choose(byLot, of: population.count)
    records = population.indices.compactMap { index in
      let record = population[index]
      if chosen.contains(index) { return SampleList.Drawn(record: record, kind: codes[index], rare: []) }
      return rare[record].map { SampleList.Drawn(record: record, kind: codes[index], rare: $0.sorted()) }
    }
  }

  private static func items(_ kind: FileKind) -> [Item] {
    kind.plan.fields.compactMap { field in
      guard field.offsets.count == 1, let offset = field.places.first?.lowerBound, field.name != NameTable.filler else {
        return nil
      }
      let length = field.length
      return Item(name: field.name, place: offset..<offset + length, isValue: length <= 2)
    }
  }

  private static func note(_ record: Int, _ block: RecordBlock, _ row: Int, _ item: inout Item, _ lot: inout Lot) {
    guard !item.isTooMany, block.lengths.map({ $0[row] >= item.place.upperBound }) ?? true else { return }
    let bytes = UnsafeBufferPointer(
      start: block.base + block.starts[row] + item.place.lowerBound, count: item.place.count)
    let value =
      item.isValue ? bytes.reduce(0) { $0 << 8 | UInt16($1) } : Self.isBlank(bytes) ? 0 : 1
    item.states[value, default: State()].count += 1
    if item.states.count > stateLimit {
      item.isTooMany = true
      return
    }
    // Each record of the state has the same chance to stay.
    let count = item.states[value]!.count
    if count <= perState {
      item.states[value]!.sample.append(record)
    } else {
      let place = lot.below(count)
      if place < perState { item.states[value]!.sample[place] = record }
    }
  }

  /// Spaces of EBCDIC and ASCII, low-values, zeros zoned or packed.
  private static func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.allSatisfy { $0 == 0x40 || $0 == 0x20 || $0 == 0 } || bytes.allSatisfy { $0 == 0xF0 }
      || (bytes.dropLast().allSatisfy { $0 == 0 } && [0x0C, 0x0D, 0x0F].contains(bytes.last ?? 0))
  }
}

/// 抽選: numbers that a seed decides: SplitMix64, begun with SHA-256 of the seed.
private struct Lot {
  private var state: UInt64

  init(_ seed: String) {
    state = UInt64(SHA256.digest(of: seed).dropFirst(7).prefix(16), radix: 16) ?? 0
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// A number from 0 below `bound`, each as likely.
  mutating func below(_ bound: Int) -> Int {
    let limit = UInt64.max - UInt64.max % UInt64(bound)
    while true {
      let value = next()
      if value < limit { return Int(value % UInt64(bound)) }
    }
  }

  /// So many different numbers from 0 below `bound`, each choice as likely.
  mutating func choose(_ count: Int, of bound: Int) -> Set<Int> {
    var chosen: Set<Int> = []
    for last in bound - count..<bound {
      let number = below(last + 1)
      chosen.insert(chosen.contains(number) ? last : number)
    }
    return chosen
  }
}
