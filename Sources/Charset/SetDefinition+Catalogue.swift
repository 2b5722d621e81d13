extension SetDefinition {
  /// All sets.
  static let all: [SetDefinition] =
    makers
    + [
      ibmMixed("ibm-930", SingleTables.ibm930, .ibm930),
      ibmMixed("ibm-939", SingleTables.ibm939, .ibm930),
      ibmMixed("ibm-1390", SingleTables.ibm1390, .ibm1390),
      ibmMixed("ibm-1399", SingleTables.ibm1399, .ibm1390),
      page("ibm-037", SingleTables.ibm037),
      page("ibm-273", SingleTables.ibm273),
      page("ibm-277", SingleTables.ibm277),
      page("ibm-278", SingleTables.ibm278),
      page("ibm-280", SingleTables.ibm280),
      page("ibm-284", SingleTables.ibm284),
      page("ibm-285", SingleTables.ibm285),
      page("ibm-290", SingleTables.ibm290),
      page("ibm-297", SingleTables.ibm297),
      page("ibm-500", SingleTables.ibm500),
      page("ibm-871", SingleTables.ibm871),
      page("ibm-1027", SingleTables.ibm1027),
      page("ibm-1047", SingleTables.ibm1047),
      page("ibm-1140", SingleTables.ibm1140),
      page("ibm-1141", SingleTables.ibm1141),
      page("ibm-1142", SingleTables.ibm1142),
      page("ibm-1143", SingleTables.ibm1143),
      page("ibm-1144", SingleTables.ibm1144),
      page("ibm-1145", SingleTables.ibm1145),
      page("ibm-1146", SingleTables.ibm1146),
      page("ibm-1147", SingleTables.ibm1147),
      page("ibm-1148", SingleTables.ibm1148),
      page("ibm-1149", SingleTables.ibm1149),
      page("ibm-1160", SingleTables.ibm1160),
      ascii("windows-31j", .windows31J, SingleTables.windows31J, .windows31J, (0x81, 0x40)),
      ascii("euc-jp", .eucJP, SingleTables.ascii, .eucJP, (0xA1, 0xA1)),
      ascii("utf-8", .utf8, SingleTables.ascii),
      ascii("utf-16", .utf16Big, SingleTables.ascii, .none, (0x00, 0x20)),
      ascii("utf-16be", .utf16Big, SingleTables.ascii, .none, (0x00, 0x20)),
      ascii("utf-16le", .utf16Little, SingleTables.ascii, .none, (0x20, 0x00)),
      ascii("us-ascii", .asciiPage, SingleTables.ascii),
      ascii("iso-8859-1", .asciiPage, SingleTables.latin1),
      ascii("latin-1", .asciiPage, SingleTables.latin1),
    ]

  private static let makers = [
    fujitsu("fujitsu-jef", SingleTables.fujitsuEbcdik),
    fujitsu("fujitsu-jef-ebcdik", SingleTables.fujitsuEbcdik),
    fujitsu("fujitsu-jef-ebcdic", SingleTables.fujitsuEbcdic),
    fujitsu("fujitsu-jef-ascii", SingleTables.fujitsuAscii),
    page("fujitsu-ebcdik", SingleTables.fujitsuEbcdik),
    page("fujitsu-ebcdic", SingleTables.fujitsuEbcdic),
    page("fujitsu-ascii", SingleTables.fujitsuAscii),
    hitachi("hitachi-keis78", SingleTables.hitachiEbcdik, .keis78),
    hitachi("hitachi-keis78-ebcdik", SingleTables.hitachiEbcdik, .keis78),
    hitachi("hitachi-keis78-ebcdic", SingleTables.hitachiEbcdic, .keis78),
    hitachi("hitachi-keis83", SingleTables.hitachiEbcdik, .keis83),
    hitachi("hitachi-keis83-ebcdik", SingleTables.hitachiEbcdik, .keis83),
    hitachi("hitachi-keis83-ebcdic", SingleTables.hitachiEbcdic, .keis83),
    page("hitachi-ebcdik", SingleTables.hitachiEbcdik),
    page("hitachi-ebcdic", SingleTables.hitachiEbcdic),
    SetDefinition(
      name: "nec-jips-j", scheme: .jipsJ, single: Single(rows: SingleTables.necJis8), double: .jipsJ,
      singleSpace: 0x20, doubleSpace: (0x21, 0x21)),
    SetDefinition(
      name: "nec-jips-e", scheme: .jipsE, single: Single(rows: SingleTables.necEbcdik), double: .jipsE,
      doubleSpace: (0x4F, 0x4F)),
    SetDefinition(name: "nec-jis8", scheme: .page, single: Single(rows: SingleTables.necJis8), singleSpace: 0x20),
    page("nec-ebcdik", SingleTables.necEbcdik),
  ]

  private static func page(_ name: String, _ rows: StaticString) -> SetDefinition {
    SetDefinition(name: name, scheme: .page, single: Single(rows: rows))
  }

  private static func ibmMixed(_ name: String, _ rows: StaticString, _ double: Double) -> SetDefinition {
    SetDefinition(name: name, scheme: .ibm, single: Single(rows: rows), double: double, doubleSpace: (0x40, 0x40))
  }

  private static func fujitsu(_ name: String, _ rows: StaticString) -> SetDefinition {
    SetDefinition(name: name, scheme: .fujitsu, single: Single(rows: rows), double: .jef, doubleSpace: (0x40, 0x40))
  }

  private static func hitachi(_ name: String, _ rows: StaticString, _ double: Double) -> SetDefinition {
    SetDefinition(name: name, scheme: .keis, single: Single(rows: rows), double: double, doubleSpace: (0x40, 0x40))
  }

  private static func ascii(
    _ name: String, _ scheme: Scheme, _ rows: StaticString, _ double: Double = .none, _ space: (UInt8, UInt8)? = nil
  ) -> SetDefinition {
    SetDefinition(
      name: name, scheme: scheme, single: Single(rows: rows), double: double, singleSpace: 0x20, doubleSpace: space)
  }
}
