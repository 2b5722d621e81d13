/// The rules of numeric editing: the allowed places of symbols, and the positions that hold digits.
///
/// Signs and currency signs are fixed (one) or floating (several: the first is always the sign's, the others also hold
/// digits). S before an edited number is not standard COBOL, but occurs in sources (`S9(5).99`) and means a signed
/// number.
struct EditedPicture {
  private let symbols: [PictureSymbol]
  private var digits = 0
  private var scale = 0
  private var hasPoint = false
  /// Flags of the digits so far: a 9, a Z or *, P.
  private var hasNine = false
  private var suppression: Character?
  private var scaling = 0
  private var sign: Character?
  private var hasCurrency = false
  /// The floating insertion symbol.
  private var floating: Character?

  init(_ symbols: [PictureSymbol]) { self.symbols = symbols }

  /// - Parameter count: character positions of the whole picture.
  func picture(_ text: String, count: Int) throws(Picture.Flaw) -> Picture {
    var reading = self
    for order in symbols.indices { try reading.take(order) }
    guard reading.digits > 0, reading.digits <= Picture.maximumDigits, reading.scaling <= Picture.maximumDigits else {
      throw Picture.Flaw(index: 0, expected: "1 to \(Picture.maximumDigits) digits")
    }
    return Picture(
      text, .edited, count: count, signed: reading.sign != nil, editedScale: reading.scale, digits: reading.digits)
  }

  private mutating func take(_ order: Int) throws(Picture.Flaw) {
    let symbol = symbols[order]
    func require(_ holds: Bool, _ expected: String) throws(Picture.Flaw) {
      if !holds { throw Picture.Flaw(index: symbol.index, expected: expected) }
    }
    switch symbol.sign {
    case "9":
      try require(scaling == 0 || digits == 0 || scale > 0, "P at one end of the digits")
      hasNine = true
      addDigits(symbol.repeats)
    case "Z", "*":
      try require(!hasNine, "no \(symbol.sign) after 9")
      try require((suppression ?? symbol.sign) == symbol.sign && floating == nil, "one kind of zero suppression")
      suppression = symbol.sign
      addDigits(symbol.repeats)
    case "+", "-", "$": try takeFloating(symbol, isLast: order == symbols.count - 1)
    case "C", "D":
      try require(order == symbols.count - 1 && sign == nil, "one sign, CR or DB at the end")
      sign = symbol.sign
    case "S":
      try require(order == 0 && symbol.repeats == 1, "S once, in front")
      sign = symbol.sign
    case ".", "V":
      try require(!hasPoint && symbol.repeats == 1 && scaling == 0, "one decimal point")
      hasPoint = true
    case "P":
      try require(!hasPoint || digits == 0, "P at one end of the digits")
      if digits > 0 { scale -= symbol.repeats } else { scale += symbol.repeats }
      scaling += symbol.repeats
    default: try require("B0/,".contains(symbol.sign), "an editing symbol (Z * , . + - CR DB B 0 / $)")
    }
  }

  private mutating func addDigits(_ count: Int) {
    digits += count
    if hasPoint || (scaling > 0 && scale > 0) { scale += count }
  }

  private mutating func takeFloating(_ symbol: PictureSymbol, isLast: Bool) throws(Picture.Flaw) {
    let isCurrency = symbol.sign == "$"
    let isFirst = isCurrency ? !hasCurrency : sign == nil
    let afterDigits = hasNine || suppression != nil
    let extra = isFirst ? symbol.repeats - 1 : symbol.repeats
    let fits =
      afterDigits
      ? isLast && isFirst && extra == 0 && !isCurrency
      : (isFirst || floating == symbol.sign || (floating == nil && !isCurrency && sign == symbol.sign))
        && (extra == 0 || floating == nil || floating == symbol.sign)
    guard fits else {
      let index = afterDigits && symbol.repeats > 1 ? symbol.index + 1 : symbol.index
      throw Picture.Flaw(index: index, expected: "one sign, in front or at the end; one currency sign, in front")
    }
    if isCurrency { hasCurrency = true } else { sign = symbol.sign }
    if extra > 0 { floating = symbol.sign }
    addDigits(extra)
  }
}
