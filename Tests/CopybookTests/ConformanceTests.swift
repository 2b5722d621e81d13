import Copybook
import Evidence
import Foundation
import Testing

/// Copybooks and layouts that others made. They lie beside the project (`../shared/conformance`), not in it.
///
/// Cases that do not hold are listed with their reasons in `Tests/Conformance/exceptions.tsv`; a listed case that passes
/// fails the test just as one that fails and is not listed.
@Suite struct ConformanceTests {
  static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let folder = project.deletingLastPathComponent().appendingPathComponent("shared/conformance")
  static let isPresent: Bool = {
    let found = FileManager.default.fileExists(atPath: folder.path)
    if !found { print("CONFORMANCE NOT RUN: \(folder.path) is missing") }
    return found
  }()

  /// A set's cases by name, each with what is wrong with it, `nil` where it holds.
  typealias Outcomes = [(name: String, flaw: String?)]

  @Test(.enabled(if: isPresent, "the conformance cases beside the project are missing"))
  func whatOthersMadeIsReadAsTheyReadIt() throws {
    let exceptions = try Self.rows("Tests/Conformance/exceptions.tsv", in: Self.project)
    var table = "set                       cases passed listed\n"
    for (set, outcomes) in [
      ("cb2xml", try Self.cb2xml()), ("cobrix-layouts", try Self.cobrixLayouts()),
      ("cobrix-copybooks", try Self.cobrixCopybooks()), ("jrecord-layouts", try Self.jrecord()),
      ("accept-reject", try Self.acceptReject()), ("pic", try Self.pictures()),
    ] {
      let listed = Dictionary(
        uniqueKeysWithValues: exceptions.filter { $0["set"] == set }.map { ($0["case"] ?? "", $0["reason"] ?? "") })
      #expect(!outcomes.isEmpty, "\(set) has no cases")
      #expect(Set(listed.keys).isSubset(of: outcomes.map(\.name)), "\(set): a listed case does not exist")
      for (name, flaw) in outcomes {
        if let reason = listed[name] {
          #expect(flaw != nil, "\(set) \(name) holds now; it is listed because \(reason)")
        } else {
          #expect(flaw == nil, "\(set) \(name)")
        }
      }
      let counts = [outcomes.count, outcomes.count { $0.flaw == nil }, listed.count]
      table += set.padding(toLength: 24, withPad: " ", startingAt: 0)
      table += counts.map { count in String(repeating: " ", count: 7 - "\(count)".count) + "\(count)" }.joined() + "\n"
    }
    print(table)
  }

  // MARK: sets

  private static func cb2xml() throws -> Outcomes {
    try cases("cb2xml").map { name in
      try outcome("cb2xml/\(name)", name) { layout in
        let items = layout.items.filter { $0.level > 0 }
        let expected = try rows("cb2xml/\(name)/expected_layout.tsv")
        if items.count != expected.count { return "\(items.count) items, expected \(expected.count)" }
        for (item, row) in zip(items, expected) {
          func cell(_ column: String, _ empty: String) -> String {
            let text = (row[column] ?? "").uppercased()
            return text.isEmpty ? empty : text
          }
          let usage = cell("usage", "").replacing("COMPUTATIONAL", with: "COMP")
          var found = [String(item.level), item.name, String(item.offset + 1), String(item.length)]
          found += [String(item.occurs), item.dependingOn ?? "", item.redefines ?? ""]
          var wanted = [String(Int(cell("level", "")) ?? 0), cell("name", "FILLER"), cell("position", "")]
          wanted += [cell("storage-length", ""), cell("occurs", "1"), cell("depending-on", ""), cell("redefines", "")]
          if let picture = item.picture {
            found.append("\(usage.isEmpty ? "" : item.usage.rawValue) \(picture.editedScale ?? picture.scale)")
            wanted.append("\(usage) \(cell("scale", "0"))")
          }
          if found != wanted { return "found \(found), expected \(wanted)" }
        }
        return nil
      }
    }
  }

