import Framing
import Testing

/// Writing, then reading, gives the records back: in every form, for every size of buffer and block.
@Suite struct RoundTripTests {
  static let formats = [
    "F,length=9", "F,length=9,start=10,end=12", "FB,length=9,block=27", "FB,length=9,block=30", "FB,length=9,bdw",
    "FB,length=9,bdw=little,bdw-counts-itself=no", "V", "V,rdw=little", "V,rdw=little,rdw-counts-itself=no",
    "V,rdw-add=2", "V,start=3,end=5", "VB", "VB,bdw=little,bdw-counts-itself=no", "VB,rdw=little,bdw-add=1,rdw-add=-1",
    "VB,start=7,end=9", "VS", "VBS", "VBS,rdw=little", "V,header=2", "V,header=5,length-at=1,length-size=4,little",
    "V,header=5,length-at=1,length-size=4,little,validity", "V,field=1:2:binary", "V,field=0:3:packed,add=2",
    "V,field=2:2:binary-little", "V,field=0:4:zoned-ebcdic", "V,field=1:3:zoned-ascii,add=-5",
    "V,map=0:1:A=4/B=7/*=30", "text", "text,start=4,end=6", "text,empty=keep",
  ]

  /// Records that the format can hold.
  static func records(_ format: RecordFormat, _ draw: inout Draw, count: Int, longest: Int) -> [[UInt8]] {
    (0..<count).map { _ in
      var record = (0..<Int.random(in: 0...longest, using: &draw)).map { _ in UInt8.random(in: 64...255, using: &draw) }
      if let length = format.length { record = fitted(record, length) }
      switch format.rule {
      case .number(let field):
        record = fitted(record, max(record.count, field.offset + field.size))
        write(record.count - field.adjustment, field, &record)
      case .kinds(_, _, let lengths, let others):
        let kind: UInt8 = [65, 66, 67][Int.random(in: 0..<3, using: &draw)]
        record = fitted(record, lengths[[kind]] ?? others!)
        record[0] = kind
      default: break
      }
      let isEmptyAllowed =
        format.keepsEmptyLines || format.form != .text && (format.header.countsItself || format.header.reserved == 0)
      return record.isEmpty && !isEmptyAllowed ? [65] : record
    }
  }

  private static func fitted(_ record: [UInt8], _ length: Int) -> [UInt8] {
    Array((record + [UInt8](repeating: 64, count: length)).prefix(length))
  }

  private static func write(_ number: Int, _ field: LengthField, _ record: inout [UInt8]) {
    var rest = number
    for index in 0..<field.size {
      let place = field.offset + (field.form == .littleEndian ? index : field.size - 1 - index)
      switch field.form {
      case .binary, .littleEndian:
        record[place] = UInt8(rest & 255)
        rest >>= 8
      case .packed where index == 0:
        record[place] = UInt8((rest % 10) << 4 | 12)
        rest /= 10
      case .packed:
        record[place] = UInt8((rest / 10 % 10) << 4 | rest % 10)
        rest /= 100
      default:
        record[place] = UInt8(rest % 10) | (field.form == .zonedASCII ? 0x30 : 0xF0)
        rest /= 10
      }
    }
  }

  @Test(arguments: formats) func whatWasWrittenIsRead(text: String) throws {
    let format = try RecordFormat(text)
    var draw = Draw(state: 7)
    for (buffer, block) in [(1, 1), (2, 3), (5, 512), (17, 2), (64, 4), (1 << 16, 512)] {
      for count in [0, 1, 2, 3, 4, 50] {
        let records = Self.records(format, &draw, count: count, longest: 40)
        let bytes = RecordWriter(format: format).file(records, crlf: count % 2 == 0)
        for form in [bytes, packed(bytes)] {
          let found = try read(form, format, block: block, buffer: buffer)
          #expect(found.failure == nil && found.damages == [], "\(text) \(buffer) \(count) \(found.damages)")
          if case .size = format.blocks, count > 0 {
            // The padding of the last block looks like records, to any reader.
            #expect(Array(found.records.prefix(count)) == records)
          } else {
            #expect(found.records == records, "\(text) buffer \(buffer) block \(block)")
          }
          #expect(found.tally.bytesRead == bytes.count)
          #expect(found.numbers == Array(found.records.indices.map { $0 + 1 }))
          if !format.form.rawValue.hasSuffix("S") {
            for (record, offset) in zip(found.records, found.offsets) {
              #expect(Array(bytes[offset..<offset + record.count]) == record)
            }
          }
        }
      }
    }
  }

