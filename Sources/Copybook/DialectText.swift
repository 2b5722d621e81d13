import Base

extension Dialect {
  /// The parts of the text, for the user's reference.
  package static let guide: [(text: String, purpose: Bilingual)] = [
    ("ibm", Bilingual("IBM Enterprise COBOL(既定)", "IBM Enterprise COBOL (the default)")),
    ("fujitsu", Bilingual("富士通 COBOL", "Fujitsu COBOL")),
    ("hitachi", Bilingual("日立 COBOL", "Hitachi COBOL")),
    ("nec", Bilingual("NEC COBOL", "NEC COBOL")),
    ("mf", Bilingual("Micro Focus COBOL", "Micro Focus COBOL")),
    ("gnucobol", Bilingual("GnuCOBOL", "GnuCOBOL")),
    ("binary-sizes=2-4-8|1-2-4-8|1-8", Bilingual("桁数に対するCOMPのバイト数", "bytes of COMP by number of digits")),
    ("binary-order=big|little", Bilingual("COMPのバイト順", "byte order of COMP")),
    ("native-order=big|little", Bilingual("COMP-5のバイト順", "byte order of COMP-5")),
    ("sync=no|4|8", Bilingual("8バイト2進数のSYNCの境界", "boundary of SYNC for 8-byte binaries")),
    ("truncate=yes|no", Bilingual("COMPを桁数までとするか(TRUNC)", "whether COMP holds only its picture's digits (TRUNC)")),
    ("float=ibm|ieee|ieee-le", Bilingual("COMP-1・COMP-2の形式", "form of COMP-1 and COMP-2")),
    ("odo=sliding|fixed", Bilingual("反復(DEPENDING ON)の後の項目が詰まるか", "whether items behind a DEPENDING ON table move up")),
    ("sign=ibm|mf|fujitsu", Bilingual("ASCIIのゾーン10進の符号", "sign of zoned numbers in ASCII")),
  ]

  /// Parses `ibm`, `gnucobol,sync=4,float=ieee`: a compiler, then settings that differ from its own.
  ///
  /// - Throws: `dialect.value` with the allowed values.
  package init(text: String, at place: Place = Place()) throws(Diagnostic) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Self.trimmed($0).lowercased() }
    self.init(try Self.choice(Compiler.self, parts[0], parts[0], place))
    for part in parts.dropFirst() {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { Self.trimmed($0) }
      try set(sides[0], to: sides.count > 1 ? sides[1] : "", part, place)
    }
  }

  private mutating func set(_ key: String, to value: String, _ part: String, _ place: Place) throws(Diagnostic) {
    func choice<T: CaseIterable & RawRepresentable<String>>(_ type: T.Type) throws(Diagnostic) -> T {
      try Self.choice(type, value, part, place, key + "=")
    }
    func word(_ allowed: String...) throws(Diagnostic) -> String {
      guard allowed.contains(value) else { throw Self.refused(part, allowed.map { "\(key)=\($0)" }, place) }
      return value
    }
    switch key {
    case "binary-sizes": binarySizes = try choice(BinarySizes.self)
    case "binary-order": binaryOrder = try choice(ByteOrder.self)
    case "native-order": nativeOrder = try choice(ByteOrder.self)
    case "float": float = try choice(FloatFormat.self)
    case "sign": zonedSign = try choice(ZonedSign.self)
    case "truncate": truncatesBinary = try word("yes", "no") == "yes"
    case "odo": slidesAfterTables = try word("fixed", "sliding") == "sliding"
    case "sync":
      let boundary = try word("no", "4", "8")
      synchronizes = boundary != "no"
      longAlignment = boundary == "8" ? 8 : 4
    default: throw Self.refused(part, Self.keys.map { $0 + "=…" }, place)
    }
  }

  private static let keys = [
    "binary-sizes", "binary-order", "native-order", "sync", "truncate", "float", "odo", "sign",
  ]

  private static func choice<T: CaseIterable & RawRepresentable<String>>(
    _ type: T.Type, _ value: String, _ part: String, _ place: Place, _ prefix: String = ""
  ) throws(Diagnostic) -> T {
    guard let found = T(rawValue: value) else {
      throw refused(part, T.allCases.map { prefix + $0.rawValue }, place)
    }
    return found
  }

  private static func refused(_ part: String, _ allowed: [String], _ place: Place) -> Diagnostic {
    Diagnostic(.dialectValue, at: place, part, allowed.joined(separator: ", "))
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
