import Base
import Copybook

/// Dialect, source form, order of records, then the text; a COPY of any member finds a small one.
func fuzzCopybook(_ input: inout Input) {
  let dialect = Dialect(input.choice(Dialect.Compiler.allCases))
  let form = input.choice(SourceForm.allCases)
  let records = input.choice(CopybookParser.RecordOrder.allCases)
  let decimalComma = input.choice([false, true])
  let text = input.text()
  do throws(Diagnostic) {
    let layout = try CopybookParser.layout(
      of: text, file: "FUZZ.cpy", dialect: dialect, form: form, records: records, decimalComma: decimalComma
    ) { name throws(Diagnostic) in
      name.hasPrefix("M") ? ("       05 :A:-M PIC X(3).\n       COPY M\(name).\n", "\(name).cpy") : nil
    }
    for item in layout.items {
      expect(item.offset >= 0 && item.length >= 0, "\(item.name): \(item.offset) \(item.length)")
      expect(item.offset + item.totalLength <= 2_147_483_647, "\(item.name) ends beyond the limit")
    }
    let listing = LayoutListing(layout)
    _ = (listing.rows, listing.csv, listing.tsv, listing.json)
  } catch {
    expect(error.place.file != nil, "a diagnostic without place")
    _ = [error.message(.english), error.message(.japanese)]
  }
}
