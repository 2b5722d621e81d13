import Base
import Charset
import Framing

/// The bytes of a file in UTF-16, as UTF-8.
final class UTF16Text {
  private let source: ByteSource
  private let charset: Charset.CharacterSet
  /// Bytes of incomplete units.
  private var rest: [UInt8] = []
  /// The number of bytes before `rest`.
  private var offset = 0
  /// UTF-8 that has not been taken yet, and the number of bytes taken.
  private var made: [UInt8] = []
  private var taken = 0
  private static let chunk = 1 << 16

  /// - Parameter charset: `utf-16le` or `utf-16be`.
  init(_ source: ByteSource, _ charset: Charset.CharacterSet) {
    self.source = source
    self.charset = charset
  }

  /// Reads up to `count` bytes of UTF-8; 0 at the end. A byte order mark is kept.
  ///
  /// - Throws: `dataset.unit` with the place for bytes that are not UTF-16; the errors of reading.
  func read(into target: UnsafeMutablePointer<UInt8>, count: Int) throws(Diagnostic) -> Int {
    while taken == made.count { if !(try refill()) { return 0 } }
    let given = min(count, made.count - taken)
    made.withUnsafeBufferPointer { target.update(from: $0.baseAddress! + taken, count: given) }
    taken += given
    return given
  }

  private func refill() throws(Diagnostic) -> Bool {
    let start = rest.count
    rest.append(contentsOf: repeatElement(0, count: Self.chunk))
    nonisolated(unsafe) var (got, failure) = (0, nil as Diagnostic?)
    rest.withUnsafeMutableBufferPointer { bytes in
      do throws(Diagnostic) { got = try source.read(into: bytes.baseAddress! + start, count: Self.chunk) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    rest.removeLast(Self.chunk - got)
    if got == 0, rest.isEmpty { return false }
    var whole = rest.count & ~1
    // The first half of a pair waits for the second.
    let high = charset.name == "utf-16le" ? 1 : 2
    if got > 0, whole >= 2, rest[whole - high] & 0xFC == 0xD8 { whole -= 2 }
    if got == 0 { whole = rest.count }
    made = [UInt8](repeating: 0, count: 2 * whole + 8)
    let outcome = rest.withUnsafeBufferPointer { bytes in
      made.withUnsafeMutableBufferPointer { charset.decode(.mixed, bytes.baseAddress!, whole, to: $0.baseAddress!) }
    }
    if outcome.fault != nil {
      let found = rest[outcome.faultOffset..<min(outcome.faultOffset + 4, rest.count)]
      throw Diagnostic(
        .datasetUnit, at: Place(file: source.path, offset: offset + outcome.faultOffset), Hex.text(found))
    }
    made.removeLast(made.count - outcome.written)
    taken = 0
    offset += whole
    rest.removeFirst(whole)
    return true
  }
}
