/// The places of a row and of its key in the block.
public struct RowSpan: Sendable {
  public var start: UInt32
  public var end: UInt32
  public var keyStart: UInt32
  public var keyEnd: UInt32

  @inlinable @inline(__always)
  public init(start: Int, end: Int, keyStart: Int, keyEnd: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
    self.keyStart = UInt32(truncatingIfNeeded: keyStart)
    self.keyEnd = UInt32(truncatingIfNeeded: keyEnd)
  }
}

/// The order of the keys of a block's rows, including the last row of the previous block.
package enum KeySequence: Sendable {
  /// Each key is greater than the previous one: no key occurs twice.
  case strict
  /// Some consecutive keys are equal.
  case ties
  /// A key is less than the previous one.
  case disordered
}

/// Some thousand rows as canonical bytes (``CanonicalRow``), the only form in which rows are compared.
///
/// A block has two buffers. `input` holds the bytes read from a source; rows that are already canonical are not copied.
/// Rewritten rows are in `output`. A block belongs to one thread at a time and is refilled. It is public,
/// since the bodies of package members are not inlined in other modules.
public final class RowBlock: @unchecked Sendable {
  /// The number of bytes that a source should read at once; a longer row makes the buffer grow.
  package static let inputBytes = 1 << 18
  /// The largest row that is read: a longer row means that the file is not of the declared kind.
  package static let rowLimit = 1 << 30

  /// The mutable state, behind a pointer: properties of a class would be checked for exclusive access at every use.
  @usableFromInline
  struct Storage {
    @usableFromInline var input: UnsafeMutablePointer<UInt8>
    var inputCapacity: Int
    @usableFromInline var output: UnsafeMutablePointer<UInt8>
    @usableFromInline var outputCapacity = 1 << 12
    @usableFromInline var outputCount = 0
    @usableFromInline var spans: UnsafeMutablePointer<RowSpan>
    @usableFromInline var spanCapacity = 1 << 10
    @usableFromInline var count = 0
    @usableFromInline var isRaw = false
    var sequence = KeySequence.strict
  }

  @usableFromInline let storage: UnsafeMutablePointer<Storage>

  package init(inputBytes: Int = RowBlock.inputBytes) {
    storage = .allocate(capacity: 1)
    storage.initialize(
      to: Storage(
        input: .allocate(capacity: inputBytes), inputCapacity: inputBytes, output: .allocate(capacity: 1 << 12),
        spans: .allocate(capacity: 1 << 10)))
  }

  deinit {
    input.deallocate()
    output.deallocate()
    rows.deallocate()
    storage.deallocate()
  }

  @inlinable public var input: UnsafeMutablePointer<UInt8> { storage.pointee.input }
  package var inputCapacity: Int { storage.pointee.inputCapacity }
  @inlinable public var output: UnsafeMutablePointer<UInt8> { storage.pointee.output }
  /// Bytes written to `output`.
  @inlinable
  public var outputCount: Int {
    get { storage.pointee.outputCount }
    set { storage.pointee.outputCount = newValue }
  }
  @inlinable public var count: Int { storage.pointee.count }
  /// Whether rows are in `input`.
  package var isRaw: Bool { storage.pointee.isRaw }
  package var sequence: KeySequence {
    get { storage.pointee.sequence }
    set { storage.pointee.sequence = newValue }
  }

  /// The bytes to which the spans point.
  @inline(__always)
  package var base: UnsafeMutablePointer<UInt8> { storage.pointee.isRaw ? input : output }

  @inlinable public var rows: UnsafeMutablePointer<RowSpan> { storage.pointee.spans }

  package func removeAll() {
    storage.pointee.count = 0
    storage.pointee.outputCount = 0
    storage.pointee.isRaw = false
    storage.pointee.sequence = .strict
  }

  @inlinable @inline(__always)
  public func append(_ span: RowSpan) {
    if storage.pointee.count == storage.pointee.spanCapacity { growSpans() }
    storage.pointee.spans[storage.pointee.count] = span
    storage.pointee.count += 1
  }

  @usableFromInline func growSpans() {
    let larger = UnsafeMutablePointer<RowSpan>.allocate(capacity: storage.pointee.spanCapacity * 2)
    larger.update(from: rows, count: count)
    rows.deallocate()
    storage.pointee.spans = larger
    storage.pointee.spanCapacity *= 2
  }

  /// Declares that the rows are in the input. Those in `rewritten`, which were written to the output, are moved behind
  /// its first `used` bytes.
  package func takeInput(_ used: Int, rewritten: [Int]) {
    growInput(to: used + outputCount, keeping: used)
    (input + used).update(from: output, count: outputCount)
    for row in rewritten {
      let span = rows[row]
      rows[row] = RowSpan(
        start: Int(span.start) + used, end: Int(span.end) + used, keyStart: Int(span.keyStart) + used,
        keyEnd: Int(span.keyEnd) + used)
    }
    storage.pointee.isRaw = true
  }

  /// Grows the input buffer to `bytes`; its first `used` bytes stay.
  package func growInput(to bytes: Int, keeping used: Int) {
    guard bytes > inputCapacity else { return }
    storage.pointee.inputCapacity = max(bytes, 2 * inputCapacity)
    storage.pointee.input = Self.grown(input, used, inputCapacity)
  }

  /// Reserves `more` bytes of output.
  @inline(__always)
  package func reserve(_ more: Int) {
    if storage.pointee.outputCount + more > storage.pointee.outputCapacity { growOutput(more) }
  }

  private func growOutput(_ more: Int) {
    storage.pointee.outputCapacity = max(storage.pointee.outputCapacity * 2, outputCount + more)
    storage.pointee.output = Self.grown(output, outputCount, storage.pointee.outputCapacity)
  }

  private static func grown(
    _ old: UnsafeMutablePointer<UInt8>, _ used: Int, _ size: Int
  ) -> UnsafeMutablePointer<UInt8> {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    larger.update(from: old, count: used)
    old.deallocate()
    return larger
  }

  @inline(__always)
  package func row(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let span = storage.pointee.spans[index]
    return UnsafeBufferPointer(start: base + Int(span.start), count: Int(span.end - span.start))
  }

  @inline(__always)
  package func key(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    let span = storage.pointee.spans[index]
    return UnsafeBufferPointer(start: base + Int(span.keyStart), count: Int(span.keyEnd - span.keyStart))
  }
}
