import Charset
import Copybook
import Decode
import Evidence
import Framing
import Glibc
import Records

/// A format as users write it, a line end, the file. Every byte of the file must be accounted for.
func fuzzFraming(_ input: inout Input) {
  do throws(Diagnostic) {
    var format = try RecordFormat(input.text(before: 0x0A))
    let file = input.bytes()
    if format.form == .variable, format.length == 7 { format.rule = ContentLength.byLayout(sample.plan) }
    let reader = try LegacyReader(
      path: memoryFile(file), layout: sample.layout, plan: sample.plan, format: format, policy: .keepGoing)
    let isPacked = file.starts(with: [0x1F, 0x8B, 8])
    var (records, bytes) = (0, 0)
    while let block = try reader.next(3) {
      for row in 0..<block.count {
        let count = block.lengths?[row] ?? reader.frames.recordLength
        let record = UnsafeBufferPointer(start: block.base + block.starts[row], count: count)
        bytes += record.count
        total &+= record.reduce(0) { $0 &+ Int($1) }
        _ = reader.frames.offset(of: row)
      }
      records += block.count
      expect(isPacked || records <= file.count, "more records than bytes")
    }
    let tally = reader.frames.tally
    expect(isPacked || tally.bytesRead == file.count, "\(tally.bytesRead) of \(file.count) bytes")
    expect(tally.records == records && tally.recordBytes == bytes, "\(tally.records) of \(records) records")
    for damage in reader.frames.damages { _ = damage.diagnostic(file: "FUZZ").message(.english) }
  } catch { _ = error.message(.english) }
}

/// What was read, so that reading it is not optimised away.
private nonisolated(unsafe) var total = 0

private let sample: (layout: Layout, plan: KindPlan) = {
  let text = "01 R. 05 K PIC X(2). 05 N PIC 9(3) COMP-3. 05 Z PIC S9(3)."
  do {
    let layout = try CopybookParser.layout(of: text, file: "FUZZ.cpy", form: .free)
    let reading = Interpretation(CharacterSet.named("ibm-930")!)
    return (layout, try KindPlan.compile(title: "R", layout: layout, choosing: [], reading: reading))
  } catch { fatalError("\(error)") }
}()

private let descriptor = {
  let name = "/totsugo-fuzz-\(getpid())"
  let descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600)
  expect(descriptor >= 0 && shm_unlink(name) == 0, "no file in memory")
  return descriptor
}()

/// The path of a file in memory that holds these bytes until the next call.
private func memoryFile(_ bytes: [UInt8]) -> String {
  ftruncate(descriptor, 0)
  expect(pwrite(descriptor, bytes, bytes.count, 0) == bytes.count, "no memory for a file")
  return "/proc/self/fd/\(descriptor)"
}
