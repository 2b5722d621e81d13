import Base
import Ledger

/// バッチ処理: a batch job that the sections test, as the annual report names it.
package struct TestJob: RegisterRecord {
  package enum Field: Int, RegisterField {
    case owner, subsystem, titleJa, titleEn

    package var kind: RegisterSchema.Kind { .text }
  }

  package static let register = RegisterSchema("job", Field.self)

  package let id: String
  package let owner: String
  package let subsystem: String
  package let title: Bilingual

  package init(_ row: RegisterRow) {
    id = row.id
    owner = row.text(Field.owner)
    subsystem = row.text(Field.subsystem)
    title = Bilingual(row.text(Field.titleJa), row.text(Field.titleEn))
  }
}

/// A list of the definitions whose rows have been entered: `migration-items.csv`, with its digest at that time.
package struct SeedList: RegisterRecord {
  package enum Field: Int, RegisterField {
    case digest, rows

    package var kind: RegisterSchema.Kind { self == .rows ? .integer : .text }
  }

  package static let register = RegisterSchema("list", Field.self)

  package let name: String
  package let digest: String
  package let rows: Int

  package init(_ row: RegisterRow) {
    name = row.id
    digest = row.text(Field.digest)
    rows = row.integer(Field.rows) ?? 0
  }
}

/// All registers of the ledger.
package enum RegisterCatalog {
  package static let schemas: [RegisterSchema] = [
    Item.register, Issue.register, Milestone.register, Meeting.register, GateDecision.register, Waiver.register,
    ExtractRequest.register, Estimate.register, Business.register, BatchRun.register, RunRecord.register,
    ParallelDay.register, Classification.register, TestJob.register, SeedList.register,
    Sample.register, Confirmation.register,
  ]
}
