import Ledger
import Testing
import Workbook

/// What may be entered can be exported: the ledger's longest text is what a cell takes.
@Suite struct TextLimitTests {
  @Test func whatMayBeEnteredFitsIntoACell() { #expect(LedgerWriting.textAtMost == CellText.limit) }
}
