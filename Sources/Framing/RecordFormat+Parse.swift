import Base

extension RecordFormat {
  /// Parses a format as users write it: a form followed by settings (``help``).
  ///
  /// - Parameter encode: the bytes of a value of `map=` in the file's character set, or `nil` when it has none.
  /// - Throws: `frame.format`, naming the text found and the allowed ones.
  package init(_ text: String, encode: (String) -> [UInt8]? = { Array($0.utf8) }) throws(Diagnostic) {
    var words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let name = words.removeFirst()
    guard let form = Form.allCases.first(where: { $0.rawValue.uppercased() == name.uppercased() }) else {
      throw Diagnostic(.frameFormat, name, Form.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self.init(form: form)
    var settings = Settings(form: form)
    for word in words { try settings.take(word) }

    length = try settings.number("length", from: 1)
    start = try settings.number("start") ?? 0
    end = try settings.number("end") ?? 0
    minimum = try settings.number("minimum") ?? 0
    keepsEmptyLines = try settings.choice("empty", ["skip", "keep"]) == "keep"
    if let size = try settings.number("block", from: 1) { blocks = .size(size) }
    if settings.has("bdw") || form.isBlocked {
      // For FB the bare word requests one; elsewhere its value is the byte order.
      let little = try settings.choice("bdw", form == .fixedBlocked ? ["", "big", "little"] : ["big", "little"])
      var bdw = LengthHeader.bdw(littleEndian: little == "little")
      try settings.adjust(&bdw, "bdw")
      blocks = .header(bdw)
    }
    header = .rdw(littleEndian: try settings.choice("rdw", ["big", "little"]) == "little", spanned: form.isSpanned)
    try settings.adjust(&header, "rdw")
    if let size = try settings.number("header", from: 1) { header = try settings.ownHeader(size) }
    if let field = settings["field"] {
      rule = .number(try Self.field(field, adjustment: try settings.number("add", from: -32768) ?? 0))
    }
    if let map = settings["map"] { rule = try Self.map(map, encode) }
    try settings.refuseContradictions()
  }

  /// `OFFSET:SIZE:FORM`.
  private static func field(_ text: String, adjustment: Int) throws(Diagnostic) -> LengthField {
    let parts = text.split(separator: ":").map(String.init)
    guard parts.count == 3, let offset = Int(parts[0]), let size = Int(parts[1]),
      let form = LengthField.Form(rawValue: parts[2]), offset >= 0,
      (1...(form == .binary || form == .littleEndian ? 4 : 18)).contains(size)
    else {
      let forms = LengthField.Form.allCases.map(\.rawValue).joined(separator: "|")
      throw Diagnostic(.frameFormat, "field=" + text, "field=OFFSET:SIZE:\(forms)")
    }
    return LengthField(offset: offset, size: size, form: form, adjustment: adjustment)
  }

  /// `OFFSET:SIZE:VALUE=LENGTH/…`, a value as text, as `X'…'` or `*`.
  private static func map(_ text: String, _ encode: (String) -> [UInt8]?) throws(Diagnostic) -> LengthRule {
    let parts = text.split(separator: ":", maxSplits: 2).map(String.init)
    guard parts.count == 3, let offset = Int(parts[0]), let size = Int(parts[1]), offset >= 0, size > 0 else {
      throw Diagnostic(.frameFormat, "map=" + text, "map=OFFSET:SIZE:VALUE=LENGTH/…")
    }
    var lengths: [[UInt8]: Int] = [:]
    var others: Int?
    for entry in parts[2].split(separator: "/", omittingEmptySubsequences: false) {
      guard let equals = entry.lastIndex(of: "="), let length = Int(entry[entry.index(after: equals)...]), length > 0
      else { throw Diagnostic(.frameFormat, String(entry), "VALUE=LENGTH") }
      let value = String(entry[..<equals])
      if value == "*" {
        others = length
      } else if let bytes = hexadecimal(value) ?? encode(value), bytes.count == size {
        lengths[bytes] = length
      } else {
        throw Diagnostic(.frameFormat, value, "VALUE: \(size) bytes, as text or X'…'")
      }
    }
    return .kinds(offset: offset, size: size, lengths: lengths, others: others)
  }

  /// The bytes of `X'C1C2'`; `nil` for any other text.
  private static func hexadecimal(_ text: String) -> [UInt8]? {
    guard text.hasPrefix("X'"), text.hasSuffix("'"), text.count >= 5 else { return nil }
    let digits = Array(text.dropFirst(2).dropLast())
    guard digits.count % 2 == 0, digits.allSatisfy(\.isHexDigit) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16)! }
  }
}

