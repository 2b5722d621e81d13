import Base
import CZlib
import Foundation
import Testing
import Workbook

/// A free file name, and a file that lives as long as the value.
final class TemporaryFile {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("workbook-\(UUID().uuidString).xlsx").path

  init(_ bytes: [UInt8]? = nil) throws {
    if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var bytes: [UInt8] { FileManager.default.contents(atPath: path).map(Array.init) ?? [] }
}

/// All bytes of a part, in chunks of `count` bytes.
func bytes(of part: ZipPart, by count: Int = 1 << 16) throws -> [UInt8] {
  let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
  defer { buffer.deallocate() }
  var bytes: [UInt8] = []
  while true {
    let got = try part.read(into: buffer, count: count)
    if got == 0 { return bytes }
    bytes += UnsafeBufferPointer(start: buffer, count: got)
  }
}

/// A zip file of these parts, not compressed. `flags` is 1 for encrypted parts.
func zip(_ parts: [(name: String, bytes: [UInt8])], flags: UInt16 = 0) -> [UInt8] {
  func two(_ value: Int) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF)] }
  func four(_ value: Int) -> [UInt8] { two(value & 0xFFFF) + two(value >> 16) }
  var file: [UInt8] = []
  var directory: [UInt8] = []
  for (name, bytes) in parts {
    let sum = Int(bytes.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) })
    let common =
      two(20) + two(Int(flags)) + two(0) + four(0) + four(sum) + four(bytes.count) + four(bytes.count)
      + two(name.utf8.count) + two(0)
    directory +=
      [0x50, 0x4B, 1, 2] + two(20) + common + two(0) + two(0) + two(0) + four(0) + four(file.count) + name.utf8
    file += [0x50, 0x4B, 3, 4] + common + name.utf8 + bytes
  }
  let end = two(0) + two(0) + two(parts.count) + two(parts.count) + four(directory.count) + four(file.count) + two(0)
  return file + directory + [0x50, 0x4B, 5, 6] + end
}

/// The parts of a workbook with one sheet “S”, each of which can be replaced.
struct HandMade {
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

  var sheet = "<worksheet xmlns='\(main)'><sheetData/></worksheet>"
  var strings = "<sst xmlns='\(main)'/>"
  var workbook =
    "<workbook xmlns='\(main)' xmlns:r='\(office)'><sheets><sheet name='S' sheetId='1' r:id='r1'/></sheets></workbook>"
  var workbookTargets =
    "<Relationships xmlns='\(package)'><Relationship Id='r1' Type='\(office)/worksheet' Target='worksheets/sheet1.xml'/>"
    + "<Relationship Id='r2' Type='\(office)/sharedStrings' Target='/xl/sharedStrings.xml'/></Relationships>"
  var targets =
    "<Relationships xmlns='\(package)'><Relationship Id='r1' Type='\(office)/officeDocument' Target='xl/workbook.xml'/>"
    + "</Relationships>"
  var without: String?
  var flags: UInt16 = 0

  init() {}
  init(data: String) { sheet = "<worksheet xmlns='\(Self.main)'><sheetData>\(data)</sheetData></worksheet>" }
  init(row: String) { self.init(data: "<row>\(row)</row>") }

  var bytes: [UInt8] {
    let parts = [
      ("_rels/.rels", targets), ("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", workbookTargets),
      ("xl/sharedStrings.xml", strings), ("xl/worksheets/sheet1.xml", sheet),
    ]
    return zip(parts.filter { $0.0 != without }.map { ($0.0, Array($0.1.utf8)) }, flags: flags)
  }
}

/// The content of a sheet: `A1=…` for each cell, in the notation of ``text(_:)``.
func read(_ bytes: [UInt8], sheet: String = "S") throws -> [String] {
  let file = try TemporaryFile(bytes)
  return try cells(of: WorkbookReader(path: file.path), sheet: sheet)
}

func cells(of workbook: WorkbookReader, sheet: String) throws -> [String] {
  var cells: [String] = []
  try workbook.rows(of: sheet) { row throws(Diagnostic) in
    for cell in row.cells {
      cells.append(CellReference(column: cell.column, row: row.number).text + "=" + text(cell.value))
    }
  }
  return cells
}

/// `"text"`, digits, `TRUE`, `#N/A`, `?` for an uncalculated formula.
func text(_ value: CellValue) -> String {
  switch value {
  case .text(let text): "\"\(text)\""
  case .number(let digits): digits
  case .boolean(let isTrue): isTrue ? "TRUE" : "FALSE"
  case .error(let error): error
  case .uncalculated: "?"
  }
}

/// The message of an error, without the folder of temporary files.
func message(_ language: Language = .english, _ body: () throws -> Void) -> String {
  do {
    try body()
    return "nothing was thrown"
  } catch let error as Diagnostic {
    var place = error.place
    place.file = place.file == nil ? nil : "FILE"
    return error.moved(to: place).message(language)
  } catch {
    return "\(error)"
  }
}
