/** Failure cards and their diagrams. */
export const card = `
.card{border:1px solid var(--line);border-radius:10px;margin-top:1rem;background:var(--paper)}
.card>summary{position:relative;list-style:none;padding:1rem 1.25rem 1rem 2.5rem;display:grid;gap:.15rem;border-radius:10px}
.card>summary::before{left:1.25rem;top:.95rem}
.card>summary:hover{background:var(--raised)}
.card[open]{border-color:var(--firm)}
.card h3{font-size:1.0625rem;min-width:0}
.card h3 .v{white-space:normal}
.card h3 .title{margin-left:.35rem}
.card .on{font-size:.875rem;color:var(--soft)}
.card .on b{color:var(--ink);font-weight:600;overflow-wrap:anywhere}
.card>.body{padding:.5rem clamp(1rem,3vw,2.5rem) 2rem}
.card h4{font-size:.875rem;margin:2rem 0 .5rem}
.card .clause{max-width:72ch}
.card .source{margin-top:1.25rem}
.against{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr));gap:1rem;margin-top:1.75rem}
.against>div{background:var(--raised);border-radius:8px;padding:.9rem 1.1rem;min-width:0;overflow-wrap:anywhere}
.against h4{margin:0 0 .25rem;color:var(--soft);font-weight:500;font-size:.8125rem}
.against .seen{background:var(--f-tint)}
.against .seen h4{color:var(--f);font-weight:600}
.size{font-size:.875rem;color:var(--soft)}
.program{margin-top:.75rem}
.clients,.lines{list-style:none;font-family:var(--mono);font-size:.8125rem;line-height:1.6;overflow-wrap:anywhere}
.clients{color:var(--soft);margin-bottom:.75rem}
.lines li{padding:.3rem 0 .3rem 0;border-top:1px solid var(--line)}
.program .lines li{display:flex;gap:.75rem}
.lines .step{color:var(--soft);flex:none}
.lanes{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));gap:0 1.75rem;margin:.75rem 0}
.lanes>div{min-width:0}
.program>.label{margin:1rem 0 .25rem}
.sequence{margin:.75rem 0 2rem}
.sequence svg{display:block;height:auto;max-width:100%}
.sequence .wide{padding:.5rem 0}
.sequence text{font:11px var(--mono);fill:var(--ink);text-anchor:middle;paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.sequence text.head{font:600 13px system-ui,sans-serif}
.sequence text.at{text-anchor:start;fill:var(--soft);font-size:11px}
.sequence .life{stroke:var(--line);stroke-width:1.5}
.sequence .arrow{stroke:var(--firm);stroke-width:1.25}
.sequence path{fill:var(--firm)}
.sequence rect{fill:var(--raised);stroke:var(--line)}
.sequence rect~text{stroke:none}
.sequence .evidence .arrow{stroke:var(--f);stroke-width:2}
.sequence .evidence path,.sequence text.mark,.sequence .evidence text.mark{fill:var(--f)}
.sequence .evidence rect{stroke:var(--f);fill:var(--f-tint)}
.sequence .evidence text:not(.at){font-weight:600}
figcaption .mark{color:var(--f)}
.sequence figcaption details{margin-top:.35rem}
.sequence figcaption .lines{color:var(--ink);margin-top:.5rem}
.history{margin-top:1rem;font-size:.875rem}
.history pre{margin-top:.75rem;padding:1rem;background:var(--raised);border-radius:8px;max-height:26rem;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.75rem;line-height:1.6}
@media (max-width:40rem){.sequence svg{max-width:none}}
.replay{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;background:var(--raised);border-radius:8px;padding:.6rem .6rem .6rem 1rem;min-width:0}
.replay code{flex:1 1 16rem;min-width:0;overflow-wrap:anywhere;user-select:all}
`
