import Charset

/// The slow, obvious decoder: dictionaries, strings and one step at a time. It shares only the compact facts with the
/// fast one and reads them with String's own means.
struct Twin {
  let scheme: Scheme
  let single: [UInt8: String]
  /// The text of a code; nil for a code that is a fault.
  var double: [Int: String] = [:]
  var noUnicode = Set<Int>()
  var reduced = Set<Int>()
  var userAreas: [UserArea] = []
  var alternateSpace: Int?
  var permutation: [Int]?

  struct Answer: Equatable, CustomStringConvertible {
    var scalars: [Unicode.Scalar] = []
    var fault: TextFault?
    var faultOffset = 0
    var openShift = false
    var alternateSpaces = 0
    var reductions = 0
    var hasControls = false

    var description: String {
      let text = scalars.map { String($0.value, radix: 16) }.joined(separator: " ")
      return "\(text) \(fault.map { "\($0)@\(faultOffset)" } ?? "ok") \(openShift) \(alternateSpaces) \(reductions)"
        + " \(hasControls)"
    }
  }

  init(_ definition: SetDefinition, variations: Bool = false) {
    scheme = definition.scheme
    single = Dictionary(uniqueKeysWithValues: rowCells(definition.single.rows).map { (UInt8($0.0), $0.1) })
    guard let set = definition.double.set else { return }
    double = Dictionary(uniqueKeysWithValues: rowCells(set.text.rows))
    for fields in words(set.text.pairs) {
      double[fields[0]] = String(Unicode.Scalar(UInt32(fields[1]))!) + String(Unicode.Scalar(UInt32(fields[2]))!)
    }
    noUnicode = codes(set.text.noUnicode)
    reduced = codes(set.text.reduced)
    if variations {
      for fields in words(set.text.variations) {
        double[fields[0]]! += String(Unicode.Scalar(UInt32(0xE0100 + fields[1]))!)
        reduced.remove(fields[0])
      }
    }
    userAreas = set.userAreas
    alternateSpace = set.alternateSpace
    if let bytes = set.bytes {
      let toEbcdik = bytes.description.split(whereSeparator: \.isWhitespace).map { Int($0, radix: 16)! }
      permutation = (0..<256).map { toEbcdik.firstIndex(of: $0)! }
    }
  }

  func decode(_ form: TextForm, _ bytes: [UInt8]) -> Answer {
    var answer = read(form, bytes)
    if let lost = answer.scalars.firstIndex(of: "\u{FFFD}") {
      answer = Answer(scalars: Array(answer.scalars[..<lost]), fault: .replaced)
      let text = String(String.UnicodeScalarView(answer.scalars))
      answer.faultOffset = scheme == .utf8 ? text.utf8.count : 2 * text.utf16.count
    }
    answer.hasControls =
      answer.fault == nil && answer.scalars.contains { $0.properties.generalCategory == .control }
    return answer
  }

  private func read(_ form: TextForm, _ bytes: [UInt8]) -> Answer {
    switch scheme {
    case .utf8: return utf8(bytes)
    case .utf16Big: return utf16(bytes, low: 1)
    case .utf16Little: return utf16(bytes, low: 0)
    case .windows31J, .eucJP: return leads(bytes)
    case .page where form == .double && !bytes.isEmpty: return Answer(fault: .noDoubleByte)
    case .page, .asciiPage: return shifted(.single, bytes)
    case .ibm, .fujitsu, .keis, .jipsJ, .jipsE: return shifted(form, bytes)
    }
  }

  private var kanjiIn: [[UInt8]] {
    switch scheme {
    case .ibm: [[0x0E]]
    case .fujitsu: [[0x28], [0x38], [0x30, 0xE2]]
    case .keis: [[0x0A, 0x42]]
    case .jipsJ: [[0x1A, 0x70]]
    case .jipsE: [[0x3F, 0x75]]
    default: []
    }
  }

  private var kanjiOut: [UInt8] {
    switch scheme {
    case .ibm: [0x0F]
    case .fujitsu: [0x29]
    case .keis: [0x0A, 0x41]
    case .jipsJ: [0x1A, 0x71]
    case .jipsE: [0x3F, 0x76]
    default: []
    }
  }

  private func shifted(_ form: TextForm, _ bytes: [UInt8]) -> Answer {
    var answer = Answer()
    var rest = bytes[...]
    var inKanji = form == .double
    func failed(_ fault: TextFault) -> Answer {
      answer.fault = fault
      answer.faultOffset = rest.startIndex
      return answer
    }
    while !rest.isEmpty {
      let into = kanjiIn.first { rest.starts(with: $0) }
      let isOut = !kanjiOut.isEmpty && rest.starts(with: kanjiOut)
      if into != nil || isOut {
        guard form == .mixed, inKanji == isOut else { return failed(.strayShift) }
        rest.removeFirst(isOut ? kanjiOut.count : into!.count)
        inKanji = isOut ? false : true
      } else if inKanji {
        guard rest.count > 1 else { return failed(.oddLength) }
        let code = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
        if let fault = take(code, &answer) {
          let isLate = form == .mixed && rest.dropFirst().starts(with: kanjiOut)
          return failed(isLate && fault == .undefinedCode ? .oddLength : fault)
        }
        rest.removeFirst(2)
      } else {
        guard let text = single[rest.first!] else { return failed(.undefinedCode) }
        answer.scalars += text.unicodeScalars
        rest.removeFirst()
      }
    }
    answer.openShift = form == .mixed && inKanji
    return answer
  }

