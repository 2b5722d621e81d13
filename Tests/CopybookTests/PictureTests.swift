import Copybook
import Testing

@Suite struct PictureTests {
  @Test(arguments: [
    ("9(3)VXX", 4, "one of X A 9"), ("SX", 0, "one of X A 9"), ("X.X", 1, "one of X A 9"), ("9C", 1, "CR or DB"),
    ("9(0)", 1, "(n) with n from 1"), ("9(9", 1, "(n) with n from 1"), ("9(99999999999999999999)", 1, "(n) with n"),
    ("VV9", 1, "V once"), ("9S", 1, "S once"), ("PP", 0, "1 to 38 digits"), ("9PP9", 3, "P at one end"),
    ("+9(3)+", 5, "one sign"), ("9+(8)", 2, "one sign"), ("+-9", 1, "one sign"), ("Z*9", 1, "one kind"),
    ("9.9.9", 3, "one decimal point"), ("9CRCR", 1, "one sign, CR or DB at the end"), ("N9", 1, "one of N G"),
    ("", 0, "a picture"), ("Ｘ", 0, "one of X A 9"), ("S", 0, "1 to 38 digits"), (".,", 0, "1 to 38 digits"),
  ])
  func aWrongPictureSaysWhere(text: String, index: Int, expected: String) throws {
    let flaw = try #require(#expect(throws: Picture.Flaw.self) { try Picture.parse(text) })
    #expect(flaw.expected.contains(expected), "\(flaw)")
    #expect(flaw.index == index, "\(flaw)")
  }

  @Test(arguments: [
    ("x(3)A9", Picture.Category.alphanumeric, 5, 0, 0, false), ("XX/XX", .edited, 5, 0, 0, false),
    ("NBN(2)", .national, 4, 0, 0, false), ("S9(5)V99", .numeric, 7, 2, 7, true), ("SVPP9(3)", .numeric, 3, 5, 3, true),
    ("PP9", .numeric, 1, 3, 1, false), ("9(3)PP", .numeric, 3, -2, 3, false), ("9(3)PPV", .numeric, 3, -2, 3, false),
    ("9(5).99", .edited, 8, 2, 7, false), ("S9.9", .edited, 3, 1, 2, true), ("ZZ,ZZ9.99CR", .edited, 11, 2, 7, true),
    ("--,---,--9.99", .edited, 13, 2, 9, true), ("$$,$$9.99-", .edited, 10, 2, 6, true),
    ("+9(8)", .edited, 9, 0, 8, true),
    ("9(8)-", .edited, 9, 0, 8, true), ("Z(6)VZZ-", .edited, 9, 2, 8, true), ("***9", .edited, 4, 0, 4, false),
    ("9(4)/99/99", .edited, 10, 0, 8, false), ("ZZ9PPP", .edited, 3, -3, 3, false),
    ("\\\\\\9", .edited, 4, 0, 3, false),
    ("99B99", .edited, 5, 0, 4, false), (".99", .edited, 3, 2, 2, false), ("++.++", .edited, 5, 2, 3, true),
  ])
  func aPictureIsUnderstood(
    text: String, category: Picture.Category, count: Int, scale: Int, digits: Int, signed: Bool
  ) throws {
    let picture = try Picture.parse(text)
    #expect(picture.category == category)
    #expect([picture.count, picture.editedScale ?? picture.scale, picture.digits] == [count, scale, digits])
    #expect(picture.signed == signed)
    #expect((picture.editedScale != nil) == (category == .edited && digits > 0))
  }

  @Test func commaAndPointChangePlaces() throws {
    let picture = try Picture.parse("Z.ZZ9,99", decimalComma: true)
    #expect([picture.count, picture.editedScale ?? 0] == [8, 2])
  }
}
