import Base
import Registers
import Tables

/// 移行項目マッピング表: how every column of the new system is filled, and who has confirmed it.
enum MappingPaper: PaperKind {
  static let name = "mapping"
  static let title = Bilingual("移行項目マッピング表", "Mapping table")
  static let readers = Bilingual("各課の担当者、新旧ベンダ", "the sections and both vendors")
  static let needs: PaperNeeds = [.mapping]
  static let hasContents = true

  static func sections(_ input: PaperInput, _ words: Words) -> [Paper.Section] {
    func count(_ state: Confirmation.State) -> Cell { .number(input.mapping.count { $0.state == state }) }
    var tables: [String] = []
    for standing in input.mapping where !tables.contains(standing.line.table) { tables.append(standing.line.table) }
    let head = Paper.Section(
      words("１　確認の状況", "1  What is confirmed"),
      [
        .figures([
          .init("lines", words("行", "Lines"), .number(input.mapping.count)),
          .init("confirmed", words("確認済", "Confirmed"), count(.confirmed)),
          .init("changed", words("要再確認", "Changed since"), count(.changed)),
          .init("open", words("未確認", "Open"), count(.open)),
        ]),
        .paragraph(
          words(
            "要再確認は、確認の後に変換式・条件・型が変わった行。",
            "Changed since: expression, condition or type have changed after the line was confirmed.")),
      ])
    return [head]
      + tables.enumerated().map { number, table in
        Paper.Section(
          words("\(wide(number + 2))　\(table)", "\(number + 2)  \(table)"),
          [.table(self.table(table, input.mapping.filter { $0.line.table == table }, words))])
      }
  }

  private static func wide(_ number: Int) -> String {
    String(String.UnicodeScalarView(String(number).unicodeScalars.map { Unicode.Scalar($0.value + 0xFEE0) ?? $0 }))
  }

  private static func table(_ name: String, _ lines: [MappingStanding], _ words: Words) -> Table {
    Table(
      "mapping", name,
      [
        .init("column", words("移行先の列", "Column"), head: true), .init("type", words("型", "Type"), .id),
        .init("file", words("移行元", "Source")), .init("items", words("移行元項目", "Items"), .id),
        .init("expression", words("変換式", "Expression"), .id), .init("when", words("条件", "When"), .id),
        .init("state", words("確認状況", "State")), .init("by", words("確認者", "Confirmed by")),
        .init("on", words("確認日", "On"), .date), .init("note", words("備考", "Note")),
      ],
      lines.map { standing in
        let line = standing.line
        let kinds = line.kinds.map { words($0.title) }.joined(separator: words("・", ", "))
        return .init([
          .text(line.column), .code(line.type + (line.isOptional ? words(" 任意", " optional") : "")),
          .text("\(words(line.fileTitle)) \(kinds)"), .several(line.items.map { .code($0.name) }, by: "\n"),
          .code(line.expression),
          line.condition.isEmpty && line.each.isEmpty
            ? .empty : .code([line.each, line.condition].filter { !$0.isEmpty }.joined(separator: " / ")),
          .mark(words(standing.state.title), tone(standing.state)),
          .text(ifGiven: standing.confirmation?.confirmedBy ?? ""),
          .date(ifGiven: Day.of(standing.confirmation?.confirmedAt ?? "")),
          .text(ifGiven: standing.confirmation?.note ?? ""),
        ])
      })
  }

  private static func tone(_ state: Confirmation.State) -> Tone {
    switch state {
    case .confirmed: .good
    case .changed: .bad
    case .open: .warn
    }
  }
}
