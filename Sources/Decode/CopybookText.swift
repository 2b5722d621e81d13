import Charset

/// The text of a copybook file: UTF-8, or Windows-31J (Shift_JIS) the older encoding of Japanese editors.
package enum CopybookText {
  /// `nil` when the bytes are neither.
  package static func decode(_ bytes: [UInt8]) -> String? {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    guard let (text, fault) = CharacterSet.named("windows-31j")?.decode(.mixed, bytes: bytes), fault == nil else {
      return nil
    }
    return text
  }
}
