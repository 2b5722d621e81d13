import Base
import Charset
import Copybook
import Decode
import Framing
import Records

/// A format as users write it, a line end, the file. Every byte of the file must be accounted for, in blocks and buffers
/// of any size, and these must make no difference.
func fuzzFraming(_ input: inout Input) {
  do throws(Diagnostic) {
    var format = try RecordFormat(input.text(before: 0x0A))
    let file = input.bytes()
    if format.form == .variable, format.length == 7 { format.rule = ContentLength.byLayout(sample.plan) }
    let path = memoryFile(file)
    let small = frame(try reader(path, format, records: 3, bytes: 16), file)
    let large = frame(try reader(path, format, records: 512, bytes: 1 << 16), file)
    // How much a broken gzip member still gives depends on how it is asked.
    let isBroken = small.failure == .frameGzip && large.failure == .frameGzip
    expect(isBroken || small == large, "another result in small blocks: \(small) \(large)")
    let reader = try LegacyReader(
      SourceFile(path), layout: sample.layout, plan: sample.plan, format: format, policy: .keepGoing)
    while let block = try reader.next() {
      for row in 0..<block.count { _ = reader.offset(of: row) }
    }
    account(reader.frames, file)
    for damage in reader.frames.damages { _ = damage.diagnostic(file: "FUZZ").message(.english) }
  } catch { _ = error.message(.english) }
}

/// What a reader made of the file.
private struct Framing: Equatable {
  var records = 0
  var bytes = 0
  var hash = Hasher()
  var damages: [Damage] = []
  var failure: DiagnosticCode?

  static func == (left: Framing, right: Framing) -> Bool {
    left.records == right.records && left.bytes == right.bytes && left.hash.finalize() == right.hash.finalize()
      && left.damages == right.damages && left.failure == right.failure
  }
}

private func reader(
  _ path: String, _ format: RecordFormat, records: Int, bytes: Int
) throws(Diagnostic) -> RecordReader {
  try RecordReader(
    path: path, format: format, layoutLength: sample.layout.length, recordsPerBlock: records, bufferBytes: bytes)
}

private func frame(_ reader: RecordReader, _ file: [UInt8]) -> Framing {
  var framing = Framing()
  do throws(Diagnostic) {
    while let block = try reader.next() {
      for row in 0..<block.count {
        let count = block.lengths?[row] ?? reader.recordLength
        framing.hash.combine(bytes: UnsafeRawBufferPointer(start: block.base + block.starts[row], count: count))
        framing.hash.combine(reader.offset(of: row))
        framing.bytes += count
      }
      framing.records += block.count
      expect(isPacked(file) || framing.records <= file.count, "more records than bytes")
    }
    account(reader, file)
    let tally = reader.tally
    expect(
      tally.records == framing.records && tally.recordBytes == framing.bytes,
      "\(tally.records) of \(framing.records) records")
  } catch { framing.failure = error.code }
  framing.damages = reader.damages
  return framing
}

private func account(_ reader: RecordReader, _ file: [UInt8]) {
  let bytes = reader.tally.bytesRead
  expect(isPacked(file) || bytes == file.count, "\(bytes) of \(file.count) bytes")
}

private func isPacked(_ file: [UInt8]) -> Bool { file.starts(with: [0x1F, 0x8B, 8]) }

private let sample: (layout: Layout, plan: KindPlan) = {
  let text = "01 R. 05 K PIC X(2). 05 N PIC 9(3) COMP-3. 05 Z PIC S9(3)."
  do {
    let layout = try CopybookParser.layout(of: text, file: "FUZZ.cpy", form: .free)
    let reading = Interpretation(CharacterSet.named("ibm-930")!)
    return (layout, try KindPlan.compile(title: "R", layout: layout, choosing: [], reading: reading))
  } catch { fatalError("\(error)") }
}()
