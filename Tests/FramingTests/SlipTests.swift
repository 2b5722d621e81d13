import Base
import Framing
import Records
import Testing

/// Bytes inserted or lost within fixed-length records: distinguished from bad records, located, skipped.
@Suite struct SlipTests {
  /// A record of 40 bytes: 7 zoned digits, 20 letters, 4 bytes packed, 6 zoned digits, 3 letters.
  static let length = 40

  static func record(_ number: Int) -> [UInt8] {
    let digits = { (value: Int, count: Int) in
      (0..<count).reversed().map { place in
        UInt8(0xF0 + value / [1, 10, 100, 1000, 10000, 100_000, 1_000_000][place] % 10)
      }
    }
    let letters = { (count: Int) in (0..<count).map { UInt8(0xC1 + (number * 7 + $0 * 5) % 9) } }
    let amount: [UInt8] = [UInt8(number % 10) << 4, 0x12, 0x34, 0x5C]
    return digits(number, 7) + letters(20) + amount + digits(number * 13, 6) + letters(3)
  }

  static func faults(_ bytes: UnsafePointer<UInt8>) -> Int {
    var faults = 0
    for place in Array(0..<7) + Array(31..<37) where bytes[place] < 0xF0 || bytes[place] > 0xF9 { faults += 1 }
    for place in 7..<27 where bytes[place] < 0xC1 || bytes[place] > 0xC9 { faults += 1 }
    for place in 27..<31 where bytes[place] >> 4 > 9 || bytes[place] & 15 > 9 && place < 30 { faults += 1 }
    if bytes[30] & 15 != 12 { faults += 1 }
    return faults
  }

  /// Reads like a decoder: rechecks after three consecutive bad records.
  static func read(_ bytes: [UInt8], perBlock: Int = 64) throws -> (good: [[UInt8]], bad: Int, reader: RecordReader) {
    let file = try TemporaryFile(bytes)
    let reader = try RecordReader(
      path: file.path, format: .fixed, layoutLength: length, recordsPerBlock: perBlock, bufferBytes: 256,
      scorer: faults)
    var good: [[UInt8]] = []
    var bad = 0
    while let block = try reader.next() {
      var count = block.count
      let isBad = (0..<count).map { faults(block.base + block.starts[$0]) > 0 }
      var index = 0
      while index < count {
        if isBad[index], index + 3 <= count ? isBad[index..<index + 3].allSatisfy({ $0 }) : true,
          index == 0 || !isBad[index - 1], let kept = try reader.recheck(from: index)
        {
          count = kept
        }
        index += 1
      }
      for index in 0..<count {
        if isBad[index] {
          bad += 1
        } else {
          good.append(Array(UnsafeBufferPointer(start: block.base + block.starts[index], count: length)))
        }
      }
    }
    #expect(reader.tally.bytesRead == bytes.count)
    return (good, bad, reader)
  }

  @Test(arguments: [1, 2, 5, 17, 20, -1, -3, -19, 13]) func aSlipIsLocatedAndPassed(slip: Int) throws {
    let records = (0..<500).map(Self.record)
    for place in [100 * 40 + 3, 101 * 40 + 12, 130 * 40 + 28, 64 * 40 + 1, 127 * 40 + 33, 300 * 40 + 20] {
      var bytes = records.flatMap { $0 }
      if slip > 0 {
        bytes.insert(contentsOf: [UInt8](repeating: 0x15, count: slip), at: place)
      } else {
        bytes.removeSubrange(place..<place - slip)
      }
      let found = try Self.read(bytes)
      // A loss across a boundary damages two records.
      #expect(found.good.count >= 498 && found.bad <= 1, "\(slip) at \(place): \(found.good.count), \(found.bad)")
      #expect(found.reader.damages.count == 1)
      let damage = try #require(found.reader.damages.first)
      guard case .slip(let bytes, let through) = damage.kind else { throw Diagnostic(.frameCut) }
      #expect(bytes == slip)
      #expect(damage.offset <= place && place <= through + 20 && through - damage.offset <= 20, "\(damage) \(place)")
    }
  }

  @Test func severalSlipsInOneFile() throws {
    var bytes = (0..<900).map(Self.record).flatMap { $0 }
    for (place, slip) in [(700 * 40 + 29, 7), (400 * 40 + 35, -2), (395 * 40 + 30, 3), (30 * 40 + 8, -11)] {
      if slip > 0 {
        bytes.insert(contentsOf: [UInt8](repeating: 0, count: slip), at: place)
      } else {
        bytes.removeSubrange(place..<place - slip)
      }
    }
    let found = try Self.read(bytes)
    let slips = found.reader.damages.map { damage in if case .slip(let bytes, _) = damage.kind { bytes } else { 0 } }
    #expect(slips == [-11, 3, -2, 7])
    #expect(found.good.count >= 894)
  }

  @Test func badRecordsAreNoSlip() throws {
    var records = (0..<600).map(Self.record)
    for number in [5, 6, 7, 100, 101, 102, 103, 104, 64, 65, 66] { records[number][28] = 0xFF }
    // A stretch that no shift makes good, over several blocks.
    for number in 200..<420 { records[number] = [UInt8](repeating: 0x6F, count: 40) }
    let found = try Self.read(records.flatMap { $0 })
    #expect(found.reader.damages == [] && found.bad == 231 && found.good.count == 369)
  }

  @Test func badRecordsBeforeASlipStayRecords() throws {
    var records = (0..<200).map(Self.record)
    for number in 98..<100 { records[number][28] = 0xFF }
    var bytes = records.flatMap { $0 }
    bytes.remove(at: 100 * 40 + 30)
    let found = try Self.read(bytes)
    #expect([found.bad, found.good.count] == [2, 197])
    #expect(found.reader.damages.map(\.record) == [101])
  }

  @Test func theMessagesSayHowManyBytesAndWhere() throws {
    let bytes = (0..<200).map(Self.record).flatMap { $0 }
    let place = 50 * 40 + 29
    let lost = try Self.read(Array(bytes[..<place] + bytes[(place + 2)...])).reader.damages[0].diagnostic(file: "A")
    #expect(lost.code == .frameLost && lost.message(.english).contains("2 bytes were lost between here and byte"))
    let more = try Self.read(bytes[..<place] + [0, 0, 0] + bytes[place...]).reader.damages[0].diagnostic(file: "A")
    #expect(more.code == .frameInserted && more.message(.japanese).contains("余分な3バイト"))
  }
}
