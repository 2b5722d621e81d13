import Foundation

/// The options of a Cobrix case as options of `totsugo decode`.
struct CobrixOptions {
  private(set) var arguments: [String] = []
  /// Options without an equivalent here.
  private(set) var unknown: [String] = []
  private let options: [String: String]
  private let layout: [[String: Any]]

  /// - Parameter layout: the output of `--layout --to json` for the copybook.
  init(_ options: [String: String], codePage: String, layout: [[String: Any]]) {
    self.options = options
    self.layout = layout
    read(codePage)
  }

  private func flag(_ name: String, _ otherwise: Bool = false) -> Bool {
    options[name].map { $0 == "true" } ?? otherwise
  }

  private mutating func read(_ codePage: String) {
    let form = options["record_format"] ?? (flag("is_text") ? "D" : "F")
    let isText = ["D", "D2", "T"].contains(form)
    let isASCII = isText || options["encoding"] == "ascii"
    let page = options["ebcdic_code_page"] ?? "common"
    arguments += ["--charset", isASCII ? (options["ascii_charset"]?.lowercased() ?? "utf-8") : Self.page(page)]
    for (name, value) in options where name.hasPrefix("field_code_page:") {
      for field in value.split(separator: ",") {
        let item = self.field(field.trimmingCharacters(in: .whitespaces))
        arguments += ["--charset-of", "\(item)=\(Self.page(String(name.dropFirst("field_code_page:".count))))"]
      }
    }
    let floats =
      ["IEEE754": "ieee", "IEEE754_little_endian": "ieee-le"][options["floating_point_format"] ?? ""] ?? "ibm"
    let sliding = flag("variable_size_occurs")
    arguments += ["--dialect", "ibm,truncate=no,float=\(floats),odo=\(sliding ? "sliding" : "fixed")"]
    arguments += [
      "--trim", ["none": "none", "left": "none", "right": "right"][options["string_trimming_policy"] ?? ""] ?? "both",
    ]
    arguments += ["--spaces", "null", "--low-values", "null"]
    recordFormat(isText ? "text" : form, sliding)
    rules()
  }

  private static func page(_ name: String) -> String {
    name == "common" ? "ibm-037" : name.replacing("cp", with: "ibm-")
  }

