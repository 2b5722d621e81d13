import Base

/// A workbook edited by people and saved by Excel (`.xlsx`, `.xlsm`), LibreOffice or a library.
///
/// ```swift
/// let workbook = try WorkbookReader(path: "items.xlsx")
/// try workbook.rows(of: "確認事項") { row throws(Diagnostic) in
///   guard let answer = row[3] else { return }  // column D is empty
///   …row.place(3)…                             // for messages
/// }
/// ```
/// Empty rows are skipped, whatever their look; formats, macros and everything else are not read.
package final class WorkbookReader {
  /// The sheets in the order of the tabs; sheets of cells only.
  package let sheets: [Sheet]
  /// The date system of the workbook: `value.date(workbook.dates)`.
  package let dates: DateSystem

  package struct Sheet: Hashable, Sendable {
    package let name: String
    package let isHidden: Bool
    fileprivate let part: String
  }

  private let archive: ZipArchive
  private let sharedPart: String?
  private var shared: [String]?

  /// Opens a workbook and lists its sheets.
  ///
  /// - Throws: `file.open`; `workbook.protected` for one with a password or in the old format; `workbook.large`;
  ///   `workbook.format`.
  package convenience init(path: String) throws(Diagnostic) {
    try self.init(path: path, limitBytes: ZipArchive.limitBytes)
  }

  package convenience init(path: String, limitBytes: Int) throws(Diagnostic) {
    try self.init(ZipArchive(path: path, limitBytes: limitBytes))
  }

  /// A workbook that was read as a whole, as definition files are.
  ///
  /// - Throws: the same; `file.spool`.
  package convenience init(_ file: DefinitionFile) throws(Diagnostic) {
    let source = try SourceFile.copy(file.name) { (buffer, room, total) throws(Diagnostic) in
      let count = min(room, file.bytes.count - total)
      if count > 0 { buffer.update(from: Array(file.bytes[total..<total + count]), count: count) }
      return count
    }
    try self.init(ZipArchive(source, limitBytes: ZipArchive.limitBytes))
  }

  private init(_ archive: ZipArchive) throws(Diagnostic) {
    self.archive = archive
    let path = archive.path
    let root = try Relationships(of: "", in: archive).targets.first { $0.kind == "officeDocument" }
    guard let root else { throw Diagnostic(.workbookFormat, at: Place(file: path), "there is no workbook in it") }
    guard !root.part.hasSuffix(".bin") else {
      throw Diagnostic(.workbookFormat, at: Place(file: path), "it is a binary workbook, .xlsb")
    }
    let list = try XMLPart.read(root.part, of: archive, SheetList())
    let targets = try Relationships(of: root.part, in: archive).targets
    dates = list.dates
    sharedPart = targets.first { $0.kind == "sharedStrings" }?.part
    sheets = list.sheets.compactMap { sheet in
      targets.first { $0.id == sheet.relationship && $0.kind == "worksheet" }
        .map { Sheet(name: sheet.name, isHidden: sheet.isHidden, part: $0.part) }
    }
  }

  /// Passes the rows of a sheet that are not empty to `receive`, from top to bottom.
  ///
  /// - Throws: `workbook.sheet` when no sheet has the name; `workbook.format`, with the cell if one is wrong; the
  ///   errors of `receive`. Rows passed before are right but incomplete: they should not be used.
  package func rows(
    of name: String, _ receive: (SheetRow) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    guard let sheet = sheets.first(where: { $0.name == name }) else {
      let names = sheets.map(\.name).joined(separator: "、")
      throw Diagnostic(.workbookSheet, at: Place(file: archive.path), name, names)
    }
    if shared == nil {
      shared = if let sharedPart { try SharedStrings(sharedPart, of: archive).texts } else { [] }
    }
    let place = Place(file: archive.path, sheet: name)
    let texts = shared ?? []
    try withoutActuallyEscaping(receive) { receive throws(Diagnostic) in
      _ = try XMLPart.read(
        sheet.part, of: archive, SheetReader(sheet: place, shared: texts, dates: dates, receive))
    }
  }

  /// Reads the parts that were not requested, to verify that they are whole.
  ///
  /// - Throws: `workbook.format`.
  func checkUnreadParts() throws(Diagnostic) {
    for part in archive.unread { _ = try XMLPart.read(part, of: archive, AnyPart()) }
  }
}

/// A part that is only verified to be XML to its end.
private struct AnyPart: XMLHandler {
  static let root: (element: PartElement, name: String)? = nil

  mutating func start(_ element: PartElement, _ attributes: XMLAttributes) {}
  mutating func end(_ element: PartElement) {}
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
