import Base

/// The parts to which a part refers (`xl/_rels/workbook.xml.rels`).
struct Relationships: XMLHandler {
  static let root: (element: PartElement, name: String)? = (.relationships, "Relationships")

  struct Target {
    let id: String
    /// The last word of its type: `worksheet`, `sharedStrings`, `officeDocument`.
    let kind: Substring
    let part: String
  }

  private(set) var targets: [Target] = []
  private var folder: String

  /// - Parameter part: whose relationships; empty for those of the workbook as a whole.
  /// - Throws: `workbook.format`.
  init(of part: String, in archive: ZipArchive) throws(Diagnostic) {
    let slash = part.lastIndex(of: "/").map { part.index(after: $0) } ?? part.startIndex
    folder = String(part[..<slash])
    self = try XMLPart.read(folder + "_rels/" + part[slash...] + ".rels", of: archive, self)
  }

  mutating func start(_ element: PartElement, _ attributes: XMLAttributes) {
    guard element == .relationship, attributes["TargetMode"] != "External", let id = attributes["Id"],
      let type = attributes["Type"], let target = attributes["Target"]
    else { return }
    let kind = type.split(separator: "/").last ?? ""
    targets.append(Target(id: id, kind: kind, part: Self.resolve(target, in: folder)))
  }

  mutating func end(_ element: PartElement) {}
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

  /// The part named by a path from `folder`: `/xl/a.xml` is absolute, `../a.xml` goes up.
  static func resolve(_ target: String, in folder: String) -> String {
    var path: [Substring] = []
    for step in (target.first == "/" ? target : folder + target).split(separator: "/") {
      switch step {
      case ".": break
      case "..": _ = path.popLast()
      default: path.append(step)
      }
    }
    return path.joined(separator: "/")
  }
}