/// The settings of one format, as written; each may occur once, and only with a form that has it.
private struct Settings {
  private let form: RecordFormat.Form
  private var values: [String: String] = [:]

  init(form: RecordFormat.Form) { self.form = form }

  subscript(_ name: String) -> String? { values[name] }

  func has(_ name: String) -> Bool { values[name] != nil }

  /// The settings that the form allows.
  private var known: [String] {
    let everywhere = ["start", "end", "minimum"]
    let bdw = ["bdw", "bdw-counts-itself", "bdw-add"]
    let rdw = ["rdw", "rdw-counts-itself", "rdw-add"]
    let own = ["header", "length-at", "length-size", "little", "validity", "field", "add", "map"]
    return switch form {
    case .fixed: ["length"] + everywhere
    case .fixedBlocked: ["length", "block"] + bdw + everywhere
    case .variable: rdw + own + everywhere
    case .variableBlocked: rdw + bdw + own + everywhere
    case .variableSpanned, .variableBlockedSpanned: rdw + bdw + everywhere
    case .text: ["empty"] + everywhere
    }
  }

  mutating func take(_ word: String) throws(Diagnostic) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard known.contains(parts[0]) else {
      throw Diagnostic(.frameFormat, word, known.joined(separator: ", "))
    }
    if has(parts[0]) { throw Diagnostic(.frameFormat, word, parts[0] + " ×1") }
    values[parts[0]] = parts.count == 2 ? parts[1] : ""
  }

  /// The number of a setting, which must be at least `least`.
  func number(_ name: String, from least: Int = 0) throws(Diagnostic) -> Int? {
    guard let text = values[name] else { return nil }
    guard let number = Int(text), number >= least, number <= 1 << 40 else {
      throw Diagnostic(.frameFormat, "\(name)=\(text)", "\(name)=N, N ≥ \(least)")
    }
    return number
  }

  /// The word of a setting, one of `choices`; `nil` when it is missing.
  func choice(_ name: String, _ choices: [String]) throws(Diagnostic) -> String? {
    guard let text = values[name] else { return nil }
    guard choices.contains(text) else {
      let allowed = choices.map { $0.isEmpty ? name : "\(name)=\($0)" }.joined(separator: ", ")
      throw Diagnostic(.frameFormat, text.isEmpty ? name : "\(name)=\(text)", allowed)
    }
    return text
  }

  /// Settings `…-counts-itself` and `…-add`.
  func adjust(_ header: inout LengthHeader, _ name: String) throws(Diagnostic) {
    header.countsItself = try choice(name + "-counts-itself", ["yes", "no"]) != "no"
    header.adjustment = try number(name + "-add", from: -32768) ?? 0
  }

  /// A program's own header; the length does not count it.
  func ownHeader(_ size: Int) throws(Diagnostic) -> LengthHeader {
    var header = LengthHeader()
    header.size = size
    header.position = try number("length-at") ?? 0
    header.width = try number("length-size", from: 1) ?? min(4, size - header.position)
    header.isLittleEndian = try choice("little", [""]) != nil
    header.startsWithValidity = try choice("validity", [""]) != nil
    header.countsItself = false
    guard (1...4).contains(header.width), header.position + header.width <= size else {
      throw Diagnostic(
        .frameFormat, "header=\(size),length-at=\(header.position),length-size=\(header.width)",
        "length-size=1…4, length-at + length-size ≤ \(size)")
    }
    return header
  }

  /// Refuses settings that contradict each other: only one may give the length, and settings that belong to it need it.
  func refuseContradictions() throws(Diagnostic) {
    let ways = [["header"], ["field"], ["map"], ["rdw", "rdw-counts-itself", "rdw-add"]]
    let given = ways.compactMap { $0.first(where: has) }
    if given.count > 1 { throw Diagnostic(.frameFormat, given.joined(separator: ", "), "header | field | map | rdw") }
    if has("block"), has("bdw") { throw Diagnostic(.frameFormat, "block, bdw", "block | bdw") }
    let parts = [
      "length-at": "header", "length-size": "header", "little": "header", "validity": "header", "add": "field",
    ]
    for (part, whole) in parts.sorted(by: { $0.key < $1.key }) where has(part) && !has(whole) {
      throw Diagnostic(.frameFormat, part, "\(whole)=…,\(part)")
    }
    if form == .fixedBlocked, has("bdw-counts-itself") || has("bdw-add"), !has("bdw") {
      throw Diagnostic(.frameFormat, "bdw-…", "bdw")
    }
  }
}