  @Test(arguments: formats) func aRangeBeginsAtItsRecord(text: String) throws {
    let format = try RecordFormat(text)
    var draw = Draw(state: 11)
    let records = Self.records(format, &draw, count: 30, longest: 20)
    let bytes = RecordWriter(format: format).file(records)
    for first in [2, 13, 30, 31, 99] {
      for form in [bytes, packed(bytes)] {
        let found = try read(form, format, block: 4, buffer: 64, from: first)
        let expected = try read(bytes, format).records.dropFirst(first - 1)
        #expect(found.records == Array(expected), "\(text) from \(first)")
        #expect(found.numbers.first ?? first == first)
        #expect(found.tally.bytesRead == bytes.count)
      }
    }
  }

  @Test func recordsOfMegabytesAreWhole() throws {
    let record = [UInt8](repeating: 0x41, count: 3_000_000)
    let header = try RecordFormat("V,header=4")
    #expect(
      try read(RecordWriter(format: header).file([record, [1], record]), header).records == [record, [1], record])
    let spanned = try RecordFormat("VBS")
    #expect(try read(RecordWriter(format: spanned).file([[1], record]), spanned).records == [[1], record])
    #expect(try read(record + [10] + record, .init("text")).records == [record, record])
  }

  @Test func blocksOfATapeMayBeLongerThanTheirLengthHasBits() throws {
    let format = try RecordFormat("VB")
    let records = [[UInt8]](repeating: [UInt8](repeating: 0x41, count: 30_000), count: 5)
    #expect(try read(RecordWriter(format: format).file(records), format).records == records)
  }

  @Test func shortAndInvalidRecordsAreLeftOutAndCounted() throws {
    let found = try read([0, 6, 0, 0, 1, 2, 0, 7, 0, 0, 1, 2, 3, 0, 5, 0, 0, 9], .init("V,minimum=3"))
    #expect(found.records == [[1, 2, 3]])
    #expect(found.tally.count(.short) == 2 && found.tally.bytes(.short) == 11)
    let format = try RecordFormat("V,header=3,length-at=1,little,validity")
    let valid = try read([1, 2, 0, 7, 7, 0, 1, 0, 9, 1, 1, 0, 8], format)
    #expect(valid.records == [[7, 7], [8]])
    #expect(valid.tally.count(.invalid) == 1 && valid.tally.bytes(.invalid) == 4)
  }

  @Test func linesAreCountedByTheirEnds() throws {
    let found = try read(Array("a\r\n\nb\0c\0\n\r\nlast".utf8), .init("text"))
    #expect(found.records == [Array("a".utf8), Array("b\0c\0".utf8), Array("last".utf8)])
    let tally = found.tally
    #expect([tally.linesLF, tally.linesCRLF, tally.linesOpen, tally.nulBytes] == [2, 2, 1, 2])
    #expect(tally.count(.emptyLine) == 2 && tally.bytes(.emptyLine) == 3)
  }

  /// X'1A' at the very end of a file of lines is neither a record nor a value; anywhere else it is an ordinary byte.
  @Test(arguments: [
    ("a\nb\n\u{1A}", ["a", "b"], 1), ("a\r\nb\r\n\u{1A}", ["a", "b"], 1), ("a\nb\u{1A}", ["a", "b"], 1),
    ("\u{1A}", [], 1), ("a\n\u{1A}\n", ["a", "\u{1A}"], 0), ("a\u{1A}b\n", ["a\u{1A}b"], 0),
    ("a\n\u{1A}\u{1A}", ["a", "\u{1A}"], 1), ("a\n", ["a"], 0),
  ])
  func theEndMarkIsNoRecord(_ text: String, _ records: [String], _ marks: Int) throws {
    for buffer in [1, 3, 64] {
      let found = try read(Array(text.utf8), .init("text"), buffer: buffer)
      #expect(found.records == records.map { Array($0.utf8) })
      #expect(found.tally.count(.endMark) == marks && found.tally.bytesRead == text.utf8.count)
    }
  }

  @Test func aRuleMayBeAnyFunction() throws {
    var format = try RecordFormat("V")
    // Two counters, the second behind the entries of the first.
    format.rule = .measured { bytes in
      guard bytes.count > Int(bytes[0]) + 1 else { return .needs(Int(bytes[0]) + 2) }
      return .bytes(Int(bytes[0]) + 2 + Int(bytes[Int(bytes[0]) + 1]))
    }
    let records: [[UInt8]] = [[0, 0], [2, 9, 9, 1, 8], [1, 7, 3, 5, 5, 5]]
    #expect(try read(records.flatMap { $0 }, format, buffer: 1).records == records)
    format.rule = .measured { _ in .needs(0) }
    #expect(try read([1, 2, 3], format).damages.map(\.kind) == [.length])
  }
}
