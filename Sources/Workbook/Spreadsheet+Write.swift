import CXlsxWriter
import Evidence
import Glibc

extension Spreadsheet {
  /// Writes the workbook whole: under another name first (mode 0600), read back, then renamed. After an error what was at
  /// `path` is as it was.
  ///
  /// - Throws: `workbook.write`; with sheet and cell, what Excel could not hold: `workbook.length`,
  ///   `workbook.character`, `workbook.number`, `workbook.size`, `workbook.name`. Nothing is ever cut.
  package func write(to path: String) throws(Diagnostic) {
    precondition(!sheets.isEmpty, "a workbook without sheets")
    let partial = path + ".partial"
    func failure() -> Diagnostic {
      Diagnostic(.workbookWrite, at: Place(file: path), String(cString: strerror(errno)))
    }
    unlink(partial)
    // libxlsxwriter opens it by name: the file is there already, and keeps its mode.
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    do throws(Diagnostic) {
      try fill(partial, path: path)
      try prove(partial, path: path)
      guard fsync(descriptor) == 0, rename(partial, path) == 0 else { throw failure() }
    } catch {
      unlink(partial)
      throw error
    }
  }

  private func fill(_ partial: String, path: String) throws(Diagnostic) {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    var bytes = Array(folder.utf8CString)
    let opened = bytes.withUnsafeMutableBufferPointer { folder in
      // Its temporary files have no names; they are where the workbook will be.
      var options = lxw_workbook_options(constant_memory: 0, tmpdir: folder.baseAddress, use_zip64: 0)
      return workbook_new_opt(partial, &options)
    }
    guard let workbook = opened else {
      throw Diagnostic(.workbookWrite, at: Place(file: path), "out of memory")
    }
    do throws(Diagnostic) {
      try fill(workbook, path: path)
    } catch {
      lxw_workbook_free(workbook)
      throw error
    }
    try Self.check(workbook_close(workbook), path: path)
  }

  private func fill(_ workbook: UnsafeMutablePointer<lxw_workbook>, path: String) throws(Diagnostic) {
    try CellText.check(title, limit: CellText.formulaLimit, at: Place(file: path))
    var titleBytes = Array(title.utf8CString)
    try titleBytes.withUnsafeMutableBufferPointer { title throws(Diagnostic) in
      var properties = lxw_doc_properties()
      properties.title = title.baseAddress
      properties.created = created
      try Self.check(workbook_set_properties(workbook, &properties), path: path)
    }

    let formats = CellFormats(workbook)
    var lists = ChoiceLists()
    var names: Set<String> = [ChoiceLists.sheetName]
    for sheet in sheets {
      guard Self.isName(sheet.name), names.insert(sheet.name.lowercased()).inserted,
        let target = workbook_add_worksheet(workbook, sheet.name)
      else { throw Diagnostic(.workbookName, at: Place(file: path), sheet.name) }
      // In formulas libxlsxwriter leaves `2026` and `A1` without the marks that Excel wants there.
      free(target.pointee.quoted_name)
      target.pointee.quoted_name = strdup(
        "'" + sheet.name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'")
      let place = Place(file: path, sheet: sheet.name)
      try SheetWriter(sheet: sheet, target: target, formats: formats, place: place).write(title: title, lists: &lists)
    }
    if lists.columns.isEmpty { return }
    guard let hidden = workbook_add_worksheet(workbook, ChoiceLists.sheetName) else {
      throw Diagnostic(.workbookName, at: Place(file: path), ChoiceLists.sheetName)
    }
    worksheet_hide(hidden)
    for (column, choices) in lists.columns.enumerated() {
      for (row, choice) in choices.enumerated() {
        let format = formats[.init(code: "@", isBare: true)]
        try Self.check(
          worksheet_write_string(hidden, lxw_row_t(row), lxw_col_t(column), CellText.escaped(choice), format),
          path: path)
      }
    }
  }

  /// What Excel takes as the name of a sheet.
  private static func isName(_ name: String) -> Bool {
    (1...31).contains(name.utf16.count) && name.first != "'" && name.last != "'" && name.lowercased() != "history"
      && !name.unicodeScalars.contains { ":\\/?*[]".unicodeScalars.contains($0) || $0.value < 0x20 }
  }

  private static func check(_ error: lxw_error, path: String) throws(Diagnostic) {
    guard error == LXW_NO_ERROR else {
      throw Diagnostic(.workbookWrite, at: Place(file: path), String(cString: lxw_strerror(error)))
    }
  }
}
