import Foundation
import Testing

/// Another program's facts about the reference city: rows, sums and hashes.
struct ReferenceFacts {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path
  static let folder = root + "/../shared/domain/city-300"

  private let json: [String: Any]

  /// `nil` when the reference city is not beside the repository.
  static func read() throws -> ReferenceFacts? {
    guard let data = FileManager.default.contents(atPath: folder + "/facts.json") else { return nil }
    return ReferenceFacts(json: try #require(JSONSerialization.jsonObject(with: data) as? [String: Any]))
  }

  func integer(_ file: String, _ name: String) -> Int? { (json[file] as? [String: Any])?[name] as? Int }
  func integers(_ file: String, _ name: String) -> [String: Int] {
    (json[file] as? [String: Any])?[name] as? [String: Int] ?? [:]
  }

  /// Claims by `税目/年度/期別`.
  var claims: [String: [String: Int]] {
    (json["CROSS"] as? [String: Any])?["sn_by_tax_year_instalment"] as? [String: [String: Int]] ?? [:]
  }
}
