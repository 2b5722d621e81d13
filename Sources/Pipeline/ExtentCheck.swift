import Base
import Evidence

extension CheckResult {
  /// The check of the whole extent (全件) of data or target: it fails for every part that no definition names.
  ///
  /// - Parameters:
  ///   - open: the key of each part without a reason, and its name for people.
  ///   - why: the sentence, from the number of the parts and a list of the first of them.
  /// - Returns: `nil` when there is no such part.
  static func extent(
    _ id: String, _ title: Bilingual, _ formula: Bilingual, of side: CheckSide, keyNames: [String],
    open: [(key: [String], name: String)], why: (_ count: Int, _ list: String) -> Bilingual
  ) -> CheckResult? {
    guard !open.isEmpty else { return nil }
    let list = open.prefix(5).map(\.name).joined(separator: ", ") + (open.count > 5 ? " …" : "")
    return CheckResult(
      id: id, kind: "extent", category: "C01", subsystem: "", severity: .s1, title: title, formula: formula,
      status: .failed, expectedFrom: [.constant], actualFrom: [side], why: why(open.count, list), keyNames: keyNames,
      actualRows: open.count, differences: open.count,
      lines: open.prefix(500).map { Line(key: $0.key, expected: [], actual: []) })
  }
}
