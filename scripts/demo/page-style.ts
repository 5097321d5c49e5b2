/** GitHub's own colours, light and dark. */
export const pageStyle = `
:root{color-scheme:light dark;--fg:#1f2328;--mute:#59636e;--bg:#fff;--soft:#f6f8fa;--line:#d1d9e0;--link:#0969da;--ok:#1a7f37;--bad:#d1242f;--wait:#9a6700}
@media(prefers-color-scheme:dark){:root{--fg:#f0f6fc;--mute:#9198a1;--bg:#0d1117;--soft:#151b23;--line:#3d444d;--link:#4493f8;--ok:#3fb950;--bad:#f85149;--wait:#d29922}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 -apple-system,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif,"Apple Color Emoji","Segoe UI Emoji","Noto Color Emoji"}
main{max-width:1012px;margin:0 auto;padding:24px 16px 80px}
a{color:var(--link)}
h1,h2,h3{line-height:1.25;overflow-wrap:anywhere}
section>h2{margin-top:56px;padding-bottom:.3em;border-bottom:1px solid var(--line);scroll-margin-top:8px}
code,pre{font:85%/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--soft);border-radius:6px}
code{padding:.2em .4em;overflow-wrap:anywhere}
pre{padding:12px;overflow:auto}
pre code{padding:0}
pre.mermaid{background:none;padding:0;margin:0;text-align:center;min-width:640px}
.box{border:1px solid var(--line);border-radius:6px;margin:16px 0;overflow:hidden}
.head{background:var(--soft);border-bottom:1px solid var(--line);padding:8px 16px;font-size:14px;color:var(--mute)}
.head b{color:var(--fg)}
.bot{border:1px solid var(--line);border-radius:1em;padding:0 .5em;font-size:12px;margin-left:.3em}
.body{padding:1px 16px;font-size:15px}
.body h2{font-size:1.4em;border-bottom:1px solid var(--line);padding-bottom:.3em}
.scroll{overflow-x:auto;margin:12px 0;overflow-wrap:normal}
table{border-collapse:collapse;font-size:14px}
th,td{border:1px solid var(--line);padding:6px 12px;text-align:left;vertical-align:top}
thead th{white-space:nowrap;background:var(--soft)}
td{white-space:nowrap}
/* As in comments on GitHub: a long cell takes more lines. */
.body td{white-space:normal}
.body td code{white-space:break-spaces;overflow-wrap:normal}
.tags{font-size:12px;margin:0;display:grid;grid-template-columns:auto auto;gap:0 .8em}
.tags dt{color:var(--mute)}
.tags dd{margin:0;white-space:nowrap}
.digest{white-space:normal;font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
span.digest{display:inline-block;min-width:20em}
.about{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:12px 16px;margin:16px 0}
.about dt{font-weight:600}
.about dd{margin:0 0 8px}
.claims,.statuses{list-style:none;padding:0}
.body,.head,.calls,li{overflow-wrap:anywhere}
.claims li{overflow-wrap:anywhere}
.claims li::before{content:"✓ ";color:var(--ok);font-weight:700}
.claims li.broken::before{content:"✗ ";color:var(--bad)}
.lead{font-size:18px}
.calls{color:var(--mute);font-size:14px}
.annotation{border-left:4px solid var(--line);background:var(--soft);padding:12px 16px;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.annotation.error{border-color:var(--bad)}
.annotation.warning{border-color:var(--wait)}
@media(max-width:480px){main{padding:12px 10px 48px}.body{padding:1px 10px}th,td{padding:4px 8px}td{white-space:normal;min-width:5.5em}td code,.body td code{white-space:nowrap}.contents{padding-left:2em}span.digest{min-width:12em}.tags{grid-template-columns:auto}.tags dd{white-space:normal}}
.success{color:var(--ok)}.failure,.statuses .error{color:var(--bad)}.pending{color:var(--wait)}`
