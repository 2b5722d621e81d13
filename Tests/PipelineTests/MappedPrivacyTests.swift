import Decode
import Expressions
import Projects
import Records
import Targets
import Testing

/// What is personal in the city's definitions, in the items and in the columns.
@Suite struct MappedPrivacyTests {
  /// An item, its bytes and the columns that take its value are personal together.
  @Test func whatIsMappedToSomethingPersonalIsPersonal() throws {
    let project = try ProjectReader.read(ReferenceFacts.root + "/Pipelines/city.yaml")
    func item(_ file: String, _ kind: String, _ name: String) throws -> Privacy {
      let plan = try #require(project.files.first { $0.id == file }?.kinds.first { $0.code == kind }).plan
      return try #require(plan.fields.first { $0.name == name }).privacy
    }
    func column(_ table: String, _ name: String) throws -> Privacy {
      try #require(project.tables.first { $0.name == table }?.columns.first { $0.name == name }).privacy
    }
    // The schema alone says it of the one, `personal` alone of the other.
    #expect(try item("KJFUKA", "10", "KJ-KI-ZEIGAKU") == .personal)
    #expect(try column("個人住民税_期別", "期別税額") == .personal)
    #expect(try item("SNCHOTEI", "20", "SN-SHITEN-CD") == .personal)
    #expect(try column("収納_収納履歴", "収納支店") == .personal)
    // Neither does, or a condition alone reads it.
    #expect(try item("KJFUKA", "10", "KJ-ATENA-NO") == .open)
    #expect(try item("KJFUKA", "10", "KJ-SAISHIN-KBN") == .open)
    for file in project.files {
      for kind in file.kinds {
        let program = project.programs[.records(file: file.id, kind: kind.code)]
        for row in kind.mapping.rows {
          for (column, value) in zip(project.tables[row.table].columns, row.values) {
            let names = kind.plan.names(program?.valueInputs(of: value) ?? [])
            for field in kind.plan.fields where names.contains(field.name) {
              #expect(
                field.privacy == column.privacy || field.privacy == .personal && column.privacy == .myNumber,
                "\(field.name) \(column.name)")
            }
          }
        }
      }
    }
  }
}
