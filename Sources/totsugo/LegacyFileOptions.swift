import Copybook
import Projects
import ArgumentParser
import Commands
import Base
import Charset
import Decode
import Expressions
import Foundation
import Framing
import Records

/// A legacy file and all options to read it: the common part of `decode`, `inspect` and `profile`.
struct LegacyFileOptions: ParsableArguments {
  @Argument(help: .said("旧システムのファイル。.gz は中身を読む", "The legacy file; .gz is read as what it holds."))
  var file: String

  @Option(
    help: .said("コピー句。複数のときは、同じレコードをそれぞれの形で表す", "Its copybook. Several describe the same records, each in its own way.")
  )
  var copybook: [String] = []

  @Option(
    help: .said(
      "COPYの登録集を探すフォルダ。コピー句のあるフォルダは必ず探す",
      "Folders in which COPY members are looked for; the copybook's own folder is always one."))
  var copyPath: [String] = []

  @Option(help: .said("コピー句の書式。auto（自動）、fixed（固定）、free（自由）", "Source form of the copybook: auto, fixed or free."))
  var form: SourceForm = .auto

  @Flag(help: .said("小数点はコンマ（DECIMAL-POINT IS COMMA）", "DECIMAL-POINT IS COMMA."))
  var decimalComma = false

  @Option(
    help: .said(
      "レコードの区切り方。F、FB、V、VB、VS、VBS、text と設定（`totsugo list record-formats`）",
      "How the file is divided: F, FB, V, VB, VS, VBS or text, and settings; `totsugo list record-formats`.",
      valueName: "format"))
  var recordFormat = "F"

  @Option(
    help: .said(
      "見出しにない場合のレコードの長さ。`layout`（表の繰返しから決まる）または項目の式",
      "Length of a record where no header says it: `layout` (its tables say), or an expression over its items."))
  var recordLength: String?

  @Option(help: .said("文字コード。名前は `totsugo list charsets`", "Character set; `totsugo list charsets` names them."))
  var charset = "ibm-930"

  @Option(
    help: .said("N・G・NATIONAL項目の文字コードが別の場合に指定する", "Character set of N, G and NATIONAL items, where it is another."))
  var national: String?

  @Option(help: .said("1項目の文字コード。NAME=CHARSET の形", "Character set of one item: NAME=CHARSET."))
  var charsetOf: [String] = []

  @Option(help: .said("市の外字の対応表", "The city's table of user-defined characters (外字)."))
  var gaiji: String?

  @Flag(help: .said("異体字セレクタで字形を区別する", "Keep glyphs apart by variation sequences (異体字セレクタ)."))
  var ivs = false

  @Option(
    help: .said(
      "コンパイラーと、それと違う設定。ibm | fujitsu | hitachi | nec | mf | gnucobol。例: ibm,float=ieee",
      "Compiler, and settings that differ from it: ibm | fujitsu | hitachi | nec | mf | gnucobol, as in ibm,float=ieee."
    ))
  var dialect = "ibm"

  @Option(
    help: .said(
      "数字項目の空白の扱い。null、zero、fault。2進の項目では数として読めない場合だけ",
      "Spaces in a numeric item are: null, zero or fault; in a binary one only where they are no number."))
  var spaces: BlankRule.Treatment = .fault

  @Option(
    help: .said(
      "数字項目のLOW-VALUES（X'00'）の扱い。null、zero、fault", "A numeric item of low-values (X'00') is: null, zero or fault."))
  var lowValues: BlankRule.Treatment = .fault

  @Option(help: .said("文字列から取り除く余白。none（なし）、right（右）、both（両側）", "Padding of texts to cut off: none, right or both."))
  var trim: TextCodec.Trimming = .right

  @Option(
    help: .said(
      "項目の意味。NAME=mixed | era-date | era-month | era-year | identifier",
      "What an item means: NAME=mixed | era-date | era-month | era-year | identifier."))
  var type: [String] = []

  @Option(
    help: .said(
      "長さが別の項目にある文字列（VARCHAR）。TEXT=LENGTH-ITEM の形",
      "A text whose length stands in another item (VARCHAR): TEXT=LENGTH-ITEM."))
  var lengthOf: [String] = []

  @Option(help: .said("値を伏せる項目", "Items that are masked."))
  var personal: [String] = []

  @Option(
    help: .said(
      "どの再定義を使うか。GROUP=EXPRESSION の形で、式にはすべてのレコードにある項目か、レベル01の項目を使う",
      "Which redefinition a record has: GROUP=EXPRESSION over items that all records have, or items of level 01 entries."
    ))
  var choose: [String] = []

  @Flag(inversion: .prefixedNo, help: .said("FILLERも読む", "Decode FILLER, too."))
  var filler = false

  @Flag(
    name: .customLong("strict"), inversion: .prefixedNo,
    help: .said("最初の不正な値や壊れたレコードで止める", "Stop at the first invalid value or damaged record."))
  var isStrict = false

  @Flag(help: .said("不正な値や壊れたレコードがあっても続ける（省略時はこちら）", "Go on after invalid values and damaged records (the default)."))
  var keepGoing = false

  func validate() throws {
    if copybook.isEmpty {
      throw ValidationError(.said("--copybook でファイルのコピー句を指定してください。", "--copybook names the file's copybook."))
    }
    if isStrict, keepGoing {
      throw ValidationError(
        .said("--strict と --keep-going は同時に使えません。", "--strict and --keep-going exclude each other."))
    }
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
      guard let meaning = Meaning(value) else {
        let known = Meaning.names.joined(separator: ", ")
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
