import Base
import Charset
import Copybook
import Framing
import Profile
import Records

/// A CSV or TSV file with a line of names: its character set, the type of each column, and the layout that says so.
enum DelimitedDraft {
  /// The sets that are tried for every file, whatever the project's set is.
  private static let sets = ["utf-8", "windows-31j", "euc-jp"]

  /// Whether a set may be that of lines of cells: a comma is its byte 0x2C, and no part of another character.
  private static func isForCells(_ set: CharacterSet) -> Bool {
    !set.hasShiftCodes && ![.utf16Big, .utf16Little].contains(set.scheme)
      && set.decode(.single, bytes: [0x2C]).0 == ","
  }

  /// Reads the file twice: for its character set, and for its values. The set is that which reads most lines; the given
  /// one only when it reads more than the usual ones.
  ///
  /// - Parameter name: the file, in the folder of the data or by its path.
  /// - Throws: the errors of reading; `draft.format` for a file without a line of names.
  static func read(_ name: String, in folder: String, charset: String?) throws(Diagnostic) -> FileDraft {
    let file = DefinitionFile.parts(of: name).name
    let path = name == file ? folder + "/" + name : name
    let separator: UInt8 = file.lowercased().hasSuffix(".tsv") ? 0x09 : 0x2C
    let names = sets + [charset].compactMap { $0.flatMap { sets.contains($0) ? nil : $0 } }
    var lines = 0
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 4 << 20)
    defer { room.deallocate() }
    let candidates = names.compactMap(CharacterSet.named).filter(isForCells)
    var faults = [Int](repeating: 0, count: candidates.count)
    func reader(_ set: CharacterSet?) throws(Diagnostic) -> RecordReader {
      let syntax = CellSyntax(
        separator: separator, hasHeader: false, mayHaveMark: set.map { $0.scheme == .utf8 } ?? true)
      return try RecordReader(path: path, format: RecordFormat(cells: syntax), layoutLength: 1)
    }
    let first = try reader(nil)
    while let block = try first.next() {
      try Interruption.check()
      for row in 0..<block.count {
        let length = min(block.lengths?[row] ?? 0, 1 << 20)
        lines += 1
        let line = block.base + block.starts[row]
        // UTF-16 has bytes of zero, which no other set's text has.
        let hasZero = UnsafeBufferPointer(start: line, count: length).contains(0)
        for (index, set) in candidates.enumerated()
        where hasZero || set.decode(.mixed, line, length, to: room).fault != nil {
          faults[index] += 1
        }
      }
    }
    guard lines > 1, let best = candidates.indices.min(by: { faults[$0] < faults[$1] }) else {
      throw Diagnostic(.draftFormat, at: Place(file: path), "0", "\(lines) lines")
    }
    let set = candidates[best]
    let read = candidates.indices.sorted { (faults[$0], $0) < (faults[$1], $1) }.map { index in
      "\(candidates[index].name) \(FormatGuess.percent(1 - Double(faults[index]) / Double(lines)))"
    }.joined(separator: ", ")
    let draft = try values(file, path, try reader(set), set, separator, lines: lines, faults: faults[best])
    draft.lineCharset = (set.name, "lines that can be read: \(read)")
    return draft
  }

  private static func values(
    _ file: String, _ path: String, _ reader: RecordReader, _ set: CharacterSet, _ separator: UInt8, lines: Int,
    faults: Int
  ) throws(Diagnostic) -> FileDraft {
    let syntax = CellSyntax(separator: separator, hasHeader: true, mayHaveMark: set.scheme == .utf8)
    var headers: [String] = []
    var tallies: [CellTally] = []
    var columns: [Column] = []
    var facts: [ItemFacts] = []
    var records: [Int] = []
    func flush() {
      for index in columns.indices {
        facts[index].add(columns[index], records: records)
        columns[index].removeAll()
      }
      records.removeAll()
    }
    while let block = try reader.next() {
      try Interruption.check()
      for row in 0..<block.count {
        let length = block.lengths?[row] ?? 0
        let line = Array(UnsafeBufferPointer(start: block.base + block.starts[row], count: length))
        let cells = syntax.cells(line)
        if headers.isEmpty {
          headers = cells.map { set.decode(.mixed, bytes: $0).0 }
          tallies = headers.map { _ in CellTally() }
          columns = headers.map { _ in Column(.text) }
          facts = headers.map { _ in ItemFacts(digits: 0) }
          continue
        }
        let number = reader.firstRecord + row - 1
        // A ragged line is a finding of the run, and tells no type.
        guard cells.count == headers.count else { continue }
        records.append(number)
        for (index, cell) in cells.enumerated() {
          let text = set.decode(.mixed, bytes: cell).0
          tallies[index].add(cell, characters: text.unicodeScalars.count, record: number)
          columns[index].append(text)
        }
      }
      flush()
    }
    return made(
      file, path, set, separator, headers,
      zip(headers, tallies).map { $1.draft(isName: isName($0)) }, facts, lines: lines, faults: faults)
  }

  private static func isName(_ header: String) -> Bool {
    ["番号", "コード", "区分", "フラグ", "種別"].contains { header.contains($0) }
      || NameSpelling.words(header).map(NameSpelling.normal).contains {
        ["NO", "CD", "CODE", "KBN", "FLG", "ID", "BANGO"].contains($0)
      }
  }

  private static func made(
    _ file: String, _ path: String, _ set: CharacterSet, _ separator: UInt8, _ headers: [String],
    _ cells: [DelimitedColumnDraft],
    _ facts: [ItemFacts], lines: Int, faults: Int
  ) -> FileDraft {
    var names: [String] = []
    for (index, header) in headers.enumerated() {
      var name = header.filter { $0.isLetter || $0.isNumber || "_-ー".contains($0) }
      if name.first?.isLetter != true || name == NameTable.filler { name = "C\(index + 1)" + name }
      if names.contains(name) { name += "_\(index + 1)" }
      names.append(name)
    }
    var text = YAMLLines()
    text.add(0, "format: \(separator == 0x09 ? "tsv" : "csv")")
    text.add(0, "charset: \(set.name)")
    text.add(0, "header: true")
    text.add(0, "items:")
    var end = 0
    var items: [(name: String, place: Place, bytes: Range<Int>)] = []
    let id = CopybookDraft.id(file)
    for (index, cell) in cells.enumerated() {
      let header = names[index] == headers[index] ? "" : "header: \(YAMLLines.quoted(headers[index])), "
      let type =
        if case .date(let form) = cell.kind { "type: date, form: \(form)" } else { "type: \"\(cell.words)\"" }
      text.add(1, "- {name: \(YAMLLines.scalar(names[index])), \(header)\(type)}")
      items.append((names[index], Place(file: id + ".yaml", line: index + 1), end..<end + cell.width))
      end += cell.width
    }
    let layout = Layout(file: id + ".yaml", items: items)
    let comments = Dictionary(headers.enumerated().map { ($0.offset + 1, $0.element) }) { first, _ in first }
    let book = CopybookDraft(cells: layout, name: id + ".yaml", text: text.text, headers: comments)
    let fields = zip(layout.slots(choosing: []), zip(cells, facts)).map { slot, known in
      FieldDraft(
        name: slot.name, slot: slot, comment: book.comment(slot.item), facts: known.1, isSpecific: false, cell: known.0)
    }
    let kind = KindDraft(
      code: "data", bytes: [], records: lines - 1, role: .data, copybook: book, choose: [], fields: fields)
    let share = 1 - Double(faults) / Double(max(1, lines))
    let format = FormatGuess(
      text: separator == 0x09 ? "tsv" : "csv", format: RecordFormat(form: .text), records: lines - 1, share: share,
      damages: faults)
    return FileDraft(book, data: file, path: path, lines: format, kind)
  }
}
