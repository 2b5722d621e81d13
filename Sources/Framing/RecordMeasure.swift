/// The way in which one kind of framing finds the end of a record. Each is a struct, so that the framing loop is
/// compiled for it.
protocol RecordMeasure {
  /// The number of bytes before a record's data.
  var header: Int { get }
  /// The number of consecutive headers that must agree before a place in damaged bytes is accepted as the beginning of
  /// a record.
  var proof: Int { get }
  /// The required beginning of a record, for messages.
  var expected: String { get }

  /// The length of the record at `bytes`, its header included, of which `available` bytes (at least 1) can be read.
  func length(_ bytes: UnsafePointer<UInt8>, _ available: Int) -> RecordLength
  func isValid(_ bytes: UnsafePointer<UInt8>) -> Bool
}

/// F, FB.
struct FixedMeasure: RecordMeasure {
  let length: Int

  var header: Int { 0 }
  /// Any place could begin a fixed-length record: none is searched for.
  var proof: Int { .max }
  var expected: String { String(length) }

  @inline(__always)
  func length(_ bytes: UnsafePointer<UInt8>, _ available: Int) -> RecordLength { .bytes(length) }
  @inline(__always)
  func isValid(_ bytes: UnsafePointer<UInt8>) -> Bool { true }
}

/// V and the forms derived from it.
struct HeaderMeasure: RecordMeasure {
  let of: LengthHeader

  var header: Int { of.size }
  var proof: Int { of.reserved == 0 ? 8 : 4 }
  var expected: String { of.expected }

  @inline(__always)
  func length(_ bytes: UnsafePointer<UInt8>, _ available: Int) -> RecordLength {
    if available < of.size { return .needs(of.size) }
    let length = of.length(at: bytes)
    return length < 0 ? .impossible : .bytes(of.size + length)
  }
  @inline(__always)
  func isValid(_ bytes: UnsafePointer<UInt8>) -> Bool { of.isValid(at: bytes) }
}

/// A record that holds its own length.
struct RuleMeasure: RecordMeasure {
  let rule: LengthRule
  /// Lengths by kinds of up to eight bytes, as numbers: a look-up allocates no array.
  private var lengths: [UInt64: Int] = [:]

  init(rule: LengthRule) {
    self.rule = rule
    guard case .kinds(_, 1...8, let kinds, _) = rule else { return }
    for (kind, length) in kinds { lengths[kind.reduce(0) { $0 << 8 | UInt64($1) }] = length }
  }

  var header: Int { 0 }
  var proof: Int { 8 }
  var expected: String {
    switch rule {
    case .number(let field): "\(field.form.rawValue) \(field.offset):\(field.size)"
    case .kinds(let offset, let size, let lengths, _): "\(lengths.count) kinds \(offset):\(size)"
    case .measured: "LL ≥ 1"
    }
  }

  /// A rule that requests only the available bytes, or gives an empty record, would never end.
  func length(_ bytes: UnsafePointer<UInt8>, _ available: Int) -> RecordLength {
    if case .kinds(let offset, let size, _, let others) = rule, size <= 8, available >= offset + size {
      var kind: UInt64 = 0
      for index in 0..<size { kind = kind << 8 | UInt64(bytes[offset + index]) }
      guard let length = lengths[kind] ?? others, length > 0 else { return .impossible }
      return .bytes(length)
    }
    return switch rule.length(of: bytes, available) {
    case .bytes(let bytes) where bytes > 0: .bytes(bytes)
    case .needs(let bytes) where bytes > available: .needs(bytes)
    default: .impossible
    }
  }
  func isValid(_ bytes: UnsafePointer<UInt8>) -> Bool { true }
}
