/** Colours, type and the frame of the page. Every pair of text and ground has a contrast of at least 4.5 in both themes. */
export const base = `
:root{color-scheme:light dark;
--paper:light-dark(#fdfcfa,#151413);--raised:light-dark(#f6f3ee,#1e1c1a);--line:light-dark(#e3ded5,#37332f);--firm:light-dark(#8d867b,#7b746b);
--ink:light-dark(#1d1b18,#ece7df);--soft:light-dark(#5e5950,#aaa398);--link:light-dark(#1d4f91,#9cc3f6);
--f:light-dark(#a5251a,#ff9c8e);--f-tint:light-dark(#fbeeec,#2d1a18);--p:light-dark(#2a6739,#8ecb9c);--e:light-dark(#7d5000,#e4b765);
--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
html{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%;scroll-padding-top:1.5rem}
body{margin:0 auto;max-width:72rem;padding:1.5rem clamp(1rem,4vw,3rem) 5rem;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
h1,h2,h3,h4,p,ol,ul,dl,dd,figure,blockquote,pre{margin:0;padding:0}
h1,h2,h3,h4{font-weight:650;line-height:1.25;text-wrap:balance}
h2{font-size:1.375rem;letter-spacing:-.01em;margin:4rem 0 1.25rem}
a{color:var(--link);text-underline-offset:.2em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
code,pre,.lines,.id{font-family:var(--mono);font-size:.875em}
small{font-size:.8125rem;color:var(--soft)}
:focus-visible{outline:2px solid var(--link);outline-offset:3px;border-radius:3px}
button,select,input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--firm);border-radius:6px;padding:.35rem .65rem;min-height:2.25rem}
button{cursor:pointer;font-size:.875rem}
button:hover{background:var(--raised)}
summary{cursor:pointer}
[hidden]{display:none!important}
.skip{position:absolute;left:1rem;top:-6rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
.skip:focus{top:.5rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.wide{overflow-x:auto}
.label,.eyebrow,dt,thead th,caption{color:var(--soft);font-size:.8125rem;font-weight:500}
.count{color:var(--soft);font-weight:400;font-size:.9em;margin-left:.25em}
.v{white-space:nowrap}
.f{color:var(--f)}.p{color:var(--p)}.e{color:var(--e)}.o,.a{color:var(--soft)}
table{border-collapse:collapse;width:100%;text-align:left;table-layout:fixed}
.wide[tabindex]>table{min-width:56rem}
caption{text-align:left;padding-bottom:.5rem}
th,td{padding:.5rem .75rem .5rem 0;vertical-align:top;border-top:1px solid var(--line);font-weight:400}
thead th{border-top:0;vertical-align:bottom}
thead small{display:block;font-weight:400;font-size:inherit}
.bar{display:flex;justify-content:space-between;align-items:center;min-height:2.25rem;margin-bottom:clamp(2rem,7vw,4.5rem)}
.eyebrow{font-size:.9375rem}
h1{font-size:clamp(1.625rem,1.1rem + 2.2vw,2.125rem);letter-spacing:-.02em;line-height:1.15;text-wrap:pretty}
h1.f,h1.p,h1.e{color:inherit}
h1.f .word{color:var(--f)}h1.p .word{color:var(--p)}h1.e .word{color:var(--e)}
.lead{margin-top:1.25rem;max-width:62ch;color:var(--soft)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,auto));gap:1.25rem 1.5rem;margin-top:2.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
.not-judged dl>div{border-top:1px solid var(--line);padding:.75rem 0}
.not-judged dt{color:var(--ink);font-size:1rem;font-weight:600}
.not-judged dt .v{font-weight:400;margin-left:.5rem;white-space:normal}
.systems{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:2rem}
.systems h3{font-size:1rem;margin-bottom:.35rem;overflow-wrap:anywhere}
.systems p{font-size:.875rem;color:var(--soft);max-width:60ch}
footer{margin-top:5rem;padding-top:1.5rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--soft)}
`
