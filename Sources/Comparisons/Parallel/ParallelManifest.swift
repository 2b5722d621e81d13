import Datasets
import Base
import Definitions
import Diff
import Foundation

/// The batch jobs whose old and new outputs are compared in the parallel run (並行稼働), job by job.
package struct ParallelManifest: Sendable {
  package struct Job: Sendable {
    package let id: String
    /// The job of the list that has this output; `nil` when it has that id.
    package let job: String?
    package let title: Bilingual
    package let section: String
    package let items: [String]
    /// References; `{id}` is replaced by the id, `{day}` and `{yyyymmdd}` by the business day.
    package let old: String
    package let new: String
    package let key: [String]
    package let ignored: [String]
    /// The column map when it stands in the manifest.
    package let columns: ColumnMap?
    /// Paths of the column map and of the accepted differences.
    package let map: String?
    package let accept: String?
    package let tolerances: [(column: String, number: ExactNumber)]
    package let totals: [String]
    package let cutOff: CutOff?
    /// Whether a day without a row on either side is a match.
    package let mayBeEmpty: Bool
  }

  package let path: String
  package let folder: String
  /// The folder of the outputs.
  private let data: String
  package let title: Bilingual
  package let jobs: [Job]
  package let digest: String

  /// - Parameter data: the folder of the outputs; that of the manifest when `nil`.
  /// - Throws: all problems of the manifest, each with line and column.
  package static func read(_ path: String, data: String? = nil) throws(Diagnostics) -> ParallelManifest {
    let problems = Problems()
    let folder = path.contains("/") ? String(path[..<path.lastIndex(of: "/")!]) : "."
    var jobs: [Job] = []
    var title = Bilingual("現新比較", "Comparison of old and new")
    let file: DefinitionFile
    do throws(Diagnostic) { file = try DefinitionFile.read(path) } catch { throw Diagnostics([error]) }
    let node = DefinitionNode.read(file, problems)
    if let map = node?.map(["title", "jobs"]) {
      title = map["title"]?.bilingual ?? title
      if let node = map["jobs"], node.entries.isEmpty { node.wrong("no job", "at least one") }
      for (id, _, value) in map.required("jobs")?.entries ?? [] { if let job = job(id, value) { jobs.append(job) } }
    }
    try problems.check()
    return ParallelManifest(
      path: path, folder: folder, data: data ?? folder, title: title, jobs: jobs, digest: file.digest)
  }

  private static func job(_ id: String, _ node: DefinitionNode) -> Job? {
    let known = [
      "title", "section", "job", "items", "old", "new", "key", "ignore", "map", "accept", "tolerance", "totals",
      "cut-off",
      "may-be-empty",
    ]
    guard let map = node.map(known) else { return nil }
    let (title, section) = (map.required("title")?.bilingual, map.required("section")?.text)
    let (old, new) = (map.required("old")?.text, map.required("new")?.text)
    let key = map.required("key")?.texts ?? []
    var tolerances: [(column: String, number: ExactNumber)] = []
    for (name, _, value) in map["tolerance"]?.entries ?? [] {
      if let text = value.text, let number = ExactNumber(text.utf8), !text.hasPrefix("-") {
        tolerances.append((name, number))
      } else {
        value.wrong(value.text ?? "", "a number such as 1 or 0.01")
      }
    }
    let cutOff = map["cut-off"].flatMap { CutOff($0) }
    if let old, let new, old == new { map["new"]?.wrong(new, "another dataset than the old one") }
    if id.contains("/") || id.hasPrefix(".") || id.allSatisfy(\.isWhitespace) {
      node.wrong(id, "an id that can name a file")
      return nil
    }
    if let node = map["key"], key.isEmpty { node.wrong("an empty list", "at least one") }
    guard let title, let section, let old, let new, !key.isEmpty else { return nil }
    let named = map["map"]
    let columns = named.flatMap { $0.isMap ? ColumnMap.read($0) : nil }
    return Job(
      id: id, job: map["job"]?.text, title: title, section: section, items: map["items"]?.texts ?? [], old: old,
      new: new,
      key: key, ignored: map["ignore"]?.texts ?? [], columns: columns, map: columns == nil ? named?.text : nil,
      accept: map["accept"]?.text,
      tolerances: tolerances, totals: map["totals"]?.texts ?? [], cutOff: cutOff,
      mayBeEmpty: map["may-be-empty"]?.flag ?? false)
  }

  /// The files that the jobs of a day read, without the other parts of their references.
  package func inputs(on day: String) -> [String] {
    outputs(on: day) + jobs.flatMap { [$0.map, $0.accept].compactMap { $0.map(resolved) } }
  }

  /// The old and new outputs of a day, for references with a path.
  package func outputs(on day: String) -> [String] {
    jobs.flatMap { job in [job.old, job.new].compactMap { try? DatasetReference(reference($0, of: job, day)).path } }
  }

  /// A path of a definition, relative to the manifest's folder.
  package func resolved(_ path: String) -> String { Self.path(path, in: folder) }

  private static func path(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }

  /// A reference of a job on a day: its path is relative to the folder of the outputs, those of its parameters to the
  /// manifest's.
  package func reference(_ text: String, of job: Job, _ day: String) -> String {
    let text = text.replacing("{id}", with: job.id).replacing("{day}", with: day)
      .replacing("{yyyymmdd}", with: day.replacing("-", with: ""))
    if text.contains("://") { return text }
    let schemes = ["csv:", "tsv:", "ndjson:", "sqlite:", "legacy:"]
    let scheme = schemes.first { text.hasPrefix($0) } ?? ""
    let parts = text.dropFirst(scheme.count).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let query = parts.dropFirst().map { "?" + (scheme == "sqlite:" ? String($0) : withPaths($0)) }.joined()
    return scheme + Self.path(String(parts.first ?? ""), in: data) + query
  }

  /// Parameters, with paths of files relative to the manifest's folder.
  private func withPaths(_ query: Substring) -> String {
    query.split(separator: "&", omittingEmptySubsequences: false).map { piece in
      for name in ["copybook=", "copy-path=", "gaiji="] where piece.hasPrefix(name) {
        return name + resolved(String(piece.dropFirst(name.count)))
      }
      return String(piece)
    }.joined(separator: "&")
  }
}

