/// The style sheet of all pages: screen and A4 print, light and dark, without external fonts and scripts.
package enum Style {
  package static let sheet = HTML(
    stringLiteral: """
      :root{--ink:#1b1f24;--soft:#57606a;--paper:#fff;--line:#d0d7de;--wash:#f6f8fa;--ok:#1a7f4b;--bad:#b42318;--warn:#9a5b00;--out:#6e7781}
      @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#a3adb8;--paper:#0f1419;--line:#384149;--wash:#181f26;--ok:#4ac58a;--bad:#ff8f84;--warn:#e7b04f;--out:#9aa4ad}}
      *{box-sizing:border-box}
      html{background:var(--paper);color:var(--ink)}
      body{font:15px/1.65 "Hiragino Sans","Yu Gothic","Noto Sans CJK JP","Noto Sans JP",Meiryo,sans-serif;max-width:1080px;margin:0 auto;padding:24px 20px 60px;line-break:strict;word-break:normal;overflow-wrap:anywhere}
      h1{font-size:24px;margin:0 0 4px;line-height:1.35}h2{font-size:18px;margin:36px 0 10px;padding-bottom:4px;border-bottom:2px solid var(--ink)}h3{font-size:15px;margin:22px 0 6px}
      p{margin:6px 0}.soft{color:var(--soft)}.small{font-size:13px}code{font:13px/1.5 "Noto Sans Mono","DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
      table{border-collapse:collapse;width:100%;margin:8px 0 14px;font-size:13.5px}
      caption{text-align:left;color:var(--soft);padding:2px 0 4px}
      th,td{border:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top}
      thead th{background:var(--wash);font-weight:600}tbody th{font-weight:400}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      td.id,th.id,td.w{white-space:nowrap}
      tr.bad td,tr.bad th{color:var(--bad)}
      .tag{display:inline-block;font-size:12px;line-height:1.5;padding:0 7px;border:1.5px solid currentColor;border-radius:9px;white-space:nowrap;font-weight:600}
      .good{color:var(--ok)}.bad{color:var(--bad)}.warn{color:var(--warn)}.unknown{color:var(--soft)}
      .verdict{border:3px solid currentColor;border-radius:10px;padding:12px 18px;margin:14px 0;display:flex;gap:18px;align-items:center;flex-wrap:wrap}
      .verdict b{font-size:32px;line-height:1.1;letter-spacing:.02em}.verdict span{color:var(--ink)}
      .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:12px 0}
      .card{border:1px solid var(--line);border-radius:8px;padding:8px 12px}.card b{display:block;font-size:22px;font-variant-numeric:tabular-nums;line-height:1.3}.card span{color:var(--soft);font-size:13px}
      .sentences .facts{display:block;font-size:15px;margin:10px 0}.sentences .facts div{display:flex;gap:14px;padding:4px 0;border:0;border-bottom:1px solid var(--line)}.sentences .facts dt{color:var(--soft);flex:none;min-width:6.5em;font-weight:600}.sentences .facts dd{margin:0;min-width:0}
      :root{--good-wash:#dcf1e5;--bad-wash:#fbdfdb;--warn-wash:#fbeccd;--unknown-wash:#e9ecef;--one:#0550ae;--two:#8a3ffc;--three:#9a5b00}
      @media (prefers-color-scheme:dark){:root{--good-wash:#123524;--bad-wash:#4a1814;--warn-wash:#40300f;--unknown-wash:#2a3138;--one:#79b8ff;--two:#c9a6ff;--three:#e7b04f}}
      figure{margin:12px 0;break-inside:avoid;overflow-x:auto}@media screen and (max-width:640px){svg.chart{min-width:600px}}figcaption{font-weight:600;font-size:13.5px;margin-bottom:4px}
      svg.chart{width:100%;max-width:720px;height:auto;font-size:11.5px}svg.chart .axis{stroke:var(--line)}svg.chart .end{text-anchor:end}svg.chart .mid{text-anchor:middle}svg.chart .soft{fill:var(--soft)}
      svg.chart .f-good{fill:var(--ok)}svg.chart .f-bad{fill:var(--bad)}svg.chart .f-warn{fill:var(--warn)}svg.chart .f-unknown{fill:var(--out)}svg.chart .f-plain{fill:var(--one)}
      svg.chart .s-good{fill:var(--good-wash)}svg.chart .s-bad{fill:var(--bad-wash)}svg.chart .s-warn{fill:var(--warn-wash)}svg.chart .s-unknown,svg.chart .s-plain{fill:var(--unknown-wash)}svg.chart .square{stroke:var(--line)}svg.chart .limit{stroke:var(--bad);stroke-width:2}
      svg.chart .line{fill:none;stroke-width:2.2}svg.chart .l0{stroke:var(--one)}svg.chart .l1{stroke:var(--two);stroke-dasharray:7 3}svg.chart .l2{stroke:var(--three);stroke-dasharray:2 3}svg.chart .l3{stroke:var(--soft);stroke-dasharray:9 3 2 3}
      svg.chart .part{stroke-width:1}svg.chart .p0{fill:var(--one);stroke:var(--one)}svg.chart .p1{fill:none;stroke:var(--two)}svg.chart .stripes{stroke:var(--two);stroke-dasharray:2 2.5}svg.chart .p2{fill:none;stroke:var(--soft)}svg.chart .p3{fill:var(--bad);stroke:var(--bad)}
      .scroll{overflow-x:auto}td span.whole,th span.whole{white-space:nowrap}.none,.cut{font-size:13.5px}.cut{color:var(--soft);margin-top:-8px}
      svg{display:block;max-width:100%}
      svg .ok{fill:var(--ok)}svg .bad{fill:var(--bad)}svg .out{fill:var(--out)}svg .outline{fill:none;stroke:var(--ink);stroke-width:1}svg text{fill:var(--ink)}svg .figure{text-anchor:end}
      .switch{display:flex;gap:6px;justify-content:flex-end;margin:0 0 10px}.switch label{border:1px solid var(--line);border-radius:6px;padding:2px 10px;cursor:pointer}
      .pick{position:absolute;opacity:0;pointer-events:none}
      #ja:checked~.switch label[for=ja],#en:checked~.switch label[for=en]{background:var(--ink);color:var(--paper);border-color:var(--ink)}
      #ja:focus-visible~.switch label[for=ja],#en:focus-visible~.switch label[for=en]{outline:3px solid #0969da;outline-offset:2px}
      main[lang]{display:none}#ja:checked~main[lang=ja],#en:checked~main[lang=en]{display:block}
      @page{size:A4;margin:16mm 14mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font-size:9pt}}
      @media print{:root{--good-wash:#e2f3e9;--bad-wash:#fbe3e0;--warn-wash:#fcf0d6;--unknown-wash:#eee;--one:#0550ae;--two:#6929c4;--three:#7a4800}.sentences .facts{font-size:9pt;line-height:1.4}.sentences .facts div{padding:1pt 0}
      :root{--ink:#000;--soft:#444;--paper:#fff;--line:#999;--wash:#eee;--ok:#0b5d35;--bad:#9b1c12;--warn:#7a4800;--out:#555}
      body{max-width:none;padding:0;font-size:10pt;line-height:1.5}.switch{display:none}table{font-size:9pt}h2{break-after:avoid;margin-top:18pt}h3,caption{break-after:avoid}tr,.card,.verdict,svg{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
      """)
}
