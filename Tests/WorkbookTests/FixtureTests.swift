import Foundation
import Testing

import Workbook

/// Workbooks saved by other programs (`Fixtures/make`).
@Suite struct FixtureTests {
  static func read(_ name: String) throws -> (workbook: WorkbookReader, cells: [String]) {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
    let workbook = try WorkbookReader(path: folder.appendingPathComponent(name).path)
    return (workbook, try cells(of: workbook, sheet: "確認事項"))
  }

  static let typed = [
    "A1=\"番号\"", "B1=\"内容\"", "C1=\"件数\"", "D1=\"割合\"", "E1=\"期限\"", "F1=\"判定\"",
    "A2=\"0012\"", "B2=\"=1+2\"", "C2=1234567", "D2=0.1", "E2=46113", "F2=TRUE",
  ]

  @Test func openpyxlDoesNotCalculate() throws {
    let (workbook, cells) = try Self.read("openpyxl.xlsx")
    #expect(workbook.sheets.map(\.name) == ["確認事項", "隠し"])
    #expect(workbook.sheets.map(\.isHidden) == [false, true])
    #expect(workbook.dates == .from1900)
    #expect(
      cells == Self.typed + [
        // openpyxl writes the text `_x0041_` unescaped, which Excel reads as an A.
        "A3=\"A\"", "B3=\" 行1\n行2 & <b> 𠮷\"", "C3=-3", "D3=8.41", "E3=46113.5", "F3=FALSE",
        "A5=\"東京都\"", "B5=?", "C5=?", "D5=?", "E5=2958465", "F5=?", "E7=32", "E8=?",
      ])
  }

  @Test func openpyxlCountsFrom1904WhenAsked() throws {
    let (workbook, cells) = try Self.read("openpyxl-1904.xlsx")
    #expect(workbook.dates == .from1904)
    #expect(cells.contains("E2=44651"))
    #expect(CellValue.number("44651").date(workbook.dates) == 2026_04_01)
  }

  @Test func libreOfficeCalculates() throws {
    let (workbook, cells) = try Self.read("libreoffice.xlsx")
    #expect(workbook.sheets.map(\.isHidden) == [false, true])
    #expect(
      cells == Self.typed + [
        "A3=\"_x0041_\"", "B3=\" 行1\n行2 & <b> 𠮷\"", "C3=-3", "D3=8.41", "E3=46113.5", "F3=FALSE",
        "A5=\"東京都\"", "B5=\"計3\"", "C5=1234564", "D5=0.333333333333333", "E5=2958465", "F5=#N/A", "E7=32",
      ])
  }
}
