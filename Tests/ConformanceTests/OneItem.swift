import Base
import Charset
import Copybook
import Decode
import Foundation
import Records

/// A copybook of one item (or a few), and the way its bytes are read.
struct OneItem: Equatable {
  /// The clauses after the name: `PIC S9(5) COMP-3`.
  var clauses: [String]
  var dialect = "ibm"
  var charset = "ibm-037"

  init(_ clauses: String..., dialect: String = "ibm", charset: String = "ibm-037") {
    self.clauses = clauses
    self.dialect = dialect
    self.charset = charset
  }

  enum Reading: Equatable {
    case value(String)
    case null
    case invalid(Fault)
  }

  /// The values of the items in a record of these bytes.
  ///
  /// - Throws: a `Diagnostic` for a refused copybook, ``Misfit`` for one that describes fewer or more bytes.
  func readings(_ bytes: [UInt8]) throws -> [Reading] {
    let layout = try layout()
    guard layout.length == bytes.count else { throw Misfit(length: layout.length, bytes: bytes.count) }
    var reading = Interpretation(Charset.CharacterSet.named(charset)!)
    reading.dialect = try Dialect(text: dialect)
    let plan = try KindPlan.compile(title: "vector", layout: layout, choosing: [], reading: reading)
    let decoder = KindDecoder(plan)
    bytes.withUnsafeBufferPointer { record in
      [0].withUnsafeBufferPointer { decoder.decode(RecordBlock(base: record.baseAddress!, starts: $0)) }
    }
    return decoder.columns.map { column in
      column.fault(0).map(Reading.invalid) ?? column.describe(0).map(Reading.value) ?? .null
    }
  }

  /// The bytes of a record whose one item is this unscaled number.
  func bytes(_ unscaled: Int64) throws -> [UInt8] {
    let encoder = RecordEncoder(
      layout: try layout(), choosing: [], characters: Charset.CharacterSet.named(charset)!)
    try encoder.set(0, unscaled)
    return Array(encoder.bytes)
  }

  private func layout() throws -> Layout {
    let items = clauses.enumerated().map { index, clause in
      "05 \(clause.hasPrefix("FILLER") ? clause : "ITEM-\(index + 1) \(clause)").\n"
    }
    return try CopybookParser.layout(
      of: "01 VECTOR.\n" + items.joined(), file: "vector", dialect: Dialect(text: dialect), form: .free)
  }

  struct Misfit: Error, CustomStringConvertible {
    let length: Int
    let bytes: Int
    var description: String { "the item has \(length) bytes, the vector \(bytes)" }
  }

  /// The flaw when the first item of these bytes should be this number; `nil` when it is.
  func flaw(_ bytes: [UInt8], is number: String) -> String? {
    flaw(bytes) { reading in
      guard case .value(let text) = reading, let found = Decimal(string: text) else { return false }
      return found == Decimal(string: number)
    }
  }

  /// The flaw when the copybook should be refused, or these bytes should give no value.
  func flawUnlessRefused(_ bytes: [UInt8]) -> String? { (try? layout()) == nil ? nil : flawUnlessInvalid(bytes) }

  /// The flaw when these bytes should give no value.
  func flawUnlessInvalid(_ bytes: [UInt8]) -> String? {
    flaw(bytes) { reading in if case .invalid = reading { true } else { false } }
  }

  func flaw(_ bytes: [UInt8], unless holds: (Reading) -> Bool) -> String? {
    do {
      let reading = try readings(bytes)[0]
      return holds(reading) ? nil : "\(reading)"
    } catch let error as Diagnostic {
      return error.message(.english)
    } catch {
      return "\(error)"
    }
  }
}

/// Bytes of a hexadecimal text; blanks are ignored.
func hexBytes(_ hex: String) -> [UInt8] {
  let digits = hex.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
