import Base
import Definitions
import Evidence
import Expressions
import Records

/// `decoded`: no record of a file was rejected for one of these faults, or for any fault; with `oddities`, none of
/// these accepted and counted oddities occurred.
struct DecodedCheck: CheckKind {
  static let name = "decoded"
  static let purpose = Bilingual("読取り・変換できないレコードがない", "no record was rejected for these faults")
  static let keys = ["file", "faults", "oddities"]

  static func compile(_ map: DefinitionMap, _ sources: CheckSources) -> (any CheckBody)? {
    guard let file = map.required("file"), let name = file.text else { return nil }
    guard sources.files.contains(name) else {
      file.wrong(name, "a file: \(NameTable.nearest(name, among: sources.files))")
      return nil
    }
    if let faults = map["faults"], map["oddities"] != nil {
      faults.wrong("faults, oddities", "`faults` or `oddities`: of one check, the other would not be looked at")
      return nil
    }
    let known = (map["oddities"] == nil ? Fault.allCases.map(\.code) : Oddity.allCases.map(\.code)).map { "\($0)" }
    for node in (map["faults"]?.list ?? []) + (map["oddities"]?.list ?? []) {
      guard let code = node.text, !known.contains(where: { $0 == code || $0.hasPrefix(code + ".") }) else { continue }
      node.wrong(code, "a code or its beginning: \(NameTable.nearest(code, among: known))")
      return nil
    }
    return Body(
      file: name, sources: Set(sources.kinds(of: name).map { .records(file: name, kind: $0) }),
      faults: map["faults"]?.texts ?? [], oddities: map["oddities"]?.texts)
  }

  struct Body: CheckBody {
    var tells: Telling { .fault }
    let terms: [Term] = []
    let file: String
    /// All kinds of the file: a file that was refused is not one without faults.
    let sources: Set<Source>
    /// Codes, or beginnings of codes (`decode.number`); empty for all.
    let faults: [String]
    /// Codes of oddities, which are checked in place of faults.
    let oddities: [String]?

    var expectedFrom: [CheckSide] { [.constant] }
    var actualFrom: [CheckSide] { [.legacy] }

    func faults(of line: CheckResult.Line) -> (file: String, code: String)? {
      oddities == nil ? line.key.first.map { (file, $0) } : nil
    }

    func pattern(of line: CheckResult.Line) -> Bilingual? {
      let code = line.key.first ?? ""
      return Bilingual(code, code)
    }

    func summary(_ scratch: Scratch) -> any CheckSummary { Nothing() }

    func conclude(_ summary: any CheckSummary, _ files: [RunEvidence.FileEvidence]) -> Finding {
      let evidence = files.first { $0.file == file }
      let counts = oddities == nil ? evidence?.faults : evidence?.oddities
      let wanted = oddities ?? faults
      let hits = (counts ?? [:]).filter { code, _ in
        wanted.isEmpty || wanted.contains { code == $0 || code.hasPrefix($0 + ".") }
      }.sorted { $0.key < $1.key }
      let count = hits.reduce(0) { $0 + $1.value }
      let read = evidence?.records.read ?? 0
      var finding = Finding(
        why: count == 0
          ? Bilingual("\(read)件に該当なし", "none in \(read) records")
          : oddities == nil
            ? Bilingual("\(read)件のうち\(count)件が拒否", "\(count) of \(read) records were rejected")
            : Bilingual("受け入れた特例が\(count)件", "\(count) accepted oddities"))
      finding.actualRows = read
      finding.expectedRows = read
      finding.differences = count
      finding.lines = hits.map { CheckResult.Line(key: [$0.key], expected: [0], actual: [Int128($0.value)]) }
      return finding
    }
  }

  private final class Nothing: CheckSummary {
    func observe(_ term: Term, _ rows: ObservedRows) {}
    func merge(_ other: any CheckSummary) {}
  }
}
