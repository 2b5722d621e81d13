import ArgumentParser
import Charset
import Copybook
import Decode
import Evidence
import Expressions
import Foundation
import Framing
import Pipeline
import Records

/// A legacy file and all that is needed to read it: what `decode`, `inspect` and `profile` have in common.
struct LegacyFileOptions: ParsableArguments {
  @Argument(help: "The legacy file; .gz is read as what it holds.")
  var file: String

  @Option(help: "Its copybook. Several describe the same records, each in its own way.")
  var copybook: [String] = []

  @Option(help: "Folders in which COPY members are looked for; the copybook's own folder is always one.")
  var copyPath: [String] = []

  @Option(help: "Source form of the copybook: auto, fixed or free.")
  var form: SourceForm = .auto

  @Flag(help: "DECIMAL-POINT IS COMMA.")
  var decimalComma = false

  @Option(
    help: ArgumentHelp(
      "How the file is divided: F, FB, V, VB, VS, VBS or text, and settings; `totsugo list record-formats`.",
      valueName: "format"))
  var recordFormat = "F"

  @Option(
    help: "Length of a record where no header says it: `layout` (its tables say), or an expression over its items.")
  var recordLength: String?

  @Option(help: "Character set; `totsugo list charsets` names them.")
  var charset = "ibm-930"

  @Option(help: "Character set of N, G and NATIONAL items, where it is another.")
  var national: String?

  @Option(help: "Character set of one item: NAME=CHARSET.")
  var charsetOf: [String] = []

  @Option(help: "The city's table of user-defined characters (外字).")
  var gaiji: String?

  @Flag(help: "Keep glyphs apart by variation sequences (異体字セレクタ).")
  var ivs = false

  @Option(
    help: ArgumentHelp(
      "Compiler, and settings that differ from it: ibm | fujitsu | hitachi | nec | mf | gnucobol, as in ibm,float=ieee."
    ))
  var dialect = "ibm"

  @Option(help: "A numeric item of spaces is: null, zero or fault.")
  var spaces: BlankRule.Treatment = .fault

  @Option(help: "A numeric item of low-values (X'00') is: null, zero or fault.")
  var lowValues: BlankRule.Treatment = .fault

  @Option(help: "Padding of texts to cut off: none, right or both.")
  var trim: TextCodec.Trimming = .right

  @Option(help: "What an item means: NAME=mixed | era-date | era-month | era-year | identifier.")
  var type: [String] = []

  @Option(help: "A text whose length stands in another item (VARCHAR): TEXT=LENGTH-ITEM.")
  var lengthOf: [String] = []

  @Option(help: "Items that are masked.")
  var personal: [String] = []

  @Option(help: "Which redefinition a record has: GROUP=EXPRESSION over items that all records have.")
  var choose: [String] = []

  @Flag(inversion: .prefixedNo, help: "Decode FILLER, too.")
  var filler = false

  @Flag(name: .customLong("strict"), inversion: .prefixedNo, help: "Stop at the first invalid value or damaged record.")
  var isStrict = false

  @Flag(help: "Go on after invalid values and damaged records (the default).")
  var keepGoing = false

  func validate() throws {
    if copybook.isEmpty { throw ValidationError("--copybook names the file's copybook.") }
    if isStrict, keepGoing { throw ValidationError("--strict and --keep-going exclude each other.") }
  }

