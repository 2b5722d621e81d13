import Copybook
import Testing

@Suite struct LayoutListingTests {
  static let copybook = """
           01 記録.
              05 氏名 PIC N(2).
              05 A REDEFINES 氏名 PIC X(4).
              05 N PIC S9(3)V9 COMP-3.
                 88 YES VALUE 1 THRU 3, "x,y".
              05 T OCCURS 1 TO 3 DEPENDING ON N PIC ZZ9.9.
              66 B RENAMES A THRU N.
    """

  static func listing() throws -> LayoutListing {
    LayoutListing(try CopybookParser.layout(of: copybook, file: "L.cpy"))
  }

  @Test func aRowSaysWhatAnEntryIs() throws {
    let rows = try Self.listing().rows
    #expect(rows.allSatisfy { $0.count == LayoutListing.columns.count })
    #expect(
      rows == [
        ["01", "記録", "", "", "1", "22", "22", "", ""],
        ["05", "  氏名", "N(2)", "DISPLAY", "1", "4", "4", "", ""],
        ["05", "  A", "X(4)", "DISPLAY", "1", "4", "4", "", "redefines 氏名"],
        ["05", "  N", "S9(3)V9", "COMP-3", "5", "3", "3", "", "YES = 1 THRU 3, \"x,y\""],
        ["05", "  T", "ZZ9.9", "DISPLAY", "8", "5", "15", "1-3", "depending on N"],
        ["66", "  B", "", "", "1", "7", "7", "", "renames A THRU N"],
      ])
  }

  @Test func csvQuotesWhatItMust() throws {
    let lines = try Self.listing().csv.split(separator: "\n")
    #expect(lines[0].hasPrefix("level,name,picture,usage,offset,position,length,total_length,occurs_min,occurs_max,"))
    #expect(lines[4] == "05,N,S9(3)V9,COMP-3,4,5,3,3,,,,,,1,4,true,\"YES = 1 THRU 3, \"\"x,y\"\"\"")
    #expect(lines[5] == "05,T,ZZ9.9,DISPLAY,7,8,5,15,1,3,N,,,1,4,false,")
    let widths = try Self.listing().tsv.split(separator: "\n").map { line in line.count { $0 == "\t" } }
    #expect(Set(widths) == [16])
  }

  @Test func jsonLeavesOutWhatDoesNotApply() throws {
    let lines = try Self.listing().json.split(separator: "\n")
    #expect(lines[1] == #"{"level":1,"name":"記録","offset":0,"position":1,"length":22,"total_length":22},"#)
    let number =
      #"{"level":5,"name":"N","picture":"S9(3)V9","usage":"COMP-3","offset":4,"position":5,"length":3,"#
      + #""total_length":3,"scale":1,"digits":4,"signed":true,"#
      + #""conditions":[{"name":"YES","values":["1 THRU 3","\"x,y\""]}]},"#
    #expect(lines[4] == number)
    #expect(lines[6].contains(#""renames":"A THRU N""#))
  }
}
