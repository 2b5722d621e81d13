import Workbook

/// A workbook that has all that workbooks of this program have.
let twinWorkbook: Spreadsheet = {
  let items = Spreadsheet.Sheet(
    "確認事項",
    columns: [
      .init("番号", width: 8), .init("内容", width: 40, wraps: true), .init("件数", form: .amount),
      .init("割合", form: .number), .init("期限", form: .date, isEditable: true),
      .init(
        "判定", isEditable: true, choices: ["承認", "差戻し"],
        highlights: [.init("差戻し", fill: 0xFFC7CE, font: 0x9C0006), .init("済\"印\"", fill: 0xC6EFCE, font: 0x006100)]),
      .init("署名", isHidden: true),
    ],
    rows: [
      [
        .text("0012"), .text("=1+1"), .integer(1_234_567), .decimal("12.50"), .date(2026_04_01), .text("承認"),
        .text("x"),
      ],
      [.text("_x0041_"), .text(" 行1\n\t行2 & <b> 𠮷"), .integer(-3), .decimal("-8.41"), .date(1868_01_25), .empty],
      [],
      [.empty, .empty, .integer(999_999_999_999_999), .decimal("0.1"), .date(9999_12_31)],
      [.text("#N/A"), .text("TRUE"), .integer(0), .decimal("+7"), .date(2026_04_00)],
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
