/// The styles of papers beyond those of all pages.
package enum PaperStyle {
  package static let sheet = HTML(
    stringLiteral: """
      span.unknown{font-style:normal;border-bottom:1px dotted currentColor}
      tr.good td,tr.good th,tr.warn td,tr.warn th,tr.unknown td,tr.unknown th{color:var(--ink)}tr.bad td,tr.bad th{color:var(--ink);background:var(--bad-wash)}tr.total td,tr.total th{font-weight:600;border-top:2px solid var(--ink)}
      .paper h1{font-size:23px;text-align:center;margin:0 0 10px}.paper h2{margin-top:30px}
      .restricted{text-align:center;color:var(--bad)}.restricted strong{border:2px solid currentColor;padding:1px 12px;margin-right:8px}
      .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:2px 20px;font-size:13px;margin:0 0 8px}.facts div{display:flex;gap:10px;min-width:0}.facts dt{color:var(--soft);flex:none;min-width:6.5em}.facts dd{margin:0;min-width:0}.facts code{font-size:11.5px}
      .paper .cards{margin:10px 0}.paper .card{display:flex;flex-direction:column-reverse;justify-content:flex-end}.card dt{color:var(--soft);font-size:13px;line-height:1.4}.card dd{margin:0;font-size:21px;font-weight:600;font-variant-numeric:tabular-nums;line-height:1.35}
      .paper .verdict{padding:8px 18px}.verdict .light{flex:none}.lamp{stroke:var(--ink);stroke-width:1.2}svg .lamp.off{fill:var(--wash)}svg .lamp.good{fill:var(--ok)}svg .lamp.warn{fill:var(--warn)}svg .lamp.bad{fill:var(--bad)}.verdict span{flex:1;min-width:16em}
      .paper caption{font-weight:600;color:var(--ink);padding:6px 0 4px}.paper th.n{white-space:normal}td.m,th.m{white-space:nowrap;text-align:center}td.w{font-variant-numeric:tabular-nums}td.blank{min-width:16mm}
      .paper th,.paper td{overflow-wrap:break-word}.paper td code{overflow-wrap:anywhere}:lang(ja) td,:lang(ja) th,:lang(ja) span,:lang(ja) p{word-break:auto-phrase}
      small{font-size:.86em}
      .seals{display:flex;justify-content:flex-end;margin:10px 0}.seals div{border:1px solid var(--ink);border-left-width:0;width:22mm;height:24mm;text-align:center;font-size:12px}.seals div:first-child{border-left-width:1px}.seals span{display:block;border-bottom:1px solid var(--ink);padding:1px}
      .contents ol{list-style:none;padding:0;margin:6px 0 0;display:flex;flex-wrap:wrap;gap:2px 18px;font-size:13px}.contents a{color:inherit}
      .foot{margin-top:28px;border-top:1px solid var(--line);padding-top:6px;color:var(--soft);font-size:12px}
      @media print{.sheet{break-before:page}.sheet h2{margin-top:0}.paper h1{font-size:16pt;margin-bottom:4pt}.paper h2{font-size:12pt;margin:12pt 0 5pt}h2,h3,caption,figcaption,thead{break-after:avoid}.paper p{margin:3pt 0;orphans:2;widows:2}
      .facts{grid-template-columns:1fr;font-size:8pt;gap:0;line-height:1.4}.facts code{font-size:7.5pt}.paper .cards{grid-template-columns:repeat(auto-fit,minmax(25mm,1fr));gap:4pt}.paper .card{padding:3pt 6pt}.card dt{font-size:8pt}.card dd{font-size:13pt}
      .paper table{font-size:8.5pt;margin:3pt 0 7pt}.paper th,.paper td{padding:2pt 4pt;line-height:1.35}.verdict b{font-size:22pt}.paper .verdict{margin:5pt 0}.scroll{break-inside:auto;padding-right:1px}.paper td code{font-size:7pt}.foot{display:none}
      .clamp{display:-webkit-box;-webkit-box-orient:vertical;overflow:hidden}.tag{font-size:8pt}figcaption{font-size:9pt}figure{margin:5pt 0}svg.chart{max-width:182mm}
      .dense table{font-size:8pt}.dense .head .facts{grid-template-columns:1fr 1fr}.dense .verdict{padding:2pt 12pt;margin:3pt 0}.dense .verdict svg{height:42px;width:auto}.dense .verdict b{font-size:17pt}.dense .sentences .facts{font-size:8.3pt;line-height:1.3;margin:3pt 0}.dense th,.dense td{padding:1pt 3pt;line-height:1.25}.dense .cards{margin:3pt 0}.dense h2{margin-top:6pt}.dense .sheet h2{margin-top:0}.dense .tag{font-size:7pt;padding:0 4pt}.dense figure{margin:3pt 0}.dense h3{margin:5pt 0 2pt}.dense caption{padding:2pt 0}}
      """)

  /// Widths of columns and heights of cells of the paper's tables, as classes: the page has no inline styles, so that a
  /// server can forbid them.
  package static func sizes(_ paper: Paper) -> HTML {
    let columns = paper.tables.flatMap(\.columns)
    let widths = Set(columns.compactMap(\.width)).sorted().map { ".mm\($0){width:\($0)mm}" }
    let lines = Set(columns.compactMap(\.lines)).sorted().map { ".lines\($0){-webkit-line-clamp:\($0)}" }
    return HTML(stringLiteral: (widths + lines).joined())
  }

  /// The text above and below each sheet: the title, the time, the head of the ledger, the number of the sheet.
  package static func margins(_ paper: Paper, _ words: Words) -> HTML {
    let mark = paper.isRestricted ? words("取扱注意", "Restricted") + "　" : ""
    let project = paper.facts.first.map { words.text($0.value) } ?? ""
    let date = paper.facts.first { $0.key == "as_of" }.map { words.text($0.value) } ?? ""
    let style = """
      @page{margin:17mm 14mm 15mm;@top-left{content:\(quoted(project + "　" + paper.title));font-size:8pt}\
      @top-right{content:\(quoted(mark + date));font-size:8pt}\
      @bottom-left{content:\(quoted(paper.foot));font:6.5pt monospace;white-space:nowrap}\
      @bottom-right{content:counter(page) " / " counter(pages);font-size:8pt}}
      """
    return HTML(stringLiteral: style)
  }

  /// A string of a style sheet that cannot be ended, nor the element around it, by its content.
  package static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "\"", "<", ">", "&", "'": quoted += "\\" + String(scalar.value, radix: 16) + " "
      case _ where scalar.value < 0x20: quoted += " "
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
