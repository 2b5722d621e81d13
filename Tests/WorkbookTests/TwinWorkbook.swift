import Workbook

/// A workbook with all features of this program's workbooks.
let twinWorkbook: Spreadsheet = {
  let written = WritingTests.sheet
  let items = Spreadsheet.Sheet(
    written.name, columns: written.columns,
    rows: written.rows + [
      [
        .text("a"), .text(String(repeating: "長い文\n", count: 40)), .decimal("1.5"), .decimal("0.001"), .date(1900_03_01),
      ],
      [.empty, .text(String(repeating: "折", count: 50)), .decimal("-1234567.891"), .integer(1900)],
    ],
    frozenColumns: 1, spareRows: 200)
  let choices = (1...300).map { "選択肢その\($0)" }
  let lists = Spreadsheet.Sheet(
    "O'Neil & <2026>",
    columns: [
      .init("A", width: 0.5, choices: choices), .init("B\"x\"", width: 11.25, choices: choices),
      .init("C", width: 255, choices: ["甲,乙", "丙 & <丁> \"_x0041_\""]),
      .init(
        "D", width: 10, wraps: true, isEditable: true, isHidden: true, choices: ["<a>", "&"],
        highlights: [.init("<&>", fill: 0x000001, font: 0xFFFFFF)]),
      .init("", form: .amount, wraps: true),
    ],
    rows: [
      [.text("x "), .text("\ty"), .text("\n"), .text("]]>"), .decimal("0.00")],
      [.text("'q'"), .text("\u{10FFFF}"), .text("\u{E000}")],
    ],
    printedColumns: 3)
  let empty = Spreadsheet.Sheet("空", columns: [.init("A", choices: ["x"])], rows: [])
  let wide = Spreadsheet.Sheet(
    "2026", columns: (1...30).map { .init("c\($0)", width: Double($0)) },
    rows: (1...40).map { row in (1...30).map { .integer(row * $0) } }, frozenColumns: 28)
  return Spreadsheet(title: "<題> & \"q\" 'a'", created: 951_782_399, sheets: [items, lists, empty, wide])
}()
