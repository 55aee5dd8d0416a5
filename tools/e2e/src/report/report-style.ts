/** The look of the report, light and dark. Green is ready, amber on its way, red wrong; grey is going. */
export const reportStyle = `
:root { color-scheme: light dark;
  --page:#f6f7f9; --card:#fff; --ink:#1b2330; --faint:#68748a; --line:#dfe4ec; --accent:#2f6fde;
  --good:#1f9d61; --bad:#d5383c; --wait:#e0a11b; --init:#8a6be0; --idle:#c3cbd8; --going:#7d8798; --done:#7fb99a; --step:#e6ebf4; --area:#a9c4f5; }
@media (prefers-color-scheme: dark) { :root {
  --page:#10141b; --card:#181e28; --ink:#e4e9f2; --faint:#8d99ae; --line:#2a3342; --accent:#6ea0ff;
  --good:#35b878; --bad:#f0605f; --wait:#d9a441; --init:#a38cf0; --idle:#465063; --going:#69748a; --done:#3f7d5d; --step:#27303f; --area:#3a5b96; } }
* { box-sizing: border-box; }
body { margin:0; background:var(--page); color:var(--ink); font:14px/1.45 system-ui, sans-serif; }
main { max-width:1200px; margin:0 auto; padding:28px 20px 60px; }
h1 { font-size:26px; margin:0 0 2px; } h1 .bad { color:var(--bad); } h1 .good { color:var(--good); }
h2 { font-size:17px; margin:0; } h3 { font-size:13px; margin:14px 0 4px; color:var(--faint); font-weight:600; }
p { margin:0; } .faint { color:var(--faint); }
.card { background:var(--card); border:1px solid var(--line); border-radius:10px; padding:16px 18px; margin-top:16px; }
.card.failed { border-left:4px solid var(--bad); } .card.passed { border-left:4px solid var(--good); } .card.skipped { border-left:4px solid var(--idle); }
.figures { display:flex; flex-wrap:wrap; gap:10px; margin-top:16px; }
.figure { background:var(--card); border:1px solid var(--line); border-radius:10px; padding:10px 16px; min-width:128px; }
.figure b { display:block; font-size:20px; font-weight:650; } .figure span { color:var(--faint); font-size:12px; }
.head { display:flex; gap:10px; align-items:baseline; flex-wrap:wrap; } .head .time { margin-left:auto; font-variant-numeric:tabular-nums; }
.badge { font-size:12px; border:1px solid var(--line); border-radius:99px; padding:1px 9px; color:var(--faint); white-space:nowrap; }
.badge.bad { color:#fff; background:var(--bad); border-color:var(--bad); }
.notes { display:flex; flex-wrap:wrap; gap:6px; margin-top:8px; }
.notes .badge { white-space:normal; overflow-wrap:anywhere; border-radius:9px; max-height:9em; overflow:auto; }
table { border-collapse:collapse; width:100%; } td, th { text-align:left; padding:5px 10px 5px 0; border-bottom:1px solid var(--line); vertical-align:top; }
th { font-weight:600; font-size:12px; color:var(--faint); } td.number, th.number { text-align:right; white-space:nowrap; font-variant-numeric:tabular-nums; }
tr:last-child td { border-bottom:0; } a { color:inherit; text-decoration-color:var(--line); }
.dot { display:inline-block; width:9px; height:9px; border-radius:99px; margin-right:8px; background:var(--idle); } .dot.passed { background:var(--good); } .dot.failed { background:var(--bad); }
pre { background:var(--page); border-radius:8px; padding:10px 12px; overflow:auto; max-height:340px; font:12px/1.45 ui-monospace, monospace; margin:6px 0 0; white-space:pre-wrap; overflow-wrap:anywhere; }
pre.failure { border-left:3px solid var(--bad); } summary { cursor:pointer; color:var(--faint); margin-top:8px; }
svg.timeline { display:block; width:100%; height:auto; margin-top:12px; font:10.5px ui-monospace, monospace; }
.tick { fill:var(--faint); text-anchor:middle; font-size:10px; } .grid { stroke:var(--line); stroke-width:1; } .base { stroke:var(--faint); stroke-width:1; }
.group { fill:var(--ink); text-anchor:end; font:600 11px system-ui, sans-serif; } .group.faint { fill:var(--faint); font-weight:400; }
.label { fill:#fff; pointer-events:none; } .on-step, .on-pending { fill:var(--ink); }
.step { fill:var(--step); stroke:var(--card); } .step-failed, .command-failed, .failed.bar, .failures { fill:var(--bad); }
.command { fill:var(--accent); } .pending { fill:var(--idle); } .initialising { fill:var(--init); } .running { fill:var(--wait); }
.ready { fill:var(--good); } .succeeded { fill:var(--done); } .terminating { fill:var(--going); }
.failure-band { fill:var(--bad); opacity:.16; }
.requests { fill:var(--area); }
.overview-bar.passed { fill:var(--good); } .overview-bar.failed { fill:var(--bad); } .overview-bar.skipped { fill:var(--idle); }
.legend { display:flex; flex-wrap:wrap; gap:4px 16px; margin-top:12px; font-size:12px; color:var(--faint); }
.legend i { display:inline-block; width:20px; height:10px; border-radius:2px; margin-right:6px; vertical-align:-1px; }
`;
