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

  /// A value as a document, with documents as the elements of one of its lists: the same as if the value had them.
  ///
  /// - Parameters:
  ///   - value: an object, whose list of that name is empty.
  ///   - name: in snake_case.
  /// - Throws: the errors of ``data(_:)``.
  package static func data(
    _ value: some Encodable, list name: String, of elements: [Data]
  ) throws(Diagnostic) -> Data {
    let empty = try data(value)
    // Within texts an end of line is escaped, so it tells the object's own names from all else.
    guard let start = empty.range(of: Data("\n  \"\(name)\" : [".utf8)),
      let end = empty[start.upperBound...].firstIndex(of: UInt8(ascii: "]"))
    else { throw Diagnostic(.workspaceWrite, "JSON: \(name)") }
    if elements.isEmpty { return empty }
    var whole = empty[..<start.upperBound]
    whole.reserveCapacity(empty.count + elements.reduce(0) { $0 + $1.count * 2 })
    for (index, element) in elements.enumerated() {
      whole.append(contentsOf: (index == 0 ? "\n    " : ",\n    ").utf8)
      var rest = element[...]
      while let line = rest.firstIndex(of: 10) {
        whole.append(rest[...line])
        rest = rest[(line + 1)...]
        // The line within an empty list has nothing on it.
        if rest.first != 10 { whole.append(contentsOf: "    ".utf8) }
      }
      whole.append(rest)
    }
    whole.append(contentsOf: "\n  ".utf8)
    whole.append(empty[end...])
    return whole
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
