import Base
import Framing
import Records
import Testing

/// Damaged files: damage is located exactly, and undamaged records are still read.
@Suite struct DamageTests {
  static func letters(_ range: Range<Int>, length: (Int) -> Int = { 20 + $0 % 7 }) -> [[UInt8]] {
    range.map { number in [UInt8](repeating: UInt8(0xC1 + number % 9), count: length(number)) }
  }

  @Test func aBadHeaderCostsItsRecordAlone() throws {
    let format = try RecordFormat("V")
    let records = Self.letters(0..<40)
    var bytes = RecordWriter(format: format).file(records)
    let place = try read(bytes, format).offsets[10] - 4
    bytes[place + 2] = 0x40
    for buffer in [1, 64, 1 << 16] {
      let found = try read(bytes, format, buffer: buffer)
      #expect(found.records == Array(records[..<10] + records[11...]))
      #expect(found.damages.count == 1)
      let damage = try #require(found.damages.first)
      #expect(damage.kind == .length && damage.offset == place && damage.record == 11)
      #expect(damage.skipped == 4 + records[10].count && damage.found.lowercased() == "001b4000")
      #expect(damage.expected == "LL LL 00 00, LL ≥ 4")
      #expect(found.tally.bytes(.damage) == damage.skipped && found.tally.bytesRead == bytes.count)
    }
  }

  @Test(arguments: [[0, 0], [0, 3], [0x7F, 0xFF], [0, 2]] as [[UInt8]])
  func impossibleLengthsAreDamage(length: [UInt8]) throws {
    let format = try RecordFormat("V")
    let records = Self.letters(0..<30)
    var bytes = RecordWriter(format: format).file(records)
    bytes.replaceSubrange(0..<2, with: length)
    let found = try read(bytes, format)
    #expect(found.records == Array(records[1...]))
    #expect(found.damages.map(\.offset) == [0])
  }