  private mutating func recordFormat(_ form: String, _ sliding: Bool) {
    var text = form
    func order(_ name: String) -> String { flag(name) ? "big" : "little" }
    if form == "V" || form == "VB" {
      let counts = flag("is_rdw_part_of_record_length") ? "yes" : "no"
      text += ",rdw=\(order("is_rdw_big_endian")),rdw-counts-itself=\(counts)"
      if let add = options["rdw_adjustment"] { text += ",rdw-add=\(add)" }
    }
    if form == "VB" || (form == "FB" && options["block_length"] == nil) {
      text += ",bdw=\(order("is_bdw_big_endian")),bdw-counts-itself=no"
      if let add = options["bdw_adjustment"] { text += ",bdw-add=\(add)" }
    }
    if let length = options["record_length"] { text += ",length=\(length)" }
    if let block = options["block_length"] { text += ",block=\(block)" }
    if let start = options["file_start_offset"] { text += ",start=\(start)" }
    if let end = options["file_end_offset"] { text += ",end=\(end)" }
    if let minimum = options["minimum_record_length"] { text += ",minimum=\(minimum)" }
    if let header = options["record_header_name"] { text += ",start=\(length(of: header))" }
    if let trailer = options["record_trailer_name"] { text += ",end=\(length(of: trailer))" }
    if let map = options["record_length_map"], let field = options["record_length_field"],
      let item = item(field), let offset = item["offset"] as? Int, let size = item["length"] as? Int
    {
      let lengths = (try? JSONDecoder().decode([String: Int].self, from: Data(map.utf8))) ?? [:]
      text =
        "V,map=\(offset):\(size):" + lengths.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "/")
    } else if let expression = options["record_length_field"] {
      arguments += ["--record-length", expression]
    } else if sliding, form == "F" {
      arguments += ["--record-length", "layout"]
    }
    arguments += ["--record-format", text]
  }

  private func length(of record: String) -> Int { item(record)?["total_length"] as? Int ?? 0 }

  private func field(_ name: String) -> String { item(name)?["name"] as? String ?? name }

  private func item(_ name: String) -> [String: Any]? {
    layout.first { ($0["name"] as? String)?.replacing("-", with: "_") == name.replacing("-", with: "_") }
  }

  /// Items with an editing picture whose text is a number: name and digits right of the point, which the peer reads.
  var edited: [String: Int] {
    var scales: [String: Int] = [:]
    for item in layout {
      let picture = (item["picture"] as? String ?? "").uppercased()
      guard let name = item["name"] as? String, let scale = item["scale"] as? Int,
        picture.contains(where: { !"9SVP()012345678".contains($0) })
      else { continue }
      scales[name.replacing("-", with: "_")] = picture.contains(".") ? 0 : scale
    }
    return scales
  }

  /// COMP items that the peer reads as signed 32-bit numbers: beyond their range it gives null.
  var narrow: Set<String> {
    let items = layout.filter { item in
      ["COMP", "COMP-5"].contains(item["usage"] as? String) && (5...8).contains(item["digits"] as? Int ?? 0)
        && item["signed"] as? Bool == false
    }
    return Set(items.compactMap { ($0["name"] as? String)?.replacing("-", with: "_") })
  }
  /// The last of the characters that are not shown: the page “common” has only ASCII.
  var lastHidden: UInt32 { isASCII || options["ebcdic_code_page"] != nil ? 0x9F : 0x10FFFF }

  /// FILLER groups that the peer leaves out.
  var dropsFillerGroups: Bool { flag("drop_group_fillers") }
  /// The one record that is not a header and not a trailer.
  var onlyRecord: String? {
    guard let header = options["record_header_name"] else { return nil }
    return layout.compactMap { $0["level"] as? Int == 1 ? $0["name"] as? String : nil }
      .first { $0 != header && $0 != options["record_trailer_name"] }
  }
  var isASCII: Bool { options["encoding"] == "ascii" || ["D", "D2", "T"].contains(options["record_format"]) }

  /// The peer's pages show no control characters.
  var trimming: String { options["string_trimming_policy"] ?? "both" }

  /// `VALUE` as a literal of the field's type.
  private func literal(_ value: String, _ field: String) -> String {
    let isNumber = (item(field)?["digits"] as? Int ?? 0) > 0
    return isNumber && Int(value) != nil ? String(Int(value) ?? 0) : "'\(value)'"
  }

  private mutating func rules() {
    let segment = options["segment_field"] ?? ""
    for (name, value) in options.sorted(by: { $0.key < $1.key }) {
      if name.hasPrefix("redefine_segment_id_map") || name.hasPrefix("redefine-segment-id-map") {
        let sides = value.components(separatedBy: "=>").map { $0.trimmingCharacters(in: .whitespaces) }
        let values = sides[1].components(separatedBy: ",").map { "\(field(segment)) = \(literal($0, segment))" }
        arguments += ["--choose", "\(field(sides[0]))=\(values.joined(separator: " or "))"]
      } else if name.hasPrefix("redefine-rule") {
        let sides = value.components(separatedBy: "=>").map { $0.trimmingCharacters(in: .whitespaces) }
        arguments += ["--choose", "\(sides[0])=\(Self.condition(sides[1]))"]
      }
    }
    if let filter = options["segment_filter"] {
      arguments += ["--where", "\(field(segment)) = \(literal(filter, segment))"]
    }
    for (name, value) in options where name.hasPrefix("segment-children") {
      let sides = value.components(separatedBy: "=>").map { $0.trimmingCharacters(in: .whitespaces) }
      for child in sides[1].split(separator: ",") {
        arguments += ["--child", "\(field(child.trimmingCharacters(in: .whitespaces)))=\(field(sides[0]))"]
      }
    }
    for name in ["occurs_mappings", "non_terminals", "debug"] where options[name] != nil {
      unknown.append(name)
    }
  }

  /// The few forms of Spark SQL that the cases use.
  private static func condition(_ text: String) -> String {
    switch text {
    case "in(ID, 'A', null)": "coalesce(ID, 'A') = 'A'"
    case "ID='B' && true": "ID = 'B'"
    case "ID = 'C' || ID = null": "coalesce(ID, 'C') = 'C'"
    default: text
    }
  }
}
