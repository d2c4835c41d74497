"""The style of pages: light or dark as the reader's system is, always light in print."""

LIGHT = """
--paper: #fbfaf6; --card: #ffffff; --ink: #22252a; --soft: #5d5f63; --rule: #d9d5c9;
--accent: #7a5312; --wash: #f2eee2;
--series-0: #0072b2; --series-1: #c44601; --series-2: #00795a; --series-3: #a3467b;
--series-4: #b07d00; --series-5: #2f93c6; --series-6: #5b5b5b; --series-7: #6b4fa0;
--series-8: #8a4a2a; --series-9: #4f7a1a; --series-10: #c2326a; --series-11: #0b7f8c;
--on-series: #ffffff; --edge: rgb(0 0 0 / 22%);
"""
DARK = """
--paper: #14171c; --card: #1b2027; --ink: #e4e1d8; --soft: #a3a8b0; --rule: #363d47;
--accent: #d9b66f; --wash: #20262e;
--series-0: #56b4e9; --series-1: #f08a4b; --series-2: #2fc09a; --series-3: #d98cb6;
--series-4: #e6b422; --series-5: #9ad1f0; --series-6: #b9b9b9; --series-7: #a995de;
--series-8: #c98f6d; --series-9: #a5cf6a; --series-10: #f07fa8; --series-11: #5fcfdc;
--on-series: #14171c; --edge: rgb(255 255 255 / 30%);
"""
BODY = """
* { box-sizing: border-box; }
html { color-scheme: light dark; }
body { margin: 0; overflow-wrap: break-word; background: var(--paper); color: var(--ink);
  font: 17px/1.55 Charter, "Bitstream Charter", "Iowan Old Style", Georgia, "DejaVu Serif", serif; }
main { max-width: 58rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1, h2, h3, th, nav, summary, figcaption, caption, .note, .faint, .card > h3 {
  font-family: system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .6rem; }
h2 { font-size: 1.35rem; margin: 3rem 0 .8rem; padding-top: .9rem;
  border-top: 2px solid var(--rule); }
h3 { font-size: 1.05rem; margin: 0 0 .4rem; line-height: 1.35; }
p { margin: .5rem 0; max-width: 44rem; }
.lead { font-size: 1.08rem; }
.note, .faint { color: var(--soft); font-size: .85rem; }
strong { color: var(--ink); }
a { color: var(--accent); }
nav { margin: 1.5rem 0; padding: .8rem 1rem; background: var(--wash); border-radius: 6px;
  font-size: .92rem; }
nav ol { margin: 0; padding-left: 1.6rem; columns: 16rem 2; }
nav li { margin: 0; padding: .15rem 0; break-inside: avoid; }
ul, ol { padding-left: 1.4rem; max-width: 44rem; }
li { margin: .3rem 0; }
.grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: 6px;
  padding: .9rem 1.1rem; margin: 1rem 0; break-inside: avoid; }
.grid > * { min-width: 0; }
.grid > .card, .grid > figure { margin: 0; }
.card > p, .card li { font-size: .95rem; }
figure { margin: 1.4rem 0; }
figcaption { font-weight: 600; margin-bottom: .3rem; }
svg.chart { font-family: system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
svg.chart { display: block; width: 100%; max-width: var(--width); height: auto;
  break-inside: avoid; }
@media screen { figure svg.chart { min-width: min(34rem, var(--width)); }
  .grid svg.chart { min-width: 0; } }
table { border-collapse: collapse; margin: .8rem 0; font-size: .88rem; width: 100%;
  font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { padding: .28rem .6rem; border-bottom: 1px solid var(--rule); text-align: left;
  vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
.figure { text-align: right; white-space: nowrap; }
.wide { overflow-x: auto; }
/* What is wider than the screen has a shadow at the edge behind which there is more. */
@media screen { .wide { background:
  linear-gradient(to right, var(--under) 40%, transparent) left / 2.5rem 100%,
  linear-gradient(to left, var(--under) 40%, transparent) right / 2.5rem 100%,
  linear-gradient(to right, var(--edge), transparent) left / .9rem 100%,
  linear-gradient(to left, var(--edge), transparent) right / .9rem 100%;
  background-repeat: no-repeat; background-attachment: local, local, scroll, scroll; }
}
main { --under: var(--paper); }
.card { --under: var(--card); }
details { margin: .6rem 0; }
summary { cursor: pointer; color: var(--accent); font-size: .88rem; }
footer { margin-top: 4rem; border-top: 2px solid var(--rule); padding-top: .8rem; }
@media screen and (max-width: 520px) {
  body { font-size: 16px; }
  main { padding: 1.2rem .9rem 3rem; }
  .card { padding: .7rem .8rem; }
  th, td { padding: .25rem .45rem; }
  th:not(.figure), td:not(.figure) { min-width: 6rem; }
  .grid { grid-template-columns: 1fr; }
  figure svg.chart { min-width: min(46rem, var(--width)); }
  .grid svg.chart { min-width: 21rem; }
  .grid svg.matrix { min-width: 26rem; }
}
@media print {
  @page { margin: 12mm; }
  html { font-size: 9pt; }
  body { font-size: 8.4pt; line-height: 1.35; background: white; }
  p, ul, ol { max-width: none; }
  p, li, .card > p, .card li { font-size: 8.4pt; margin: .2rem 0; }
  .note, .faint { font-size: 7.6pt; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  h1 { font-size: 16pt; }
  h2 { font-size: 12pt; break-after: avoid; margin: 1rem 0 .3rem; padding-top: .3rem; }
  h3, figcaption, caption { break-after: avoid; font-size: 9pt; }
  footer { margin-top: 1rem; padding-top: .4rem; }
  .new-page { break-before: page; }
  .new-page > h2 { border-top: none; margin-top: 0; padding-top: 0; }
  tr, li, .grid > .card { break-inside: avoid; }
  .card { margin: .4rem 0; padding: .4rem .8rem; break-inside: auto; }
  .grid { grid-template-columns: 1fr 1fr; gap: .5rem; }
  figure { margin: .4rem 0; break-inside: avoid; }
  svg.chart { max-height: 72mm; width: auto; max-width: min(100%, var(--width)); }
  svg.strip, svg.bars { max-height: 105mm; }
  .grid svg.lines { max-height: 44mm; }
  .grid svg.whiskers { max-height: 34mm; }
  details:not([open]), figure summary { display: none; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  summary { list-style: none; color: var(--soft); }
  table { font-size: 7.6pt; line-height: 1.2; margin: .3rem 0; }
  th, td { padding: .06rem .5rem; }
  .handout, .handout p, .handout li { font-size: 10pt; line-height: 1.35; }
  .handout p { margin: .4rem 0; }
  .handout table { font-size: 9.5pt; }
  .handout td { padding: 1.1mm .5rem; }
  .handout footer .note { font-size: 7.6pt; }
}
"""
CSS = (
    f":root {{{LIGHT}}}\n"
    f"@media screen and (prefers-color-scheme: dark) {{ :root {{{DARK}}} }}\n{BODY}"
)
"""The style sheet of every page."""
