import Base
import Evidence
import Registers
import Workspace

/// The single differences of a run: from the lists in its folder, and from the evidence where a check has none.
package struct SingleDifferences: Sendable {
  private let files = DifferenceFiles()
  private let folder: String
  private let reveals: Bool
  private let classes: [String: Classification]
  private let causes: [String: [Cause]]

  /// - Parameters:
  ///   - folder: of the run.
  ///   - reveals: with what is personal; numbers of persons (個人番号) never.
  package init(_ run: RunEvidence, _ classes: [String: Classification], in folder: String, reveals: Bool = false) {
    self.folder = folder
    self.reveals = reveals
    self.classes = classes
    var causes: [String: [Cause]] = [:]
    for cause in run.causes ?? [] { for group in cause.groups { causes[group, default: []].append(cause) } }
    self.causes = causes
  }

  /// The numbers of a check's differences, from 0: all of them, or those of a group.
  ///
  /// - Throws: the errors of ``DifferenceFiles``.
  package func numbers(of check: CheckResult, group: String? = nil) throws(Diagnostic) -> [Int] {
    if let list = check.list { return try files.numbers(folder + "/" + list, of: check, group: group) }
    return Array(check.singles.indices)
  }

  /// - Throws: the errors of ``DifferenceFiles``.
  package func read(_ numbers: ArraySlice<Int>, of check: CheckResult) throws(Diagnostic) -> [SingleEntry] {
    let lines: [SingleDifference]
    if let list = check.list {
      lines = try files.read(folder + "/" + list, numbers, of: check, reveals: reveals)
    } else {
      let all = check.singles
      lines = numbers.map { all[$0] }
    }
    // A check without a list says only of a single group which one it is.
    let only = check.list == nil && check.groups.count == 1 ? check.groups[0].signature : nil
    return zip(numbers, lines).map { number, line in
      let group = line.group ?? only
      return SingleEntry(
        check: check, number: number + 1, line: line, group: group,
        kind: group.flatMap { classes[$0]?.kind } ?? .unclassified, causes: group.flatMap { causes[$0] } ?? [])
    }
  }

  /// - Throws: the errors of ``DifferenceFiles``.
  package func all(of check: CheckResult) throws(Diagnostic) -> [SingleEntry] {
    try read(numbers(of: check)[...], of: check)
  }
}
