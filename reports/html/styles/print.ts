/** On paper: ink on white, failures whole, requirements as a list, nothing that is only for hands. */
export const print = `
@media print{
:root,:root[data-theme]{color-scheme:light}
html{font-size:10.5pt;background:#fff}
body{max-width:none;padding:0}
h2{margin-top:2rem}
#filters,#theme,button,.skip,.self,.history{display:none!important}
.card::details-content{content-visibility:visible;display:block}
.card,.r,tr,.against>div,.sequence{break-inside:avoid-page}
.card{border-color:#888}
.card>.body{break-before:avoid}
h2,h3,h4{break-after:avoid}
.area{content-visibility:visible}
.r>summary::before,.card>summary::before{content:none}
.r>summary{padding-left:0}
.wide{overflow:visible}
a{color:inherit;text-decoration:none}
.area[hidden],.r[hidden]{display:none!important}
}
`
