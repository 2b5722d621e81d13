import Foundation

/// The program's JSON in files and answers: writing and reading back.
package enum JSONDocument {
  /// A value as a document: indented, names in snake_case and in order, integers exact.
  ///
  /// - Throws: `workspace.write` for what JSON has no form for, as a number that is none.
  package static func data(_ value: some Encodable) throws(Diagnostic) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    do { return try encoder.encode(value) } catch { throw Diagnostic(.workspaceWrite, "JSON: \(error)") }
  }

  /// Values as lines of a list (NDJSON), each with its end, names in order.
  ///
  /// - Throws: the errors of ``data(_:)``.
  package static func lines(_ values: some Sequence<some Encodable>) throws(Diagnostic) -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var lines = Data()
    for value in values {
      do { lines += try encoder.encode(value) } catch { throw Diagnostic(.workspaceWrite, "JSON: \(error)") }
      lines.append(10)
    }
    return lines
  }

  /// The value that ``data(_:)`` wrote; `nil` when the bytes hold no such value.
  package static func value<Value: Decodable>(_ type: Value.Type, from data: Data) -> Value? {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try? decoder.decode(type, from: data)
  }

  /// The value of a line that ``lines(_:)`` wrote; `nil` when the bytes hold no such value.
  package static func value<Value: Decodable>(_ type: Value.Type, fromLine line: Data) -> Value? {
    try? JSONDecoder().decode(type, from: line)
  }
}
