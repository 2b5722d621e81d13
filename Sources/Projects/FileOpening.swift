import Base
import Charset
import Copybook
import Decode
import Foundation
import Framing
import Records

extension FilePlan {
  /// Opens the files and verifies the line of names, and the first and last record, of each: a file without its header
  /// or trailer is refused.
  ///
  /// - Throws: `file.columns`, `file.header`, `file.trailer`; the errors of opening and reading.
  package func open(in folder: String) throws(Diagnostic) -> RecordFile {
    var parts: [RecordFile] = []
    for name in try names(in: folder) {
      let part = try open((folder as NSString).appendingPathComponent(name))
      if let first = parts.first, first.columns != part.columns {
        throw Diagnostic(.fileColumnOrder, at: Place(file: part.path, line: 1), first.path)
      }
      parts.append(part)
    }
    return parts.count == 1 ? parts[0] : RecordFile(parts: parts)
  }

  /// The names of the files; those that a pattern matches are sorted.
  ///
  /// - Throws: `file.open` when a pattern matches none.
  package func names(in folder: String) throws(Diagnostic) -> [String] {
    guard data.contains("*") else { return sources }
    let inner = (data as NSString).deletingLastPathComponent
    let all = try? FileManager.default.contentsOfDirectory(atPath: (folder as NSString).appendingPathComponent(inner))
    let found = (all ?? []).map { (inner as NSString).appendingPathComponent($0) }
      .filter { TargetExtent.matches(data, $0) }.sorted()
    if found.isEmpty {
      throw Diagnostic(.fileOpen, at: Place(file: (folder as NSString).appendingPathComponent(data)), "no such file")
    }
    return found
  }

  private func open(_ path: String) throws(Diagnostic) -> RecordFile {
    var file = try RecordFile(path: path, format: format, recordLength: recordLength)
    file.columns = try columns(of: file)
    let buffer = BlockBuffer()
    for (role, record) in [(FileKind.Role.header, 0), (.trailer, file.recordCount - 1)] {
      guard let kind = kinds.first(where: { $0.role == role }) else { continue }
      let block = try file.read(max(0, record) / RecordFile.recordsPerBlock, into: buffer)
      let row = record % RecordFile.recordsPerBlock
      let start = row < 0 ? block.base : block.base + block.starts[row]
      let length = row < 0 ? 0 : block.lengths?[row] ?? file.recordLength
      let found = kindPlace(start, length, file.columns)
      guard let found, Array(UnsafeBufferPointer(start: start + found.lowerBound, count: found.count)) == kind.bytes
      else {
        let place = Place(
          file: path, line: record < 0 ? nil : file.line(of: record), record: max(1, record + 1),
          offset: record < 0 ? 0 : file.offset(of: record))
        let bytes = UnsafeBufferPointer(start: start + (found?.lowerBound ?? 0), count: found?.count ?? 0)
        throw Diagnostic(role == .header ? .fileHeader : .fileTrailer, at: place, kind.code, "X'\(Hex.text(bytes))'")
      }
    }
    return file
  }

  /// The column of the file for each item; empty when they are in the layout's order.
  private func columns(of file: RecordFile) throws(Diagnostic) -> [Int] {
    guard let syntax = format.cells, !columnNames.isEmpty else { return [] }
    let characters = kinds.first?.reading.characters
    let found = syntax.cells(file.names).map { bytes in
      let (text, fault) = characters?.decode(.mixed, bytes: bytes) ?? ("", nil)
      return fault == nil ? text : "X'\(bytes.withUnsafeBufferPointer { Hex.text($0) })'"
    }
    func refuse(_ code: DiagnosticCode, _ column: Int?, _ name: String) -> Diagnostic {
      Diagnostic(code, at: Place(file: file.path, line: 1), name, column.map { String($0 + 1) } ?? "")
    }
    for (column, name) in found.enumerated() {
      if !columnNames.contains(name) { throw refuse(.fileColumnUnknown, column, name) }
      if found[..<column].contains(name) { throw refuse(.fileColumnTwice, column, name) }
    }
    var columns: [Int] = []
    for name in columnNames {
      guard let column = found.firstIndex(of: name) else { throw refuse(.fileColumnMissing, nil, name) }
      columns.append(column)
    }
    return columns
  }

  /// Whether a field is the bytes that name a record's kind.
  package func namesKind(_ field: FieldPlan) -> Bool {
    kindItem.map { field.places.first == $0.offset..<$0.offset + $0.length } ?? false
  }

  /// The bytes of a record that name its kind; `nil` when it has none.
  @inline(__always)
  package func kindPlace(_ record: UnsafePointer<UInt8>, _ length: Int, _ columns: [Int]) -> Range<Int>? {
    guard let kindItem else { return 0..<0 }
    guard let syntax = format.cells else {
      let end = kindItem.offset + kindItem.length
      return length >= end ? kindItem.offset..<end : nil
    }
    let item = kindItem.identity - 1
    let column = columns.isEmpty ? item : columns[item]
    var start = 0
    for _ in 0..<column {
      _ = syntax.next(record, length, &start)
      if start > length { return nil }
    }
    let cell = syntax.next(record, length, &start)
    return cell.isBroken || cell.hasDoubledQuotes ? nil : cell.bytes
  }

  /// The index of a record's kind; `nil` when it is of none, or too short to have one.
  @inline(__always)
  package func kind(of record: UnsafePointer<UInt8>, length: Int, columns: [Int]) -> Int? {
    guard let place = kindPlace(record, length, columns) else { return nil }
    for (index, kind) in kinds.enumerated() where kind.bytes.count == place.count {
      var same = true
      for position in 0..<place.count where record[place.lowerBound + position] != kind.bytes[position] { same = false }
      if same { return index }
    }
    return nil
  }
}
