import Testing

/// `list` shows all values of every option and definition.
@Suite struct ListCommandTests {
  @Test(arguments: ["ja", "en"]) func everyFormAndSettingIsListed(_ language: String) throws {
    let program = try Program()
    defer { program.remove() }
    let formats = try program.run("list", "record-formats", "--language", language)
    for word in ["VBS", "rdw-counts-itself", "length-at", "map=", "minimum=N"] {
      #expect(formats.output.contains(word))
    }
    let dialects = try program.run("list", "dialects", "--language", language)
    for word in ["hitachi", "binary-sizes", "native-order", "truncate", "odo="] {
      #expect(dialects.output.contains(word))
    }
    #expect(formats.output.contains("固定長") == (language == "ja"))
  }
}
