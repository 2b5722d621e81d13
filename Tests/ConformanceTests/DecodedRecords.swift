import Foundation

/// The records that the built binary reads from a file: the values of each by item; for a table the values in order.
struct DecodedRecords {
  let records: [[String: [JSON]]]

  struct Failure: Error, CustomStringConvertible { let description: String }

  init(_ data: String, _ copybook: String, _ options: [String]) throws {
    let answer = try Conformance.run(["decode", data, "--copybook", copybook] + options)
    guard answer.code == 0 else { throw Failure(description: answer.errors) }
    records = try JSON.lines(answer.output).map { record in
      var values: [String: [JSON]] = [:]
      Self.collect(record, "", into: &values)
      return values
    }
  }

  private static func collect(_ value: JSON, _ name: String, into values: inout [String: [JSON]]) {
    switch value {
    case .object(let members): for (name, value) in members { collect(value, name, into: &values) }
    case .list(let items): for item in items { collect(item, name, into: &values) }
    case .null: break
    default: values[name, default: []].append(value)
    }
  }

  /// The first difference between the records and the expected ones: the same items, the same texts, equal numbers.
  ///
  /// - Parameter edited: an item with an editing picture, which is text here, with a number as the expected value.
  func difference(_ expected: [[String: [String]]], edited: String = "") -> String? {
    guard records.count == expected.count else { return "\(records.count) records, expected \(expected.count)" }
    for (index, (found, wanted)) in zip(records, expected).enumerated() {
      if Set(found.keys) != Set(wanted.keys) { return "record \(index + 1) has \(found.keys), not \(wanted.keys)" }
      for (name, values) in wanted {
        let own = found[name] ?? []
        let same = zip(own, values).allSatisfy { Self.isSame($0, $1, edited: name == edited) }
        if !same || own.count != values.count { return "record \(index + 1) \(name): \(own), expected \(values)" }
      }
    }
    return nil
  }

  private static func isSame(_ found: JSON, _ expected: String, edited: Bool) -> Bool {
    switch found {
    case .text(let text) where edited: Decimal(string: text.replacing(",", with: "")) == Decimal(string: expected)
    case .text(let text): text == expected
    case .number(let number): number == Decimal(string: expected)
    default: false
    }
  }
}
