import Base
import Copybook
import Foundation
import Testing

/// Published copybooks and layouts.
extension ConformanceTests {
  @Test func layouts() throws {
    try Conformance.judge("cb2xml", LayoutCase.cb2xml())
    try Conformance.judge("cobrix-layouts", LayoutCase.cobrixLayouts())
    try Conformance.judge("cobrix-copybooks", LayoutCase.cobrixCopybooks())
    try Conformance.judge("jrecord-layouts", LayoutCase.jrecord())
  }
}

enum LayoutCase {
  static func cb2xml() throws -> Conformance.Outcomes {
    try cases("cb2xml").map { name in
      try outcome("cb2xml/\(name)", name) { layout in
        let items = layout.items.filter { $0.level > 0 }
        let expected = try Conformance.rows("cb2xml/\(name)/expected_layout.tsv")
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

  static func cobrixLayouts() throws -> Conformance.Outcomes {
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
    for line in try Conformance.text(path + "/expected_layout.txt").split(separator: "\n").dropFirst() {
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

  static func cobrixCopybooks() throws -> Conformance.Outcomes {
    let framed = [
      "is_text", "record_format", "record_length", "record_length_field", "variable_size_occurs", "file_start_offset",
    ]
    return try cases("cobrix").filter { $0 != "_units" }.map { name in
      let isHeaded = name == "i13c_header_trailer_records"
      return try outcome("cobrix/\(name)", name) { layout in
        let printout = Conformance.folder.appendingPathComponent("cobrix/\(name)/expected_layout.txt").path
        if FileManager.default.fileExists(atPath: printout), let flaw = try cobrixFlaw(layout, "cobrix/\(name)") {
          return flaw
        }
        let options = try Conformance.text("cobrix/\(name)/case.json")
        guard !isHeaded, !framed.contains(where: { options.contains("\"\($0)\"") }) else { return nil }
        let data = Conformance.folder.appendingPathComponent("cobrix/\(name)/data.dat").path
        let size = (try? FileManager.default.attributesOfItem(atPath: data))?[.size] as? Int ?? 0
        return size % layout.length == 0 ? nil : "\(size) bytes of data are no records of \(layout.length)"
      }
    }
  }

  static func jrecord() throws -> Conformance.Outcomes {
    let dialects = ["bs": "ibm,sync=8", "mv": "ibm,sync=8", "cp": "gnucobol", "fj": "fujitsu", "mf": "mf", "dt": "ibm"]
    return try Conformance.rows("jrecord/cases.tsv").map { row in
      let name = row["case"] ?? ""
      let path = "jrecord/\(name)"
      return try outcome(path, name, try Dialect(text: dialects[String(name.prefix(2))] ?? "")) { layout in
        let length = row["record_format"]?.split(separator: "=").last.flatMap { Int($0) }
        guard layout.length == length else { return "\(layout.length) bytes, expected \(length ?? 0)" }
        guard let expected = try? Conformance.rows(path + "/expected_layout.tsv") else { return nil }
        for (item, row) in zip(layout.items.filter { !$0.isGroup }, expected) {
          let found = [item.name, String(item.offset), String(item.length)]
          let wanted = [row["name"]?.uppercased() ?? "", row["offset0"] ?? "", row["length"] ?? ""]
          if found != wanted { return "found \(found), expected \(wanted)" }
        }
        return nil
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
        FileManager.default.fileExists(atPath: Conformance.folder.appendingPathComponent("\(path)/\($0)").path)
      })
    let copybook = try Conformance.text("\(path)/\(file)")
    do {
      let layout = try CopybookParser.layout(of: copybook, file: path, dialect: dialect, records: records)
      return (name, try compare(layout))
    } catch let error as Diagnostic {
      return (name, error.message(.english))
    }
  }

  private static func cases(_ set: String) throws -> [String] {
    let url = Conformance.folder.appendingPathComponent(set)
    return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted().filter { name in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path, isDirectory: &isFolder)
        && isFolder.boolValue
    }
  }
}
