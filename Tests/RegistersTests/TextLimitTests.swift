import Ledger
import Testing
import Workbook

/// Every accepted text can be exported: the ledger's longest text fits into a cell.
@Suite struct TextLimitTests {
  @Test func whatMayBeEnteredFitsIntoACell() { #expect(LedgerWriting.textAtMost == CellText.limit) }
}
