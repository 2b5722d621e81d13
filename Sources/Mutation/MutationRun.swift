import Evidence
import Pipeline
import Projects
import Base
import Charset
import Checks
import City
import Foundation
import Targets

/// Injects defects one at a time, into the legacy files and into the loaded target, and records which checks notice.
///
/// All work is done on copies in a separate folder, which the caller removes.
package struct MutationRun {
  let project: Project
  private let folder: String
  private let residents: Int
  let seed: UInt64
  private let jobs: Int
  let say: (String) -> Void

  /// - Parameter say: receives a short progress text from time to time.
  package init(
    project: Project, folder: String, residents: Int, seed: UInt64, jobs: Int, say: @escaping (String) -> Void
  ) {
    self.project = project
    self.folder = folder
    self.residents = residents
    self.seed = seed
    self.jobs = jobs
    self.say = say
  }

  // MARK: clean data

  /// A city without defects, generated and verified.
  ///
  /// - Throws: ``Diagnostic``, or ``Diagnostics``, of generating, migrating and verifying: `city.…`, `workspace.write`,
  ///   `target.…`, `file.…`, `run.interrupted`.
  package func clean(seed: UInt64) throws -> (report: MutationReport.CleanCity, evidence: RunEvidence, data: String) {
    let data = try generate("clean-\(seed)", seed: seed, [])
    let (report, evidence) = try clean(data: data, name: "seed \(seed)", target: "clean-\(seed)")
    return (report, evidence, data)
  }

  /// Verifies data that are declared to be clean.
  ///
  /// - Throws: the errors of migrating and verifying.
  package func clean(
    data: String, name: String, target: String = "clean"
  ) throws -> (report: MutationReport.CleanCity, evidence: RunEvidence) {
    say(name)
    let evidence = try verify(data, target: path(target))
    let alarms = Self.alarms(evidence).sorted()
    return (.init(name: name, records: evidence.records.read, alarms: alarms), evidence)
  }

  private func path(_ target: String) -> String { "\(folder)/\(target).sqlite" }

  /// The checks that did not pass.
  private static func alarms(_ evidence: RunEvidence) -> Set<String> {
    Set(evidence.checks.filter { $0.status != .passed }.map(\.id))
  }

  private func generate(_ name: String, seed: UInt64, _ defects: [PlantedDefect]) throws -> String {
    let data = folder + "/" + name
    _ = try generate(into: data, CityPlan(residents: residents, seed: seed, defects: defects))
    return data
  }

  private func generate(into data: String, _ plan: CityPlan) throws -> CityFacts {
    try PrivateFile.makeFolder(data)
    guard let characters = Charset.CharacterSet.named(project.charset) else { return CityFacts() }
    return try CityGenerator(
      plan: plan, layouts: project.layouts, characters: characters, closedDays: project.closedDays
    ).write(into: data)
  }

  /// A city with several defects at once, its facts, and the evidence of a run that looks for causes.
  ///
  /// - Throws: `city.defect` when a defect finds no record; the errors of generating, migrating and verifying.
  func spoiled(
    _ defects: [PlantedDefect], skips: [String: Int]
  ) throws -> (facts: CityFacts, verify: () throws -> RunEvidence) {
    let data = folder + "/spoiled"
    let plan = CityPlan(residents: residents, seed: seed, defects: defects, skips: skips)
    let facts = try generate(into: data, plan)
    return (facts, { try verify(data, target: path("spoiled"), localises: true) })
  }

  private func verify(_ data: String, target: String, localises: Bool = false) throws -> RunEvidence {
    var evidence = RunEvidence(
      run: "0001", project: project.name, title: project.title, asOf: project.asOf, command: "run", started: "",
      definitions: project.digest)
    try? FileManager.default.removeItem(atPath: target)
    let options = MigrationRun.Options(data: data, jobs: jobs, localises: localises)
    try MigrationRun(
      project: project, target: SQLiteTarget(path: target), folder: folder + "/run", options: options
    ).run(&evidence)
    return evidence
  }

  // MARK: legacy files

  /// Generates the city again with each defect, migrates and verifies it. A defect without a place is added to
  /// `untried`.
  ///
  /// - Throws: the errors of generating, migrating and verifying.
  package func legacy(_ defects: [PlantedDefect], clean: RunEvidence, into report: inout MutationReport) throws {
    let quiet = Self.alarms(clean)
    for defect in defects {
      say("\(defect.id) \(defect.file)")
      let data: String
      do {
        data = try generate("spoiled", seed: seed, [defect])
      } catch let error as Diagnostic where error.code == .cityDefect {
        report.untried.append(defect.id)
        continue
      }
      let evidence = try verify(data, target: path("spoiled"))
      let caught = Self.alarms(evidence).subtracting(quiet).sorted()
      let failed = evidence.checks.contains { $0.status == .failed && caught.contains($0.id) }
      let verdict: MutationTrial.Verdict =
        defect.expected == .accepted ? (failed ? .missed : .accepted) : caught.isEmpty ? .missed : .caught
      report.trials.append(
        MutationTrial(
          mutation: defect.id, side: .legacy, place: defect.file, description: defect.description, caughtBy: caught,
          rejected: evidence.records.rejected, verdict: verdict))
      try? FileManager.default.removeItem(atPath: data)
    }
  }

  // MARK: target

  /// The places of the target that are tried.
  package enum Thoroughness {
    /// Each mutation once in each table.
    case everyTable
    /// Each mutation once in each column.
    case everyColumn
    /// A number of random tries.
    case tries(Int)
  }

  /// Changes the target that was loaded from `data`, one mutation at a time.
  ///
  /// - Throws: `target.open`, `target.write`, `target.read`; the errors of verifying.
  package func target(
    _ thoroughness: Thoroughness, only: Set<String>? = nil, data: String, loaded: String, clean: RunEvidence,
    into report: inout MutationReport
  ) throws {
    let scratch = try SQLiteScratch(copying: path(loaded), to: path("scratch"))
    let trials = try TargetTrials(
      project: project, target: SQLiteTarget(path: scratch.path), data: data, clean: clean)
    let quiet = Self.alarms(clean)
    var tried: Set<String> = []
    for (table, sites) in Self.sites(project.tables, thoroughness, seed: seed) {
      say(table.name)
      var found: Set<String> = []
      for site in sites where only?.contains(site.mutation.id) ?? true {
        var place = TargetMutation.Site(
          table: table, column: site.column, scratch: scratch,
          draw: Chance(seed, "\(site.number) \(site.mutation.id) \(table.name) \(site.column.name)"))
        if site.isAlternative, found.contains(site.mutation.id) { continue }
        guard let statements = try site.mutation.statements(&place), try scratch.change(statements) > 0 else {
          continue
        }
        found.insert(site.mutation.id)
        let results = try trials.results(changed: table)
        let caught = results.filter { $0.status != .passed && !quiet.contains($0.id) }.map(\.id).sorted()
        report.trials.append(
          MutationTrial(
            mutation: site.mutation.id, side: .target,
            place: site.mutation.suits == nil ? table.name : "\(table.name).\(site.column.name)",
            description: site.mutation.description, caughtBy: caught, rejected: 0,
            verdict: caught.isEmpty ? .missed : .caught))
        try scratch.restore(table)
      }
      tried.formUnion(found)
    }
    report.untried += TargetMutation.all.map(\.id).filter { !tried.contains($0) && only?.contains($0) ?? true }
  }

  /// A place to try. An alternative is used only when no earlier place of its mutation and table is possible.
  private typealias SiteChoice = (mutation: TargetMutation, column: TargetColumn, number: Int, isAlternative: Bool)

  /// The places to try, table by table.
  private static func sites(
    _ tables: [TableSchema], _ thoroughness: Thoroughness, seed: UInt64
  ) -> [(TableSchema, [SiteChoice])] {
    var chance = Chance(seed, "sites")
    switch thoroughness {
    case .everyTable:
      return tables.map { table in
        (
          table,
          TargetMutation.all.flatMap { mutation in
            let columns = mutation.columns(of: table)
            let first = chance.below(columns.count)
            return columns.indices.map { (mutation, columns[($0 + first) % columns.count], 0, true) }
          }
        )
      }
    case .everyColumn:
      return tables.map { table in
        (table, TargetMutation.all.flatMap { mutation in mutation.columns(of: table).map { (mutation, $0, 0, false) } })
      }
    case .tries(let count):
      let all = tables.indices.flatMap { table in
        TargetMutation.all.flatMap { mutation in mutation.columns(of: tables[table]).map { (table, mutation, $0) } }
      }
      var chosen: [[SiteChoice]] = tables.map { _ in [] }
      for number in 0..<count {
        let (table, mutation, column) = all[chance.below(all.count)]
        chosen[table].append((mutation, column, number, false))
      }
      return Array(zip(tables, chosen))
    }
  }

  // MARK: the checks

  /// The checks that no trial has made fail.
  package func idle(_ report: MutationReport) -> [String] {
    let busy = report.trials.reduce(into: Set<String>()) { $0.formUnion($1.caughtBy) }
    return project.checks.map(\.id).filter { !busy.contains($0) }
  }
}
