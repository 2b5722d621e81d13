import Base
import Charset
import Checks
import Copybook
import Decode
import Expressions
import Records
import Testing

/// A legacy file of a few records in ASCII, laid out by a copybook whose first item says the kind.
struct SmallFile {
  struct Kind {
    let code: String
    let form: RecordForm
  }

  let name: String
  let kinds: [Kind]
  let isFixed: Bool
  var records: [String]

  /// - Parameters:
  ///   - copybook: entries from column 8 on.
  ///   - kinds: the code of each, and the groups it chooses of redefinitions.
  ///   - isFixed: records have the length of the layout.
  ///   - dialect: by itself one whose positive numbers are plain digits.
  init(
    _ name: String, _ copybook: [String], kinds: [String: Set<String>], isFixed: Bool = true, dialect: String = "mf",
    personal: [String] = [], meanings: [String: Meaning] = [:], _ records: [String] = []
  ) throws {
    let text = copybook.map { "       " + $0 }.joined(separator: "\n")
    let dialect = try Dialect(text: dialect)
    let layout = try CopybookParser.layout(of: text, file: name + ".cpy", dialect: dialect)
    var reading = Interpretation(try #require(Charset.CharacterSet.named("us-ascii")))
    reading.dialect = dialect
    reading.privacy = Dictionary(uniqueKeysWithValues: personal.map { ($0, .personal) })
    reading.meanings = meanings
    self.name = name
    self.isFixed = isFixed
    self.records = records
    self.kinds = try kinds.sorted { $0.key < $1.key }.map { code, chosen in
      let plan = try KindPlan.compile(
        title: "\(name)[\(code)]", layout: layout, choosing: chosen, reading: reading,
        slides: reading.dialect.slidesAfterTables)
      let form = RecordForm(
        plan: plan, slots: layout.slots(choosing: chosen), reading: plan.reading,
        kindItem: try #require(plan.fields.first).name, isFixed: isFixed)
      return Kind(code: code, form: form)
    }
  }

  static let recordsPerBlock = RecordBlock.largest

  var blockCount: Int { (records.count + Self.recordsPerBlock - 1) / Self.recordsPerBlock }

  func source(_ kind: Kind) -> Source { .records(file: name, kind: kind.code) }

  /// Decodes a block kind by kind, as a run does.
  func observe(_ block: Int, _ programs: [Source: Program], _ body: (Source, ObservedRows) -> Void) throws {
    let first = block * Self.recordsPerBlock
    let part = first..<min(first + Self.recordsPerBlock, records.count)
    for kind in kinds {
      let numbers = part.filter { records[$0].hasPrefix(kind.code) }
      guard !numbers.isEmpty else { continue }
      let bytes = numbers.map { Array(records[$0].utf8) }
      let lengths = bytes.map(\.count)
      let starts = lengths.indices.map { lengths[..<$0].reduce(0, +) }
      if isFixed { try #require(lengths.allSatisfy { $0 == kind.form.length }, "\(lengths), \(kind.form.length)") }
      let decoder = KindDecoder(kind.form.plan)
      let machine = Machine(try #require(programs[source(kind)]))
      try bytes.flatMap(\.self).withUnsafeBufferPointer { all in
        try starts.withUnsafeBufferPointer { starts in
          try lengths.withUnsafeBufferPointer { lengths in
            let records = RecordBlock(
              base: try #require(all.baseAddress), starts: starts, lengths: isFixed ? nil : lengths)
            decoder.decode(records)
            machine.start(decoder.columns, rows: starts.count)
            body(
              source(kind),
              ObservedRows(
                machine: machine, count: starts.count, records: numbers.map { $0 + 1 }, block: decoder.placed(records)))
          }
        }
      }
    }
  }
}
