import Base

/// The division of a file's bytes into records (RECFM, including the effects of a transfer).
///
/// ``init(_:)`` parses the text that users write; ``guide`` lists the possible texts.
package struct RecordFormat: Sendable {
  /// The record formats under their usual names.
  package enum Form: String, CaseIterable, Sendable {
    case fixed = "F"
    case fixedBlocked = "FB"
    case variable = "V"
    case variableBlocked = "VB"
    case variableSpanned = "VS"
    case variableBlockedSpanned = "VBS"
    case text

    package var isFixed: Bool { self == .fixed || self == .fixedBlocked }
    var isSpanned: Bool { self == .variableSpanned || self == .variableBlockedSpanned }
    /// Whether a BDW precedes each block unless set otherwise. VS is read as VBS: each block has its BDW.
    var isBlocked: Bool { self == .variableBlocked || isSpanned }
  }

  /// The grouping of records.
  package enum Blocks: Hashable, Sendable {
    case none
    /// Blocks of a fixed number of bytes; the rest of a block after its last whole record is padding.
    case size(Int)
    case header(LengthHeader)
  }

  package var form: Form
  /// Bytes of a fixed-length record (LRECL); `nil` uses the length of the layout.
  package var length: Int?
  /// The header before each record of a variable form, unless ``rule`` is set.
  package var header: LengthHeader
  /// The rule for the length of each record of a variable form, in place of a header.
  package var rule: LengthRule?
  package var blocks: Blocks
  /// The number of bytes to leave out at the beginning and at the end of the file.
  package var start = 0
  package var end = 0
  /// The minimum length; shorter records are left out and counted.
  package var minimum = 0
  /// Whether empty lines of a text are records; otherwise they are left out, and counted.
  package var keepsEmptyLines = false
  /// The cells of a delimited file, whose records are lines; `nil` when a record is what its form says.
  package var cells: CellSyntax?

  /// The form with its standard settings.
  package init(form: Form) {
    self.form = form
    header = .rdw(spanned: form.isSpanned)
    blocks = form.isBlocked ? .header(.bdw()) : .none
  }

  /// Lines of cells.
  package init(cells: CellSyntax) {
    self.init(form: .text)
    self.cells = cells
  }

  package static let fixed = RecordFormat(form: .fixed)

  /// The parts of the text, for the user's reference.
  package static let guide: [(text: String, purpose: Bilingual)] = [
    ("F", Bilingual("固定長レコード(既定)", "fixed-length records (the default)")),
    ("FB", Bilingual("固定長レコードのブロック", "fixed-length records in blocks")),
    ("V", Bilingual("可変長レコード、先頭にRDW", "records of varying length behind RDWs")),
    ("VB", Bilingual("可変長レコードのブロック、先頭にBDW", "the same in blocks behind BDWs")),
    ("VS, VBS", Bilingual("ブロックにまたがる分割レコード", "records in segments over blocks")),
    ("text", Bilingual("行(LFまたはCRLF)", "lines ending with LF or CRLF")),
    ("length=N", Bilingual("F・FB: レコードのバイト数(コピー句と違うとき)", "F, FB: bytes of a record, where not the copybook's")),
    ("block=N", Bilingual("FB: ブロックのバイト数", "FB: bytes of a block")),
    ("bdw, bdw=little", Bilingual("FB: ブロックの先頭にBDW", "FB: a BDW before each block")),
    ("rdw=big|little", Bilingual("V・VB: RDWのバイト順(既定はbig)", "V, VB: byte order of the RDW (big)")),
    ("bdw=big|little", Bilingual("VB: BDWのバイト順(既定はbig)", "VB: byte order of the BDW (big)")),
    ("rdw-counts-itself=yes|no", Bilingual("長さにRDW自身を含むか(既定はyes)", "whether the length includes the RDW (yes)")),
    ("bdw-counts-itself=yes|no", Bilingual("長さにBDW自身を含むか(既定はyes)", "whether the length includes the BDW (yes)")),
    ("rdw-add=N, bdw-add=N", Bilingual("書かれた長さに加える数", "added to the length as written")),
    (
      "header=N,length-at=P,length-size=S[,little][,validity]",
      Bilingual(
        "V・VB: Nバイトの見出しの位置PにSバイトの長さ(見出しを含まない)。validityは先頭バイト0が無効",
        "V, VB: a header of N bytes with the length in S bytes at P, not counting the header; validity: first byte 0 is void"
      )
    ),
    (
      "field=OFFSET:SIZE:FORM[,add=N]",
      Bilingual(
        "V・VB: レコード内の項目が長さ。FORMはbinary、binary-little、packed、zoned-ebcdic、zoned-ascii",
        "V, VB: an item of the record holds its length; FORM: binary, binary-little, packed, zoned-ebcdic, zoned-ascii")
    ),
    (
      "map=OFFSET:SIZE:A=4/B=7/X'C3'=8/*=9",
      Bilingual("V・VB: 項目の値で長さが決まる。*はその他", "V, VB: the length by the value of an item; * is any other value")
    ),
    ("start=N, end=N", Bilingual("ファイルの先頭・末尾で読まないバイト数", "bytes to leave out at the file's beginning and end")),
    ("minimum=N", Bilingual("これより短いレコードは読まない", "shorter records are left out")),
    ("empty=skip|keep", Bilingual("text: 空行の扱い(既定はskip)", "text: empty lines (skip)")),
  ]
}
