/// How the bytes of a file are divided into records (RECFM, with what a transfer may have made of it).
///
/// ``init(_:)`` reads it from the text that users write; ``help`` says which texts there are.
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

    var isFixed: Bool { self == .fixed || self == .fixedBlocked }
    var isSpanned: Bool { self == .variableSpanned || self == .variableBlockedSpanned }
    /// Whether a BDW stands before each block unless something else is said. VS is read as VBS: each block has its BDW.
    var isBlocked: Bool { self == .variableBlocked || isSpanned }
  }

  /// What groups records.
  package enum Blocks: Hashable, Sendable {
    case none
    /// Blocks of so many bytes; what is left of a block after its last whole record is padding.
    case size(Int)
    case header(LengthHeader)
  }

  package var form: Form
  /// Bytes of a fixed-length record (LRECL); `nil` takes the length of the layout.
  package var length: Int?
  /// Before each record of a variable form, unless ``rule`` is set.
  package var header: LengthHeader
  /// Tells the length of each record of a variable form instead of a header.
  package var rule: LengthRule?
  package var blocks: Blocks
  /// Bytes to leave out at the beginning and at the end of the file.
  package var start = 0
  package var end = 0
  /// Shorter records are left out, and counted.
  package var minimum = 0
  /// Whether empty lines of a text are records; otherwise they are left out, and counted.
  package var keepsEmptyLines = false

  /// The form with what is standard for it.
  package init(form: Form) {
    self.form = form
    header = .rdw(spanned: form.isSpanned)
    blocks = form.isBlocked ? .header(.bdw()) : .none
  }

  package static let fixed = RecordFormat(form: .fixed)

  package static let help = """
    A form, then settings, separated by commas: F | FB,block=400 | V,rdw=little | text,empty=keep
      F       fixed-length records               FB   the same in blocks
      V       records of varying length, RDW     VB   the same in blocks, BDW
      VS VBS  records in segments over blocks    text lines ending with LF or CRLF
      length=N                 F, FB: bytes of a record, where not those of the copybook
      block=N | bdw            FB: bytes of a block | a BDW before each block
      rdw=big|little  bdw=big|little                         byte order (big)
      rdw-counts-itself=yes|no  bdw-counts-itself=yes|no     whether the length includes its header (yes)
      rdw-add=N  bdw-add=N                                   added to the length as written (0)
      header=N,length-at=P,length-size=S[,little][,validity] V, VB: N bytes before each record with the length in S
                               bytes at P, not counting the header; with validity, first byte 0: record left out
      field=OFFSET:SIZE:FORM[,add=N]   V, VB: the length is a field of the record, counting all of it;
                               binary, binary-little, packed, zoned-ebcdic or zoned-ascii
      map=OFFSET:SIZE:A=4/B=7/X'C3'=8/*=9   V, VB: the length by the value of a field; * is any other value
      start=N  end=N           bytes to leave out at the beginning and end of the file
      minimum=N                shorter records are left out
      empty=skip|keep          text: empty lines (skip)
    """
}
