import Base
import Tables
import Testing

/// One description of a list, for programs and for people.
@Suite struct ListingTests {
  private struct Ware: Sendable {
    let id: String
    let count: Int
    let isSold: Bool
    let buyer: String
    let price: Int?
  }

  private static let listing = Listing<Ware>(
    "wares", Bilingual("品", "Wares"),
    [
      .text("id", "番号", "No.", .id) { $0.id },
      .number("count", "FY数", "FY count") { $0.count },
      .flag("is_sold", "売却", "Sold", yes: Bilingual("済", "yes"), no: Bilingual("未", "no")) { $0.isSold },
      .text("buyer", "買主", "Buyer", none: "–") { $0.buyer },
      .data("price") { lot in lot.price.map { .integer($0) } },
      .cell("価格", "Price") { lot, words in .text(lot.price.map { words.number($0) } ?? "") },
    ],
    below: { lot, _ in lot.isSold ? [[.empty, .empty, .empty, .text("a/b")]] : [] },
    total: { words in [.text(words("計", "total")), .number(12)] })

  private static let lots = [
    Ware(id: "L1", count: 2, isSold: true, buyer: "甲", price: 1_234),
    Ware(id: "L2", count: 10, isSold: false, buyer: "", price: nil),
  ]

  @Test func peopleReadATable() {
    let words = Words(language: .english)
    #expect(
      Self.listing.table(Self.lots, words).lines(words) == [
        "no.    FY count  sold  buyer  price",
        "L1            2  yes   甲     1,234",
        "                       a/b",
        "L2           10  no    –",
        "total        12",
      ])
    let japanese = Words(language: .japanese)
    #expect(Self.listing.table(Self.lots, japanese).lines(japanese).first == "番号  FY数  売却  買主  価格")
  }

  @Test func programsReadObjects() throws {
    let answer = Self.listing.json(Self.lots, Words(language: .english))
    #expect(
      answer.canonical
        == #"[{"buyer":"甲","count":2,"id":"L1","is_sold":true,"price":1234},{"buyer":"","count":10,"id":"L2","is_sold":false}]"#
    )
    #expect(
      String(decoding: try JSONDocument.data(answer[1]), as: UTF8.self) == """
        {
          "buyer" : "",
          "count" : 10,
          "id" : "L2",
          "is_sold" : false
        }
        """)
  }

  /// As a part of another answer, a list keeps its names and its numbers.
  @Test func aValueIsWrittenAsItIs() throws {
    let value = JSONValue.object([
      "keptName": .list([.null, .integer(.max), .boolean(true), .text("a/b")]), "none": .list([]),
    ])
    #expect(
      String(decoding: try JSONDocument.lines([value]), as: UTF8.self)
        == #"{"keptName":[null,9223372036854775807,true,"a/b"],"none":[]}"# + "\n")
    #expect(String(decoding: try JSONDocument.data(value), as: UTF8.self).contains(#""keptName" : ["#))
  }
}
