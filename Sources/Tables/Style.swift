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
      .scroll{overflow-x:auto}td span.whole,th span.whole{white-space:nowrap}.none,.cut{font-size:13.5px}.cut{color:var(--soft);margin-top:-8px}
      svg{display:block;max-width:100%}
      svg .ok{fill:var(--ok)}svg .bad{fill:var(--bad)}svg .out{fill:var(--out)}svg .outline{fill:none;stroke:var(--ink);stroke-width:1}svg text{fill:var(--ink)}svg .figure{text-anchor:end}
      .switch{display:flex;gap:6px;justify-content:flex-end;margin:0 0 10px}.switch label{border:1px solid var(--line);border-radius:6px;padding:2px 10px;cursor:pointer}
      .pick{position:absolute;opacity:0;pointer-events:none}
      #ja:checked~.switch label[for=ja],#en:checked~.switch label[for=en]{background:var(--ink);color:var(--paper);border-color:var(--ink)}
      #ja:focus-visible~.switch label[for=ja],#en:focus-visible~.switch label[for=en]{outline:3px solid #0969da;outline-offset:2px}
      main[lang]{display:none}#ja:checked~main[lang=ja],#en:checked~main[lang=en]{display:block}
      @page{size:A4;margin:16mm 14mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font-size:9pt}}
      @media print{:root{--ink:#000;--soft:#444;--paper:#fff;--line:#999;--wash:#eee;--ok:#0b5d35;--bad:#9b1c12;--warn:#7a4800;--out:#555}
      body{max-width:none;padding:0;font-size:10pt;line-height:1.5}.switch{display:none}table{font-size:9pt}h2{break-after:avoid;margin-top:18pt}h3,caption{break-after:avoid}tr,.card,.verdict,svg{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
      """)
}
