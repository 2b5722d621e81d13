import Base
import Charset
import Copybook
import Decode
import Foundation
import Framing
import Records
import Testing

/// GnuCOBOL's records are read here, and records written here are read by GnuCOBOL: every item with its listed value.
@Suite(.enabled(if: Cobol.isInstalled, Comment(rawValue: Cobol.absence)))
struct ItemTests {
  /// A value of `cobc -std`, and the dialect that reads its files.
  static let standards = [
    ("default", "gnucobol"), ("ibm", "ibm,native-order=little,float=ieee-le,sign=mf,sync=8"), ("mf", "mf"),
  ]

  /// The record for a standard. GnuCOBOL also gives COMP-5 of one or two digits one byte under `ibm`; IBM gives it two.
  static func program(_ standard: String) -> ItemProgram {
    ItemProgram(
      items: Item.all.filter {
        standard != "ibm" || !($0.clause.contains("9(1) COMP-5") || $0.clause.contains("9(2) COMP-5"))
      })
  }

  struct Setting {
    let layout: Layout
    let plan: KindPlan
    let encoder: RecordEncoder

    init(_ program: ItemProgram, _ text: String) throws {
      let dialect = try Dialect(text: text)
      let ascii = try #require(Charset.CharacterSet.named("us-ascii"))
      layout = try CopybookParser.layout(of: program.copybook, file: "R.cpy", dialect: dialect)
      var reading = Interpretation(ascii)
      reading.dialect = dialect
      reading.trimming = .none
      plan = try KindPlan.compile(title: "R", layout: layout, choosing: [], reading: reading)
      encoder = RecordEncoder(layout: layout, choosing: [], characters: ascii, dialect: dialect)
    }
  }

  @Test(arguments: standards)
  func whatCobolWritesIsRead(standard: String, dialect: String) throws {
    let program = Self.program(standard)
    let cobol = try Cobol()
    defer { cobol.remove() }
    let listing = try Listing(cobol.run(program.writing, standard: standard), program)
    let setting = try Setting(program, dialect)
    guard listing.compareLengths(setting.layout) else { return }
    let reader = try LegacyReader(
      SourceFile(cobol.path("DATA")), layout: setting.layout, plan: setting.plan, format: .fixed)
    var values: [Item.Value?] = []
    var records = 0
    while let block = try reader.next() {
      for row in 0..<block.count { values += decoded(reader.decoder, program, row) }
      records += block.count
    }
    #expect(records == ItemProgram.records)
    #expect(reader.frames.damages.isEmpty)
    listing.compare(values, dialect)
  }

  @Test(arguments: standards)
  func whatIsWrittenCobolReads(standard: String, dialect: String) throws {
    let program = Self.program(standard)
    let cobol = try Cobol()
    defer { cobol.remove() }
    // The listing of the first run shows the content of an edited item.
    let first = try Listing(cobol.run(program.writing, standard: standard), program)
    let theirs = FileManager.default.contents(atPath: cobol.path("DATA"))
    let setting = try Setting(program, dialect)
    var file = Data()
    var next = first.values.makeIterator()
    for _ in 0..<ItemProgram.records {
      setting.encoder.begin()
      for (index, item) in program.items.enumerated() {
        let slot = try setting.encoder.slot(ItemProgram.name(index))
        for occurrence in 0..<item.occurs {
          switch try #require(next.next()?.value) {
          case .number(let value): try setting.encoder.set(slot, occurrence, wide: value)
          case .float(let value): try setting.encoder.set(slot, occurrence, float: value)
          case .text(let value): try setting.encoder.set(slot, value)
          }
        }
      }
      file.append(contentsOf: setting.encoder.bytes)
    }
    try file.write(to: URL(fileURLWithPath: cobol.path("DATA")))
    let second = try Listing(cobol.run(program.reading, standard: standard), program)
    second.compare(first.values.map(\.value), dialect)
    #expect(theirs?.count == file.count)
  }

  private func decoded(_ decoder: KindDecoder, _ program: ItemProgram, _ row: Int) -> [Item.Value?] {
    zip(program.items, decoder.plan.fields).flatMap { item, field in
      (0..<item.occurs).map { occurrence -> Item.Value? in
        let column = decoder.columns[field.column + occurrence]
        guard column.states[row] == 0 else { return nil }
        switch (item.kind, column.type) {
        case (.text, _): return column.describe(row).map { .text($0) }
        case (.float, _): return column.describe(row).flatMap(Double.init).map { .float($0) }
        case (.number, .decimal): return .number(column.wides[row])
        default: return .number(Int128(column.integers[row]))
        }
      }
    }
  }
}

/// The program's output: `L F01 000004`, the length of an item, and `V F01 +00012.50`, its value.
struct Listing {
  private(set) var lengths: [(item: String, bytes: Int)] = []
  private(set) var values: [(item: String, clause: String, value: Item.Value)] = []

  init(_ lines: [String], _ program: ItemProgram) throws {
    let items = Dictionary(
      uniqueKeysWithValues: program.items.enumerated().map { (ItemProgram.name($0.offset), $0.element) })
    for line in lines {
      let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
      let item = try #require(parts.count == 3 ? items[parts[1]] : nil, "\(line)")
      if parts[0] == "L" {
        lengths.append((parts[1], try #require(Int(parts[2]), "\(line)")))
      } else {
        values.append((parts[1], item.clause, try #require(item.value(shown: parts[2]), "\(line)")))
      }
    }
  }

  /// Whether all items have the same number of bytes as in the program; otherwise no value can be compared.
  func compareLengths(_ layout: Layout) -> Bool {
    var agree = true
    for (name, bytes) in lengths {
      let item = layout.items.first { $0.name == name }
      #expect(item?.length == bytes, "\(name) \(item?.picture?.text ?? "") \(item?.usage.rawValue ?? "")")
      agree = agree && item?.length == bytes
    }
    return agree
  }

  func compare(_ found: [Item.Value?], _ dialect: String) {
    #expect(found.count == values.count)
    for (found, listed) in zip(found, values) {
      #expect(found == listed.value, "\(dialect): \(listed.item) \(listed.clause)")
    }
  }
}