  private static func cobrixLayouts() throws -> Outcomes {
    try cases("cobrix/_units/layouts").map { name in
      let path = "cobrix/_units/layouts/\(name)"
      return try outcome(path, String(name.prefix(2)), records: .sequence) { layout in
        try cobrixFlaw(layout, path)
      }
    }
  }

  /// Cobrix's printout: level, name, attributes, number, start, end, length.
  private static func cobrixFlaw(_ layout: Layout, _ path: String) throws -> String? {
    var items = layout.items.filter { $0.level > 0 }[...]
    for line in try text(path + "/expected_layout.txt").split(separator: "\n").dropFirst() {
      let cells = line.split(separator: " ")
      guard cells.count >= 6, let level = Int(cells[0]), let start = Int(cells[cells.count - 3]),
        let length = Int(cells[cells.count - 1])
      else { continue }
      // Cobrix adds these items itself.
      if cells[1].hasSuffix("_debug") { continue }
      // An item of a set of redefinitions is shown with the length of the longest.
      let shares = cells.count > 6 && cells[2].allSatisfy { $0 == "r" || $0 == "R" }
      let name = cells[1].hasPrefix("FILLER") ? "FILLER" : String(cells[1])
      let place = items.firstIndex { item in
        item.level == level && item.offset + 1 == start
          && item.name.filter { $0 != ":" }.replacing("-", with: "_") == name
          && (item.totalLength == length || (shares && item.totalLength < length))
      }
      guard let place else { return "not found: \(line)" }
      items = items[(place + 1)...]
    }
    return nil
  }

  private static func cobrixCopybooks() throws -> Outcomes {
    let framed = [
      "is_text", "record_format", "record_length", "record_length_field", "variable_size_occurs", "file_start_offset",
    ]
    return try cases("cobrix").filter { $0 != "_units" }.map { name in
      let isHeaded = name == "i13c_header_trailer_records"
      return try outcome("cobrix/\(name)", name) { layout in
        let printout = folder.appendingPathComponent("cobrix/\(name)/expected_layout.txt").path
        if FileManager.default.fileExists(atPath: printout), let flaw = try cobrixFlaw(layout, "cobrix/\(name)") {
          return flaw
        }
        let options = try text("cobrix/\(name)/case.json")
        guard !isHeaded, !framed.contains(where: { options.contains("\"\($0)\"") }) else { return nil }
        let data = folder.appendingPathComponent("cobrix/\(name)/data.dat").path
        let size = (try? FileManager.default.attributesOfItem(atPath: data))?[.size] as? Int ?? 0
        return size % layout.length == 0 ? nil : "\(size) bytes of data are no records of \(layout.length)"
      }
    }
  }

  private static func jrecord() throws -> Outcomes {
    let dialects = ["bs": "ibm,sync=8", "mv": "ibm,sync=8", "cp": "gnucobol", "fj": "fujitsu", "mf": "mf", "dt": "ibm"]
    return try rows("jrecord/cases.tsv").map { row in
      let name = row["case"] ?? ""
      let path = "jrecord/\(name)"
      return try outcome(path, name, try Dialect(text: dialects[String(name.prefix(2))] ?? "")) { layout in
        let length = row["record_format"]?.split(separator: "=").last.flatMap { Int($0) }
        guard layout.length == length else { return "\(layout.length) bytes, expected \(length ?? 0)" }
        guard let expected = try? rows(path + "/expected_layout.tsv") else { return nil }
        for (item, row) in zip(layout.items.filter { !$0.isGroup }, expected) {
          let found = [item.name, String(item.offset), String(item.length)]
          let wanted = [row["name"]?.uppercased() ?? "", row["offset0"] ?? "", row["length"] ?? ""]
          if found != wanted { return "found \(found), expected \(wanted)" }
        }
        return nil
      }
    }
  }

