import Base
import Charset
import Copybook
import Decode
import Glibc
import Records

/// Dialect, set, how to read; a copybook up to NUL; then records: of the layout's length, or each after a byte with its
/// own. The block ends where its allocation does.
func fuzzDecode(_ input: inout Input) {
  let dialect = Dialect(input.choice(Dialect.Compiler.allCases))
  guard let characters = CharacterSet.named(input.choice(CharacterSet.names)) else { return }
  var reading = Interpretation(characters)
  reading.dialect = dialect
  reading.trimming = input.choice(TextCodec.Trimming.allCases)
  let treatment = input.choice(BlankRule.Treatment.allCases)
  reading.blanks = BlankRule(spaces: treatment, lowValues: treatment)
  let isRagged = input.choice([false, true])
  let slides = input.choice([false, true])
  do throws(Diagnostic) {
    let layout = try CopybookParser.layout(of: input.text(before: 0), file: "FUZZ.cpy", dialect: dialect)
    if layout.items.contains(where: { $0.name == "VTEXT" }) { reading.lengthItems["VTEXT"] = "VLENGTH" }
    let everything = Set(layout.alternatives.flatMap { $0.map(\.name) })
    // A table of a million columns is slow, not wrong.
    guard layout.length > 0, layout.items.reduce(1, { $0 * $1.occurs % 65_536 }) * layout.items.count < 4_096 else {
      return
    }
    let plan = try KindPlan.compile(
      title: "R", layout: layout, choosing: everything, reading: reading, keepsFiller: true, slides: slides)
    decode(records(&input, isRagged ? nil : layout.length), plan, layout, isRagged: isRagged)
  } catch { _ = error.message(.english) }
}

private func records(_ input: inout Input, _ length: Int?) -> [[UInt8]] {
  var records: [[UInt8]] = []
  while records.count < 64 {
    let count = length ?? Int(input.bytes(1).first ?? 0)
    let record = input.bytes(count)
    if record.isEmpty || length != nil && record.count < count { break }
    records.append(record)
  }
  return records
}

private func decode(_ records: [[UInt8]], _ plan: KindPlan, _ layout: Layout, isRagged: Bool) {
  let bytes = ExactBytes(records.flatMap { $0 })
  let lengths = records.map(\.count)
  let starts = lengths.indices.map { lengths[..<$0].reduce(0, +) }
  let decoder = KindDecoder(plan)
  starts.withUnsafeBufferPointer { starts in
    lengths.withUnsafeBufferPointer { lengths in
      let block = RecordBlock(base: bytes.start, starts: starts, lengths: isRagged ? lengths : nil)
      decoder.decode(block)
      for column in decoder.columns { expect(column.count == records.count, "a column without a value a row") }
      _ = decoder.faults()
      for form in RecordPrinter.Form.allCases {
        let sink = ByteSink(descriptor: nowhere, name: "/dev/null")
        let printer = RecordPrinter(layout: layout, plan: plan, form: form, sink: sink)
        do throws(Diagnostic) {
          try printer.begin()
          try printer.print(decoder, block)
          try sink.flush()
        } catch { fatalError("\(error)") }
      }
      for row in 0..<min(2, records.count) { _ = RecordInspection(layout, decoder, block, row: row) }
    }
  }
}

private let nowhere = open("/dev/null", O_WRONLY)