  /// The record as its copybooks lay it out.
  func layout() throws -> Layout {
    let dialect = try Dialect(text: self.dialect)
    var texts: [String] = []
    for path in copybook {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw Diagnostic(.fileOpen, at: Place(file: path), "not readable")
      }
      guard let text = CopybookText.decode(Array(data)) else {
        throw Diagnostic(.copybookText, at: Place(file: path))
      }
      texts.append(text)
    }
    let own = copybook.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
    let folders = CopybookFolders(copyPath + own, decode: CopybookText.decode)
    return try CopybookParser.layout(
      of: texts.joined(separator: "\n"), file: copybook[0], dialect: dialect, form: form, decimalComma: decimalComma
    ) { name throws(Diagnostic) in try folders.search(name) }
  }

  func interpretation() throws -> Interpretation {
    var reading = Interpretation(try characters(charset))
    if let national { reading.national = try characters(national) }
    for (name, value) in try pairs(charsetOf, "--charset-of") { reading.ownCharacters[name] = try characters(value) }
    for (name, value) in try pairs(type, "--type") {
      guard let meaning = Meaning(rawValue: value) else {
        let known = Meaning.allCases.map(\.rawValue).joined(separator: ", ")
        throw Diagnostic(.optionValue, "--type \(name)=\(value)", known)
      }
      reading.meanings[name] = meaning
    }
    for (name, value) in try pairs(lengthOf, "--length-of") { reading.lengthItems[name] = value.uppercased() }
    for name in personal.flatMap({ $0.split(separator: ",") }) { reading.privacy[name.uppercased()] = .personal }
    reading.dialect = try Dialect(text: dialect)
    reading.blanks = BlankRule(spaces: spaces, lowValues: lowValues)
    reading.trimming = trim
    return reading
  }

  private func characters(_ name: String) throws -> Charset.CharacterSet {
    guard var set = Charset.CharacterSet.named(name) else {
      let near = ProgramBuilder.nearest(name, among: Charset.CharacterSet.names)
      throw Diagnostic(.optionValue, "--charset \(name)", near)
    }
    if let gaiji {
      guard let data = FileManager.default.contents(atPath: gaiji) else {
        throw Diagnostic(.fileOpen, at: Place(file: gaiji), "not readable")
      }
      set = set.with(gaiji: try GaijiReader.table(String(decoding: data, as: UTF8.self), file: gaiji))
    }
    return ivs ? set.keepingVariations : set
  }

  private func pairs(_ texts: [String], _ option: String) throws -> [(name: String, value: String)] {
    try texts.map { text in
      guard let equals = text.firstIndex(of: "=") else { throw Diagnostic(.optionValue, "\(option) \(text)", "NAME=…") }
      return (text[..<equals].uppercased(), String(text[text.index(after: equals)...]))
    }
  }

  func plan(_ layout: Layout) throws -> KindPlan {
    let reading = try interpretation()
    let rules = try pairs(choose, "--choose").map { group, condition in
      GroupRules.Text(group: group, condition: condition, place: Place(file: "--choose"))
    }
    let everything = Set(layout.alternatives.flatMap { $0.map(\.name) })
    for name in Array(reading.meanings.keys) + Array(reading.ownCharacters.keys) + Array(reading.privacy.keys)
      + Array(reading.lengthItems.keys)
    where !layout.items.contains(where: { $0.name == name }) {
      throw Diagnostic(
        .fieldUnknown, at: Place(file: layout.file), name, layout.file,
        ProgramBuilder.nearest(name, among: layout.items.map(\.name)))
    }
    return try KindPlan.compile(
      title: file, layout: layout, choosing: everything, reading: reading, keepsFiller: filler,
      slides: reading.dialect.slidesAfterTables, rules: rules)
  }

  /// Opens the file.
  func reader(_ layout: Layout, _ plan: KindPlan) throws -> LegacyReader {
    let characters = try interpretation().characters
    var format = try RecordFormat(recordFormat) { text in
      let (bytes, fault) = characters.encode(.single, text)
      return fault == nil ? bytes : nil
    }
    if let recordLength {
      if format.form == .fixed { format.form = .variable }
      format.rule =
        recordLength == "layout"
        ? ContentLength.byLayout(plan) : try ContentLength.by(recordLength, plan, at: Place(file: "--record-length"))
    }
    return try LegacyReader(
      path: file, layout: layout, plan: plan, format: format, policy: isStrict ? .strict : .keepGoing)
  }
}

extension SourceForm: ExpressibleByArgument {}
extension BlankRule.Treatment: ExpressibleByArgument {}
extension TextCodec.Trimming: ExpressibleByArgument {}
