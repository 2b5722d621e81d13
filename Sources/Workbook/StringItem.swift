/// Collects the text of one string: its runs, without the readings (furigana) that Excel keeps beside them.
struct StringItem {
  private var bytes: [UInt8] = []
  private var isInText = false
  private var isInReading = false

  mutating func start(_ name: String) {
    switch name {
    case "t": isInText = true
    case "rPh": isInReading = true
    default: break
    }
  }

  mutating func end(_ name: String) {
    switch name {
    case "t": isInText = false
    case "rPh": isInReading = false
    default: break
    }
  }

  mutating func text(_ piece: UnsafeBufferPointer<UInt8>) {
    if isInText, !isInReading { bytes += piece }
  }

  /// The text; the next string begins.
  mutating func take() -> String {
    defer { bytes.removeAll(keepingCapacity: true) }
    return CellText.unescaped(bytes)
  }
}