  private func take(_ code: Int, _ answer: inout Answer) -> TextFault? {
    let code = permutation.map { $0[code >> 8] << 8 | $0[code & 0xFF] } ?? code
    if let text = double[code] {
      answer.scalars += text.unicodeScalars
      if code == alternateSpace { answer.alternateSpaces += 1 }
      if reduced.contains(code) { answer.reductions += 1 }
      return nil
    }
    if noUnicode.contains(code) { return .noUnicode }
    var isUser = false
    for area in userAreas { area.forEach { each, _ in isUser = isUser || each == code } }
    return isUser ? .gaijiUnmapped : .undefinedCode
  }

  private func leads(_ bytes: [UInt8]) -> Answer {
    var answer = Answer()
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      answer.faultOffset = at
      if let text = single[byte], !isLead(byte) {
        answer.scalars += text.unicodeScalars
        at += 1
        continue
      }
      guard isLead(byte) else {
        answer.fault = .undefinedCode
        return answer
      }
      let length = scheme == .eucJP && byte == 0x8F ? 3 : 2
      guard at + length <= bytes.count else {
        answer.fault = .oddLength
        return answer
      }
      var code = Int(bytes[at + length - 2]) << 8 | Int(bytes[at + length - 1])
      if scheme == .eucJP {
        guard bytes[at + length - 1] >= 0x80 else {
          answer.fault = .undefinedCode
          return answer
        }
        if length == 3 { code &= 0xFF7F }
      }
      if let fault = take(code, &answer) {
        answer.fault = fault
        return answer
      }
      at += length
    }
    answer.faultOffset = 0
    return answer
  }

  private func isLead(_ byte: UInt8) -> Bool {
    switch scheme {
    case .windows31J: (0x81...0x9F).contains(byte) || (0xE0...0xFC).contains(byte)
    default: (0x8E...0x8F).contains(byte) || (0xA1...0xFE).contains(byte)
    }
  }

  /// The longest prefix of whole characters, by the standard library's own judgement.
  private func utf8(_ bytes: [UInt8]) -> Answer {
    var codec = UTF8()
    var iterator = bytes.makeIterator()
    var answer = Answer()
    while true {
      switch codec.decode(&iterator) {
      case .scalarValue(let scalar): answer.scalars.append(scalar)
      case .emptyInput: return answer
      case .error:
        answer.faultOffset = String(String.UnicodeScalarView(answer.scalars)).utf8.count
        // Cut off at the end, or malformed: cut when some continuation would make it valid.
        let rest = Array(bytes[answer.faultOffset...])
        answer.fault = couldContinue(rest) ? .oddLength : .undefinedCode
        return answer
      }
    }
  }

  private func couldContinue(_ bytes: [UInt8]) -> Bool {
    let needed = bytes[0] < 0xC2 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : bytes[0] < 0xF5 ? 4 : 1
    return bytes.count < needed && bytes.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
  }

  private func utf16(_ bytes: [UInt8], low: Int) -> Answer {
    let units = stride(from: 0, to: bytes.count - 1, by: 2).map {
      UInt16(bytes[$0 + 1 - low]) << 8 | UInt16(bytes[$0 + low])
    }
    var codec = UTF16()
    var iterator = units.makeIterator()
    var answer = Answer()
    func consumed() -> Int { 2 * String(String.UnicodeScalarView(answer.scalars)).utf16.count }
    while true {
      switch codec.decode(&iterator) {
      case .scalarValue(let scalar): answer.scalars.append(scalar)
      case .emptyInput:
        if bytes.count % 2 == 1 {
          answer.fault = .oddLength
          answer.faultOffset = bytes.count - 1
        }
        return answer
      case .error:
        answer.faultOffset = consumed()
        let unit = units[answer.faultOffset / 2]
        let isCut = answer.faultOffset / 2 == units.count - 1 && UTF16.isLeadSurrogate(unit)
        answer.fault = isCut ? .oddLength : .undefinedCode
        return answer
      }
    }
  }
}

/// Code and text of each cell of a row text.
func rowCells(_ rows: StaticString) -> [(Int, String)] {
  var cells: [(Int, String)] = []
  for line in rows.description.unicodeScalars.split(separator: "\n") {
    let space = line.firstIndex(of: " ")!
    var code = Int(String(line[..<space]), radix: 16)!
    for scalar in line[line.index(after: space)...] {
      if scalar != "\u{FFFD}" { cells.append((code, scalar == "\u{F00A}" ? "\n" : String(scalar))) }
      code += 1
    }
  }
  return cells
}

/// The fields of each word.
func words(_ text: StaticString) -> [[Int]] {
  text.description.split(whereSeparator: \.isWhitespace).map { word in
    word.split(separator: ":").map { Int($0, radix: 16)! }
  }
}

/// Codes and ranges of codes.
func codes(_ text: StaticString) -> Set<Int> {
  var all = Set<Int>()
  for word in text.description.split(whereSeparator: \.isWhitespace) {
    let ends = word.split(separator: "-").map { Int($0, radix: 16)! }
    all.formUnion(ends[0]...ends[ends.count - 1])
  }
  return all
}
