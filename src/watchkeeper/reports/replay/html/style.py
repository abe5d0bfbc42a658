"""The page's own style: light and dark, narrow and printed."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #57606a; --line: #d0d7de; --ground: #ffffff;
  --sheet: #f6f8fa;
  --met: #2e7d4f; --breached: #c4432b; --open: #3a6ea5; --outside: #8b949e; --unknown: #b7bdc4;
  --heat-0: #e4efe8; --heat-1: #f6ddd6; --heat-2: #eebcae; --heat-3: #e39680; --heat-4: #d36a50; --heat-5: #b23a24; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --quiet: #9aa4af; --line: #363d46; --ground: #0f1318;
  --sheet: #171c23; --met: #4fb37b; --breached: #f0705a; --open: #6ea8e0; --outside: #6b7580; --unknown: #4c555f;
  --heat-0: #1d2f26; --heat-1: #3a2622; --heat-2: #5b2f27; --heat-3: #83392c; --heat-4: #b04a38; --heat-5: #e5634c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; overflow-wrap: anywhere; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; }
p { margin: .25rem 0; }
.quiet { color: var(--quiet); }
.figures { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; margin: 1.25rem 0 0; list-style: none; }
.figures li { flex: 1 1 8rem; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--sheet); }
.figures strong { display: block; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
.warning { margin: .75rem 0; padding: .5rem .75rem; border-inline-start: 4px solid var(--breached);
  background: var(--sheet); }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: start; color: var(--quiet); padding-block: .25rem; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: end; }
th:first-child, td:first-child, td.words { text-align: start; }
td.words { overflow-wrap: anywhere; }
tfoot th, tfoot td { font-weight: 650; }
svg { display: block; width: 100%; min-width: 34rem; height: auto; margin: .75rem 0; }
svg text { fill: var(--quiet); font-size: 13px; }
svg .end { text-anchor: end; }
svg .axis { stroke: var(--line); }
rect.met { fill: var(--met); } rect.breached { fill: var(--breached); } rect.open { fill: var(--open); }
rect.outside_level { fill: var(--outside); } rect.not_measurable { fill: var(--unknown); }
rect.none { fill: none; stroke: var(--line); } rect.heat-0 { fill: var(--heat-0); }
rect.heat-1 { fill: var(--heat-1); } rect.heat-2 { fill: var(--heat-2); } rect.heat-3 { fill: var(--heat-3); }
rect.heat-4 { fill: var(--heat-4); } rect.heat-5 { fill: var(--heat-5); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; margin: 0; list-style: none; font-size: .9rem; }
.legend svg { display: inline-block; width: .8em; min-width: 0; height: .8em; margin: 0 .35em 0 0; }
summary { cursor: pointer; color: var(--quiet); padding-block: .25rem; }
@media print { :root { color-scheme: light; --ink: #000; --quiet: #333; --ground: #fff; --sheet: #fff; --line: #999; }
  body { max-width: none; padding: 0; font-size: 11pt; } section { break-inside: avoid; }
  rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""
