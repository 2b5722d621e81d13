import Base
import Charset
import Diff
import Framing
import Glibc

/// Reading value by value, and the header.
extension DelimitedReader {
  // MARK: value by value

  func next(_ row: inout CellRow) throws(Diagnostic) -> Bool {
    while true {
      if var open = values {
        let base = UnsafePointer(open.block.input)
        let begin = open.position
        let isTail = begin < open.count && width > 1 && base[begin] < 14 && isBlank(base, begin, open.count)
        if begin < open.count, !(isTail && isLast) {
          if !isTail, let found = try readRecord(base, open.count, &open.position, 0) {
            values = open
            guard found == width else { throw wrongWidth(found, record + 1, offset + begin) }
            record += 1
            isStuck = false
            for index in 0..<width { row.cells[index] = self.row.cells[index] }
            return true
          }
          let wasStuck = isStuck
          try keep(base, begin..<open.count, 0)
          isStuck = wasStuck
        }
        offset += begin
      }
      let block = values?.block ?? RowBlock()
      let count = try fill(block)
      guard count > 0 else { return false }
      let start = try skipHeader(block.input, count)
      if needsHeader { try keep(block.input, 0..<count, 0) }
      isStuck = true
      values = (block, needsHeader ? count : start, count)
    }
  }

  // MARK: the header

  /// The names in the first line.
  static func header(_ source: SourceFile, _ dialect: DelimitedDialect) throws(Diagnostic) -> [String] {
    let path = source.path
    var room = 256
    while true {
      let reader = try DelimitedReader(DelimitedFile(probing: source, dialect, columns: room), terms: nil, .left)
      let block = RowBlock()
      let count = try reader.fill(block)
      guard count > 0 else { throw Diagnostic(.fileEmpty, at: Place(file: path)) }
      var position = markLength(block.input, count)
      guard let width = try reader.readRecord(block.input, count, &position, -1) else { throw reader.unclosed() }
      guard width <= room else {
        room = width
        continue
      }
      let names = (0..<width).map { String(decoding: reader.row.bytes($0), as: UTF8.self) }
      if memchr(block.input, 13, position) != nil, memchr(block.input, 0x22, position) == nil,
        names.contains(where: { $0.utf8.contains(13) })
      {
        throw Diagnostic(.datasetReturn, at: Place(file: path, record: 0))
      }
      if names.contains(where: { $0.utf8.contains(0) }) {
        throw Diagnostic(.datasetWide, at: Place(file: path, record: 0))
      }
      if let lost = names.first(where: { $0.unicodeScalars.contains("\u{FFFD}") }) {
        throw Diagnostic(.datasetCharset, at: Place(file: path, record: 0), "utf-8", Hex.text(Array(lost.utf8)))
      }
      try DatasetColumn.requireDistinct(names, in: path)
      return names
    }
  }
}

extension DelimitedFile {
  /// For reading the header, when the number of columns is not known yet.
  fileprivate init(probing source: SourceFile, _ dialect: DelimitedDialect, columns room: Int) {
    reference = source.path
    self.source = source
    self.dialect = dialect
    columns = (0..<room).map { DatasetColumn(String($0), .text) }
  }
}
