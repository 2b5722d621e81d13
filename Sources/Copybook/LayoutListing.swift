import Base

/// A listing of a layout for people and programs: one line per entry, in order of appearance.
package struct LayoutListing {
  private let lines: [Line]

  /// One entry: an item or a level 66 name. Values that do not apply are `nil`.
  private struct Line {
    var level: Int
    var depth: Int
    var name: String
    var picture: String?
    var usage: String?
    /// The offset from 0.
    var offset: Int
    /// Bytes of one occurrence and of all.
    var length: Int
    var totalLength: Int
    var occurs: (minimum: Int, maximum: Int)?
    var dependingOn: String?
    var redefines: String?
    var renames: String?
    var scale: Int?
    var digits: Int?
    var signed: Bool?
    var conditions: [Condition] = []
  }

  package init(_ layout: Layout) {
    var lines: [Line] = []
    func add(_ item: DataItem, _ depth: Int) {
      lines.append(Self.line(item, depth))
      for child in item.children { add(child, depth + 1) }
    }
    if layout.root.level == 0 { layout.root.children.forEach { add($0, 0) } } else { add(layout.root, 0) }
    for renaming in layout.renames {
      let names = [renaming.from] + (renaming.through.map { [$0] } ?? [])
      lines.append(
        Line(
          level: 66, depth: 1, name: renaming.name, offset: renaming.offset, length: renaming.length,
          totalLength: renaming.length,
          renames: names.map { $0.joined(separator: " OF ") }.joined(separator: " THRU ")))
    }
    self.lines = lines
  }

  private static func line(_ item: DataItem, _ depth: Int) -> Line {
    let isNumber = item.picture.map { $0.digits > 0 } ?? false
    return Line(
      level: item.level, depth: depth, name: item.name, picture: item.picture?.text,
      usage: item.isGroup ? nil : item.usage.rawValue, offset: item.offset, length: item.length,
      totalLength: item.totalLength, occurs: item.isTable ? (item.occursMinimum, item.occurs) : nil,
      dependingOn: item.dependingOn, redefines: item.redefines,
      scale: isNumber ? item.picture.map { $0.editedScale ?? $0.scale } : nil,
      digits: isNumber ? item.picture?.digits : nil, signed: isNumber ? item.picture?.signed : nil,
      conditions: item.conditions)
  }

  // MARK: tables

  /// The columns of ``rows``, for people.
  package static let columns: [(title: String, isNumber: Bool)] = [
    ("level", false), ("name", false), ("picture", false), ("usage", false), ("position", true), ("length", true),
    ("total", true), ("occurs", false), ("notes", false),
  ]

  /// A row for each entry, its name as deep as its level; positions from 1.
  package var rows: [[String]] {
    lines.map { line in
      [
        Self.two(line.level), String(repeating: "  ", count: line.depth) + line.name, line.picture ?? "",
        line.usage ?? "", String(line.offset + 1), String(line.length), String(line.totalLength), Self.occurs(line),
        Self.notes(line),
      ]
    }
  }

  private static let head = [
    "level", "name", "picture", "usage", "offset", "position", "length", "total_length", "occurs_min", "occurs_max",
    "depending_on", "redefines", "renames", "scale", "digits", "signed", "conditions",
  ]

  /// Comma-separated, quoted when necessary (RFC 4180, but with LF).
  package var csv: String {
    table(",", DelimitedText.field)
  }

  /// Separated by tabs; a tab or line end within a value becomes a blank.
  package var tsv: String {
    table("\t") { cell in String(cell.map { $0 == "\t" || $0.isNewline ? " " : $0 }) }
  }

  private func table(_ separator: String, _ quoted: (String) -> String) -> String {
    let rows =
      [Self.head]
      + lines.map { line in
        let numbers = [line.offset, line.offset + 1, line.length, line.totalLength].map(String.init)
        let occurs = [line.occurs?.minimum, line.occurs?.maximum].map { $0.map(String.init) ?? "" }
        let words = [line.dependingOn, line.redefines, line.renames].map { $0 ?? "" }
        let number = [line.scale, line.digits].map { $0.map(String.init) ?? "" } + [line.signed.map { "\($0)" } ?? ""]
        let conditions = line.conditions.map(Self.condition).joined(separator: "; ")
        return [Self.two(line.level), line.name, line.picture ?? "", line.usage ?? ""] + numbers + occurs + words
          + number + [conditions]
      }
    return rows.map { $0.map(quoted).joined(separator: separator) + "\n" }.joined()
  }

  // MARK: JSON

  /// An array of objects, one per line; values that do not apply are left out.
  package var json: String {
    let objects = lines.map { line in
      var members = [("level", String(line.level)), ("name", Self.string(line.name))]
      func add(_ key: String, _ value: String?) { if let value { members.append((key, value)) } }
      add("picture", line.picture.map(Self.string))
      add("usage", line.usage.map(Self.string))
      add("offset", String(line.offset))
      add("position", String(line.offset + 1))
      add("length", String(line.length))
      add("total_length", String(line.totalLength))
      add("occurs_min", line.occurs.map { String($0.minimum) })
      add("occurs_max", line.occurs.map { String($0.maximum) })
      add("depending_on", line.dependingOn.map(Self.string))
      add("redefines", line.redefines.map(Self.string))
      add("renames", line.renames.map(Self.string))
      add("scale", line.scale.map(String.init))
      add("digits", line.digits.map(String.init))
      add("signed", line.signed.map { "\($0)" })
      if !line.conditions.isEmpty {
        let conditions = line.conditions.map { condition in
          let values = condition.values.map { Self.string($0.written) }.joined(separator: ",")
          return "{\"name\":\(Self.string(condition.name)),\"values\":[\(values)]}"
        }
        add("conditions", "[" + conditions.joined(separator: ",") + "]")
      }
      return "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }
    return "[\n" + objects.joined(separator: ",\n") + "\n]\n"
  }

  private static func string(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      case "\u{00}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  // MARK: cells

  private static func notes(_ line: Line) -> String {
    let words = [
      line.redefines.map { "redefines \($0)" }, line.renames.map { "renames \($0)" },
      line.dependingOn.map { "depending on \($0)" },
    ]
    return (words.compactMap { $0 } + line.conditions.map(condition)).joined(separator: "; ")
  }

  private static func condition(_ condition: Condition) -> String {
    "\(condition.name) = \(condition.values.map(\.written).joined(separator: ", "))"
  }

  private static func occurs(_ line: Line) -> String {
    line.occurs.map { $0.minimum == $0.maximum ? "\($0.maximum)" : "\($0.minimum)-\($0.maximum)" } ?? ""
  }

  private static func two(_ level: Int) -> String { level < 10 ? "0\(level)" : "\(level)" }
}
