import Foundation

extension NormalForms {
  /// Writes the normal form of `text` to `out`, which has room for three times its bytes and eight more.
  ///
  /// - Returns: the number of bytes written.
  package func write(_ text: UnsafeBufferPointer<UInt8>, to out: UnsafeMutablePointer<UInt8>) -> Int {
    var (start, end) = (0, text.count)
    if trimming != .none {
      while end > start, let width = Self.space(text, endingAt: end, from: start) { end -= width }
    }
    if trimming == .both { while start < end, let width = Self.space(text, at: start, before: end) { start += width } }
    let kept = UnsafeBufferPointer(rebasing: text[start..<end])
    if width || kana || composes || variations || jis, kept.contains(where: { $0 >= 0x80 }) {
      return fold(kept, to: out)
    }
    for (index, byte) in kept.enumerated() {
      out[index] = caseless && byte &- 97 < 26 ? byte - 32 : byte
    }
    return kept.count
  }

  private static func space(_ text: UnsafeBufferPointer<UInt8>, endingAt end: Int, from start: Int) -> Int? {
    if text[end - 1] == 32 || text[end - 1] == 9 { return 1 }
    return end - start >= 3 && text[end - 3] == 0xE3 && text[end - 2] == 0x80 && text[end - 1] == 0x80 ? 3 : nil
  }

  private static func space(_ text: UnsafeBufferPointer<UInt8>, at start: Int, before end: Int) -> Int? {
    if text[start] == 32 || text[start] == 9 { return 1 }
    return end - start >= 3 && text[start] == 0xE3 && text[start + 1] == 0x80 && text[start + 2] == 0x80 ? 3 : nil
  }

  /// Applies the forms that work by character; only for texts with characters outside ASCII.
  private func fold(_ text: UnsafeBufferPointer<UInt8>, to out: UnsafeMutablePointer<UInt8>) -> Int {
    var string = String(decoding: text, as: UTF8.self)
    if composes { string = Self.composed(string) }
    var folded = String.UnicodeScalarView()
    for scalar in string.unicodeScalars {
      var scalar = scalar
      if variations, (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value) { continue }
      if jis, let other = Self.jisPairs[scalar] { scalar = other }
      if width, let narrow = Self.width(of: scalar, after: folded.last) {
        if narrow.replaces { folded.removeLast() }
        scalar = narrow.scalar
      }
      if kana, (0x3041...0x3096).contains(scalar.value) || (0x309D...0x309E).contains(scalar.value) {
        scalar = Unicode.Scalar(scalar.value + 0x60) ?? scalar
      }
      if caseless, scalar.isASCII, (97...122).contains(scalar.value) {
        scalar = Unicode.Scalar(scalar.value - 32) ?? scalar
      }
      folded.append(scalar)
    }
    var result = String(folded)
    return result.withUTF8 { bytes in
      if let base = bytes.baseAddress { out.update(from: base, count: bytes.count) }
      return bytes.count
    }
  }

  /// Composes only between the characters that composition would replace by themselves.
  private static func composed(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.properties.isFullCompositionExclusion }) else {
      return text.precomposedStringWithCanonicalMapping
    }
    var (result, run) = (String.UnicodeScalarView(), String.UnicodeScalarView())
    func close() {
      result.append(contentsOf: String(run).precomposedStringWithCanonicalMapping.unicodeScalars)
      run = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if scalar.properties.isFullCompositionExclusion {
        close()
        result.append(scalar)
      } else {
        run.append(scalar)
      }
    }
    close()
    return String(result)
  }

  /// JIS X 0208's 〜 ‖ − ― ¢ £ ¬ and JIS X 0212's ¦: in the Unicode mapping of JIS (and IBM, KEIS, JIPS, EUC-JP), and in
  /// that of Microsoft (and JEF).
  private static let jisPairs: [Unicode.Scalar: Unicode.Scalar] = [
    "\u{301C}": "\u{FF5E}", "\u{2016}": "\u{2225}", "\u{2212}": "\u{FF0D}", "\u{2014}": "\u{2015}",
    "\u{00A2}": "\u{FFE0}", "\u{00A3}": "\u{FFE1}", "\u{00AC}": "\u{FFE2}", "\u{00A6}": "\u{FFE4}",
  ]

  /// U+FF61 to U+FF9F, the half-width forms of JIS X 0201, in full width.
  private static let fullWidth = Array(
    "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"
      .unicodeScalars)

  /// The usual-width form of a scalar; `replaces` when a voiced mark joins the previous letter.
  private static func width(
    of scalar: Unicode.Scalar, after last: Unicode.Scalar?
  ) -> (scalar: Unicode.Scalar, replaces: Bool)? {
    switch scalar.value {
    case 0x3000: return (" ", false)
    case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0).map { ($0, false) }
    case 0xFFE0: return ("¢", false)
    case 0xFFE1: return ("£", false)
    case 0xFFE2: return ("¬", false)
    case 0xFFE4: return ("¦", false)
    case 0xFFE5: return ("¥", false)
    case 0xFF61...0xFF9F:
      if scalar.value >= 0xFF9E, let last, let joined = voiced(last, semi: scalar.value == 0xFF9F) {
        return (joined, true)
      }
      return (fullWidth[Int(scalar.value - 0xFF61)], false)
    default: return nil
    }
  }

  private static func voiced(_ letter: Unicode.Scalar, semi: Bool) -> Unicode.Scalar? {
    let value = letter.value
    // カ…チ are at every second place, ツテト after the small ッ, ハ…ホ at every third.
    let isPlain =
      ((0x30AB...0x30C1).contains(value) && value % 2 == 1) || [0x30C4, 0x30C6, 0x30C8].contains(value)
    let isHa = (0x30CF...0x30DB).contains(value) && (value - 0x30CF) % 3 == 0
    if semi { return isHa ? Unicode.Scalar(value + 2) : nil }
    if letter == "ウ" { return "ヴ" }
    return isPlain || isHa ? Unicode.Scalar(value + 1) : nil
  }
}
