import Base

/// A workbook that people edited: saved by Excel (`.xlsx`, `.xlsm`), LibreOffice or a library.
///
/// ```swift
/// let workbook = try WorkbookReader(path: "items.xlsx")
/// try workbook.rows(of: "確認事項") { row throws(Diagnostic) in
///   guard let answer = row[3] else { return }  // column D is empty
///   …row.place(3)…                             // for messages
/// }
/// ```
/// Rows that hold nothing are passed over, whatever their look; formats, macros and everything else are not read.
package final class WorkbookReader {
  /// In the order of the tabs; sheets of cells only.
  package let sheets: [Sheet]
  /// How numbers of this workbook are dates: `value.date(workbook.dates)`.
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

  package init(path: String, limitBytes: Int) throws(Diagnostic) {
    archive = try ZipArchive(path: path, limitBytes: limitBytes)
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

  /// Hands out the rows of a sheet that hold something, from top to bottom.
  ///
  /// - Throws: `workbook.sheet` where no sheet has the name; `workbook.format`, with the cell where one is wrong; and
  ///   what `receive` throws. Rows that were handed out before are right, but not all: they should not be used.
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
        sheet.part, of: archive, SheetPart(sheet: place, shared: texts, dates: dates, receive))
    }
  }

  /// Reads the parts that were not asked for, to see that they are whole.
  ///
  /// - Throws: `workbook.format`.
  func checkUnreadParts() throws(Diagnostic) {
    for part in archive.unread { _ = try XMLPart.read(part, of: archive, AnyPart()) }
  }
}

/// A part of which nothing is asked but that it is XML to its end.
private struct AnyPart: XMLHandler {
  static let root: (element: PartElement, name: String)? = nil

  mutating func start(_ element: PartElement, _ attributes: XMLAttributes) {}
  mutating func end(_ element: PartElement) {}
  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
