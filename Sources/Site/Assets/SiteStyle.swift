import Report
import Tables

/// The styles of the site's pages beyond those of all pages.
enum SiteStyle {
  static let sheet =
    Style.sheet.text + """

      body.site{max-width:1240px;padding-top:10px}
      a{color:var(--link)}:root{--link:#0550ae}@media (prefers-color-scheme:dark){:root{--link:#79b8ff}}
      :focus-visible,input[type=date]:focus-within{outline:3px solid var(--link);outline-offset:2px}
      .skip{position:absolute;left:-999px}.skip:focus{position:static}
      header.top{display:flex;flex-wrap:wrap;gap:4px 18px;align-items:center;border-bottom:2px solid var(--ink);padding-bottom:8px}
      .top .name{font-weight:700;margin:0}.top nav{flex:1 1 420px}.places{list-style:none;display:flex;flex-wrap:wrap;gap:2px 4px;margin:0;padding:0}
      .places a{display:block;padding:5px 10px;border-radius:6px;text-decoration:none}.places a[aria-current]{background:var(--ink);color:var(--paper)}
      .who{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center;font-size:13px}.who form{margin:0}.languages a{padding:3px 4px}.languages a[aria-current]{font-weight:700;color:var(--ink);text-decoration:none}
      .crumbs ol{list-style:none;display:flex;flex-wrap:wrap;gap:2px 6px;margin:10px 0 0;padding:0;font-size:13px}.crumbs li+li::before{content:"›";margin-right:6px;color:var(--soft)}
      main h1{margin:14px 0 8px}main:focus{outline:none}.typed{white-space:pre-wrap;border-left:4px solid var(--line);padding-left:12px}.said{border:2px solid var(--ok);border-radius:6px;padding:6px 12px}
      .site .cards{grid-template-columns:repeat(auto-fit,minmax(125px,1fr))}
      .lights{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:14px}a.verdict{text-decoration:none}a.verdict span{flex-basis:100%}a.verdict strong{text-decoration:underline}
      .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,1fr));gap:2px 24px;margin:8px 0}.facts div{display:flex;gap:12px;min-width:0;border-bottom:1px dotted var(--line);padding:2px 0}.facts dt{color:var(--soft);flex:none;min-width:8em}.facts dd{margin:0;min-width:0}
      form.filter{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:end;margin:10px 0;padding:10px 12px;background:var(--wash);border-radius:8px}
      label{display:flex;flex-direction:column;font-size:13px;gap:2px}label.flag{flex-direction:row;align-items:center;gap:6px;padding:6px 0}
      input,select,textarea,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--out);border-radius:6px;padding:4px 8px;max-width:100%}
      input[type=checkbox]{width:18px;height:18px;flex:none}button{cursor:pointer;font-weight:600;padding:5px 14px}textarea{width:100%}
      .acts{border:1px solid var(--line);border-radius:8px;padding:0 16px 12px;margin:16px 0}.acts h2{border:0;margin:12px 0 0}.act{border-top:1px solid var(--line);padding:8px 0;display:grid;gap:6px;justify-items:start}.act h3{margin:0}.act label{width:100%;max-width:640px}
      fieldset{border:1px solid var(--line);border-radius:8px;display:flex;flex-wrap:wrap;gap:8px 14px;align-items:end;padding:10px 14px;margin:0 0 14px}
      details>summary{cursor:pointer;color:var(--link);padding:8px 0}
      .sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:4px 24px;align-items:start}.side{min-width:0}.side h2{margin-top:18px}
      mark{background:#ffd8a8;color:#1b1f24;font:13px/1.5 "Noto Sans Mono","DejaVu Sans Mono",monospace;padding:1px 2px;border-radius:3px;text-decoration:underline}
      .paging{display:flex;flex-wrap:wrap;gap:4px 14px;margin:8px 0}
      tr.warn td,tr.warn th{background:#fbeccd}tr.unknown td,tr.unknown th{color:var(--soft)}@media (prefers-color-scheme:dark){tr.warn td,tr.warn th{background:#40300f}}
      td code{font-size:12.5px;word-break:normal;overflow-wrap:anywhere}
      progress{width:min(420px,60vw);height:16px}#progress:empty{display:none}#progress{border:2px solid var(--line);border-radius:8px;padding:4px 14px;margin:12px 0}#progress h2{margin:4px 0;border:0}
      .sign-in{max-width:420px;margin:12vh auto}.sign-in form{display:grid;gap:10px;justify-items:start}.sign-in input[type=password]{width:100%}
      .foot{margin-top:28px;border-top:1px solid var(--line);padding-top:6px;color:var(--soft);font-size:12px}
      th,td{overflow-wrap:break-word}:lang(ja) td,:lang(ja) th,:lang(ja) p,:lang(ja) dd{word-break:auto-phrase}td.id,th.id{overflow-wrap:normal}
      @media (max-width:600px){body.site{padding:8px 12px 40px}.facts{grid-template-columns:1fr}.facts dt{min-width:6em}.places a{padding:6px 8px}td,th{min-width:5em}td.id,th.id,td.n,th.n{min-width:0}.lights{grid-template-columns:1fr 1fr;gap:8px}.lights .verdict{padding:8px 10px;margin:8px 0}.lights .verdict b{font-size:19px}.lights .verdict span{font-size:13px}header.top{gap:2px 10px}.top nav{order:3;flex:1 1 100%;min-width:0}.places{flex-wrap:nowrap;overflow-x:auto;white-space:nowrap}.who{margin-left:auto}.sentences .facts div{display:block}}
      @media print{header.top nav,.who,form,.paging,.crumbs{display:none}}

      """
}
