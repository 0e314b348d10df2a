/** The overview and its legend. */
export const matrix = `
.matrix th:first-child{width:20%}
.matrix td a{display:inline-flex;flex-wrap:wrap;gap:0 .9rem;text-decoration:none;padding:.1rem .4rem;margin:-.1rem -.4rem;border-radius:4px}
.matrix td a:hover{background:var(--raised)}
.matrix .f{font-weight:650}
.matrix tbody th a{color:inherit;text-decoration-color:var(--line)}
.matrix tr:hover th a{text-decoration-color:currentColor}
.matrix .none{color:var(--soft)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.75rem;margin-top:1.25rem}
.legend div{display:flex;gap:.5rem;font-size:.8125rem}
.legend dd{color:var(--soft)}
.legend dt.f{color:var(--f)}.legend dt.p{color:var(--p)}.legend dt.e{color:var(--e)}
@media (max-width:40rem){
.matrix{font-size:.8125rem}
.matrix th,.matrix td{padding-right:.25rem}
.matrix th:first-child{width:31%}
.matrix tbody th{font-size:.78rem}
.matrix thead th{font-size:.6563rem;line-height:1.3}
.legend{display:grid;gap:.35rem}
}
`
