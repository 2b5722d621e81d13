import Base
import Checks
import Copybook
import Decode
import Evidence
import Expressions
import Framing
import Targets

/// Determines the use of every byte of the records: read by the mapping, by a check alone, or dropped.
struct ByteUsage {
  private let programs: [Source: Program]
  private let checked: [Source: Set<Int>]

  init(_ programs: [Source: Program], _ checks: [Check]) {
    self.programs = programs
    checked = Self.columns(programs, checks)
  }

  /// The columns that checks read, by source.
  static func columns(_ programs: [Source: Program], _ checks: [Check]) -> [Source: Set<Int>] {
    var checked: [Source: Set<Int>] = [:]
    for check in checks {
      for term in check.body.terms {
        guard let program = programs[term.source] else { continue }
        for compiled in term.keys + term.measures + [term.condition].compactMap({ $0 }) {
          checked[term.source, default: []].formUnion(program.inputs(of: compiled))
        }
      }
    }
    return checked
  }

  func bytes(of kind: FileKind, in file: FilePlan) -> ByteUse {
    // `lint` has refused ambiguous names.
    var reasons = (try? kind.plan.names.keyed(file.drops)) ?? [:]
    reasons[NameTable.filler] = file.drops[NameTable.filler]
    let source = Source.records(file: file.id, kind: kind.code)
    let mapped = mappedColumns(kind.mapping, source)
    let seen = checked[source] ?? []
    var use = ByteUse()
    // A record of a fixed-length file has the length of the layout; other records end with their kind.
    use.length = file.format.form.isFixed ? file.layout.length : kind.plan.ownLength
    var covered = Set<Int>()
    func take(_ slot: Slot) -> Int {
      let bytes = slot.offsets.flatMap { $0..<$0 + slot.item.length }.filter {
        $0 < use.length && covered.insert($0).inserted
      }
      return bytes.count
    }
    for field in kind.plan.fields {
      let bytes = take(field.slot)
      let columns = field.column..<field.column + field.offsets.count
      let isKind = field.slot.item.offset == file.kindOffset && field.slot.item.length == file.kindLength
      if isKind || columns.contains(where: mapped.contains) {
        use.mapped += bytes
      } else if columns.contains(where: seen.contains) {
        use.checked += bytes
      } else if let reason = reasons[field.name] {
        use.dropped += bytes
        use.drops.append(.init(item: field.name, bytes: bytes, reason: reason))
      }
    }
    // FILLER, and the bytes after the kind's own layout (header and trailer are padded).
    if let reason = reasons["FILLER"] {
      let rest = use.length - covered.count
      use.dropped += rest
      if rest > 0 { use.drops.append(.init(item: "FILLER", bytes: rest, reason: reason)) }
    }
    return use
  }

  private func mappedColumns(_ mapping: MappingPlan, _ source: Source) -> Set<Int> {
    guard let program = programs[source] else { return [] }
    let expressions =
      mapping.exclusions.map(\.condition) + mapping.rows.flatMap { $0.values + [$0.condition].compactMap { $0 } }
    return expressions.reduce(into: []) { $0.formUnion(program.inputs(of: $1)) }
  }
}

/// Reports columns of the target that no check reads, since they could have any content.
struct CoverageLint {
  private let read: [Source: Set<Int>]

  /// A `readable` check only verifies that values fit, and so does not count.
  init(_ programs: [Source: Program], _ checks: [Check]) {
    read = ByteUsage.columns(programs, checks.filter { $0.kind != "readable" })
  }

  func report(_ table: TableSchema, at place: Place, _ problems: Problems) {
    let seen = read[.table(table.name)] ?? []
    for (index, column) in table.columns.enumerated() where !seen.contains(index) {
      problems.add(Diagnostic(.columnUnchecked, at: place, table.name, column.name))
    }
  }
}
