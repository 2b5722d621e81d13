import Base
import SQLite

/// A proof that registers are the sum of the entries, without parsing values: of each field only a hash of the JSON
/// text that was entered last is kept, and the tables are compared with the hashes. ``LedgerReading/verify()`` names
/// defects; this proves in about a third of its time that there are none.
///
/// The hash is Swift's, with a key of this process: a difference is missed once in 2⁶⁴.
struct RegisterProof {
  fileprivate struct Register {
    let schema: RegisterSchema
    var records: [[UInt8]: Int] = [:]
    var revisions: [Int] = []
    /// For each record the hashes of its fields; zero is null.
    var fields: [Int] = []
  }

  private var registers: [Register]
  /// The time of the last entry, as it is written.
  private var at: [UInt8] = []
  private let positions: [[UInt8]: Int]

  init(_ schemas: [RegisterSchema]) {
    registers = schemas.map { Register(schema: $0) }
    positions = Dictionary(schemas.enumerated().map { (Array($1.name.utf8), $0) }) { first, _ in first }
  }

  /// Adds an entry.
  ///
  /// - Parameters:
  ///   - register: the register of the entry in the index; likewise `record`.
  ///   - text: its canonical JSON.
  /// - Returns: false when it concerns an unknown register, or another record than the index says, or is dated before
  ///   the previous entry.
  mutating func add(
    _ number: Int, register: UnsafeBufferPointer<UInt8>, record: UnsafeBufferPointer<UInt8>,
    text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let position = positions[Array(register)] else { return false }
    var (changes, time, act): (Range<Int>?, Range<Int>?, Range<Int>?)
    var (tellsOfRegister, tellsOfRecord) = (false, false)
    var walk = JSONWalk(text)
    let isRead = walk.members { name, value in
      switch name.count {
      case 9 where Self.says(text[name], "\"changes\""): changes = value
      case 4 where Self.says(text[name], "\"at\""): time = value
      case 5 where Self.says(text[name], "\"act\""): act = value
      case 4 where Self.says(text[name], "\"id\""):
        tellsOfRecord = Self.hash(UnsafeBufferPointer(rebasing: text[value])) == Self.hash(text: record)
      case 10 where Self.says(text[name], "\"register\""):
        tellsOfRegister = Self.hash(UnsafeBufferPointer(rebasing: text[value])) == Self.hash(text: register)
      default: break
      }
      return true
    }
    guard isRead, tellsOfRegister, tellsOfRecord, let changes, let time, let act else { return false }
    let correctsClock =
      registers[position].schema.name == Correction.register.name
      && text[act].dropFirst().dropLast().elementsEqual(Correction.Kind.clock.rawValue.utf8)
    if !correctsClock, text[time].lexicographicallyPrecedes(at) { return false }
    at = Array(text[time])
    return registers[position].add(number, record: record, changes: UnsafeBufferPointer(rebasing: text[changes]))
  }

  /// Whether the tables are the sum of the entries.
  func holds(in reading: borrowing LedgerReading) throws(Diagnostic) -> Bool {
    for register in registers {
      guard try reading.isThere(register.schema) else { continue }
      guard try register.holds(reading) else { return false }
    }
    return true
  }

  private static func says(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ word: StaticString) -> Bool {
    word.withUTF8Buffer { bytes.elementsEqual($0) }
  }

  /// The hash of a value's JSON text; zero for null. A text is hashed without its quotes.
  fileprivate static func hash(_ json: UnsafeBufferPointer<UInt8>) -> Int {
    switch json.first {
    case UInt8(ascii: "n"): 0
    case UInt8(ascii: "\""): hash(UnsafeBufferPointer(rebasing: json.dropFirst().dropLast()), isText: true)
    default: hash(json, isText: false)
    }
  }

  /// The hash that a text's JSON text has; `nil` when it is not a text.
  fileprivate static func hash(text bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    if isPlain { return hash(bytes, isText: true) }
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    return Array(JSONValue.text(text).canonical.utf8).withUnsafeBufferPointer { hash($0) }
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, isText: Bool) -> Int {
    var hasher = Hasher()
    hasher.combine(isText)
    hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    return hasher.finalize()
  }
}

extension RegisterProof.Register {
  mutating func add(
    _ number: Int, record: UnsafeBufferPointer<UInt8>, changes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let id = Array(record)
    let width = schema.fields.count
    let index: Int
    if let known = records[id] {
      index = known
      revisions[index] = number
    } else {
      index = revisions.count
      records[id] = index
      revisions.append(number)
      fields.append(contentsOf: repeatElement(0, count: width))
    }
    var walk = JSONWalk(changes)
    return walk.members { name, value in
      let word = String(decoding: changes[name].dropFirst().dropLast(), as: UTF8.self)
      guard let position = schema.positions[word] else { return false }
      fields[index * width + position] = RegisterProof.hash(UnsafeBufferPointer(rebasing: changes[value]))
      return true
    }
  }

  func holds(_ reading: borrowing LedgerReading) throws(Diagnostic) -> Bool {
    let row = try reading.prepare(LedgerReading.query(of: schema))
    var found = 0
    while try row.next() {
      guard let index = records[Array(row[0].bytes)], row[1].integer == Int64(revisions[index]) else { return false }
      for (position, field) in schema.fields.enumerated() {
        let cell = row[position + 2]
        let hash: Int?
        switch (field.kind, cell.kind) {
        case (_, .null): hash = 0
        case (.integer, .integer):
          let digits = Array(String(cell.integer).utf8)
          hash = digits.withUnsafeBufferPointer { RegisterProof.hash($0) }
        case (.text, .text): hash = RegisterProof.hash(text: cell.bytes)
        case (.structure, .text): hash = RegisterProof.hash(cell.bytes)
        default: return false
        }
        guard hash == fields[index * schema.fields.count + position] else { return false }
      }
      found += 1
    }
    return found == revisions.count
  }
}

/// A walk over JSON text without parsing values. Invalid JSON ends the walk, and so does a space between values, which
/// canonical text does not have.
private struct JSONWalk {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Passes name (with its quotes) and value of each member of the object to `each`.
  ///
  /// - Parameter each: ends the walk by returning false.
  /// - Returns: whether all of the text was one object, and `each` accepted every member.
  mutating func members(_ each: (_ name: Range<Int>, _ value: Range<Int>) -> Bool) -> Bool {
    guard take(UInt8(ascii: "{")) else { return false }
    if take(UInt8(ascii: "}")) { return at == bytes.count }
    repeat {
      guard let name = text(), take(UInt8(ascii: ":")), let value = value(), each(name, value) else { return false }
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}")) && at == bytes.count
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func text() -> Range<Int>? {
    let start = at
    guard take(UInt8(ascii: "\"")) else { return nil }
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\\"): at += 2
      case UInt8(ascii: "\""):
        at += 1
        return start..<at
      default: at += 1
      }
    }
    return nil
  }

  /// A text, a list, an object, or the bytes up to the next comma or bracket.
  private mutating func value() -> Range<Int>? {
    let start = at
    var depth = 0
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\""):
        guard text() != nil else { return nil }
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if depth == 0 { return start < at ? start..<at : nil }
        depth -= 1
      case UInt8(ascii: ",") where depth == 0: return start < at ? start..<at : nil
      case 0...0x20: return nil
      default: break
      }
      at += 1
    }
    return nil
  }
}
