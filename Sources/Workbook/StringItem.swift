/// Collects the text of one string: its runs, without the readings (furigana) that Excel keeps beside them.
struct StringItem {
  private var bytes: [UInt8] = []
  private var isInText = false
  private var isInReading = false

  mutating func start(_ element: PartElement) {
    switch element {
    case .text: isInText = true
    case .reading: isInReading = true
    default: break
    }
  }

  package mutating func end(_ element: PartElement) {
    switch element {
    case .text: isInText = false
    case .reading: isInReading = false
    default: break
    }
  }

  mutating func text(_ piece: UnsafeBufferPointer<UInt8>) {
    if isInText, !isInReading { bytes += piece }
  }

  /// Forgets what it has; the next string begins.
  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// The text; the next string begins.
  package mutating func take() -> String {
    defer { bytes.removeAll(keepingCapacity: true) }
    return CellText.unescaped(bytes)
  }
}
