import Base
import Tables
import Decode
import Records

/// A record on a terminal, one line per item: place, bytes, picture, value, and faults in red.
package struct InspectionPage {
  private let words: Words
  private let isColored: Bool
  private let bytes: Int

  /// - Parameter bytes: the number of an item's bytes to show; the rest is `…`.
  package init(language: Language, isColored: Bool, bytes: Int) {
    words = Words(language: language)
    self.isColored = isColored
    self.bytes = bytes
  }

  package func text(
    _ inspection: RecordInspection, file: String, record: Int, offset: Int, length: Int, layoutLength: Int
  ) -> String {
    var heading = words(
      "\(file)  レコード \(record)  オフセット \(offset)  長さ \(length)",
      "\(file)  record \(record)  offset \(offset)  length \(length)")
    if length != layoutLength {
      heading += words("（レイアウトは \(layoutLength)）", " (layout: \(layoutLength))")
    }
    var lines = table(inspection).lines(words)
    for (index, line) in inspection.lines.enumerated() {
      lines[index + 1] = colored(lines[index + 1], line)
    }
    let faults = inspection.lines.count { $0.fault != nil }
    let end = faults == 0 ? [] : [words("不正な値 \(faults)件", "\(faults) invalid value(s)")]
    return ([isColored ? ControlCharacter.shown(heading) : heading] + lines + end).joined(separator: "\n")
  }

  private func table(_ inspection: RecordInspection) -> Table {
    Table(
      "items", words("項目", "Items"),
      [
        .init("position", words("位置", "Pos"), .number), .init("length", words("長", "Len"), .number),
        .init("item", words("項目", "Item")), .init("clause", words("句", "Clause")),
        .init("bytes", words("バイト", "Bytes")), .init("value", words("値", "Value")),
      ],
      inspection.lines.map { line in
        .init([
          .text(String(line.offset + 1)), .text(String(line.length)),
          .text(String(repeating: " ", count: line.depth) + line.name), .text(line.clause), .text(hex(line)),
          .text(value(line)),
        ])
      })
  }

  private func hex(_ line: RecordInspection.Line) -> String {
    guard line.hex != Privacy.mask else { return line.hex }
    var pairs: [String] = []
    var rest = line.hex[...]
    while !rest.isEmpty, pairs.count < bytes {
      pairs.append(String(rest.prefix(2)))
      rest = rest.dropFirst(2)
    }
    return pairs.joined(separator: " ") + (rest.isEmpty ? "" : " …")
  }

  private func value(_ line: RecordInspection.Line) -> String {
    if line.clause.isEmpty || line.clause.hasPrefix("REDEFINES") { return "" }
    if let fault = line.fault { return "✗ \(words.fault(fault.code)) [\(fault.code)]" }
    guard line.isPresent, let value = line.value else { return words("値なし", "null") }
    let shown = line.isText && line.hex != Privacy.mask ? "\"\(ShownText.visible(value))\"" : value
    return line.conditions.isEmpty ? shown : "\(shown)  (\(line.conditions.joined(separator: ", ")))"
  }

  private func colored(_ text: String, _ line: RecordInspection.Line) -> String {
    guard isColored else { return text }
    let text = ControlCharacter.shown(text)
    if line.fault != nil { return "\u{1B}[31m\(text)\u{1B}[0m" }
    if line.isFiller { return "\u{1B}[2m\(text)\u{1B}[0m" }
    return line.clause.isEmpty ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }
}
