import Base
import Decode

/// An address in the form of a record: index of the place and the numbers behind it.
struct CityAddress {
  /// Index among the city's streets, or 100 + index among places elsewhere.
  var place = 0
  var numbers = (0, 0, 0)
  /// 0 for a house, else 1 + index of the building; 99 for the longest name.
  var building = 0
  /// Whether ー is in the building's name.
  var hasLongVowel: Bool { building == 99 || building > 0 && InventedNames.buildings[building - 1].contains("ー") }
  var room = 0
  var wing = 0

  var isElsewhere: Bool { place >= 100 }

  init(_ draw: inout Draw, elsewhere: Bool) {
    place = elsewhere ? 100 + draw.below(InventedNames.elsewhere.count) : draw.below(InventedNames.towns.count)
    // Some streets number plots, most number blocks.
    numbers =
      draw.chance(250) ? (101 + draw.below(2_400), 0, 0) : (1 + draw.below(9), 1 + draw.below(48), 1 + draw.below(30))
    if draw.chance(480) {
      building = draw.chance(15) ? 99 : 1 + draw.below(InventedNames.buildings.count)
      room = 101 + draw.below(999)
      wing = draw.chance(300) ? 1 + draw.below(4) : 0
    }
  }
}

/// Slots of an address in ATMAST, with the code that writes it.
struct AddressSlots {
  private let postal: Int
  private let code: Int
  private let place: Int
  private let plot: Int
  private let building: Int

  init(_ writer: KindWriter) throws(Diagnostic) {
    postal = try writer.slot("AT-YUBIN-NO")
    code = try writer.slot("AT-JUSHO-CD")
    place = try writer.slot("AT-JUSHO-KANJI")
    plot = try writer.slot("AT-BANCHI")
    building = try writer.slot("AT-KATAGAKI")
  }

  func put(_ address: CityAddress, _ writer: KindWriter, _ words: Lexicon) throws(Diagnostic) {
    if address.isElsewhere {
      let index = address.place - 100
      _ = try writer.text(postal, words.elsewherePostals[index])
      try writer.set(code, InventedNames.elsewhere[index].code)
      _ = try writer.text(place, words.elsewhere[index])
    } else {
      _ = try writer.text(postal, words.townPostals[address.place])
      try writer.set(code, 13_999_000_000 + InventedNames.towns[address.place].code)
      _ = try writer.text(place, words.towns[address.place])
    }
    var end = writer.digits(address.numbers.0, plot, at: 0)
    for number in [address.numbers.1, address.numbers.2] where number > 0 {
      writer.encoder.set(plot, byte: words.hyphen, at: end)
      end = writer.digits(number, plot, at: end + 1)
    }
    guard address.building > 0 else { return }
    guard address.building < 99 else {
      _ = try writer.text(building, words.longestBuilding)
      return
    }
    end = try writer.text(building, words.buildings[address.building - 1])
    if address.wing > 0 {
      writer.encoder.set(building, byte: words.letters[address.wing - 1], at: end)
      writer.encoder.set(building, byte: words.hyphen, at: end + 1)
      end += 2
    }
    _ = writer.digits(address.room, building, at: end)
  }
}
