import Evidence
import Projects
import ArgumentParser
import Base
import City
import Commands
import Foundation
import Mutation

/// `totsugo-city mutate PROJECT`: measures the power of the checks.
struct MutateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutate",
    abstract: .said(
      "正しいデータの写しに既知の誤りを一つずつ混入し、どの検査が検出したかを示す",
      "Inject known defects, one at a time, into a copy of clean data, and say which checks caught each."),
    discussion: .said(
      "合成した市のデータを作ります。旧ファイルには不備を一つずつ埋め込んで移行し、正しいファイルから移行した表には、表ごとに考えられる変更を一つずつ加えて検証します。--data を指定したときは手元のファイルを使い、移行先だけを変更します。",
      "A synthetic city is generated. Its legacy files get each planted defect in turn and are migrated; the target that was loaded from the clean files is changed in each table, in every way in turn, and verified. With --data the files are yours: only the target is changed."
    ))

  @Argument(help: .project)
  var project: String

  @Option(
    help: .said("合成した市の代わりに使う、正しい旧システムのファイルのフォルダ", "Clean legacy files to begin with, in place of a generated city."))
  var data: String?

  @Option(help: .said("合成する市の住民の数。100から240000まで", "Residents of the generated city, 100 to 240000."))
  var residents = 300

  @Option(help: .said("市と、誤りを混入する場所を決める種", "Seed of the city and of the places that are spoiled."))
  var seed: UInt64 = 1

  @Option(
    help: .said(
      "種を変えて調べる正しい市の数。どの市でも警報が出てはならない", "Clean cities to look at, with as many seeds: none may raise an alarm."))
  var cities = 10

  @Option(help: .said("この側だけ。legacy（旧）または target（新）", "Only this side: legacy or target."))
  var side: MutationTrial.Side?

  @Option(help: .said("この番号の誤りだけ。コンマで区切る", "Only these mutations, by id, separated by commas."))
  var only: String?

  @Option(
    help: .said(
      "表ごとに一つずつの代わりに、移行先をくじで選んで変更する回数", "So many changes of the target by chance, in place of each once in each table.")
  )
  var tries: Int?

  @Flag(
    help: .said(
      "移行先の変更を、表ごとに一つではなく、すべての列に加える", "Each change of the target in every column, in place of once in each table."))
  var everyColumn = false

  @Flag(
    help: .said(
      "不備を1件、2件、14件ずつ埋め込み、実行がいくつの原因を告げるかを測る",
      "Plant defects one, two and fourteen at a time, and say how many causes a run tells of them."))
  var explain = false

  @Option(help: .said("--explain のとき、種で選ぶ2件の組の数", "With --explain: the number of pairs, drawn by the seed."))
  var pairs = 40

  @Option(help: .said("--explain のとき、14件の組の数", "With --explain: the number of sets of fourteen."))
  var sets = 3

  @Option(help: .said("並行して働く数（省略時はコアの数）", "Shards that work side by side (default: the cores)."))
  var jobs: Int = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if jobs < 1 || jobs > 256 {
      throw ValidationError(.said("--jobs は1から256までの数です。", "--jobs takes a number from 1 to 256."))
    }
    if cities < 1 || cities > 1000 {
      throw ValidationError(.said("--cities は1から1000までの数です。", "--cities takes a number from 1 to 1000."))
    }
    if let tries, tries < 1 { throw ValidationError(.said("--tries は1以上の数です。", "--tries takes a number from 1.")) }
    if tries != nil, everyColumn {
      throw ValidationError(
        .said("--tries と --every-column は同時に使えません。", "--tries and --every-column exclude each other."))
    }
    if explain, data != nil || side == .target || tries != nil || everyColumn {
      throw ValidationError(
        .said(
          "--explain は合成した市に不備を埋め込みます。--data、--side target、--tries、--every-column は外してください。",
          "--explain plants defects in a generated city: leave out --data, --side target, --tries, --every-column."))
    }
    if pairs < 0 || pairs > 10_000 {
      throw ValidationError(.said("--pairs は0から10000までの数です。", "--pairs takes a number from 0 to 10000."))
    }
    if sets < 0 || sets > 1_000 {
      throw ValidationError(.said("--sets は0から1000までの数です。", "--sets takes a number from 0 to 1000."))
    }
    if side == .legacy, data != nil {
      throw ValidationError(
        .said("--side legacy は合成した市で行います。--data は外してください。", "--side legacy needs a generated city: leave out --data."))
    }
  }

  func run() throws {
    let project = try common.reporting { try ProjectReader.read(self.project) }
    let language = common.language(project.language)
    try common.reporting(language) {
      let began = Date()
      let folder = NSTemporaryDirectory() + "totsugo-mutate-" + UUID().uuidString
      try PrivateFile.makeFolder(folder)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let progress = common.isTalkative
      let run = MutationRun(project: project, folder: folder, residents: residents, seed: seed, jobs: jobs) { what in
        if progress { CommonOptions.complain(what) }
      }
      if explain { return try explain(run, language, began) }
      let report = try perform(run)
      let seconds = (Date().timeIntervalSince(began) * 1000).rounded() / 1000
      switch common.format {
      case .json: try common.answer(json: MutationAnswer(report, language, seconds: seconds))
      case .text:
        common.answer(lines: MutationTable(report, language, on: common.terminal, seconds: seconds).lines)
      }
      if !report.missed.isEmpty || report.alarms > 0 { throw Failure.no }
    }
  }

  private func explain(_ run: MutationRun, _ language: Language, _ began: Date) throws {
    var explaining = ExplainRun(run, clean: try run.clean(seed: seed).evidence)
    let report = try explaining.report(defects, pairs: pairs, sets: sets)
    let seconds = (Date().timeIntervalSince(began) * 1000).rounded() / 1000
    switch common.format {
    case .json: try common.answer(json: ExplainAnswer(report, language, seconds: seconds))
    case .text:
      common.answer(lines: ExplainTable(report, language, on: common.terminal, seconds: seconds).lines)
    }
    if !report.holds { throw Failure.no }
  }

  private var chosen: Set<String>? { only.map { Set($0.split(separator: ",").map { $0.uppercased() }) } }

  private var defects: [PlantedDefect] {
    PlantedDefect.catalog.filter { chosen?.contains($0.id.uppercased()) ?? true }
  }

  private func perform(_ run: MutationRun) throws -> MutationReport {
    var report = MutationReport()
    let evidence: RunEvidence
    let folder: String
    var loaded = "clean"
    if let data {
      let (city, found) = try run.clean(data: data, name: data)
      report.clean.append(city)
      (evidence, folder) = (found, data)
    } else {
      let (city, found, generated) = try run.clean(seed: seed)
      report.clean.append(city)
      (evidence, folder, loaded) = (found, generated, "clean-\(seed)")
      for other in 1..<max(1, cities) { report.clean.append(try run.clean(seed: seed + UInt64(other)).report) }
    }
    if side != .target, data == nil {
      try run.legacy(defects, clean: evidence, into: &report)
    }
    if side != .legacy {
      let thoroughness: MutationRun.Thoroughness =
        tries.map { .tries($0) } ?? (everyColumn ? .everyColumn : .everyTable)
      try run.target(thoroughness, only: chosen, data: folder, loaded: loaded, clean: evidence, into: &report)
    }
    report.idle = run.idle(report)
    return report
  }
}

extension MutationTrial.Side: ExpressibleByArgument {}
