import Base
import Framing
import Testing

/// Line ends behind the records of a fixed-length file.
@Suite struct LineEndTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let end: [UInt8]
    let record: Int
    let count: Int
    var last = true
    var start = 0
    var footer = 0
    var isPacked = false
    var testDescription: String { "\(end) \(record) × \(count) \(last) \(start) \(footer) \(isPacked)" }

    var bytes: [UInt8] {
      var bytes = Array(repeating: UInt8(0xC8), count: start)
      for number in 0..<count {
        bytes += (0..<record).map { UInt8(0xF0 + (number + $0) % 10) } + (last || number + 1 < count ? end : [])
      }
      return bytes + Array(repeating: 0xC9, count: footer)
    }
  }

  static let ends: [[UInt8]] = [[0x0A], [0x0D], [0x15], [0x25], [0x0D, 0x0A], [0x0D, 0x25], [0x0D, 0x15]]

  static let found: [Case] =
    ends.flatMap { end in
      // The layout's length fits too: the same number of bytes as a number of additional records.
      [
        Case(end: end, record: 17, count: 17), Case(end: end, record: 17, count: 1),
        Case(end: end, record: 17, count: 34, start: 9), Case(end: end, record: 17, count: 40, footer: 5),
        Case(end: end, record: 17, count: 5, last: false), Case(end: end, record: 300, count: 3),
        Case(end: end, record: 1, count: 50), Case(end: end, record: 17, count: 17, isPacked: true),
        Case(end: end, record: 40_000, count: 40),
      ]
    }

  private static func read(_ bytes: [UInt8], _ format: String, _ policy: DamagePolicy = .keepGoing) throws -> (
    damages: [Damage], failure: Diagnostic?
  ) {
    let file = try TemporaryFile(bytes)
    let reader = try RecordReader(
      path: file.path, format: RecordFormat(format) { Array($0.utf8) }, layoutLength: 0, policy: policy)
    do throws(Diagnostic) { while try reader.next() != nil {} } catch { return (reader.damages, error) }
    return (reader.damages, nil)
  }

  @Test(arguments: found) func everyLineEndIsNamed(_ item: Case) throws {
    let format = "F,length=\(item.record),start=\(item.start),end=\(item.footer)"
    let bytes = item.isPacked ? packed(item.bytes) : item.bytes
    let first = try #require(try Self.read(bytes, format).damages.first)
    let hex = item.end.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    #expect(first.kind == .lineEnds)
    #expect(first.found == hex)
    #expect(first.expected == String(item.record + item.end.count))
    #expect(first.offset == item.start + item.record)
    #expect(try Self.read(bytes, format, .strict).failure?.code == .frameLineEnds)
    // With the length from the message the file can be read.
    let whole = "F,length=\(item.record + item.end.count),start=\(item.start),end=\(item.footer)"
    #expect(try !Self.read(bytes, whole).damages.contains { $0.kind == .lineEnds })
  }

  @Test(arguments: ends) func aProjectsFileIsNotOpened(_ end: [UInt8]) throws {
    let file = try TemporaryFile(Case(end: end, record: 17, count: 34).bytes)
    let thrown = #expect(throws: Diagnostic.self) { try RecordFile(path: file.path, recordLength: 17) }
    #expect(thrown?.code == .frameLineEnds)
  }

  @Test func bytesThatOnlyLookLikeLineEndsAreNone() throws {
    // One record in five hundred without; a file of as many bytes; the end as part of the layout.
    for end in Self.ends {
      var bytes = Case(end: end, record: 20, count: 20 * 25).bytes
      bytes[(20 + end.count) * 400 + 20] = 0x40
      #expect(try Self.read(bytes, "F,length=20").damages.allSatisfy { $0.kind != .lineEnds })
      #expect(try Self.read(Case(end: [], record: 20, count: 400).bytes, "F,length=20").damages.isEmpty)
      let inside = Case(end: end, record: 20, count: 400)
      #expect(try Self.read(inside.bytes, "F,length=\(20 + end.count)").damages.isEmpty)
    }
  }
}
