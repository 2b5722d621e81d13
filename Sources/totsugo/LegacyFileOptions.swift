import Copybook
import Projects
import ArgumentParser
import Base
import Charset
import Decode
import Expressions
import Foundation
import Framing
import Records

/// A legacy file and all options to read it: the common part of `decode`, `inspect` and `profile`.
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

  @Option(help: "Spaces in a numeric item are: null, zero or fault; in a binary one only where they are no number.")
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

  /// The layout of the record according to its copybooks.
  func layout() throws -> Layout {
    let dialect = try Dialect(text: self.dialect)
    var sources: [(text: String, file: String)] = []
    for path in copybook {
      guard let text = CopybookText.decode(try DefinitionFile.read(path).bytes) else {
        throw Diagnostic(.copybookText, at: Place(file: path))
      }
      sources.append((text, path))
    }
    let own = copybook.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
    let folders = CopybookFolders(copyPath + own, decode: CopybookText.decode)
    return try CopybookParser.layout(
      of: sources, dialect: dialect, form: form, decimalComma: decimalComma
    ) { name throws(Diagnostic) in try folders.search(name).map { ($0.text, $0.file) } }
  }

  /// The input files.
  var inputs: [String?] { [file, gaiji] + copybook }

  /// The interpretation of the file's bytes. Reads the table of user-defined characters.
  func interpretation() throws -> Interpretation {
    let table = try gaiji.map { try DefinitionFile.read($0) }
    func characters(_ name: String) throws -> Charset.CharacterSet {
      guard var set = Charset.CharacterSet.named(name) else {
        let near = NameTable.nearest(name, among: Charset.CharacterSet.names)
        throw Diagnostic(.optionValue, "--charset \(name)", "\(near) … (totsugo list charsets)")
      }
      if let table, set.hasUserCodes { set = try GaijiReader.add(table.text(), file: table.name, to: set) }
      return ivs ? set.keepingVariations : set
    }
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
    let sets = [reading.characters] + [reading.national].compactMap(\.self) + reading.ownCharacters.values
    if let gaiji, !sets.contains(where: \.hasUserCodes) {
      throw Diagnostic(.optionValue, "--gaiji \(gaiji)", "--charset fujitsu-jef, windows-31j, …")
    }
    reading.dialect = try Dialect(text: dialect)
    reading.blanks = BlankRule(spaces: spaces, lowValues: lowValues)
    reading.trimming = trim
    return reading
  }

  /// - Throws: `option.value` for a text without the form `NAME=…`, and for a repeated name.
  private func pairs(_ texts: [String], _ option: String) throws -> [(name: String, value: String)] {
    var known: Set<String> = []
    return try texts.map { text in
      guard let equals = text.firstIndex(of: "=") else { throw Diagnostic(.optionValue, "\(option) \(text)", "NAME=…") }
      let name = text[..<equals].uppercased()
      guard known.insert(name).inserted else {
        throw Diagnostic(.optionValue, "\(option) \(text)", "\(option) \(name)=… once")
      }
      return (name, String(text[text.index(after: equals)...]))
    }
  }

  func plan(_ layout: Layout, _ reading: Interpretation) throws -> KindPlan {
    let rules = try pairs(choose, "--choose").map { group, condition in
      GroupRules.Text(group: group, condition: condition, place: Place(file: "--choose"))
    }
    let everything = Set(layout.alternatives.flatMap { $0.map(\.title) })
    let names = layout.names
    for name in Array(reading.meanings.keys) + Array(reading.ownCharacters.keys) + Array(reading.privacy.keys)
      + Array(reading.lengthItems.keys)
    where try names.find(name) == nil {
      throw Diagnostic(.fieldUnknown, at: Place(file: layout.file), name, layout.file, names.nearest(name))
    }
    for name in Array(reading.meanings.keys) + Array(reading.ownCharacters.keys) + Array(reading.lengthItems.keys) {
      let found = try names.find(name)
      if layout.items.contains(where: { $0.identity == found && !$0.children.isEmpty }) {
        throw Diagnostic(.optionValue, "\(name)=…", "an item with a picture; \(name) is a group")
      }
    }
    return try KindPlan.compile(
      title: file, layout: layout, choosing: everything, reading: reading, keepsFiller: filler,
      slides: reading.dialect.slidesAfterTables, rules: rules)
  }

  /// Reads the file from its beginning.
  ///
  /// - Parameter source: the file, when it is already open.
  func reader(
    _ layout: Layout, _ plan: KindPlan, _ reading: Interpretation, of source: SourceFile? = nil
  ) throws -> LegacyReader {
    let characters = reading.characters
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
      source ?? SourceFile(file), layout: layout, plan: plan, format: format, policy: isStrict ? .strict : .keepGoing)
  }
}

extension SourceForm: ExpressibleByArgument {}
extension BlankRule.Treatment: ExpressibleByArgument {}
extension TextCodec.Trimming: ExpressibleByArgument {}