/// The moments when the systems stopped taking input, and the column with the time at which a row was made: differences
/// between the moments explain themselves (要因 T).
package struct CutOff: Sendable {
  package let old: String
  package let new: String
  package let column: String

  init?(_ node: DefinitionNode) {
    guard let map = node.map(["old", "new", "column"]) else { return nil }
    func time(_ name: String) -> String? {
      guard let value = map.required(name), let text = value.text else { return nil }
      if Self.digits(text.utf8) == nil { value.wrong(text, "a time such as 2026-11-18 17:00") }
      return text
    }
    guard let old = time("old"), let new = time("new"), let column = map.required("column")?.text else { return nil }
    self.old = old
    self.new = new
    self.column = column
  }

  /// An existing local time as the number YYYYMMDDhhmmss. A missing part is zero; a fraction of a second counts as a
  /// whole second. `nil` for any other text, also for a time of another zone.
  static func digits(_ text: some Sequence<UInt8>) -> Int64? {
    var (value, count, isFraction, hasFraction) = (0 as Int64, 0, false, false)
    for byte in text {
      if byte &- 48 <= 9 {
        if isFraction {
          hasFraction = hasFraction || byte != 48
        } else {
          guard count < 14 else { return nil }
          value = value * 10 + Int64(byte - 48)
          count += 1
        }
      } else if byte == 46, count == 14, !isFraction {
        isFraction = true
      } else if ![45, 47, 58, 32, 84].contains(byte) || isFraction {
        return nil
      }
    }
    guard count >= 8 else { return nil }
    while count < 14 {
      value *= 10
      count += 1
    }
    let clock = value % 1_000_000
    guard CivilDate.dayNumber(value / 1_000_000) != nil, clock / 10_000 < 24, clock / 100 % 100 < 60, clock % 100 < 60
    else { return nil }
    return hasFraction ? value + 1 : value
  }
}
