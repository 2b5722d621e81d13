import Base
import CZlib
import Glibc
import Workbook

/// A workbook, in one of two forms: `z` and the bytes of a zip file, or `x` and the XML of a sheet's data, a line feed, and
/// that of the shared texts, which are put into a file that is whole. Reading it twice gives the same.
func fuzzWorkbook(_ input: inout Input) {
  let isArchive = input.choice([true, false])
  let file: [UInt8]
  if isArchive {
    file = input.bytes()
  } else {
    let texts = input.bytes(before: 0x0A)
    file = archive(sheet: input.bytes(), texts: texts)
  }
  let path = memoryFile(file)
  let first = read(path)
  expect(first == read(path), "another result the second time")
}

/// What a reader makes of the file: each cell, or the sentence that says why not.
private func read(_ path: String) -> [String] {
  var cells: [String] = []
  do throws(Diagnostic) {
    let workbook = try WorkbookReader(path: path)
    for sheet in workbook.sheets {
      var last = 0
      do throws(Diagnostic) {
        try workbook.rows(of: sheet.name) { row throws(Diagnostic) in
          expect(row.number > last && !row.cells.isEmpty, "rows go up, and hold something")
          last = row.number
          for cell in row.cells {
            cells.append("\(row.number) \(cell.column) \(cell.value)")
            _ = (cell.value.integer, cell.value.decimal, cell.value.date(workbook.dates))
          }
        }
      } catch { cells.append(error.message(.english)) }
    }
  } catch { cells.append(error.message(.english)) }
  return cells
}

private let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
private let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
private let package = "http://schemas.openxmlformats.org/package/2006/relationships"

/// A zip file that is whole, of which nothing is deflated.
private func archive(sheet: [UInt8], texts: [UInt8]) -> [UInt8] {
  let parts: [(String, [UInt8])] = [
    (
      "_rels/.rels",
      Array(
        "<Relationships xmlns='\(package)'><Relationship Id='r' Type='\(office)/officeDocument' Target='w.xml'/></Relationships>"
          .utf8)
    ),
    (
      "w.xml",
      Array(
        "<workbook xmlns='\(main)' xmlns:r='\(office)'><sheets><sheet name='S' sheetId='1' r:id='a'/></sheets></workbook>"
          .utf8)
    ),
    (
      "_rels/w.xml.rels",
      Array(
        ("<Relationships xmlns='\(package)'><Relationship Id='a' Type='\(office)/worksheet' Target='s.xml'/>"
          + "<Relationship Id='b' Type='\(office)/sharedStrings' Target='t.xml'/></Relationships>").utf8)
    ),
    ("s.xml", Array("<worksheet xmlns='\(main)'>".utf8) + sheet + Array("</worksheet>".utf8)),
    ("t.xml", Array("<sst xmlns='\(main)'>".utf8) + texts + Array("</sst>".utf8)),
  ]
  func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
  var (file, list): ([UInt8], [UInt8]) = ([], [])
  for (name, bytes) in parts {
    let sum = Int(bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) })
    let common =
      little(20, 2) + little(0, 8) + little(sum, 4) + little(bytes.count, 4) + little(bytes.count, 4)
      + little(name.utf8.count, 2) + little(0, 2)
    list += [0x50, 0x4B, 1, 2, 20, 0] + common + little(0, 10) + little(file.count, 4) + name.utf8
    file += [0x50, 0x4B, 3, 4] + common + name.utf8 + bytes
  }
  let end =
    little(0, 4) + little(parts.count, 2) + little(parts.count, 2) + little(list.count, 4) + little(file.count, 4)
  return file + list + [0x50, 0x4B, 5, 6] + end + little(0, 2)
}
