import Base
import Charset
import Records

/// How an export writes its values: the parameters of a reference.
struct CSVNotation: Sendable {
  let charset: Charset.CharacterSet
  /// The cell without quotes that is NULL; `nil` for the empty one.
  let null: [UInt8]?
  /// The form of dates; `nil` for `YYYY-MM-DD`.
  let date: DateNotation?

  static let charsets = ["utf-8", "windows-31j", "euc-jp", "us-ascii"]
  private static let parameters = ["charset", "date", "null"]

  /// - Parameter query: `name=value&name=value`, each at most once.
  /// - Throws: `dataset.parameter` for another name, `option.value` for another value.
  init(_ query: Substring, of folder: String) throws(Diagnostic) {
    var values: [String: String] = [:]
    for piece in query.split(separator: "&", omittingEmptySubsequences: false) where !query.isEmpty {
      let halves = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard halves.count == 2, Self.parameters.contains(halves[0]), values[halves[0]] == nil else {
        throw Diagnostic(
          .datasetParameter, at: Place(file: folder), String(piece), Self.parameters.joined(separator: ", "))
      }
      values[halves[0]] = halves[1]
    }
    let name = values["charset"] ?? "utf-8"
    guard Self.charsets.contains(name), let charset = Charset.CharacterSet.named(name) else {
      throw Diagnostic(
        .optionValue, at: Place(file: folder), "charset=\(name)", Self.charsets.joined(separator: ", "))
    }
    self.charset = charset
    null = values["null"].flatMap { $0.isEmpty ? nil : Array($0.utf8) }
    date = try values["date"].map { (form) throws(Diagnostic) in
      guard let date = DateNotation(form, inText: true), date.type == .date else {
        let known = DateNotation.names.filter { $0 != "era-year" } + DateNotation.textNames
        throw Diagnostic(.optionValue, at: Place(file: folder), "date=\(form)", known.joined(separator: ", "))
      }
      return date
    }
  }
}
