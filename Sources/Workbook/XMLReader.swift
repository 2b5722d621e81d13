import Base

/// Reads a document of XML 1.0 with namespaces, in UTF-8, whose bytes arrive in chunks of any size, in a single pass.
///
/// A tag is parsed when all of it is available; texts, comments and the like are streamed. Document types are refused,
/// so that only the five entities of XML exist. Memory: the largest tag, at most ``tagLimit``, and a chunk.
package struct XMLReader<Receiver: XMLReceiver>: ~Copyable {
  /// The largest number of bytes of a tag.
  static var tagLimit: Int { 1 << 20 }
  /// The largest number of bytes of an element's name.
  static var nameLimit: Int { 1000 }
  /// The largest depth of nested elements; parts of workbooks have about ten.
  static var depthLimit: Int { 100 }
  /// The largest number of attributes of an element.
  static var attributeLimit: Int { 256 }

  package var receiver: Receiver

  // MARK: bytes

  /// Unread bytes begin at `position`; those before `valid` are whole characters.
  var window: UnsafeMutablePointer<UInt8>
  var position = 0
  var valid = 0
  private var filled = 0
  private var capacity = 1 << 17
  /// The number of line ends before the window.
  private var lines = 0

  /// The attributes' values that differ from their source; as large as the window, since references shrink.
  var scratch: UnsafeMutablePointer<UInt8>
  let attributes: UnsafeMutablePointer<XMLAttributes.Attribute>

  // MARK: position

  enum State { case beginning, content, comment, instruction, characters }
  var state = State.beginning
  var hasRoot = false
  var depth = 0
  var namespaces = XMLNamespaces()
  /// The names of the open elements, concatenated, and the end of each.
  let open: UnsafeMutablePointer<UInt8>
  let openEnds: UnsafeMutablePointer<Int>

  package init(_ receiver: Receiver) {
    self.receiver = receiver
    window = .allocate(capacity: capacity)
    scratch = .allocate(capacity: capacity)
    attributes = .allocate(capacity: Self.attributeLimit)
    open = .allocate(capacity: Self.depthLimit * Self.nameLimit)
    openEnds = .allocate(capacity: Self.depthLimit + 1)
    openEnds[0] = 0
  }

  deinit {
    window.deallocate()
    scratch.deallocate()
    attributes.deallocate()
    open.deallocate()
    openEnds.deallocate()
  }

  /// The buffer for the next bytes, at least 64 KiB.
  package mutating func room() -> UnsafeMutableBufferPointer<UInt8> {
    lines += Self.lines(window, position)
    let kept = filled - position
    if kept > capacity / 2 {
      capacity *= 2
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      larger.update(from: window + position, count: kept)
      window.deallocate()
      window = larger
      scratch.deallocate()
      scratch = .allocate(capacity: capacity)
    } else if position > 0 {
      window.update(from: window + position, count: kept)
    }
    valid -= position
    filled = kept
    position = 0
    return UnsafeMutableBufferPointer(start: window + filled, count: capacity - filled)
  }

  /// Continues with `count` more bytes in the ``room()``.
  ///
  /// - Throws: the errors of the receiver, and `workbook.format` with `part` and line when the document is ill-formed.
  ///   The receiver has received everything before that.
  package mutating func take(_ count: Int, isLast: Bool, file: Place, part: String) throws(Diagnostic) {
    filled += count
    let (end, isWrong) = XMLCharacters.scan(window, from: valid, to: filled)
    valid = end
    do throws(XMLFault) {
      try run(isLast: isLast && !isWrong)
      if isWrong || isLast && valid < filled {
        position = valid
        throw .illFormed("bytes that are no UTF-8, or a character that XML does not have")
      }
      if isLast { try finish() }
    } catch {
      switch error {
      case .found(let diagnostic): throw diagnostic
      case .illFormed(let why):
        let line = 1 + lines + Self.lines(window, position)
        throw Diagnostic(.workbookFormat, at: file, "\(part), line \(line): \(why)")
      }
    }
  }

  private static func lines(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var lines = 0
    for index in 0..<count where bytes[index] == 0x0A { lines += 1 }
    return lines
  }

  // MARK: chunks

  /// Reads as far as there are whole units of markup and text.
  private mutating func run(isLast: Bool) throws(XMLFault) {
    if state == .beginning {
      guard valid >= 9 || isLast, try declaration(isLast) else { return }
      state = .content
    }
    while position < valid {
      let isDone =
        switch state {
        case .content:
          switch window[position] {
          case UInt8(ascii: "<"): try markup(isLast)
          case UInt8(ascii: "&") where depth > 0: try reference(isLast)
          default: try text(isLast)
          }
        case .comment: try comment(isLast)
        case .characters: try characters(isLast)
        default: instruction()
        }
      guard isDone else {
        guard valid - position <= Self.tagLimit else { throw .illFormed("a tag has more than \(Self.tagLimit) bytes") }
        return
      }
    }
  }

  private func finish() throws(XMLFault) {
    if position < valid || state != .content { throw .illFormed("unclosed token") }
    if depth > 0 || !hasRoot { throw .illFormed("no element found") }
  }

  /// Passes the bytes from `position` to `end` on as text, and continues at `next`.
  mutating func give(to end: Int, next: Int) throws(XMLFault) {
    if end > position {
      try receiver.text(UnsafeBufferPointer(start: window + position, count: end - position))
    }
    position = next
  }
}
