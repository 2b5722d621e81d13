import Base
import Decode
import Foundation
import Framing
import Records

extension FilePlan {
  /// Opens a file and verifies its first and last record: a file without its header or trailer is refused.
  ///
  /// - Throws: `file.header`, `file.trailer`; the errors of opening and reading.
  package func open(in folder: String) throws(Diagnostic) -> RecordFile {
    let path = (folder as NSString).appendingPathComponent(data)
    let file = try RecordFile(path: path, format: format, recordLength: recordLength)
    let buffer = BlockBuffer()
    for (role, record) in [(FileKind.Role.header, 0), (.trailer, file.recordCount - 1)] {
      guard let kind = kinds.first(where: { $0.role == role }) else { continue }
      let block = try file.read(record / RecordFile.recordsPerBlock, into: buffer)
      let row = record % RecordFile.recordsPerBlock
      let start = block.base + block.starts[row]
      let length = block.lengths?[row] ?? file.recordLength
      let found = UnsafeBufferPointer(
        start: start + kindOffset, count: max(0, min(kindLength, length - kindOffset)))
      guard Array(found) == kind.bytes else {
        let place = Place(file: path, record: record + 1, offset: file.offset(of: record))
        throw Diagnostic(role == .header ? .fileHeader : .fileTrailer, at: place, kind.code, "X'\(Hex.text(found))'")
      }
    }
    return file
  }
}
