/** The filters and the list of requirements. */
export const requirements = `
#filters{display:grid;grid-template-columns:minmax(12rem,2fr) repeat(4,minmax(6.5rem,1fr));gap:.75rem 1rem;align-items:end}
#filters label{display:grid;gap:.25rem;font-size:.8125rem;color:var(--soft)}
#filters input,#filters select{width:100%;color:var(--ink);font-size:.9375rem}
#filters .found{grid-column:1/-1;display:flex;gap:1rem;align-items:center;font-size:.875rem;color:var(--soft)}
.area{content-visibility:auto;contain-intrinsic-size:auto 46rem;margin-top:2.5rem}
.area h3{font-size:1.0625rem;padding:.4rem 0 .6rem}
.r{border-top:1px solid var(--line)}
.r:last-child{border-bottom:1px solid var(--line)}
.r>summary{display:grid;grid-template-columns:minmax(0,1fr) 15rem;gap:.15rem 1.5rem;padding:.6rem 0 .6rem 1.25rem;position:relative;list-style:none}
.r>summary::-webkit-details-marker,.card>summary::-webkit-details-marker{display:none}
.r>summary::before,.card>summary::before{content:"›";position:absolute;left:0;top:.5rem;line-height:1.5;color:var(--soft);font-weight:600}
.r[open]>summary::before,.card[open]>summary::before{transform:rotate(90deg)}
.r>summary:hover .title{text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.2em}
.r h4{font-weight:400;font-size:.9375rem;display:grid;grid-template-columns:7.5rem 3.75rem minmax(0,1fr);gap:.25rem;text-wrap:pretty;line-height:1.45}
.r[open] h4 .title{font-weight:600}
.level{font-size:.8125rem;color:var(--soft)}
.level.should{font-style:italic}
.vs{font-size:.875rem;line-height:1.45}
.vs .g{display:block}
.vs small{font-size:inherit}
.r .body{grid-template-columns:minmax(0,1fr);padding:.5rem 0 2rem 1.25rem;display:grid;gap:1.25rem}
.r .body>*{min-width:0}
.source{max-width:64ch}
blockquote{border-left:2px solid var(--firm);padding-left:1rem;text-wrap:pretty}
figcaption{font-size:.8125rem;color:var(--soft);margin-top:.35rem}
.source figcaption{padding-left:calc(1rem + 2px)}
.clauses{font-size:.875rem}
.clauses th:first-child{width:36%}
.clauses small{display:block;line-height:1.4}
.clauses small.e{color:var(--e);white-space:normal}
.clauses b{font-weight:600}
.absences{list-style:none;font-size:.875rem;display:grid;gap:.35rem;max-width:80ch}
.self{font-size:.8125rem}
@media (max-width:60rem){#filters{grid-template-columns:repeat(2,minmax(0,1fr))}#filters .q{grid-column:1/-1}}
@media (max-width:40rem){
.r>summary{grid-template-columns:minmax(0,1fr)}
.r h4{display:flex;flex-wrap:wrap;align-items:baseline;gap:.15rem .75rem}.r h4 .title{flex:0 0 100%}
.r .body{padding-left:0}
.clauses tr{display:flex;flex-wrap:wrap;gap:0 .75rem;border-top:1px solid var(--line);padding:.5rem 0}
.clauses thead tr{border:0}
.clauses th,.clauses td{border:0;padding:0;flex:1 1 0;min-width:0}
.clauses th:first-child{flex:0 0 100%;width:auto;padding-bottom:.35rem}
.clauses thead th{font-size:.75rem;line-height:1.3}
.clauses small{font-size:.75rem}
}
`
