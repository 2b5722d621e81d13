import Base
import Charset

/// The words of the city in the bytes of its old system: encoded once, copied per record.
struct Lexicon {
  /// A word: two bytes per character, and the reading with one byte per character.
  struct Entry {
    let kanji: [UInt8]
    let kana: [UInt8]
  }

  let families: [Entry]
  let men: [Entry]
  let women: [Entry]
  let foreigners: [(name: Entry, alias: [UInt8], nationality: [UInt8])]
  let towns: [[UInt8]]
  let elsewhere: [[UInt8]]
  /// In mixed form: shift in, name, shift out.
  let buildings: [[UInt8]]
  let longestBuilding: [UInt8]
  let companyForms: [Entry]
  let companyNames: [Entry]
  /// ｰ in EBCDIK.
  static let longVowel: UInt8 = 0x58
  let companyTrades: [Entry]
  let townPostals: [[UInt8]]
  let elsewherePostals: [[UInt8]]
  let singleSpace: [UInt8]
  let doubleSpace: [UInt8]
  let hyphen: UInt8
  let letters: [UInt8]
  let relations: [CityPerson.Relation: [UInt8]]
  /// 車名 in mixed form, 標板文字, かな文字, and the letters of 車台番号 and 型式.
  let vehicles: [[UInt8]]
  let plateCity: [UInt8]
  let plateRegion: [UInt8]
  let plateKana: [[UInt8]]
  let chassis: [[UInt8]]
  let models: [[UInt8]]

  /// - Throws: `encode.character` when the character set lacks a word: it is then not a set for a Japanese city.
  init(_ characters: CharacterSet) throws(Diagnostic) {
    func bytes(_ form: TextForm, _ text: String) throws(Diagnostic) -> [UInt8] {
      let (bytes, fault) = characters.encode(form, text)
      if let fault { throw Diagnostic(.encodeCharacter, at: Place(field: text), String(describing: fault.code), "0") }
      return bytes
    }
    func entries(_ words: [Word]) throws(Diagnostic) -> [Entry] {
      var entries: [Entry] = []
      for word in words {
        var kanji = try bytes(.double, word.kanji)
        if let glyph = word.glyph, characters.name == "fujitsu-jef" {
          kanji.replaceSubrange(0..<2, with: [glyph.0, glyph.1])
        }
        entries.append(Entry(kanji: kanji, kana: try bytes(.single, word.kana)))
      }
      return entries
    }
    func all(_ form: TextForm, _ texts: [String]) throws(Diagnostic) -> [[UInt8]] {
      var all: [[UInt8]] = []
      for text in texts { all.append(try bytes(form, text)) }
      return all
    }
    families = try entries(InventedNames.families)
    men = try entries(InventedNames.men)
    women = try entries(InventedNames.women)
    var foreigners: [(name: Entry, alias: [UInt8], nationality: [UInt8])] = []
    for person in InventedNames.foreigners {
      let name = Entry(kanji: try bytes(.double, person.name), kana: try bytes(.single, person.reading))
      foreigners.append((name, try bytes(.double, person.alias), try bytes(.single, person.nationality)))
    }
    self.foreigners = foreigners
    towns = try all(.double, InventedNames.towns.map(\.name))
    elsewhere = try all(.double, InventedNames.elsewhere.map(\.name))
    buildings = try all(.mixed, InventedNames.buildings)
    longestBuilding = try bytes(.mixed, InventedNames.longestBuilding)
    companyForms = try entries(InventedNames.companyForms)
    companyNames = try entries(InventedNames.companyNames)
    companyTrades = try entries(InventedNames.companyTrades)
    townPostals = try all(.single, InventedNames.towns.map(\.postal))
    elsewherePostals = try all(.single, InventedNames.elsewhere.map(\.postal))
    singleSpace = try bytes(.single, " ")
    doubleSpace = try bytes(.double, "　")
    hyphen = try bytes(.single, "-")[0]
    letters = try bytes(.single, "ABCD")
    vehicles = try all(.mixed, InventedNames.vehicles)
    plateCity = try bytes(.double, InventedNames.plateCity)
    plateRegion = try bytes(.double, InventedNames.plateRegion)
    plateKana = try all(.double, InventedNames.plateKana)
    chassis = try all(.single, InventedNames.chassis)
    models = try all(.single, InventedNames.models)
    var relations: [CityPerson.Relation: [UInt8]] = [:]
    for relation: CityPerson.Relation in [.head, .husband, .wife, .child, .father, .mother] {
      relations[relation] = try bytes(.single, relation.rawValue)
    }
    self.relations = relations
  }
}
