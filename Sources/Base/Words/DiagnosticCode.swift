/// The codes of all problems and their sentences, which are worded only here.
///
/// A code is part of the interface (`copybook.syntax`); `Docs/DIAGNOSTICS.md` has a heading for each. In a sentence
/// `{0}`, `{1}` … are the facts, in the order in which the code that found the problem gives them.
package enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
  case copybookSyntax = "copybook.syntax"
  case copybookPicture = "copybook.picture"
  case copybookRedefines = "copybook.redefines"
  case copybookReference = "copybook.reference"
  case copybookCopies = "copybook.copies"
  case copybookCopy = "copybook.copy"
  case copybookSize = "copybook.size"
  case copybookCut = "copybook.cut"
  case dialectValue = "dialect.value"
  case encodeOverflow = "encode.overflow"
  case encodeCharacter = "encode.character"
  case encodeSlot = "encode.slot"
  case cityPlan = "city.plan"
  case cityLayout = "city.layout"
  case cityDefect = "city.defect"
  case cityWrite = "city.write"
  case cityOutput = "city.output"

  case copybookUsage = "copybook.usage"
  case copybookMeaning = "copybook.meaning"
  case copybookGroup = "copybook.group"
  case copybookColumns = "copybook.columns"
  case copybookText = "copybook.text"
  case optionValue = "option.value"
  case recordAbsent = "record.absent"
  case decodeOrphan = "decode.orphan"
  case gaijiTable = "gaiji.table"
  case definitionOpen = "definition.open"
  case definitionCharset = "definition.charset"
  case definitionYAML = "definition.yaml"
  case definitionKey = "definition.key"
  case definitionExpected = "definition.expected"
  case registerPending = "register.pending"
  case draftFolder = "draft.folder"
  case draftStatement = "draft.statement"
  case draftData = "draft.data"
  case draftTables = "draft.tables"
  case draftFormat = "draft.format"
  case draftCharset = "draft.charset"
  case draftKind = "draft.kind"
  case draftLine = "draft.line"
  case draftFit = "draft.fit"
  case draftGone = "draft.gone"
  case definitionMissing = "definition.missing"
  case definitionValue = "definition.value"
  case definitionEdit = "definition.edit"
  case targetReference = "target.reference"
  case targetOpen = "target.open"
  case targetOccupied = "target.occupied"
  case targetTable = "target.table"
  case targetLacks = "target.lacks"
  case targetTwice = "target.twice"
  case targetReadonly = "target.readonly"
  case targetWrite = "target.write"
  case targetRow = "target.row"
  case targetRead = "target.read"
  case diffScratch = "diff.scratch"
  case diffUnsteady = "diff.unsteady"
  case diffColumn = "diff.column"
  case diffOnesided = "diff.onesided"
  case diffTypes = "diff.types"
  case diffKey = "diff.key"
  case datasetReference = "dataset.reference"
  case datasetParameter = "dataset.parameter"
  case datasetColumns = "dataset.columns"
  case datasetFields = "dataset.fields"
  case datasetQuote = "dataset.quote"
  case datasetCharset = "dataset.charset"
  case datasetLarge = "dataset.large"
  case datasetLastLine = "dataset.lastline"
  case datasetJSON = "dataset.json"
  case datasetQuery = "dataset.query"
  case datasetProject = "dataset.project"
  case targetNul = "target.nul"
  case targetName = "target.name"
  case datasetRejected = "dataset.rejected"
  case datasetCode = "dataset.code"
  case datasetUnit = "dataset.unit"
  case datasetGaiji = "dataset.gaiji"
  case datasetWide = "dataset.wide"
  case datasetMark = "dataset.mark"
  case datasetReturn = "dataset.return"
  case datasetEnd = "dataset.end"
  case datasetAbsent = "dataset.absent"
  case datasetNames = "dataset.names"
  case datasetLonger = "dataset.longer"
  case datasetShorter = "dataset.shorter"
  case datasetEdges = "dataset.edges"
  case datasetPassed = "dataset.passed"
  case datasetOdd = "dataset.odd"
  case datasetUnheld = "dataset.unheld"
  case datasetFiltered = "dataset.filtered"
  case datasetExcluded = "dataset.excluded"
  case diffUnreadable = "diff.unreadable"
  case parallelEmpty = "parallel.empty"
  case parallelSame = "parallel.same"
  case parallelNone = "parallel.none"
  case diffLimited = "diff.limited"
  case datasetLegacy = "dataset.legacy"
  case diffKeyIgnored = "diff.key-ignored"
  case diffInterrupted = "diff.interrupted"
  case diffTolerance = "diff.tolerance"
  case diffTwice = "diff.twice"
  case fileOpen = "file.open"
  case fileOnce = "file.once"
  case fileSpool = "file.spool"
  case fileLarge = "file.large"
  case fileChanged = "file.changed"
  case fileEmpty = "file.empty"
  case fileLength = "file.length"
  case fileRead = "file.read"
  case frameFormat = "frame.format"
  case frameLength = "frame.length"
  case frameBlock = "frame.block"
  case frameSegment = "frame.segment"
  case frameCut = "frame.cut"
  case frameBlockCut = "frame.block-cut"
  case frameNothing = "frame.nothing"
  case frameInserted = "frame.inserted"
  case frameLost = "frame.lost"
  case frameLineEnds = "frame.line-ends"
  case frameGzip = "frame.gzip"
  case frameLarge = "frame.large"
  case frameSeek = "frame.seek"
  case outputWrite = "output.write"
  case workbookFormat = "workbook.format"
  case workbookProtected = "workbook.protected"
  case workbookLarge = "workbook.large"
  case workbookSheet = "workbook.sheet"
  case workbookLength = "workbook.length"
  case workbookCharacter = "workbook.character"
  case workbookNumber = "workbook.number"
  case workbookSize = "workbook.size"
  case workbookName = "workbook.name"
  case workbookWrite = "workbook.write"
  case decodeInvalid = "decode.invalid"
  case decodeShifted = "decode.shifted"
  case decodeShiftedItem = "decode.shifted-item"
  case fileHeader = "file.header"
  case fileTrailer = "file.trailer"
  case fileColumnUnknown = "file.column.unknown"
  case fileColumnTwice = "file.column.twice"
  case fileColumnMissing = "file.column.missing"
  case fileColumnOrder = "file.column.order"
  case frameQuote = "frame.quote"
  case fieldDisposition = "lint.disposition"
  case fieldUnknown = "lint.field"
  case fieldHidden = "lint.hidden"
  case nameAmbiguous = "name.ambiguous"
  case fieldDropped = "lint.dropped"
  case variantUnchosen = "lint.variant"
  case columnUnmapped = "lint.column"
  case columnUnchecked = "lint.unchecked"
  case columnsAsKey = "lint.key-columns"
  case checkDuplicate = "lint.check"
  case workspaceWrite = "workspace.write"
  case workspaceBusy = "workspace.busy"
  case workspaceEmpty = "workspace.empty"
  case workspaceUnreadable = "workspace.unreadable"
  case workspaceUnfinished = "workspace.unfinished"
  case gateUnknown = "gate.unknown"
  case signatureUnknown = "difference.unknown"
  case causeUnknown = "cause.unknown"
  case causeShared = "cause.shared"
  case causeAssigned = "cause.assigned"
  case itemProven = "item.proven"
  case compareNothing = "compare.nothing"
  case reportChromium = "report.chromium"
  case reportPaper = "report.paper"
  case ledgerChain = "ledger.chain"
  case ledgerGone = "ledger.gone"
  case registerFuture = "register.future"
  case sampleOther = "sample.other"
  case sampleIncomplete = "sample.incomplete"
  case waiverHolds = "waiver.holds"
  case registerUnknown = "register.unknown"
  case registerExists = "register.exists"
  case registerTransition = "register.transition"
  case registerMissing = "register.missing"
  case registerList = "register.list"
  case itemWithdrawn = "item.withdrawn"
  case itemImport = "item.import"
  case itemImportColumn = "item.import-column"
  case itemConflict = "item.conflict"
  case itemReadOnly = "item.read-only"
  case mappingConflict = "mapping.conflict"
  case draftMissing = "draft.missing"
  case mappingTest = "mapping.test"
  case decisionRefused = "decision.refused"
  case gateAssume = "gate.assume"
  case ledgerDatabase = "ledger.database"
  case ledgerBusy = "ledger.busy"
  case ledgerJournal = "ledger.journal"
  case ledgerClock = "ledger.clock"
  case ledgerJump = "ledger.jump"
  case ledgerClockRight = "ledger.clock-right"
  case ledgerControl = "ledger.control"
  case ledgerLong = "ledger.long"
  case ledgerCut = "ledger.cut"
  case ledgerWithdraw = "ledger.withdraw"
  case ledgerWithdrawOrder = "ledger.withdraw-order"
  case ledgerTampered = "ledger.tampered"
  case ledgerFourEyes = "ledger.foureyes"
  case ledgerKey = "ledger.key"
  case serveAccess = "serve.access"
  case servePort = "serve.port"
  case serveChanged = "serve.changed"
  case libraryMissing = "library.missing"
  case resumeNothing = "resume.nothing"
  case resumeOther = "resume.other"
  case interrupted = "run.interrupted"
  case readInterrupted = "file.interrupted"
  case expressionSyntax = "expression.syntax"
  case expressionName = "expression.name"
  case expressionElsewhere = "expression.elsewhere"
  case expressionType = "expression.type"

  package struct Wording: Sendable {
    package let found: Bilingual
    package let remedy: Bilingual
  }

  /// Whether single words among the facts are of the registers, and are told in Japanese; elsewhere they are what people type
  /// or have named: keys, options, columns.
  var tellsWords: Bool {
    [
      "cause.", "decision.", "difference.", "item.", "ledger.", "register.", "run.", "sample.", "serve.", "waiver.",
      "workbook.", "parallel.",
    ].contains { rawValue.hasPrefix($0) }
  }

  package var wording: Wording {
    switch self {
    case .copybookSyntax:
      .init(
        "「{0}」は解釈できません。必要なもの: {1}。", "found “{0}”, expected {1}.",
        "コピー句のこの行を直してください。", "Correct this line of the copybook.")
    case .copybookPicture:
      .init(
        "PICTURE「{0}」は解釈できません。必要なもの: {1}。", "the picture “{0}” cannot be read; expected {1}.",
        "PICTURE句を直してください。", "Correct the PICTURE clause.")
    case .copybookRedefines:
      .init(
        "{0} が再定義する {1} が、同じ集団の中で直前にありません（間に置けるのは他の再定義だけです）。",
        "{0} redefines {1}, which does not stand directly before it in the same group (other redefinitions may stand between).",
        "REDEFINESの項目名か、項目の順序を直してください。", "Correct the name after REDEFINES or the order of the items.")
    case .copybookReference:
      .init(
        "「{0}」が見つかりません。必要なもの: {1}。", "“{0}” is not found; expected {1}.",
        "項目名を直してください。", "Correct the name.")
    case .copybookCopies:
      .init(
        "COPY {0} に当てはまるファイルが二つ以上あります: {1}。", "COPY {0} fits several files: {1}.",
        "使う一つだけをフォルダに残すか、--copy-path で別のフォルダを指定してください。",
        "Leave only the one that is meant in the folder, or name another by --copy-path.")
    case .copybookCopy:
      .init(
        "COPY「{0}」を展開できません。必要なもの: {1}。", "COPY “{0}” cannot be carried out; expected {1}.",
        "COPYの名前と、探す場所の指定を直してください。", "Correct the name or the folders that are searched.")
    case .copybookCut:
      .init(
        "固定形式の行は72桁までです。「{0}」が切れています。", "the line is cut after column 72 (fixed form), so “{0}” is lost.",
        "--form free はこの行をすべて読みます(定義ファイルでは、前に >>SOURCE FORMAT IS FREE の行を置きます)。固定形式のままなら、72桁までに収めてください。",
        "`--form free` reads it whole (in a project, the line `>>SOURCE FORMAT IS FREE` before it); or end the text by column 72."
      )
    case .copybookSize:
      .init(
        "項目 {0} までで {1} バイトを超えます。", "with item {0} the record grows beyond {1} bytes.",
        "OCCURSの回数とPICTUREの桁数を直してください。", "Correct the numbers after OCCURS and in pictures.")
    case .dialectValue:
      .init(
        "方言の指定「{0}」は使えません。使えるもの: {1}。", "“{0}” is no setting of a dialect; allowed: {1}.",
        "指定を直してください。", "Correct the setting.")
    case .copybookUsage:
      .init(
        "項目 {0} のUSAGE {1} は読み取れません。", "item {0} has usage {1}, which cannot be decoded.",
        "DISPLAY、COMP、COMP-3、COMP-5、NATIONALのいずれかにしてください。", "Use DISPLAY, COMP, COMP-3, COMP-5 or NATIONAL.")
    case .copybookMeaning:
      .init(
        "項目 {0} は {1} です。必要なもの: {2}。", "item {0} is {1}; what is said of it needs {2}.",
        "types（コマンドでは --type、--length-of）か、コピー句を直してください。",
        "Correct `types` (in commands --type, --length-of), or the copybook.")
    case .gaijiTable:
      .init(
        "外字表の行が正しくありません。必要なもの: {0}。", "a line of the table of user-defined characters is not right; needed: {0}.",
        "外字表を直してください。列は code、unicode、class です。文字集合に元からある文字を置き換える行には replaces も書きます。",
        "Correct the table; its columns are code, unicode and class, and replaces where a line takes the place of a character that the set has."
      )
    case .decodeOrphan:
      .init(
        "親のレコードが前にありません。", "no record before it is its parent.",
        "レコードの並びと --child を確かめてください。", "Check the order of the records, and --child.")
    case .recordAbsent:
      .init(
        "このレコードはありません。ファイルのレコード数: {0}。", "there is no such record; the file has {0}.",
        "--record または --range の番号を直してください。", "Correct the number in --record or --range.")
    case .optionValue:
      .init(
        "指定「{0}」は使えません。使えるもの: {1}。", "{0} cannot be used; possible: {1}.",
        "指定を直してください。", "Correct the option.")
    case .copybookText:
      .init(
        "コピー句の文字コードがUTF-8でもシフトJIS(Windows-31J)でもありません。", "the copybook is neither UTF-8 nor Windows-31J (Shift_JIS).",
        "UTF-8に変換してください。", "Convert it to UTF-8.")
    case .copybookColumns:
      .init(
        "項目 {0} までの項目と反復が多すぎます(上限 {1})。", "up to item {0} there are too many items and occurrences (limit {1}).",
        "コピー句のOCCURSを確かめてください。", "Check the OCCURS of the copybook.")
    case .copybookGroup:
      .init(
        "{0} は再定義（REDEFINES）の項目ではありません。近い名前: {1}。", "{0} is no item that redefines or is redefined; nearest: {1}.",
        "選択条件の集団項目名を直してください。", "Correct the group's name in the rule.")
    case .definitionOpen:
      .init(
        "定義ファイルを読めません: {0}。", "the definition file cannot be read: {0}.",
        "ファイル名と読取り権限を確かめてください。", "Check its name and permissions.")
    case .definitionCharset:
      .init(
        "UTF-8でないバイト、または失われた文字(U+FFFD)があります: X'{0}'。",
        "there are bytes that are no UTF-8, or a character that was lost (U+FFFD): X'{0}'.",
        "UTF-8で保存してください（Excelでは「CSV UTF-8」）。U+FFFDは元の文字に戻してください。",
        "Save it as UTF-8 (in Excel “CSV UTF-8”); put the right character in place of U+FFFD.")
    case .definitionYAML:
      .init(
        "YAMLとして解釈できません: {0}。", "this is not valid YAML: {0}.",
        "字下げ、コロン、引用符を確かめてください。", "Check indentation, colons and quotes.")
    case .definitionKey:
      .init(
        "「{0}」という項目はありません。使える項目: {1}。", "there is no key “{0}” here; known keys: {1}.",
        "つづりを直すか、その行を消してください。", "Correct the spelling or remove the line.")
    case .definitionExpected:
      .init(
        "{0} は{1}件ですが、expected には{2}と書かれています。", "there are {1} of {0}, and `expected` says {2}.",
        "失われた行や定義がないか確かめてください。正しく増減したのなら、判定基準のファイルの expected を直してください。",
        "See that no row and no definition is lost; where it is right, correct `expected` of the gates' file.")
    case .draftFolder:
      .init(
        "すでにあります。", "it exists already.",
        "上書きはしません。まだないフォルダを -o で指定してください。", "Nothing is overwritten: name a folder with -o that does not exist yet.")
    case .draftStatement:
      .init(
        "「{0}」は読み取れないため、下書きに入れていません。", "“{0}” is not understood and is left out of the draft.",
        "必要なら、下書きの schema に手で加えてください。", "Add it to the draft's schema by hand if it is needed.")
    case .draftData:
      .init(
        "このコピー句のデータがありません（{0}）。", "there is no data for this copybook ({0}).",
        "--copybook コピー句=ファイル と指定してください。ヘッダ・トレーラのコピー句は、ほかのファイルの最初と最後のレコードに合わせます。",
        "Write --copybook COPYBOOK=FILE. A copybook of headers and trailers is tried on the first and last records of the other files."
      )
    case .draftTables:
      .init(
        "移行先の表が一つもありません。", "there is no table of the new system.",
        "表の定義（CREATE TABLE）のファイルか、表の見えるデータベースを指定してください。データベースでは、スキーマ（?schema=NAME）と、接続した人がそれを使う権限を確かめてください。",
        "Name a file with CREATE TABLE, or a database in which tables can be seen: see its schema (?schema=NAME), and whether the role may use it."
      )
    case .draftFormat:
      .init(
        "コピー句のレコード長 {0} バイトでは、レコードに分けられません（{1}）。",
        "its records cannot be told apart with the copybook's {0} bytes ({1}).",
        "--record-format で形式を、length=N で長さを指定するか、コピー句が正しいか確かめてください。",
        "Give --record-format, with length=N where it is another, or see whether this is the right copybook.")
    case .draftCharset:
      .init(
        "文字コードを一つに決められません（{0}）。", "its character set cannot be told ({0}).",
        "--copybook コピー句=ファイル:文字コード と指定してください。CSV は --charset か、レイアウトの charset で指定し、UTF-16 のものは UTF-8 に直してください。",
        "Write --copybook COPYBOOK=FILE:CHARSET. For a CSV give --charset, or `charset` in its layout; convert UTF-16 to UTF-8."
      )
    case .draftKind:
      .init(
        "レコードの種別を表す項目が見つかりません（{0}）。", "no item tells the kind of a record ({0}).",
        "先頭付近に、値が数種類の項目があるか確かめてください。", "See whether an item near the beginning has a few values.")
    case .draftFit:
      .init(
        "このコピー句では、種別 {0} の値の {1} が読めません（最初は項目 {2}）。",
        "{1} of the values of kind {0} cannot be read through this copybook (first the item {2}).",
        "コピー句、レコードの長さ、文字コードがこのファイルのものか確かめてください。",
        "See whether copybook, record length and character set are those of this file.")
    case .draftGone:
      .init(
        "下書きの一覧の「{0}」は、もう定義にありません。", "“{0}” of the list of drafts is no longer in the definitions.",
        "一覧からその行を消すか、定義に合わせて直してください。", "Take the line out of the list, or correct its name.")
    case .draftLine:
      .init(
        "draft と書かれた項目は、下書きの一覧に {0} の行が必要です。", "a column written as `draft` needs the line {0} in the list of drafts.",
        "プロジェクトの drafts で一覧の CSV を指定し、その行を加えるか、対応を式で書いてください。",
        "Name the CSV with `drafts` in the project and add the line, or write the mapping as an expression.")
    case .registerPending:
      .init(
        "一覧 {0} は、登録簿に入った内容と違います。", "the list {0} differs from what the registers have of it.",
        "次に記録する操作（run、items answer など）で登録されます。",
        "The next command that enters something (run, items answer …) enters it.")
    case .definitionMissing:
      .init(
        "「{0}」がありません。", "“{0}” is missing.",
        "項目を書き加えてください。", "Add it.")
    case .definitionValue:
      .init(
        "「{0}」は使えません。必要なもの: {1}。", "found “{0}”, expected {1}.",
        "値を直してください。", "Correct the value.")
    case .definitionEdit:
      .init(
        "ここの「{0}」は、コメントや書き方を残したまま書き換えられません。", "“{0}” cannot be replaced here without changing what stands beside it.",
        "定義ファイルのこの行を手で直してください。何も変更していません。",
        "Correct this line of the definition file by hand. Nothing has been changed.")
    case .targetReference:
      .init(
        "この移行先の指定は使えません。", "this target reference is not understood.",
        "sqlite:PATH、postgres://USER@HOST/DATABASE、csv:フォルダ（読むだけ）の形で指定してください。パスワードの @ / : などは %40 のように書きます。",
        "Use sqlite:PATH, postgres://USER@HOST/DATABASE, or csv:FOLDER, which is only read; in a password @, / and the like are written as %40."
      )
    case .targetOpen:
      .init(
        "移行先を開けません: {0}。", "the target cannot be opened: {0}.",
        "置き場所(フォルダまたはサーバー)、権限、空き容量を確かめてください。",
        "Check its folder or server, permissions and free space.")
    case .targetOccupied:
      .init(
        "移行先の表 {0} に既に行があります。", "table {0} of the target already holds rows.",
        "空の移行先を指定するか、中断した実行の続きなら --resume を付けてください。他で移行済みなら reconcile を使ってください。",
        "Name an empty target, or add --resume to continue an interrupted run; to verify a loaded target use reconcile."
      )
    case .targetTable:
      .init(
        "移行先に表 {0} の列 {1} がありません。", "the target has no table {0} with column {1}.",
        "移行先のスキーマを定義の schema と照らしてください。", "Compare the target with the schema of the definitions.")
    case .targetLacks:
      .init(
        "移行先にない表・列が{0}件あります: {1}（×2 は二つある）。定義にない表・列: {2}。",
        "the target lacks {0} tables and columns: {1} (×2 is there twice). In no definition: {2}.",
        "移行先のスキーマを定義の schema と照らしてください。", "Compare the target with the schema of the definitions.")
    case .targetTwice:
      .init(
        "移行先の表 {0} に同じものが二つあります: {1}。", "table {0} of the target has the same twice: {1}.",
        "どちらが正しいかを確かめ、もう一方を除いてください。", "Find out which is right, and take the other away.")
    case .targetReadonly:
      .init(
        "この移行先は読むだけで、行を書けません。", "this target can only be read; no rows can be loaded into it.",
        "検証は reconcile で行います。run には sqlite:PATH か postgres://… を指定してください。",
        "Use reconcile to verify it; for run name sqlite:PATH or postgres://….")
    case .targetWrite:
      .init(
        "移行先に書けません({0}): {1}。", "the target cannot be written ({0}): {1}.",
        "原因を除いてから --resume で再開してください。読込み済みの分は保たれています。",
        "Remove the cause, then go on with --resume; what was committed is kept.")
    case .targetRow:
      .init(
        "移行先の表 {0} は行({2})を受け付けません。列 {1}: {3}。", "table {0} of the target refuses the row {2}. Column {1}: {3}.",
        "移行先の定義(schema)か項目変換を直し、新しい移行先で実行してください。",
        "Correct the schema or the mapping, then run with a new target.")
    case .targetRead:
      .init(
        "移行先の表 {0} を読めません: {1}。", "table {0} of the target cannot be read: {1}.",
        "移行先の状態を確かめ、もう一度実行してください。", "Check the target and run again.")
    case .diffScratch:
      .init(
        "一時ファイルに書けません: {0}。",
        "the temporary file cannot be written: {0}.",
        "空きのあるフォルダーを環境変数 TMPDIR に指定し、もう一度実行してください。",
        "Name a folder with room in the environment variable TMPDIR and run again."
      )
    case .diffUnsteady:
      .init(
        "読み直したところ、中身が初めと違います。",
        "read again, a side has other rows than before.",
        "比較の間、データに書き込まれないようにして、もう一度実行してください。",
        "See that nothing writes to the data during the comparison, and run again."
      )
    case .diffColumn:
      .init(
        "項目 {0} は、どちらの側にもありません。近い名前: {1}。",
        "column {0} is on neither side; near: {1}.",
        "項目名を直してください。",
        "Correct the name."
      )
    case .diffOnesided:
      .init(
        "項目 {0} が {1} にありません。",
        "column {0} is not in {1}.",
        "比べない項目は --ignore {2} で指定し、名前や形の違う項目は --map で対応づけてください。",
        "Leave columns out with --ignore {2}, or say with --map which belong together."
      )
    case .diffTypes:
      .init(
        "項目 {0} は型が違い、比べられません(左 {1}、右 {2})。",
        "column {0} has types that cannot be compared (left {1}, right {2}).",
        "--map で type を指定してください。",
        "Say with --map as which type they are compared."
      )
    case .diffKey:
      .init(
        "キー項目 {0} には許容差を指定できません。",
        "key column {0} cannot have a tolerance.",
        "許容差を外すか、別のキーを指定してください。",
        "Drop the tolerance, or name another key."
      )
    case .datasetReference:
      .init(
        "データの参照を読めません。",
        "the reference to a dataset is not understood.",
        "FILE.csv、FILE.tsv、FILE.ndjson(.gz 可)、sqlite:PATH?table=T、postgres://…?table=T、legacy:FILE?copybook=CPY、PROJECT.yaml:業務.データ のいずれかで指定してください。",
        "Use FILE.csv, FILE.tsv, FILE.ndjson (also .gz), sqlite:PATH?table=T, postgres://…?table=T, legacy:FILE?copybook=CPY or PROJECT.yaml:SUBSYSTEM.DATASET."
      )
    case .datasetParameter:
      .init(
        "参照の指定 {0} は使えません。使えるもの: {1}。",
        "the reference has no parameter {0}; it has: {1}.",
        "参照を直してください。",
        "Correct the reference."
      )
    case .datasetColumns:
      .init(
        "{0}番目の項目名「{1}」が空か、重なっています。",
        "the name of column {0}, “{1}”, is empty or occurs twice.",
        "見出し行か問合せの項目名を直してください。",
        "Correct the header, or the names in the query."
      )
    case .datasetFields:
      .init(
        "値が{0}個ありますが、見出しは{1}個です。途中で切れているか、区切り文字が違います。",
        "it has {0} values, the header has {1}: it is cut off, or the delimiter is another.",
        "データを作り直すか、?delimiter= で区切り文字を指定してください。",
        "Make the file again, or name the delimiter with ?delimiter=."
      )
    case .datasetQuote:
      .init(
        "引用符が閉じていないか、閉じた後に文字が続いています。",
        "a quotation mark is not closed, or something follows it.",
        "ファイルが途中で切れていないか確かめてください。引用符を使わないファイルなら ?quotes=none を付けてください。",
        "See whether the file is cut off; where marks enclose nothing, add ?quotes=none."
      )
    case .datasetCharset:
      .init(
        "文字コード {0} では読めないバイトがあります: X'{1}'。",
        "there are bytes that are none of the character set {0}: X'{1}'.",
        "?charset=windows-31j（または euc-jp、utf-16le）のように文字コードを指定してください。UTF-8のはずなら、データが壊れています。",
        "Name the character set, as in ?charset=windows-31j (or euc-jp, utf-16le). If it should be UTF-8, the data are damaged."
      )
    case .datasetCode:
      .init(
        "文字コード {0} にないコードがあります: X'{1}'。", "there is a code that {0} does not have: X'{1}'.",
        "文字コードの指定が違うか（windows-31j、euc-jp、utf-16le）、①などの機種依存文字か、データの破損です。作成元に確かめてください。",
        "Either the set is another (windows-31j, euc-jp, utf-16le), or it is a maker's own character (such as ①), or the data are damaged: ask its maker."
      )
    case .datasetLarge:
      .init(
        "1行が{0}を超えています。",
        "a row has more than {0}.",
        "引用符の閉じ忘れか、改行のないファイルでないか確かめてください。",
        "See whether a quotation mark is left open or the file has no line ends."
      )
    case .datasetLastLine:
      .init(
        "最後の行に改行がありません。途中で切れていないか確かめてください。",
        "the last line has no line end.",
        "作成元の件数と比べてください。",
        "See that the file is whole: compare its rows with what its maker says."
      )
    case .datasetJSON:
      .init(
        "JSONとして読めません: {0}。",
        "it is no JSON that can be compared: {0}.",
        "1行に1つ、入れ子のないオブジェクトを置いてください。",
        "Write one flat object a line."
      )
    case .datasetQuery:
      .init(
        "問合せを実行できません: {0}。",
        "the query cannot be run: {0}.",
        "表と項目の名前、SQLを確かめてください。",
        "Check the names of tables and columns, and the SQL."
      )
    case .datasetProject:
      .init(
        "プロジェクトにデータ {0} がありません。あるもの: {1}。",
        "the project has no dataset {0}; it has: {1}.",
        "参照を直してください。",
        "Correct the reference."
      )
    case .targetNul:
      .init(
        "表 {0} の列 {1} に入る文字列({2}件目のレコード)に文字 U+0000 があり、PostgreSQL は格納できません。",
        "the text for column {1} of table {0} (record {2}) has the character U+0000, which PostgreSQL cannot store.",
        "項目変換で取り除くか置き換えてから、新しい移行先で実行してください。",
        "Remove or replace it in the mapping, then run with a new target.")
    case .targetName:
      .init(
        "表 {0} の名前「{1}」は{2}バイトで、PostgreSQL の上限63バイトを超えます。",
        "the name “{1}” of table {0} has {2} bytes; PostgreSQL takes 63.",
        "スキーマの名前を短くしてください。", "Choose a shorter name in the schema.")
    case .datasetRejected:
      .init(
        "却下されたレコードが{0}件あり、その行は比較に入りません。",
        "{0} records were rejected: their rows are not compared.",
        "totsugo run の結果で却下の理由を確かめてください。",
        "See in the answer of `totsugo run` why."
      )
    case .datasetUnit:
      .init(
        "UTF-16の文字の途中で切れているか、対になっていないコードがあります: X'{0}'。",
        "it is cut off within a character of UTF-16, or half of a pair stands alone: X'{0}'.",
        "データを作り直してください。", "Make the file again.")
    case .datasetGaiji:
      .init(
        "外字 X'{0}' があります。", "there is a user-defined character (外字): X'{0}'.",
        "&gaiji=外字表.csv で読み方を指定してください。表にあるのに出るときは、その行を直してください。",
        "Name the city's table with &gaiji=TABLE.csv; where it is named, give this code a line in it.")
    case .datasetWide:
      .init(
        "1行目にX'00'があります。UTF-16のようです。", "the first line holds X'00': it looks like UTF-16.",
        "?charset=utf-16le（Windowsの多く）または utf-16be を指定するか、UTF-8に変換してください。",
        "Name ?charset=utf-16le (most of Windows) or utf-16be, or convert it to UTF-8.")
    case .datasetReturn:
      .init(
        "1行目に改行でないCR(X'0D')があります。行末がCRだけのファイルのようです。",
        "the first line holds CR (X'0D') that ends no line: the lines seem to end with CR alone.",
        "行末をLFまたはCRLFに変換してください。", "Convert the line ends to LF or CRLF.")
    case .datasetMark:
      .init(
        "UTF-16のバイト順マーク(BOM)がありません。", "there is no byte order mark of UTF-16.",
        "?charset=utf-16le（Windowsの多く）または utf-16be を指定してください。",
        "Name ?charset=utf-16le (most of Windows) or utf-16be.")
    case .datasetEnd:
      .init(
        "末尾にX'1A'（DOSなどのファイル終端）があります。レコードにも値にも数えません。",
        "it ends with X'1A' (the end mark of DOS and others): no record and no value.",
        "データの終わりまで届いているか、件数を作成元と比べてください。",
        "Compare its rows with what its maker says.")
    case .datasetAbsent:
      .init(
        "ほかの行にある名前が書かれていない行が{0}行あります。その値はNULLとして比べます。",
        "{0} rows leave out names that other rows have; the values count as null.",
        "省略がNULLの意味か、作成元に確かめてください。", "Make sure that its maker means null by that.")
    case .datasetNames:
      .init(
        "?columns= にない名前 {0} があります。", "there is a name that ?columns= does not have: {0}.",
        "?columns= に加えるか、指定を外してください（外せば全行の名前を集めます）。",
        "Add it to ?columns=, or leave the parameter out: then the names of all lines are gathered.")
    case .datasetLonger:
      .init(
        "レコードがレイアウトより{0}バイト長く、余りは比べられません。",
        "the record has {0} bytes more than the layout, which cannot be compared.",
        "コピー句に項目を補うか、レコード形式とOCCURSの反復数の項目を確かめてください。",
        "Add what is missing to the copybook, or see whether record format and DEPENDING ON are right.")
    case .datasetShorter:
      .init(
        "レイアウトより短いレコードが{0}件あります。ない項目はNULLとして比べます。",
        "{0} records are shorter than the layout; items they do not have count as null.",
        "末尾の空白が省かれているだけか確かめてください。", "Make sure that nothing but spaces was left out at their ends.")
    case .datasetEdges:
      .init(
        "start・end で読み飛ばした{0}バイトは比べていません。", "{0} bytes that start and end leave out are not compared.",
        "先頭と末尾の部分は、別に比べてください。", "Compare the beginning and the end of the file by themselves.")
    case .datasetPassed:
      .init(
        "規則により読み飛ばしたレコードが{0}件あり、比較に入りません。",
        "{0} records were passed over by rule and are not compared.",
        "レコード形式の指定（minimum など）を確かめてください。", "See the settings of the record format, such as minimum.")
    case .datasetOdd:
      .init(
        "読み替えた値があります: {0} {1}件。", "values were read although they are written oddly: {0}, {1} times.",
        "totsugo decode で該当のレコードを確かめてください。", "See which they are with `totsugo decode`.")
    case .datasetUnheld:
      .init(
        "選ばれた再定義や反復のどの項目にも入らないバイト（空白以外）を持つレコードが{0}件あり、その部分は比べられません。",
        "{0} records hold bytes, not blank, that are in no chosen redefinition and in no occurrence: these are not compared.",
        "choose の条件と、反復数の項目を確かめてください。", "See whether the conditions of choose and the DEPENDING ON items are right.")
    case .datasetExcluded:
      .init(
        "対応づけの除外規則により行にならないレコードが{0}件あり、比較に入りません。",
        "{0} records are excluded by rules of the mapping: they have no rows.",
        "除外の規則が正しいか確かめてください。", "See whether the rules are right.")
    case .datasetFiltered:
      .init(
        "where に合わないレコードが{0}件あり、比較に入りません。", "{0} records do not meet where and are not compared.",
        "残りも別に比べてください。", "Compare the others, too.")
    case .diffLimited:
      .init(
        "一覧は{0}件で打ち切りました(差異は{1}件)。", "the lists end after {0} of {1} differences.",
        "すべてが要るときは --limit を外してください。", "Leave --limit out to have all of them.")
    case .parallelEmpty:
      .init(
        "両側とも0行で、比べるものがありません。", "there is no row on either side, and nothing to compare.",
        "出力が空で正しい日は、マニフェストの処理に may-be-empty: true と書いてください。",
        "Where an empty output is right, write may-be-empty: true at the job.")
    case .parallelNone:
      .init(
        "並行稼働の日の記録がまだありません。", "no day of the parallel run has been entered yet.",
        "`totsugo parallel` で一日分の出力を突合してください。", "Compare the outputs of a day with `totsugo parallel`.")
    case .parallelSame:
      .init(
        "旧と新が同じファイルです: {0}。", "old and new are the same file: {0}.", "マニフェストの old と new を確かめてください。",
        "See to `old` and `new` of the manifest.")
    case .diffUnreadable:
      .init(
        "項目 {0} には{1}として読めない値があります(左{2}件、右{3}件)。左右とも同じ文字のときだけ同じとし、復号できない値は何とも同じとしていません。",
        "column {0} holds values that cannot be read as {1} ({2} on the left, {3} on the right); they are the same only where both texts are; what cannot be decoded is never the same.",
        "空欄なら ?null= で指定し、書き方の違いなら --map で type と normal を指定してください。",
        "Name blanks with ?null=; where it is a way of writing, say type and normal in --map.")
    case .datasetLegacy:
      .init(
        "旧ファイルの指定を読めません: {0}",
        "the parameters of the legacy file are not understood: {0}",
        "totsugo decode --help の選択肢を、copybook=… のように書いてください。",
        "Write the options of `totsugo decode` as in copybook=…."
      )
    case .diffKeyIgnored:
      .init(
        "キー項目 {0} は --ignore で外されています。",
        "key column {0} is left out by --ignore.",
        "どちらかを直してください。",
        "Change one of the two."
      )
    case .diffInterrupted:
      .init(
        "中断しました。書きかけの一覧は使えません。",
        "interrupted; lists that were begun are not whole.",
        "もう一度実行してください。",
        "Run it again."
      )
    case .diffTolerance:
      .init(
        "項目 {0} は数値ではないので、許容差を指定できません。",
        "column {0} holds no numbers: it cannot have a tolerance.",
        "許容差を外すか、--map で type: number を指定してください。",
        "Drop the tolerance, or say type: number in the map."
      )
    case .diffTwice:
      .init(
        "項目 {0} が二つあります。",
        "there are two columns named {0}.",
        "--map の項目名を変えるか、もとの項目を ignore で外してください。",
        "Give the map's column another name, or ignore the other."
      )
    case .fileOpen:
      .init(
        "ファイルを開けません: {0}。", "the file cannot be opened: {0}.",
        "ファイル名、置き場所、読取り権限を確かめてください。", "Check its name, folder and permissions.")
    case .fileOnce:
      .init(
        "このパイプは別の入力としてもう読み始めています。", "this pipe is being read as another input already.",
        "パイプの内容は一度しか読めません。ファイルに書き出して指定してください。",
        "A pipe gives its bytes once: write them to a file, and name that.")
    case .fileSpool:
      .init(
        "パイプの内容を一時ファイルに写せません: {0}。", "the pipe cannot be copied to a temporary file: {0}.",
        "TMPDIR に空きのあるフォルダを指定するか、ファイルに書き出して指定してください。",
        "Name a folder with room in TMPDIR, or write the data to a file and name that.")
    case .fileLarge:
      .init(
        "定義ファイルとしては大きすぎます(上限{0}MiB)。", "it is too large for a definition (at most {0} MiB).",
        "データのファイルを誤って指定していないか確かめてください。", "See whether a file of data was named by mistake.")
    case .fileChanged:
      .init(
        "読んでいる間に内容が変わりました。", "it was changed while it was read.",
        "作成や転送が終わってから、やり直してください。", "Wait until whatever writes it has ended, and start again.")
    case .fileEmpty:
      .init(
        "ファイルが空です。ヘッダとトレーラが必要です。", "the file is empty; at least a record is expected.",
        "抽出または転送をやり直してください。", "Repeat the extract or the transfer.")
    case .fileLength:
      .init(
        "末尾に{0}バイトの半端があります(レコード長{1}、ファイル{2}バイト)。",
        "{0} bytes are left over at the end (record length {1}, file size {2}).",
        "転送の途中切れ、またはレコード長の違いです。バイナリで転送し直し、コピー句のレコード長を確かめてください。",
        "The transfer was cut, or the record length is another: transfer it again in binary, and check the copybook.")
    case .fileRead:
      .init(
        "読取りに失敗しました: {0}。", "reading failed: {0}.",
        "ディスクとファイルの状態を確かめ、--resume で再開してください。", "Check the disk and the file, then go on with --resume.")
    case .frameFormat:
      .init(
        "レコード形式の「{0}」は使えません。使えるもの: {1}。", "the record format cannot have “{0}”; allowed: {1}.",
        "--record-format または定義ファイルの記述を直してください。", "Correct --record-format or the definition.")
    case .frameLength:
      .init(
        "ここからはレコードを読めません(X'{0}'、あるべき形: {1})。{2}バイトを飛ばしました。",
        "no record can begin with X'{0}' (expected {1}); {2} bytes were passed over.",
        "直前のレコードの長さも誤りかもしれません。バイナリで転送し直し、RDWの指定を確かめてください。",
        "The length of the record before may be wrong too. Transfer the file again in binary, and check what is said of the RDW."
      )
    case .frameBlock:
      .init(
        "ここからはブロックを読めません(X'{0}'、あるべき形: {1})。{2}バイトを飛ばしました。",
        "no block can begin with X'{0}' (expected {1}); {2} bytes were passed over.",
        "バイナリで転送し直し、BDWの指定を確かめてください。",
        "Transfer the file again in binary, and check what is said of the BDW.")
    case .frameSegment:
      .init(
        "スパンレコードのセグメント(種別{0})に続きまたは先頭がありません。{1}バイトを飛ばしました。",
        "a segment (code {0}) of a spanned record lacks the others; {1} bytes were passed over.",
        "抽出または転送をやり直してください。", "Repeat the extract or the transfer.")
    case .frameBlockCut:
      .init(
        "最後のブロックが途中で切れています（ブロックの見出しより{0}バイト少ない）。",
        "the last block is cut: {0} bytes that its header promises are not there.",
        "転送をやり直してください。", "Transfer the file again.")
    case .frameNothing:
      .init(
        "レコード形式の start・end を除くと何も残りません({0}バイト)。", "start and end of the record format leave nothing of its {0} bytes.",
        "レコード形式の指定を直してください。", "Correct the record format.")
    case .frameCut:
      .init(
        "最後のレコードが途中で切れています({0}バイト、あるべき長さ{1})。", "the last record is cut: {0} bytes are there, of {1}.",
        "転送をやり直してください。コピー句のレコード長も確かめてください。", "Transfer the file again, and check the length of the copybook.")
    case .frameInserted:
      .init(
        "余分な{0}バイトがここから{1}バイト目までの間に入り込んでいます。{2}バイトを飛ばして位置を合わせました。",
        "{0} bytes were inserted between here and byte {1}; {2} bytes were passed over, and records are in step again.",
        "このレコードを抽出元で確かめ、バイナリで転送し直してください。",
        "Check this record at its source, and transfer the file again in binary.")
    case .frameLineEnds:
      .init(
        "どのレコードの後ろにもX'{0}'があります。テキストとして転送されたファイルです。",
        "every record is followed by X'{0}': the file was transferred as text.",
        "バイナリで転送し直すか、F,length={1} を指定してください。テキスト転送では値の中のバイトも変わっているかもしれません。",
        "Transfer it again in binary, or use F,length={1}; a transfer as text may have changed bytes of values, too.")
    case .frameLost:
      .init(
        "{0}バイトがここから{1}バイト目までの間で失われています。{2}バイトを飛ばして位置を合わせました。",
        "{0} bytes were lost between here and byte {1}; {2} bytes were passed over, and records are in step again.",
        "このレコードを抽出元で確かめ、バイナリで転送し直してください。",
        "Check this record at its source, and transfer the file again in binary.")
    case .frameGzip:
      .init(
        "gzipの圧縮データが壊れているか、途中で切れています: {0}。", "the gzip data is corrupt or cut: {0}.",
        "転送をやり直してください。ここまでのレコードは正しく読めています。", "Transfer the file again. The records up to here are right.")
    case .frameLarge:
      .init(
        "レコードが{0}バイトを超えています。", "a record is longer than {0} bytes.",
        "--record-format を確かめてください。", "Check --record-format.")
    case .frameSeek:
      .init(
        "圧縮されているか、分割レコード(VS・VBS)のため、位置を指定して読めません。",
        "records have no place of their own: the file is compressed, or they are in segments (VS, VBS).",
        "展開するか、分割なしの形式で抽出し直してください。", "Unpack the file, or extract it again without segments.")
    case .outputWrite:
      .init(
        "出力に書けません: {0}。", "the output cannot be written: {0}.",
        "空き容量と書込み先を確かめてください。", "Check free space and where it goes.")
    case .workbookFormat:
      .init(
        "Excelブック(.xlsx)として読めません({0})。", "it cannot be read as an Excel workbook (.xlsx): {0}.",
        "Excelで開き、「Excelブック(*.xlsx)」として保存し直してください。",
        "Open it in Excel and save it again as an Excel workbook (*.xlsx).")
    case .workbookProtected:
      .init(
        "パスワードで保護されているか、古い形式(.xls)のファイルです。", "it is protected by a password, or in the old format (.xls).",
        "Excelでパスワードを外し、「Excelブック(*.xlsx)」として保存し直してください。",
        "Take off the password in Excel and save it as an Excel workbook (*.xlsx).")
    case .workbookLarge:
      .init(
        "展開すると{0}バイトになり、上限の{1}バイトを超えます。", "unpacked it has {0} bytes; the limit is {1}.",
        "不要なシートと書式を除いて保存し直してください。",
        "Remove what is not needed and save it again.")
    case .workbookSheet:
      .init(
        "シート「{0}」がありません。あるもの: {1}。", "there is no sheet “{0}”; it has: {1}.",
        "シートの名前を元に戻してください。",
        "Give the sheet its name back.")
    case .workbookLength:
      .init(
        "文字列が{0}文字あり、Excelの上限{1}文字を超えます。", "the text has {0} characters; Excel takes {1}.",
        "短くするか、分けてください。",
        "Shorten or divide it.")
    case .workbookCharacter:
      .init(
        "Excelに書けない文字 {0} があります。", "the text has the character {0}, which Excel cannot hold.",
        "その文字を取り除くか、置き換えてください。",
        "Remove or replace it.")
    case .workbookNumber:
      .init(
        "数値としてExcelに正しく書けません(15桁まで)。", "the number cannot be written as an exact number of Excel (15 digits).",
        "文字列として書いてください。",
        "Write it as text.")
    case .workbookSize:
      .init(
        "{0}行、{1}列は、シートの上限(1,048,576行、16,384列)を超えます。",
        "{0} rows and {1} columns are more than a sheet takes (1,048,576 and 16,384).",
        "シートを分けてください。",
        "Divide it among several sheets.")
    case .workbookName:
      .init(
        "シート名「{0}」は使えません。", "“{0}” cannot be the name of a sheet.",
        "31文字以内で、: \\ / ? * [ ] を含まず、他のシートと重ならない名前にしてください。",
        "Use up to 31 characters without : \\ / ? * [ ], unlike those of other sheets.")
    case .workbookWrite:
      .init(
        "ブックを書けません: {0}。", "the workbook cannot be written: {0}.",
        "空き容量と書込み先の権限を確かめてください。ファイルをExcelで開いていれば閉じてください。",
        "Check free space and permissions; close the file if Excel has it open.")
    case .decodeInvalid:
      .init(
        "値が不正です: {0} (X'{1}')。", "invalid value: {0} (X'{1}').",
        "コピー句と --charset を確かめ、正しければ抽出元でデータを直してください。",
        "Check the copybook and --charset; if they are right, mend the data at their source.")
    case .decodeShifted:
      .init(
        "値が不正です: {0} (X'{1}')。", "invalid value: {0} (X'{1}').",
        "漢字の混じる項目なら --type {2}=mixed を指定してください。そうでなければコピー句と --charset を確かめてください。",
        "If the item holds kanji between shift codes, use --type {2}=mixed; else check the copybook and --charset.")
    case .decodeShiftedItem:
      .init(
        "{0}: シフトコードのある値が{1}件あります。", "{0}: {1} value(s) with shift codes.",
        "漢字の混じる項目なら --type {0}=mixed を指定してください。",
        "If the item holds kanji between them, use --type {0}=mixed.")
    case .fileHeader:
      .init(
        "先頭のレコードがヘッダ({0})ではありません(種別のバイト: {1})。", "the first record is no header ({0}); its kind bytes are {1}.",
        "抽出をやり直してください。このファイルは移行されていません。", "Repeat the extract. Nothing of this file was migrated.")
    case .fileTrailer:
      .init(
        "末尾のレコードがトレーラ({0})ではありません(種別のバイト: {1})。転送が途中で切れています。",
        "the last record is no trailer ({0}); its kind bytes are {1}: the transfer was cut.",
        "転送をやり直してください。このファイルは移行されていません。", "Transfer it again. Nothing of this file was migrated.")
    case .fileColumnUnknown:
      .init(
        "1行目の{1}列目の名前「{0}」はレイアウトにありません。", "the name “{0}” in column {1} of the first line is not in the layout.",
        "レイアウトのitemsに加えるか、抽出をやり直してください。このファイルは移行されていません。",
        "Add it to the layout's items, or repeat the extract. Nothing of this file was migrated.")
    case .fileColumnTwice:
      .init(
        "1行目の名前「{0}」が{1}列目にもう一度あります。", "the name “{0}” is in the first line again, in column {1}.",
        "どちらが正しい列かを確かめて、抽出をやり直してください。このファイルは移行されていません。",
        "Find out which column is right, and repeat the extract. Nothing of this file was migrated.")
    case .fileColumnMissing:
      .init(
        "1行目に名前「{0}」がありません。", "the name “{0}” is not in the first line.",
        "レイアウトのheaderとitemsを確かめるか、抽出をやり直してください。このファイルは移行されていません。",
        "Check `header` and `items` of the layout, or repeat the extract. Nothing of this file was migrated.")
    case .fileColumnOrder:
      .init(
        "1行目の名前の順が、一緒に読む {0} と違います。", "the names of the first line are not in the order of {0}, with which it is read.",
        "同じ順で抽出をやり直してください。このファイルは移行されていません。",
        "Repeat the extract in the same order. Nothing of this file was migrated.")
    case .frameQuote:
      .init(
        "引用符が閉じられないままファイルが終わっています({0}バイト)。",
        "the file ends within quotes that were opened here; {0} bytes are in them.",
        "セルの中の引用符は二重に書きます。抽出をやり直してください。", "Quotes within a cell are doubled. Repeat the extract.")
    case .fieldDisposition:
      .init(
        "種別 {1} の項目 {0} に行き先がありません。", "field {0} of kind {1} has no disposition.",
        "移行先の列に写すか、検査で使うか、drop に理由を書いてください。", "Map it, use it in a check, or give a reason under `drop`.")
    case .fieldUnknown:
      .init(
        "項目 {0} はコピー句 {1} にありません。", "there is no field {0} in copybook {1}.",
        "「{2}」ではありませんか。", "Did you mean “{2}”?")
    case .fieldHidden:
      .init(
        "項目 {0} はコピー句 {1} にありますが、どの種別の項目でもありません(集団項目か、どの種別も選ばない再定義の中)。",
        "{0} stands in copybook {1}, but is an item of no kind (a group, or in a redefinition that no kind chooses).",
        "集団の中の項目を書くか、choose でその再定義を選ぶか、その行を消してください。",
        "Name the items in the group, or choose the redefinition, or remove the line.")
    case .nameAmbiguous:
      .init(
        "「{0}」は複数あります({1} の中)。", "“{0}” stands in several places: {1}.",
        "どれかを書いてください: {2}。", "Write which one is meant: {2}.")
    case .fieldDropped:
      .init(
        "項目 {0} は drop に書かれていますが、使われています。", "field {0} is under `drop`, but it is used.",
        "drop から外してください。", "Remove it from `drop`.")
    case .variantUnchosen:
      .init(
        "種別 {0} は {1} のうち1つを choose で選ぶ必要があります。", "kind {0} must choose exactly one of {1}.",
        "choose に書いてください。", "Name it under `choose`.")
    case .columnsAsKey:
      .init(
        "検査 {0} は表 {1} の全項目をキーにしています。違いがあっても、どの項目かはわかりません。",
        "the check {0} has all columns of table {1} as its key: a difference does not say which column.",
        "equal-columns 検査にすると、項目と両方の値が出ます。", "An `equal-columns` check names the column with both values.")
    case .columnUnchecked:
      .init(
        "表 {0} の項目 {1} を比べる検査がありません。", "no check compares the column {1} of table {0}.",
        "rebuilt検査の items に加えるか、この項目を比べる検査を書いてください。",
        "Name it under `items` of a `rebuilt` check, or write a check that compares it.")
    case .columnUnmapped:
      .init(
        "表 {0} の列 {1} に値がありません。", "column {1} of table {0} gets no value.",
        "columns に式を書いてください。", "Add an expression under `columns`.")
    case .checkDuplicate:
      .init(
        "検査番号 {0} が2度使われています。", "the check id {0} is used twice.",
        "番号を変えてください。", "Change one of them.")
    case .workspaceWrite:
      .init(
        "作業場所に書けません: {0}。", "the workspace cannot be written: {0}.",
        "空き容量と権限を確かめてください。", "Check free space and permissions.")
    case .workspaceBusy:
      .init(
        "この作業場所では別の実行が動いています。", "another run is using this workspace.",
        "その終了を待つか、--workspace で別の場所を指定してください。", "Wait for it to end, or name another with --workspace.")
    case .workspaceEmpty:
      .init(
        "作業場所に実行の記録がありません。", "the workspace holds no run.",
        "先に totsugo run を実行してください。", "Run `totsugo run` first.")
    case .workspaceUnfinished:
      .init(
        "{0}は未完了です。台帳に始まりの記載はありますが、終わりの記載がありません。",
        "{0} is unfinished: the ledger has the entry of its beginning, and none of its end.",
        "実行は --resume で続けるか、もう一度実行してください。並行稼働の日は、もう一度比べてください。",
        "Go on with the run by --resume, or run again; compare the day of the parallel run again.")
    case .workspaceUnreadable:
      .init(
        "実行の証跡を読めません。壊れているか、別の版のtotsugoで書かれています。",
        "the evidence of a run cannot be read: it is damaged, or another version of totsugo wrote it.",
        "控えから戻してください。別の版のものなら、その実行のフォルダーを作業場所の外へ移し、もう一度 totsugo run を実行してください。",
        "Put it back from a copy. If another version wrote it, move the folder of that run out of the workspace and run again."
      )
    case .gateUnknown:
      .init(
        "判定「{0}」は定義されていません。", "there is no gate “{0}”.",
        "使える名前: {1}。", "Known gates: {1}.")
    case .signatureUnknown:
      .init(
        "群 {0} の不一致は実行 {1} にありません。", "run {1} has no differences of the signature {0}.",
        "`totsugo differences list` で不一致群番号を確かめてください。近いもの: {2}",
        "See `totsugo differences list`. Near: {2}")
    case .causeUnknown:
      .init(
        "原因「{0}」は最新の実行にありません。", "the latest run has no cause “{0}”.",
        "`totsugo causes list` で番号を確かめてください。近いもの: {1}", "See `totsugo causes list`. Near: {1}")
    case .causeAssigned:
      .init(
        "原因「{0}」は、すでに課題 {1} になっています。", "cause “{0}” is issue {1} already.",
        "`totsugo issues update` で担当や期限を変えてください。", "Change its owner or due date: `totsugo issues update`.")
    case .causeShared:
      .init(
        "原因「{0}」には不一致がないか、同じ群の不一致がほかの原因（{1}）にもあります。",
        "cause “{0}” has no differences, or other causes ({1}) have differences of the same signature.",
        "`totsugo differences classify` で、不一致群番号とキーを指定して分類してください。",
        "Classify them by signature and key: `totsugo differences classify`.")
    case .itemProven:
      .init(
        "確認事項「{0}」は検査が証跡です。人の確認では済みません。", "item “{0}” is proven by checks; a person's word does not settle it.",
        "検査が合格するように直して、もう一度実行してください。", "Mend what its checks found and run again.")
    case .compareNothing:
      .init(
        "比べられる実行が2回分ありません。", "there are not yet two completed runs to compare.",
        "totsugo run をもう一度実行してください。", "Run `totsugo run` again.")
    case .reportChromium:
      .init(
        "PDFを作れません(Chromium: {0})。", "the PDF cannot be made (Chromium: {0}).",
        "Debianの chromium と fonts-noto-cjk を入れるか、--to html を使ってください。",
        "Install Debian's chromium and fonts-noto-cjk, or use --to html.")
    case .reportPaper:
      .init(
        "「{0}」という報告書はありません。使えるもの: {1}。", "there is no paper “{0}”; possible: {1}.",
        "`totsugo list papers` で名前を確かめてください。", "See `totsugo list papers`.")
    case .registerUnknown:
      .init(
        "「{0}」は登録簿（{1}）にありません。", "there is no “{0}” in the register ({1}).",
        "list で番号を確かめてください。近いもの: {2}", "See `list` for the numbers. Near: {2}")
    case .registerExists:
      .init(
        "「{0}」は既に登録されています。", "“{0}” is there already.",
        "別の番号を使うか、既にあるものを変更してください。", "Take another number, or change the one that is there.")
    case .registerTransition:
      .init(
        "状態「{0}」では「{1}」はできません。できる状態: {2}。", "in state “{0}” it cannot be done: “{1}”; states in which it can: {2}.",
        "いまの状態を show で確かめ、順番どおりに進めてください。", "See its state with `show`, and go on in the order of the states.")
    case .registerMissing:
      .init(
        "必要な内容がないか、正しくありません: {0}。", "what is needed is missing or cannot be: {0}.",
        "示された内容を添えて、もう一度実行してください。", "Say it and run again.")
    case .registerList:
      .init(
        "一覧「{0}」はこの台帳にない種類です。使えるもの: {1}。", "the list “{0}” is of no kind that there is: {1}.",
        "ファイル名を直すか、フォルダから外してください。", "Correct the file's name, or take it out of the folder.")
    case .itemWithdrawn:
      .init(
        "この確認事項は取り下げられています（{0}）。", "the item has been withdrawn ({0}).",
        "定義の一覧に戻してから操作してください。", "Put it back into the list of the definitions first.")
    case .itemImport:
      .init(
        "「{0}」は受け付けられません。使えるもの: {1}。", "“{0}” cannot be taken; possible: {1}.",
        "表計算のこのセルを直して、もう一度取り込んでください。何も変更していません。", "Correct this cell and import again. Nothing has been changed.")
    case .itemImportColumn:
      .init(
        "列「{0}」がありません。", "there is no column “{0}”.",
        "書き出した表の見出しを残してください。何も変更していません。",
        "Keep the headings of the exported table. Nothing has been changed.")
    case .itemConflict:
      .init(
        "書き出した後に、この項目は{0}が{1}に変更しました。", "since the export, {0} changed this on {1}.",
        "もう一度書き出して、変更をそこに写してください。何も変更していません。", "Export again and carry your change over. Nothing has been changed.")
    case .itemReadOnly:
      .init(
        "この列は取り込みでは変えられません（今の値「{0}」）。", "this column cannot be changed by an import (it holds “{0}”).",
        "元の値に戻すか、定義の一覧を直してください。何も変更していません。",
        "Put the old value back, or correct the list of the definitions. Nothing has been changed.")
    case .draftMissing:
      .init(
        "この列にはまだ変換式がありません。", "this column has no expression yet.",
        "式を書いてから確認してください。移行しない列は null と書きます。", "Write its expression first; a column that is not migrated has `null`.")
    case .mappingTest:
      .init(
        "項目変換の試験: 結果は「{0}」、期待は「{1}」です。", "test of the mapping: found “{0}”, expected “{1}”.",
        "項目変換と試験のどちらが正しいかを確かめて、誤っているほうを直してください。", "See which of mapping and test is right, and correct the other.")
    case .mappingConflict:
      .init(
        "書き出した後に変わっています。今は「{0}」です。", "it has changed since the export, and reads “{0}” now.",
        "もう一度書き出して、変更をそこに写してください。何も変更していません。", "Export again and carry your change over. Nothing has been changed.")
    case .decisionRefused:
      .init(
        "判定結果は {0} です。この結果で記録できる決定: {1}。", "the criteria come to {0}; decisions that it carries: {1}.",
        "不足を解消するか、適用除外を承認してから、もう一度判定してください。", "Settle what is open, or have it waived, and judge again.")
    case .gateAssume:
      .init(
        "仮定「{0}」は解釈できません。形式: {1}。", "the assumption “{0}” cannot be read; its form: {1}.",
        "--assume を直してください。", "Correct --assume.")
    case .ledgerDatabase:
      .init(
        "台帳を読み書きできません: {0}。", "the ledger cannot be read or written: {0}.",
        "ファイルの権限と空き容量を確かめてください。壊れているときは ledger.sqlite と ledger.sqlite-journal を別の場所へ移し、控えから、控えた時にあった両方を戻してください。一方だけを戻してはいけません。",
        "Check permissions and space. If it is damaged, move ledger.sqlite and ledger.sqlite-journal elsewhere, and put back from the copy what was there of both when it was made; never one of them alone."
      )
    case .ledgerJournal:
      .init(
        "台帳への書込みが途中で終わっており、ここからは元に戻せません: {0}。",
        "a write into the ledger ended half-way, and cannot be taken back from here: {0}.",
        "このファイルは台帳の一部です。消さず、ledger.sqlite と離さないでください。作業場所に書き込める人が totsugo ledger verify などを一度実行すれば、台帳は直ります。",
        "This file is part of the ledger: do not delete it, and keep it beside ledger.sqlite. Let someone who may write in the workspace run any command once, as `totsugo ledger verify`: that mends the ledger."
      )
    case .ledgerBusy:
      .init(
        "ほかの処理が台帳を使っています。", "another process is using the ledger.",
        "少し待って、もう一度実行してください(run は --resume を付けて)。記録は一部も入っていません。",
        "Wait a moment and run again (a run with --resume). Nothing of it has been entered.")
    case .ledgerLong:
      .init(
        "文字列が長すぎます({0}文字。上限は{1}文字)。", "the text has {0} characters; the limit is {1}.",
        "Excel のセルに入る長さにしてください。長いものはファイルにして、その場所を書いてください。",
        "Keep to what a cell of Excel takes; put what is longer into a file, and say where it is.")
    case .ledgerClock:
      .init(
        "時計（{0}）が最後の記載（{1}）より前です。", "the clock ({0}) stands before the last entry ({1}).",
        "計算機の日時を直してください。時計が正しく記載の日時が誤りなら、totsugo ledger clock に氏名と理由を添えて記録してください。何も変更していません。",
        "Set the computer's clock. If it is right, and the entry's time is wrong, say so by name and reason with `totsugo ledger clock`. Nothing has been changed."
      )
    case .ledgerJump:
      .init(
        "時計（{0}）が最後の記載（{1}）より{2}日以上後です。", "the clock ({0}) stands more than {2} days behind the last entry ({1}).",
        "計算機の日時を確かめてください。正しければ、totsugo ledger clock に氏名と理由を添えて記録してください。何も変更していません。",
        "Look at the computer's clock. If it is right, say so by name and reason with `totsugo ledger clock`. Nothing has been changed."
      )
    case .ledgerClockRight:
      .init(
        "時計（{0}）は最後の記載（{1}）と矛盾しません。訂正するものはありません。",
        "the clock ({0}) agrees with the last entry ({1}): there is nothing to correct.",
        "そのまま記録できます。何も変更していません。", "Enter what is to be entered. Nothing has been changed.")
    case .ledgerControl:
      .init(
        "制御文字 {0} は台帳に記録できません: {1}。", "the control character {0} cannot be entered into the ledger: {1}.",
        "その文字を消して、もう一度実行してください。何も変更していません。", "Take the character out and run again. Nothing has been changed.")
    case .ledgerCut:
      .init(
        "登録簿が記載 {0} に基づいていますが、台帳は記載 {1} で終わっています。末尾が切り取られています。",
        "the register rests on entry {0}, but the ledger ends at entry {1}: its tail was cut off.",
        "作り直すと、その跡が消えます。控えの台帳と照らして原因を調べてください。何も変更していません。",
        "To make it anew would wipe out the trace. Compare with a copy of the ledger and find the cause. Nothing has been changed."
      )
    case .ledgerWithdraw:
      .init(
        "記載「{0}」は取り消せません。取り消せるもの: {1}。", "the entry “{0}” cannot be withdrawn; possible: {1}.",
        "確認事項は items reopen、課題は issues reopen、要因分類は differences classify で改め、実行はやり直してください。",
        "Send an item back with `items reopen`, an issue with `issues reopen`, say a class anew with `differences classify`, run again."
      )
    case .ledgerWithdrawOrder:
      .init(
        "記載 {0} は、後の記載 {1} の元になっています。", "entry {0} is what the later entry {1} rests on.",
        "先に後の記載を取り消してください: totsugo ledger withdraw … {1}。", "Withdraw that one first: `totsugo ledger withdraw … {1}`.")
    case .ledgerTampered:
      .init(
        "台帳と登録簿が合いません: {0}。", "the ledger and its registers do not agree: {0}.",
        "totsugo ledger verify で場所を確かめ、控えと照らしてください。登録簿は totsugo ledger rebuild で記載から作り直せます。",
        "Find the place with `totsugo ledger verify`, and compare with a copy. `totsugo ledger rebuild` makes registers anew from the entries."
      )
    case .ledgerFourEyes:
      .init(
        "{0}は自分が行ったことを承認できません。", "{0} cannot approve what {0} did.",
        "別の人が行ってください。", "Another person must do it.")
    case .serveAccess:
      .init(
        "利用者名簿を所有者以外も読めます（{0}）。", "others than its owner may read the access list ({0}).",
        "chmod 600 で所有者だけにしてください。", "Make it the owner's alone: chmod 600.")
    case .servePort:
      .init(
        "ポート {0} で待ち受けられません: {1}。", "port {0} cannot be listened on: {1}.",
        "--port で別の番号を指定するか、使っているプログラムを終えてください。",
        "Name another with --port, or end the program that uses it.")
    case .serveChanged:
      .init(
        "{0} は、画面を開いた後に変わりました。", "{0} has changed since the page was opened.",
        "今の内容を見てから、もう一度行ってください。", "Look at it as it is now, and do it again.")
    case .libraryMissing:
      .init(
        "ライブラリ {0} がありません。", "the library {0} is not installed.",
        "パッケージ {1} を入れてください(例: apt-get install {1})。ほかの機能は、なくても使えます。",
        "Install the package {1} (apt-get install {1}); everything else works without it.")
    case .ledgerKey:
      .init(
        "鍵または控えのファイルを読めません: {0}。", "the key or anchor file cannot be read: {0}.",
        "totsugo ledger key で作った鍵、ledger anchor で作った控えを指定してください。",
        "Name a key that `totsugo ledger key` made, or an anchor of `ledger anchor`.")
    case .ledgerGone:
      .init(
        "台帳 ledger.sqlite がありませんが、実行や並行稼働の証跡、または台帳の ledger.sqlite-journal は残っています。",
        "the ledger is gone, but evidence of runs or of the parallel run, or the ledger's ledger.sqlite-journal, is there.",
        "失われたファイルを戻してください。控えから戻すときは、残っている ledger.sqlite-journal を先に別の場所へ移し、控えた時にあれば ledger.sqlite-journal も一緒に戻してください。新しく始めるときは、別の作業場所を使ってください。",
        "Put the lost file back. If it comes from a copy, first move a ledger.sqlite-journal that is still there elsewhere, and put back the one that was copied with it, if any. To begin anew, take another workspace."
      )
    case .registerFuture:
      .init(
        "「{0}」は今日より後の日付です。", "{0} lies after today.",
        "済んだことだけを、その日付で記録してください。", "Enter only what has happened, with its date.")
    case .sampleOther:
      .init(
        "最後の実行 {0} が読んだファイルではありません。", "not the file that the latest run, {0}, has read.",
        "--data で実行したときのフォルダを指定するか、いまのファイルで実行し直してから抽出してください。",
        "Name the run's folder with --data, or run with this file first, and draw then.")
    case .sampleIncomplete:
      .init(
        "照合は{0}件で、標本の{1}件に足りないか、多すぎます。", "{0} records were compared, and the sample has {1}.",
        "標本の全件を照合してから、--compared に全件数を指定してください。",
        "Compare all records of the sample, and say their number with --compared.")
    case .waiverHolds:
      .init(
        "基準「{0}」はいま成り立っているか、判定できません。", "the criterion “{0}” holds now, or cannot be judged.",
        "成り立たないと判定された基準だけを、その時に適用除外にしてください。", "Waive a criterion when it has been judged not to hold.")
    case .ledgerChain:
      .init(
        "この記録は前の記録に続いていません。書き換え、削除または入替えがあります。",
        "this entry does not follow from the one before: something was changed, removed or moved.",
        "控えと照らして原因を調べてください。", "Compare with a copy and find the cause.")
    case .resumeNothing:
      .init(
        "再開できる実行がありません。", "there is no interrupted run to resume.",
        "--resume を外して実行してください。", "Run without --resume.")
    case .resumeOther:
      .init(
        "中断した実行とは定義またはデータが違います({0})。", "definitions or data differ from those of the interrupted run ({0}).",
        "元に戻すか、--resume を外して最初から実行してください。", "Restore them, or start afresh without --resume.")
    case .readInterrupted:
      .init(
        "読み込みの途中で中断されました。", "interrupted while it was read.",
        "パイプのときは、書き込む側が動いているか確かめてください。", "Where it is a pipe, see whether its writer runs.")
    case .interrupted:
      .init(
        "中断されました。ここまでの作業は保たれています。", "interrupted; the work so far is kept.",
        "--resume で再開できます。", "Go on with --resume.")
    case .expressionSyntax:
      .init(
        "式の「{0}」は解釈できません。必要なもの: {1}。", "the expression cannot be read at “{0}”; expected {1}.",
        "式を直してください。", "Correct the expression.")
    case .expressionName:
      .init(
        "「{0}」は {1} にありません。", "there is no “{0}” in {1}.",
        "「{2}」ではありませんか。", "Did you mean “{2}”?")
    case .expressionElsewhere:
      .init(
        "「{0}」は {1} にありません。あるところ: {2}。", "there is no “{0}” in {1}; {2} has it.",
        "そこから取るか、この種別・表の項目を書いてください。", "Take it from there, or write an item of this kind or table.")
    case .expressionType:
      .init(
        "式の型が合いません: {0}。必要なもの: {1}。", "the types do not fit: found {0}, expected {1}.",
        "式を直してください。", "Correct the expression.")
    case .encodeOverflow:
      .init(
        "値が項目に入りません。項目の形式: {0}（{1}バイト）。", "the value does not fit; the field holds {0} ({1} bytes).",
        "桁数・符号・文字数を項目の定義に合わせてください。", "Keep the value within the digits, sign or bytes of the field.")
    case .encodeCharacter:
      .init(
        "文字を変換できません（{0}、UTF-8で{1}バイト目）。必要なもの: 移行元の文字コードにある文字。",
        "a character cannot be encoded ({0}, UTF-8 byte {1}); expected one that the source character set has.",
        "文字を直すか、文字コードの指定を確かめてください。", "Change the character or check which character set is named.")
    case .encodeSlot:
      .init(
        "項目 {0} がレコードにありません。", "the record has no item {0}.",
        "コピー句の項目名と再定義の選択を確かめてください。", "Check the copybook's names and the chosen redefinitions.")
    case .cityPlan:
      .init(
        "{0} が {1} です。必要なもの: {2}。", "{0} is {1}; expected {2}.", "指定を直してください。", "Correct the option.")
    case .cityLayout:
      .init(
        "レイアウト {0} がありません。", "the layout {0} is missing.", "コピー句を指定してください。", "Give the copybook.")
    case .cityDefect:
      .init(
        "不備 {0} を埋め込めるレコードが {1} にありません。", "no record of {1} can carry the defect {0}.",
        "住民数を増やすか、別の不備を選んでください。", "Raise the number of residents or choose another defect.")
    case .cityOutput:
      .init(
        "出力を作れません: {0}。必要なもの: {1}。", "the output cannot be made: {0}; expected {1}.",
        "問合せ(sample/処理.sql)の列、コピー句の項目、マニフェストの参照を合わせてください。",
        "Make the columns of the query (sample/ID.sql), the items of the copybook and the manifest's references agree.")
    case .cityWrite:
      .init(
        "{0} に書き込めません（{1}）。", "{0} cannot be written ({1}).", "空き容量と権限を確かめてください。",
        "Check free space and permissions.")
    }
  }
}

extension DiagnosticCode.Wording {
  fileprivate init(_ ja: String, _ en: String, _ remedyJa: String, _ remedyEn: String) {
    self.init(found: Bilingual(ja, en), remedy: Bilingual(remedyJa, remedyEn))
  }
}
