import Foundation
import Testing
import Workbook

/// The written workbook compared with that of libxlsxwriter 1.1.4 for the same content (`Fixtures/libxlsxwriter.xlsx`,
/// written by this program while it still used that library). Programs that open one open the other.
@Suite struct TwinTests {
  /// The tags and texts of a part, in their order.
  static func pieces(_ part: String, of archive: ZipArchive) throws -> [String] {
    let text = String(decoding: try bytes(of: archive.part(part)), as: UTF8.self)
    // The columns that a row reaches are a hint that programs do not need.
    return text.replacing(#/ spans="[0-9:]+"/#, with: "").replacing("><", with: ">\0<").split(separator: "\0").map(
      String.init)
  }

  static func archives() throws -> (library: ZipArchive, own: ZipArchive) {
    let file = try TemporaryFile()
    try twinWorkbook.write(to: file.path)
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
    // The bytes are read while the file exists: it stays open.
    return (
      try ZipArchive(path: folder.appendingPathComponent("libxlsxwriter.xlsx").path), try ZipArchive(path: file.path)
    )
  }

  @Test func everyPartSaysTheSame() throws {
    let (library, own) = try Self.archives()
    #expect(library.unread == own.unread)
    for part in library.unread where part != "xl/theme/theme1.xml" {
      var (theirs, ours) = (try Self.pieces(part, of: library), try Self.pieces(part, of: own))
      // The library sorts defined names in another order.
      if ["xl/workbook.xml", "docprops/app.xml"].contains(part) { (theirs, ours) = (theirs.sorted(), ours.sorted()) }
      #expect(theirs.count > 1)
      if theirs != ours {
        let first = zip(theirs, ours).first { $0 != $1 }
        Issue.record("\(part): \(theirs.count) and \(ours.count) pieces; \(first.map { "\($0.0) | \($0.1)" } ?? "")")
      }
    }
  }

  /// The theme has the required minimum: three of each style, and the colours of Office.
  @Test func theThemeHasTheColoursOfTheLibrarys() throws {
    let (library, own) = try Self.archives()
    func colours(_ archive: ZipArchive) throws -> [String] {
      let pieces = try Self.pieces("xl/theme/theme1.xml", of: archive)
      return Array(pieces.drop { !$0.hasPrefix("<a:clrScheme") }.prefix { $0 != "</a:clrScheme>" })
    }
    #expect(try colours(own) == colours(library))
    #expect(try colours(own).count == 37)
  }
}