  @Test func theMessageSaysWhereAndWhat() throws {
    let format = try RecordFormat("V")
    var bytes = RecordWriter(format: format).file(Self.letters(0..<30))
    bytes[3] = 1
    let damage = try #require(try read(bytes, format).damages.first)
    #expect(
      damage.diagnostic(file: "A.DAT").message(.english).hasPrefix(
        "A.DAT, record 1, byte 0: no record can begin with X'00180001' (expected LL LL 00 00, LL ≥ 4); 24 bytes were passed over."
      ))
    #expect(damage.diagnostic(file: "A.DAT").message(.japanese).contains("X'00180001'"))
  }

  @Test func strictReadingThrowsAndCanGoOn() throws {
    let format = try RecordFormat("V")
    var bytes = RecordWriter(format: format).file(Self.letters(0..<30))
    bytes[3] = 1
    #expect(try read(bytes, format, policy: .strict).failure?.code == .frameLength)
    let file = try TemporaryFile(bytes)
    let reader = try RecordReader(path: file.path, format: format, layoutLength: 1, policy: .strict)
    #expect(throws: Diagnostic.self) { _ = try reader.next() }
    #expect(try reader.next()?.count == 29)
  }

  /// A file cut at any byte: whole records are read, the rest is one damage at the end.
  @Test(arguments: ["F,length=9", "V", "VB", "VBS", "V,field=1:2:binary", "V,header=4", "FB,length=9,bdw"])
  func aCutFileGivesItsWholeRecords(text: String) throws {
    let format = try RecordFormat(text)
    var draw = Draw(state: 3)
    let records = RoundTripTests.records(format, &draw, count: 9, longest: 20)
    let bytes = RecordWriter(format: format).file(records)
    for size in 1..<bytes.count {
      let found = try read(Array(bytes[..<size]), format, buffer: 64)
      #expect(found.records == Array(records.prefix(found.records.count)), "\(text) \(size)")
      #expect(found.tally.bytesRead == size)
      // The segments before a cut one are unusable, too.
      #expect(found.damages.count <= (text == "VBS" ? 2 : 1))
      #expect(text == "VBS" || found.damages.allSatisfy { $0.offset + $0.skipped == size })
      if found.records.count < records.count - 5 { #expect(size < bytes.count - 20) }
    }
  }

  @Test func theLastRecordSaysHowMuchIsThere() throws {
    let fixed = try read([1, 2, 3, 4, 5], .init("F,length=4"))
    #expect(fixed.records == [[1, 2, 3, 4]])
    #expect(fixed.damages.map(\.kind) == [.cut])
    #expect(
      fixed.damages[0].diagnostic(file: "A").message(.english).hasPrefix(
        "A, record 2, byte 4: the last record is cut: 1 bytes are there, of 4."))
  }

  @Test func aBadBlockHeaderCostsNoRecord() throws {
    let format = try RecordFormat("VB")
    let records = Self.letters(0..<30)
    let bytes = RecordWriter(format: format).file(records)
    let place = try read(bytes, format).offsets[9] - 8
    for wrong in [[0, 0, 0, 0], [0x40, 0x40, 0x40, 0x40], [0, 30, 0, 0], [0x10, 0, 0, 0], [0, 9, 0, 1]] as [[UInt8]] {
      var bytes = bytes
      bytes.replaceSubrange(place..<place + 4, with: wrong)
      let found = try read(bytes, format)
      #expect(found.records == records, "\(wrong)")
      #expect(found.damages.map(\.kind) == [.block] && found.damages.map(\.skipped) == [4])
      #expect(found.damages.first?.offset == place)
    }
  }

  @Test func aBadRecordLeavesItsBlockInStep() throws {
    let format = try RecordFormat("VB")
    let records = Self.letters(0..<30)
    var bytes = RecordWriter(format: format).file(records)
    bytes[try read(bytes, format).offsets[10] - 4] = 0x50
    let found = try read(bytes, format)
    #expect(found.records == Array(records[..<10] + records[11...]))
    #expect(found.damages.count == 1 && found.damages[0].skipped == records[10].count + 4)
  }

  @Test func segmentsWithoutTheOthersAreDamage() throws {
    let format = try RecordFormat("VS,bdw-add=0")
    // last, whole, first, first, last: the second and the fourth with the fifth are records.
    let body: [UInt8] = [0, 5, 2, 0, 1, 0, 5, 0, 0, 2, 0, 5, 1, 0, 3, 0, 5, 1, 0, 4, 0, 5, 2, 0, 5]
    let found = try read([0, UInt8(body.count + 4), 0, 0] + body, format)
    #expect(found.records == [[2], [4, 5]])
    #expect(found.damages.map(\.kind) == [.segment, .segment] && found.damages.map(\.offset) == [4, 14])
    #expect(found.damages[1].record == 2)
  }

  @Test func bytesBetweenRecordsAreOneStretch() throws {
    let format = try RecordFormat("V")
    let records = Self.letters(0..<40)
    let bytes = RecordWriter(format: format).file(records)
    let place = try read(bytes, format).offsets[20] - 4
    let found = try read(Array(bytes[..<place]) + [UInt8](repeating: 0x40, count: 1000) + bytes[place...], format)
    #expect(found.records == records)
    #expect(found.damages.map(\.skipped) == [1000] && found.damages.map(\.offset) == [place])
  }

  /// The file ends in bad compressed bytes during the search for the next record: the skipped bytes are accounted for.
  @Test(arguments: ["V", "VB", "VBS"])
  func gzipThatEndsWithinDamage(form: String) throws {
    let bytes = [UInt8](repeating: 0xFF, count: 5_000)
    var file = packed(bytes)
    file[file.count - 8] ^= 1
    for buffer in [3, 64, 1 << 16] {
      let found = try read(file, try RecordFormat(form), buffer: buffer)
      #expect(found.failure?.code == .frameGzip)
      #expect(found.records.isEmpty && found.tally.bytesRead <= bytes.count)
    }
  }

  @Test func gzipThatIsCutOrCorruptIsNoEnd() throws {
    let format = try RecordFormat("F,length=10")
    var draw = Draw(state: 5)
    let bytes = (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &draw) }
    let whole = packed(bytes)
    #expect(try read(whole + packed([9] + bytes[1...]), format).records.count == 20_000)
    let records = try read(bytes, format).records
    let cut = try read(Array(whole[..<60_000]), format)
    #expect(cut.failure?.code == .frameGzip && cut.failure?.place.offset == 60_000)
    #expect(cut.records.count > 5000 && cut.records == Array(records.prefix(cut.records.count)))
    var corrupt = whole
    corrupt[whole.count - 6] ^= 1
    let found = try read(corrupt, format)
    #expect(found.failure?.code == .frameGzip)
    #expect(found.failure?.message(.english).contains("incorrect data check") == true)
    #expect(try read(whole + [1, 2, 3], format).failure?.code == .frameGzip)
  }

  @Test func whatCannotBeOpenedIsNamed() throws {
    for path in ["/nowhere/at-all", "/tmp"] {
      let found = #expect(throws: Diagnostic.self) {
        try RecordReader(path: path, format: .fixed, layoutLength: 4)
      }
      #expect(found?.code == .fileOpen)
    }
    let zero = #expect(throws: Diagnostic.self) { try RecordReader(path: "/dev/null", format: .fixed, layoutLength: 0) }
    #expect(zero?.code == .frameFormat)
    let none = try RecordReader(path: "/dev/null", format: .fixed, layoutLength: 4)
    #expect(try none.next() == nil)
  }

  /// Files changed anywhere: no crash, no endless loop, and every byte is accounted for.
  @Test(arguments: RoundTripTests.formats) func everyByteIsAccountedFor(text: String) throws {
    let format = try RecordFormat(text)
    for seed in 0..<60 as Range<UInt64> {
      var draw = Draw(state: seed)
      var bytes = RecordWriter(format: format).file(RoundTripTests.records(format, &draw, count: 25, longest: 30))
      for _ in 0..<Int.random(in: 1...4, using: &draw) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &draw)
        switch Int.random(in: 0..<5, using: &draw) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &draw)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &draw), at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + 13))
        default: bytes.replaceSubrange(place..<min(bytes.count, place + 5), with: [0, 0, 0, 0, 0])
        }
      }
      var first: Reading?
      for (buffer, block) in [(1, 1), (23, 3), (1 << 16, 512)] {
        let found = try read(bytes, format, block: block, buffer: buffer)
        #expect(found.tally.bytesRead == bytes.count, "\(text) \(seed)")
        #expect(found.failure == nil)
        #expect(found.tally.bytes(.damage) == found.damages.map(\.skipped).reduce(0, +))
        // The same for every size of buffer and block.
        if let first { #expect(first.records == found.records && first.damages == found.damages, "\(text) \(seed)") }
        first = first ?? found
      }
    }
  }

  /// A block that ends after a whole record and before the end given in its header.
  @Test func aBlockThatIsCutBehindARecordIsTold() throws {
    let format = try RecordFormat("VB")
    let whole = RecordWriter(format: format).file([[1, 2], [3, 4], [5, 6]])
    #expect(try read(whole, format).damages.isEmpty)
    let cut = try read(Array(whole.dropLast(6)), format)
    #expect(cut.records == [[1, 2], [3, 4]] && cut.damages.map(\.kind) == [.blockCut], "\(cut.damages)")
  }
}
