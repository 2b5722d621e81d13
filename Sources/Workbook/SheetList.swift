import Evidence

/// The sheets of a workbook and how it counts days (`xl/workbook.xml`).
final class SheetList: XMLHandler {
  static let root: String? = "workbook"

  private(set) var sheets: [(name: String, isHidden: Bool, relationship: String)] = []
  private(set) var dates = DateSystem.from1900

  func start(_ name: String, _ attributes: XMLAttributes) {
    switch name {
    case "sheet":
      guard let name = attributes["name"], let relationship = attributes.relationship else { return }
      let state = attributes["state"] ?? "visible"
      sheets.append((name, state != "visible", relationship))
    case "workbookPr":
      if let flag = attributes["date1904"], flag == "1" || flag == "true" { dates = .from1904 }
    default: break
    }
  }

  func end(_ name: String) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
