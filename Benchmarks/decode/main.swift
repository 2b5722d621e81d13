import Charset
import Copybook
import Decode
import Foundation
import Records

// Reads and decodes records of 300 bytes from a file in the page cache, and prints nanoseconds a record.
//
//   DecodeBenchmark make FILE RECORDS        writes a file of records
//   DecodeBenchmark tables FILE              writes the character tables for the C program
//   DecodeBenchmark run FILE [THREADS]       best of several rounds

let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
let characters = Charset.CharacterSet.named("fujitsu-jef")!
let copybook = try String(contentsOf: here.appendingPathComponent("BENCH.cpy"), encoding: .utf8)
let layout = try CopybookParser.layout(of: copybook, file: "BENCH.cpy")
precondition(layout.length == 300)

func make(_ path: String, _ records: Int) throws {
  let encoder = RecordEncoder(layout: layout, choosing: [], characters: characters)
  func slot(_ name: String) throws -> Int { try encoder.slot(name) }
  let kanji = ["山田　太郎", "髙橋　花子", "斎藤　一郎", "佐々木　美智子", "桜ヶ瀬市中央一丁目", "桜ヶ瀬市本町南"]
  let kana = ["ﾔﾏﾀﾞ ﾀﾛｳ", "ﾀｶﾊｼ ﾊﾅｺ", "ｻｲﾄｳ ｲﾁﾛｳ", "ｻｻｷ ﾐﾁｺ"]
  var bytes = Data()
  var state: UInt64 = 1
  func dice(_ bound: UInt64) -> Int64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int64((state >> 33) % bound)
  }
  for record in 0..<records {
    encoder.begin()
    try encoder.set(slot("B-KIND"), "10")
    try encoder.set(slot("B-PERSON-NO"), 1_000_000 + Int64(record))
    try encoder.set(slot("B-NOTICE-NO"), 100_000 + dice(900_000))
    try encoder.set(slot("B-YEAR"), 431)
    try encoder.set(slot("B-HISTORY"), 1 + dice(5))
    try encoder.set(slot("B-DATE-1"), date: 2019_04_01 + dice(28))
    try encoder.set(slot("B-DATE-2"), date: 1960_01_01 + dice(28))
    try encoder.set(slot("B-KANA"), kana[Int(dice(4))])
    try encoder.set(slot("B-KANJI"), kanji[Int(dice(4))])
    try encoder.set(slot("B-ADDRESS"), kanji[4 + Int(dice(2))])
    for occurrence in 0..<8 { try encoder.set(slot("B-INCOME"), occurrence, dice(30_000_000) - 1_000_000) }
    for occurrence in 0..<10 { try encoder.set(slot("B-TAX"), occurrence, dice(2_000_000)) }
    try encoder.set(slot("B-ADJUST"), dice(2000) - 1000)
    try encoder.set(slot("B-REFUND"), dice(200_000) - 100_000)
    try encoder.set(slot("B-CODES"), "0123456789")
    bytes.append(encoder.bytes.baseAddress!, count: encoder.bytes.count)
  }
  try bytes.write(to: URL(fileURLWithPath: path))
}

/// UTF-8 of every single byte and of every pair: length, then up to 7 bytes.
func tables(_ path: String) throws {
  var bytes = Data()
  func add(_ form: TextForm, _ code: [UInt8]) {
    let (text, fault) = characters.decode(form, bytes: code)
    let utf8 = fault == nil ? Array(text.utf8) : []
    precondition(utf8.count <= 7)
    bytes.append(contentsOf: [UInt8(utf8.count)] + utf8 + [UInt8](repeating: 0, count: 7 - utf8.count))
  }
  for byte in UInt8.min...UInt8.max { add(.single, [byte]) }
  for high in UInt8.min...UInt8.max { for low in UInt8.min...UInt8.max { add(.double, [high, low]) } }
  try bytes.write(to: URL(fileURLWithPath: path))
}

func plan() throws -> KindPlan {
  var reading = Interpretation(characters)
  reading.trimming = .right
  return try KindPlan.compile(title: "BENCH", layout: layout, choosing: [], reading: reading)
}

/// Reads and decodes records in blocks of 512, as `decode` and `run` do; returns a sum over what was decoded.
func decode(_ descriptor: Int32, _ range: Range<Int>, _ plan: KindPlan) -> Int64 {
  let decoder = KindDecoder(plan)
  let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: 512 * 300)
  defer { buffer.deallocate() }
  let starts = (0..<512).map { $0 * 300 }
  var sum: Int64 = 0
  var record = range.lowerBound
  while record < range.upperBound {
    let count = min(512, range.upperBound - record)
    precondition(pread(descriptor, buffer, count * 300, record * 300) == count * 300)
    starts.withUnsafeBufferPointer { starts in
      decoder.decode(RecordBlock(base: buffer, starts: UnsafeBufferPointer(rebasing: starts[..<count])))
    }
    for column in decoder.columns {
      sum &+= column.type == .text ? Int64(column.byteCount) : column.integers[count - 1]
    }
    record += count
  }
  return sum
}

func run(_ path: String, _ threads: Int) throws {
  let descriptor = open(path, O_RDONLY)
  precondition(descriptor >= 0, "\(path) cannot be opened")
  let records = Int(lseek(descriptor, 0, SEEK_END)) / 300
  let plan = try plan()
  var best = Double.infinity
  for _ in 0..<7 {
    let begin = DispatchTime.now().uptimeNanoseconds
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      _ = decode(descriptor, records * thread / threads..<records * (thread + 1) / threads, plan)
    }
    best = min(best, Double(DispatchTime.now().uptimeNanoseconds - begin))
  }
  print(String(format: "%.1f", best / Double(records)))
}

let arguments = CommandLine.arguments
switch (arguments.dropFirst().first, arguments.count) {
case ("make", 4): try make(arguments[2], Int(arguments[3]) ?? 0)
case ("tables", 3): try tables(arguments[2])
case ("run", 3), ("run", 4): try run(arguments[2], arguments.count > 3 ? Int(arguments[3]) ?? 1 : 1)
default:
  FileHandle.standardError.write(Data("usage: DecodeBenchmark make FILE N | tables FILE | run FILE [THREADS]\n".utf8))
  exit(64)
}
