/// The sheets of a workbook and its date system (`xl/workbook.xml`).
struct SheetList: XMLHandler {
  static let root: (element: PartElement, name: String)? = (.workbook, "workbook")

  private(set) var sheets: [(name: String, isHidden: Bool, relationship: String)] = []
  private(set) var dates = DateSystem.from1900

  mutating func start(_ element: PartElement, _ attributes: XMLAttributes) {
    switch element {
    case .sheet:
      guard let name = attributes["name"], let relationship = attributes.relationship else { return }
      let state = attributes["state"] ?? "visible"
      sheets.append((name, state != "visible", relationship))
    case .workbookProperties:
      if let flag = attributes["date1904"], flag == "1" || flag == "true" { dates = .from1904 }
    default: break
    }
  }

  mutating func end(_ element: PartElement) {}
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