  private struct AcceptReject: Decodable {
    let name: String
    let copybook: String
    let expect: String
    let line: Int?
    let field: String?
  }

  private static func acceptReject() throws -> Outcomes {
    let data = try Data(contentsOf: folder.appendingPathComponent("vectors/copybook_accept_reject.json"))
    return try JSONDecoder().decode([AcceptReject].self, from: data).map { test in
      do throws(Diagnostic) {
        _ = try CopybookParser.layout(of: test.copybook, file: test.name)
        return (test.name, test.expect == "accept" ? nil : "accepted")
      } catch {
        let message = error.message(.english)
        guard test.expect == "error" else { return (test.name, message) }
        guard test.line == nil || test.line == error.place.line else { return (test.name, "another line: \(message)") }
        let names = test.field.map { [$0, $0.replacing("_", with: "-")] }
        return (test.name, names?.contains { message.contains($0) } ?? true ? nil : "without the field: \(message)")
      }
    }
  }

  private static func pictures() throws -> Outcomes {
    try rows("vectors/pic.tsv").map { row in
      let text = row["pic"] ?? ""
      let expected = row["expected"] ?? ""
      let comma = row["kind"] == "int_digits,scale,scale_factor" && text.contains(",")
      let picture = try? Picture.parse(text, decimalComma: comma)
      let facts = picture.map { [$0.count, $0.scale, $0.editedScale ?? 0, $0.digits] }
      switch row["kind"] {
      case "valid": return (text, picture == nil ? "refused" : nil)
      case "invalid": return (text, picture == nil ? nil : "accepted")
      case "canonical":
        let same = try Picture.parse(expected)
        return (text, facts == [same.count, same.scale, 0, same.digits] ? nil : "is not \(expected)")
      default:
        let numbers = expected.split(separator: ",").compactMap { Int($0.filter { $0 != " " }) }
        guard let picture, numbers.count == 3 else { return (text, "refused") }
        let scale = picture.editedScale ?? picture.scale
        // P in front: the digits are counted without it; behind: as a factor.
        let found =
          picture.text.uppercased().drop { $0 == "S" }.hasPrefix("P")
          ? [picture.digits, 0, picture.digits - scale]
          : [picture.digits - max(scale, 0), max(scale, 0), max(-scale, 0)]
        return (text, found == numbers ? nil : "\(found), expected \(numbers)")
      }
    }
  }

  // MARK: files

  /// Reads a case's copybook and compares its layout.
  private static func outcome(
    _ path: String, _ name: String, _ dialect: Dialect = Dialect(.ibm),
    records: CopybookParser.RecordOrder = .alternatives, _ compare: (Layout) throws -> String?
  ) throws -> (name: String, flaw: String?) {
    let file = try #require(
      ["copybook.cbl", "copybook.cob"].first {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent("\(path)/\($0)").path)
      })
    let copybook = try text("\(path)/\(file)")
    do {
      let layout = try CopybookParser.layout(of: copybook, file: path, dialect: dialect, records: records)
      return (name, try compare(layout))
    } catch let error as Diagnostic {
      return (name, error.message(.english))
    }
  }

  private static func cases(_ set: String) throws -> [String] {
    let url = folder.appendingPathComponent(set)
    return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted().filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path, isDirectory: &isFolder)
        && isFolder.boolValue
    }
  }

  private static func text(_ path: String, in folder: URL = folder) throws -> String {
    String(decoding: try Data(contentsOf: folder.appendingPathComponent(path)), as: UTF8.self)
  }

  /// Rows of a tab-separated file by their column names.
  private static func rows(_ path: String, in folder: URL = folder) throws -> [[String: String]] {
    let lines = try text(path, in: folder).split(whereSeparator: \.isNewline)
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    let head = lines.first ?? []
    return lines.dropFirst().map { Dictionary(zip(head, $0), uniquingKeysWith: { first, _ in first }) }
  }
}
