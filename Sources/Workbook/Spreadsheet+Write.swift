import Base
import Glibc

extension Spreadsheet {
  /// Writes the workbook whole: first under another name (mode 0600), read back, then renamed. After an error the file
  /// at `path` is unchanged.
  ///
  /// - Throws: `workbook.write`; for content that Excel could not hold, with sheet and cell: `workbook.length`,
  ///   `workbook.character`, `workbook.number`, `workbook.size`, `workbook.name`, `workbook.large`. Nothing is ever
  ///   truncated.
  package func write(to path: String) throws(Diagnostic) {
    precondition(!sheets.isEmpty, "a workbook without sheets")
    let partial = path + ".partial"
    func failure() -> Diagnostic {
      Diagnostic(.workbookWrite, at: Place(file: path), String(cString: strerror(errno)))
    }
    unlink(partial)
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    do throws(Diagnostic) {
      try fill(descriptor, path: path)
      try prove(partial, path: path)
      guard fsync(descriptor) == 0, rename(partial, path) == 0 else { throw failure() }
    } catch {
      unlink(partial)
      throw error
    }
  }

  /// The largest number of bytes of all parts: with rows that are computed it may be a sheet as long as Excel allows.
  var limitBytes: Int { sheets.contains { $0.more != nil } ? 4 * ZipArchive.limitBytes : ZipArchive.limitBytes }

  private func fill(_ descriptor: Int32, path: String) throws(Diagnostic) {
    let place = Place(file: path)
    try CellText.check(title, limit: CellText.formulaLimit, at: place)
    var names: Set<String> = [ChoiceLists.sheetName]
    for sheet in sheets {
      guard Self.isName(sheet.name), names.insert(sheet.name.lowercased()).inserted else {
        throw Diagnostic(.workbookName, at: place, sheet.name)
      }
    }
    var lists = ChoiceLists()
    var rules: [[String?]] = []
    for sheet in sheets {
      var formulas: [String?] = []
      for (index, column) in sheet.columns.enumerated() {
        let cell = CellReference(column: index, row: 1).text
        for choice in column.choices {
          try CellText.check(choice, at: Place(file: path, sheet: sheet.name, cell: cell))
        }
        let isAny = column.choices.isEmpty || sheet.rowCount + sheet.spareRows == 0
        formulas.append(isAny ? nil : lists.formula(column.choices))
      }
      rules.append(formulas)
    }

    let zip = ZipWriter(descriptor, place: place, limitBytes: limitBytes)
    let parts = WorkbookParts(workbook: self, hasLists: !lists.columns.isEmpty, zip: zip)
    try parts.writeHead()
    let (formats, texts) = (CellFormats(), SharedTexts())
    for (index, sheet) in sheets.enumerated() {
      let place = Place(file: path, sheet: sheet.name)
      var writer = SheetWriter(
        sheet: sheet, rules: rules[index], formats: formats, texts: texts, place: place,
        xml: try XMLWriter("xl/worksheets/sheet\(index + 1).xml", zip))
      try writer.write(title: title, isShown: index == 0)
    }
    if !lists.columns.isEmpty {
      let format = formats[.init(code: "@", isBare: true)]
      try lists.write(to: zip, number: sheets.count + 1, format: format, texts: texts)
    }
    try texts.write(to: zip)
    try formats.write(to: zip)
    try parts.writeProperties()
    try zip.finish()
  }

  /// Whether Excel accepts a text as the name of a sheet.
  private static func isName(_ name: String) -> Bool {
    (1...31).contains(name.utf16.count) && name.first != "'" && name.last != "'" && name.lowercased() != "history"
      && !name.unicodeScalars.contains { ":\\/?*[]\n\t".unicodeScalars.contains($0) || CellText.isForbidden($0) }
  }
}
