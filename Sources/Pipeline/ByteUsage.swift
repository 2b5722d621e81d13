import Evidence
import Base
import Decode
import Expressions
import Framing
import Projects

/// Determines the use of every byte of the records: read by the mapping, by a check alone, or dropped.
struct ByteUsage {
  private let programs: [Source: Program]
  private let checked: [Source: Set<Int>]

  init(_ project: Project) {
    programs = project.programs
    checked = Project.columns(project.programs, readBy: project.checks)
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
    use.length = file.format.form.isFixed ? file.recordLength : kind.plan.ownLength
    var covered = Set<Int>()
    func take(_ field: FieldPlan) -> Int {
      field.places.joined().filter { $0 < use.length && covered.insert($0).inserted }.count
    }
    for field in kind.plan.fields {
      let bytes = take(field)
      let columns = field.column..<field.column + field.offsets.count
      if file.namesKind(field) || columns.contains(where: mapped.contains) {
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
