import ArgumentParser
import Charset
import Copybook
import Decode
import Evidence
import Foundation
import Framing
import Pipeline
import Records

/// `totsugo decode FILE`: typed records of a legacy file.
struct DecodeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decode", abstract: "Print the records of a legacy file, typed, as NDJSON or CSV.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case fixed = "F"
    case fixedBlocked = "FB"
  }

  @Argument(help: "The legacy file.")
  var file: String

  @Option(help: "Its copybook.")
  var copybook: String

  @Option(help: "F or FB: fixed-length records without line ends.")
  var recordFormat: Format = .fixed

  @Option(help: "Character set; `totsugo list charsets` names them.")
  var charset = "ibm-930"

  @Option(help: "ndjson or csv.")
  var to: RecordPrinter.Form = .ndjson

  @Option(help: "Records FIRST..LAST, from 1.")
  var range: String?

  @Option(help: "Padding of texts to cut off: none, right or both.")
  var trim: TextCodec.Trimming = .right

  @Option(help: "Copybook items X whose bytes mix single and double byte characters.")
  var mixed: [String] = []

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if range != nil, bounds == nil { throw ValidationError("--range takes FIRST..LAST with 1 ≤ FIRST ≤ LAST.") }
    if Charset.CharacterSet.named(charset) == nil {
      throw ValidationError("--charset: no set is called \(charset); see totsugo list charsets.")
    }
  }

  private var bounds: ClosedRange<Int>? {
    guard let range else { return 1...Int.max }
    let parts = range.components(separatedBy: "..")
    guard parts.count == 2, let first = Int(parts[0]), let last = parts[1].isEmpty ? Int.max : Int(parts[1]),
      first >= 1,
      last >= first
    else { return nil }
    return first...last
  }

  func run() throws {
    try common.reporting {
      guard let data = FileManager.default.contents(atPath: copybook) else {
        throw Diagnostic(.fileOpen, at: Place(file: copybook), "not readable")
      }
      guard let characters = Charset.CharacterSet.named(charset), let bounds else { return }
      let layout = try CopybookParser.layout(of: String(decoding: data, as: UTF8.self), file: copybook)
      let everything = Set(layout.alternatives.flatMap { $0.map(\.name) })
      var reading = Interpretation(characters)
      reading.meanings = Dictionary(mixed.map { ($0.uppercased(), Meaning.mixed) }) { first, _ in first }
      reading.trimming = trim
      let plan = try KindPlan.compile(title: file, layout: layout, choosing: everything, reading: reading)
      let input = try FixedFile(path: file, recordLength: layout.length)
      defer { input.close() }
      try print(input, layout, plan, bounds, redefined: Self.redefined(layout))
    }
  }

  /// Items within redefinitions: what is invalid there may belong to another view of the bytes.
  private static func redefined(_ layout: Layout) -> Set<String> {
    var names: Set<String> = []
    func collect(_ item: DataItem) {
      names.insert(item.name)
      item.children.forEach(collect)
    }
    layout.alternatives.joined().forEach(collect)
    return names
  }

  private func print(
    _ input: FixedFile, _ layout: Layout, _ plan: KindPlan, _ bounds: ClosedRange<Int>, redefined: Set<String>
  ) throws {
    let sink = ByteSink(descriptor: STDOUT_FILENO, name: "standard output")
    let printer = RecordPrinter(layout: layout, plan: plan, form: to, sink: sink)
    let decoder = KindDecoder(plan)
    let perBlock = max(1, min(512, (1 << 20) / layout.length))
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: perBlock * layout.length)
    defer { buffer.deallocate() }
    let starts = (0..<perBlock).map { $0 * layout.length }
    var invalid = 0
    try printer.begin()
    var record = bounds.lowerBound - 1
    let end = min(bounds.upperBound, input.recordCount)
    while record < end {
      try Interruption.check()
      let count = min(perBlock, end - record)
      try input.read(record, count: count, into: buffer)
      try starts.withUnsafeBufferPointer { starts in
        let block = RecordBlock(base: buffer, starts: UnsafeBufferPointer(rebasing: starts[..<count]))
        decoder.decode(block)
        try printer.print(decoder, block)
      }
      for found in decoder.faults() where !redefined.contains(plan.fields[found.field].name) {
        invalid += 1
        if invalid <= 20 {
          let place = Place(
            file: file, record: record + found.record + 1, offset: (record + found.record) * layout.length,
            field: plan.fields[found.field].name)
          let offset = found.record * layout.length + plan.fields[found.field].offsets[found.occurrence]
          let bytes = UnsafeBufferPointer(start: buffer + offset, count: plan.fields[found.field].slot.item.length)
          common.say(
            Diagnostic(.decodeInvalid, at: place, found.fault.code, Hex.text(bytes)).message(common.language()))
        }
      }
      record += count
    }
    try sink.flush()
    if invalid > 0 {
      common.say(common.language() == .japanese ? "不正な値 \(invalid)件" : "\(invalid) invalid value(s)")
      throw Failure.no
    }
  }
}

extension RecordPrinter.Form: ExpressibleByArgument {}
extension TextCodec.Trimming: ExpressibleByArgument {}
