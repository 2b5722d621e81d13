import Base
import Copybook
import Framing
import Records

/// 旧ファイルの形: which record format explains a file's bytes, told by reading it in each.
struct FormatGuess {
  /// The text for `record-format`.
  let text: String
  let format: RecordFormat
  /// Records that it gives, and the share of the file's bytes that it explains.
  let records: Int
  let share: Double
  let damages: Int

  var evidence: String { "\(FormatGuess.percent(share)) of the bytes, \(records) records, \(damages) damages" }

  /// The candidates, the one that explains most first. Reads the file once for each.
  ///
  /// - Throws: the errors of reading.
  static func candidates(_ path: String, length: Int, given: String?) throws(Diagnostic) -> [FormatGuess] {
    var found: [FormatGuess] = []
    for text in given.map({ [$0] }) ?? ["F", "V", "VB", "text"] {
      let format = try RecordFormat(text) { _ in nil }
      let file = try SourceFile(path)
      let size = file.size ?? 0
      if size == 0 { throw Diagnostic(.fileEmpty, at: Place(file: path)) }
      // A file whose size is no multiple of the record's is not cut into records.
      if text == "F", size % length != 0 {
        found.append(
          FormatGuess(text: text, format: format, records: size / length, share: 0, damages: size % length))
        continue
      }
      let reader = try RecordReader(file, format: format, layoutLength: length)
      var longest = 0
      while let block = try reader.next() {
        try Interruption.check()
        for row in 0..<block.count { longest = max(longest, block.lengths?[row] ?? length) }
        // Bytes that are no records at all.
        if reader.damageCount > 1000 { break }
      }
      let tally = reader.tally
      var share = Double(tally.recordBytes + tally.headerBytes) / Double(max(1, size))
      // Records that are longer than their copybook, or lines of a file without any, are not its records.
      if longest > length { share *= 0.5 }
      if text == "text", tally.linesLF + tally.linesCRLF < 2 || tally.records < 2 { share = 0 }
      found.append(
        FormatGuess(text: text, format: format, records: tally.records, share: share, damages: reader.damageCount))
    }
    return found.enumerated().sorted { ($0.element.share, -$0.offset) > ($1.element.share, -$1.offset) }.map(\.element)
  }

  static func percent(_ share: Double) -> String {
    let tenths = (share * 1000).rounded(.down)
    return tenths.truncatingRemainder(dividingBy: 10) == 0
      ? "\(Int(tenths / 10)) %" : "\(Int(tenths / 10)).\(Int(tenths.truncatingRemainder(dividingBy: 10))) %"
  }
}
