import Base

/// Writes the XML of one part into a zip file. The caller must close tags, which is verified when the file is read
/// back.
struct XMLWriter: ~Copyable {
  private static let bufferBytes = 1 << 16

  private let zip: ZipWriter
  private let buffer: UnsafeMutablePointer<UInt8>
  private var count = 0

  /// Begins the part `name` with an XML declaration.
  ///
  /// - Throws: the errors of the zip file, also in the functions below.
  init(_ name: String, _ zip: ZipWriter) throws(Diagnostic) {
    self.zip = zip
    buffer = .allocate(capacity: Self.bufferBytes)
    try zip.begin(name)
    try markup("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
  }

  deinit { buffer.deallocate() }

  /// Ends the part.
  mutating func end() throws(Diagnostic) {
    try flush()
    try zip.end()
  }

  /// Writes tags as they are.
  mutating func markup(_ xml: StaticString) throws(Diagnostic) {
    try add(UnsafeBufferPointer(start: xml.utf8Start, count: xml.utf8CodeUnitCount))
  }

  /// Writes text without characters that XML would interpret: numbers, references to cells.
  mutating func plain(_ text: String) throws(Diagnostic) {
    try text.utf8.span.withUnsafeBufferPointer { bytes throws(Diagnostic) in try add(bytes) }
  }

  mutating func number(_ value: Int) throws(Diagnostic) {
    if value < 0 { return try plain(String(value)) }
    // Twenty bytes hold any number.
    if count + 20 > Self.bufferBytes { try flush() }
    var (rest, digits) = (value / 10, 1)
    while rest > 0 { (rest, digits) = (rest / 10, digits + 1) }
    rest = value
    for index in stride(from: count + digits - 1, through: count, by: -1) {
      buffer[index] = UInt8(48 + rest % 10)
      rest /= 10
    }
    count += digits
  }

  /// `C12`.
  mutating func reference(_ column: Int, _ row: Int) throws(Diagnostic) {
    if count + 3 > Self.bufferBytes { try flush() }
    var letters = 1
    for limit in [26, 702] where column >= limit { letters += 1 }
    var rest = column
    for index in stride(from: count + letters - 1, through: count, by: -1) {
      buffer[index] = UInt8(65 + rest % 26)
      rest = rest / 26 - 1
    }
    count += letters
    try number(row)
  }

  /// Writes a text between tags.
  mutating func text(_ text: String) throws(Diagnostic) {
    try text.utf8.span.withUnsafeBufferPointer { bytes throws(Diagnostic) in try escape(bytes) }
  }

  private mutating func escape(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    var start = 0
    for index in bytes.indices {
      let reference: StaticString
      switch bytes[index] {
      case UInt8(ascii: "&"): reference = "&amp;"
      case UInt8(ascii: "<"): reference = "&lt;"
      case UInt8(ascii: ">"): reference = "&gt;"
      default: continue
      }
      try add(UnsafeBufferPointer(rebasing: bytes[start..<index]))
      try markup(reference)
      start = index + 1
    }
    try add(UnsafeBufferPointer(rebasing: bytes[start...]))
  }

  /// Writes ` name="value"`; the value must not hold line ends and tabs.
  mutating func attribute(_ name: StaticString, _ value: String) throws(Diagnostic) {
    try markup(" ")
    try markup(name)
    try markup("=\"")
    for (index, piece) in value.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { try markup("&quot;") }
      try text(String(piece))
    }
    try markup("\"")
  }

  mutating func attribute(_ name: StaticString, _ value: Int) throws(Diagnostic) {
    try markup(" ")
    try markup(name)
    try markup("=\"")
    try number(value)
    try markup("\"")
  }

  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
    guard let start = bytes.baseAddress else { return }
    if count + bytes.count > Self.bufferBytes {
      try flush()
      if bytes.count > Self.bufferBytes { return try zip.add(bytes) }
    }
    (buffer + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  private mutating func flush() throws(Diagnostic) {
    try zip.add(UnsafeBufferPointer(start: buffer, count: count))
    count = 0
  }
}
