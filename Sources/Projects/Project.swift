import Base
import Charset
import Checks
import Copybook
import Decode
import Expressions
import Framing
import Targets

/// A compiled project: its definitions, checked and ready to run. Immutable.
package struct Project: Sendable {
  package let head: ProjectHead
  /// The name of the character set of the legacy files.
  package let charset: String
  package let subsystems: [Subsystem]
  package let files: [FilePlan]
  package let tables: [TableSchema]
  /// The parts of the target that are not verified, with the reasons.
  package let extent: TargetExtent
  package let dataExtent: DataExtent
  package let checks: [Check]
  /// Expected differences, which rules accept.
  package let accepted: AcceptedDifferences
  /// What keys name and which sums are money, by which differences are gathered to causes.
  package let entities: EntityRoles
  package private(set) var programs: [Source: Program]
  let rowOrigins: RowOriginTerms
  /// For checks by id, the legacy rows from which their rows of tables come, by the mapping: a difference names them.
  /// Only of a project that is ``locating()``.
  package private(set) var origins: [String: [Term]] = [:]
  /// The days on which the city is closed other than weekends, as `YYYYMMDD`.
  package let closedDays: Set<Int64>
  /// The planned seconds for each step of the cut-over.
  package let schedule: [String: Int]
  /// 下書き: what was guessed and nobody has confirmed.
  package let drafts: DraftList
  /// What is wrong in the definitions and was left out, in a draft run; empty otherwise.
  package let omitted: [Diagnostic]
  /// The names of the definition files that were read.
  package let definitionFiles: [String]
  /// SHA-256 over the names and contents of all definition files.
  package let digest: String

  package var path: String { head.path }
  package var folder: String { head.folder }
  package var name: String { head.name }
  package var title: Bilingual { head.title }
  package var language: Language { head.language }
  /// 基準日: the date of the data.
  package var asOf: String { head.asOf }

  package struct Subsystem: Sendable {
    package let id: String
    package let title: Bilingual
  }

  /// The same project, which locates differences.
  package func locating() -> Project {
    var project = self
    (project.origins, project.programs) = rowOrigins.terms(of: checks)
    return project
  }

  /// The layouts of the files by their ids, with that of the control records as `CT`.
  package var layouts: [String: Layout] {
    var layouts = Dictionary(files.map { ($0.id, $0.layout) }) { first, _ in first }
    layouts["CT"] = files.lazy.flatMap(\.kinds).first { $0.role == .header }?.layout
    return layouts
  }

  package func title(ofSubsystem id: String) -> Bilingual {
    subsystems.first { $0.id == id }?.title ?? Bilingual(id, id)
  }
}

/// A legacy file of the project.
package struct FilePlan: Sendable {
  package let id: String
  package let subsystem: String
  package let title: Bilingual
  /// The names of the files in the data folder that are read as one, in this order; or one pattern with `*`.
  package let sources: [String]
  /// The first of them.
  package var data: String { sources[0] }
  /// The division of the file into records.
  package let format: RecordFormat
  package let layout: Layout
  package var recordLength: Int { layout.length }
  /// The item that names a record's kind; `nil` when all are of one.
  package let kindItem: DataItem?
  /// The names that the first line must have, item by item; empty when there is no such line.
  package let columnNames: [String]
  package let kinds: [FileKind]
  /// Items that are dropped, with the reasons.
  package let drops: [String: Bilingual]
}

/// A record kind of a file.
package struct FileKind: Sendable {
  package enum Role: String, Sendable, CaseIterable { case header, trailer, data }

  package let code: String
  package let bytes: [UInt8]
  package let title: Bilingual
  package let role: Role
  /// The file's layout, or that of the kind's own copybook.
  package let layout: Layout
  package let plan: KindPlan
  package let mapping: MappingPlan
  /// The group that the kind uses of each set of redefinitions.
  package let chosen: Set<String>
  package let reading: Interpretation
}

extension FileKind {
  /// The plan with FILLER, to show a record completely.
  package func planWithFiller() throws(Diagnostic) -> KindPlan {
    try KindPlan.compile(
      title: plan.title, layout: layout, choosing: chosen, reading: reading, keepsFiller: true,
      slides: reading.dialect.slidesAfterTables)
  }
}
