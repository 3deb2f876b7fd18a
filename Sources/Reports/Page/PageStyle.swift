/// The style sheet of the HTML report. Its hash stands in `PageFrame`.
enum PageStyle {
    static let text: StaticString = #"""
        :root{color-scheme:light;--back:#f7f7f4;--card:#fff;--ink:#1c2430;--dim:#5d6675;--rule:#e3e3dd;--soft:#efefe9;
        --client:#3a62d8;--server:#2b8a5b;--wait:#d9dce4;--hatch:#a9afbd;--c100:#71839f;--c102:#c06f00;--c103:#0b8686;
        --other:#8656c0;--good:#2b8a5b;--note:#3a62d8;--warning:#b86a00;--violation:#c0322b;--glow:#3a62d833}
        :root[data-theme=dark]{color-scheme:dark;--back:#14171d;--card:#1c2028;--ink:#e6e8ec;--dim:#9aa3b2;--rule:#2d333e;
        --soft:#252a34;--client:#7f9df5;--server:#5cc492;--wait:#3a4150;--hatch:#707a8d;--c100:#9aabc6;--c102:#eda33b;
        --c103:#43c3c3;--other:#b993ea;--good:#5cc492;--note:#7f9df5;--warning:#eda33b;--violation:#f07a72;--glow:#7f9df544}
        @media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;--back:#14171d;--card:#1c2028;
        --ink:#e6e8ec;--dim:#9aa3b2;--rule:#2d333e;--soft:#252a34;--client:#7f9df5;--server:#5cc492;--wait:#3a4150;
        --hatch:#707a8d;--c100:#9aabc6;--c102:#eda33b;--c103:#43c3c3;--other:#b993ea;--good:#5cc492;--note:#7f9df5;
        --warning:#eda33b;--violation:#f07a72;--glow:#7f9df544}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
        body{margin:0;background:var(--back);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        header,main,footer{max-width:1120px;margin:0 auto;padding:0 1.25rem}
        header{padding-top:1.6rem;display:flex;gap:1rem;align-items:start;justify-content:space-between}
        h1{font-size:1.5rem;line-height:1.25;margin:0;letter-spacing:-.01em;overflow-wrap:anywhere}
        h2{font-size:1.1rem;margin:2.2rem 0 .7rem;letter-spacing:-.005em}
        h3{font-size:.95rem;margin:0 0 .2rem}
        p{margin:.3rem 0}
        a{color:var(--client)}
        code,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
        .dim{color:var(--dim)}
        .small{font-size:.87rem}
        .card{background:var(--card);border:1px solid var(--rule);border-radius:10px;padding:1rem 1.1rem}
        .skip{position:absolute;left:-99rem}
        .skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.4rem .8rem;z-index:9}
        :focus-visible{outline:2px solid var(--client);outline-offset:2px;border-radius:4px}
        button,input,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--rule);border-radius:8px;
        padding:.38rem .7rem;min-height:2.3rem}
        button{cursor:pointer}
        #theme{flex:none}
        button:hover,select:hover{border-color:var(--dim)}
        .answers{display:grid;grid-template-columns:repeat(2,1fr);gap:.8rem;list-style:none;padding:0;margin:1.2rem 0 0}
        .answer{border-left:4px solid var(--dim)}
        .answer.good{border-left-color:var(--good)}
        .answer.warning{border-left-color:var(--warning)}
        .answer.violation{border-left-color:var(--violation)}
        .answer .ask{color:var(--dim);font-size:.87rem;font-weight:400;margin:0}
        .answer .reply{font-size:1.06rem;font-weight:600;margin:.1rem 0 .35rem}
        .answer p{overflow-wrap:anywhere}
        .tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:.8rem;margin:.8rem 0 0;padding:0}
        .tile{padding:.7rem .9rem}
        .tile dt{color:var(--dim);font-size:.83rem}
        .tile dd{margin:0;font-size:1.25rem;font-weight:600;font-variant-numeric:tabular-nums}
        figure{margin:0 0 .8rem}
        figcaption{margin-bottom:.5rem}
        svg{display:block;width:100%;overflow:visible}
        svg text{fill:var(--dim);font-size:11.5px;font-family:inherit}
        svg text.strong{fill:var(--ink);font-weight:600}
        .axis{stroke:var(--rule);stroke-width:1}
        .timer{stroke:var(--hatch);stroke-dasharray:2 3}
        .timer.hit{stroke:var(--violation);stroke-dasharray:none}
        .f-client{fill:var(--client)}.f-server{fill:var(--server)}.f-wait{fill:var(--wait)}.f-hatch{fill:var(--hatch)}
        .f-c100{fill:var(--c100)}.f-c102{fill:var(--c102)}.f-c103{fill:var(--c103)}.f-other{fill:var(--other)}
        .f-cut{fill:var(--violation)}.f-line{fill:none;stroke:var(--c102);stroke-width:2}
        .f-note{fill:var(--note)}.f-warning{fill:var(--warning)}.f-violation{fill:var(--violation)}
        .key{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;color:var(--dim);font-size:.83rem;list-style:none;padding:0;margin:.5rem 0 0}
        .key li{display:flex;align-items:center;gap:.4rem}
        .key svg{width:14px;height:10px;flex:none}
        table{border-collapse:collapse;width:100%;font-size:.88rem}
        th,td{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--rule);vertical-align:top;overflow-wrap:anywhere}
        th{color:var(--dim);font-weight:500}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .ladder td:first-child,.ladder td:nth-child(2){white-space:nowrap}
        tr.hit td:first-child{color:var(--violation);font-weight:600}
        .scroll{overflow-x:auto}
        summary{cursor:pointer}
        .rules{list-style:none;padding:0;margin:0}
        .rules>li{border-bottom:1px solid var(--rule);padding:.45rem 0}
        .rules>li:last-child{border:0}
        .rules summary{display:grid;grid-template-columns:minmax(0,1fr) 130px 4.2rem;gap:.8rem;align-items:center;list-style:none}
        .rules summary::-webkit-details-marker{display:none}
        .rules .n{text-align:right;font-variant-numeric:tabular-nums}
        .rules .why{padding:.4rem 0 .4rem 1.15rem;max-width:75ch}
        .dot{display:inline-block;width:.62rem;height:.62rem;border-radius:50%;margin-right:.5rem;flex:none;background:var(--dim)}
        .dot.note{background:var(--note)}.dot.warning{background:var(--warning)}.dot.violation{background:var(--violation)}
        .bar{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-bottom:.6rem}
        .bar input{flex:1 1 15rem;min-width:0}
        .chips{display:flex;flex-wrap:wrap;gap:.4rem;margin-bottom:.6rem}
        .chips button{border-radius:99px;padding:.15rem .8rem;min-height:2rem}
        .chips button[aria-pressed=true]{background:var(--ink);color:var(--card);border-color:var(--ink)}
        #list{list-style:none;padding:0;margin:0;background:var(--card);border:1px solid var(--rule);border-radius:10px;overflow:hidden}
        #list>li{border-bottom:1px solid var(--rule)}
        #list>li:last-child{border:0}
        .row{display:grid;grid-template-columns:6.7rem minmax(0,1.2fr) minmax(0,1fr) 5.4rem 12rem;gap:.9rem;align-items:center;
        width:100%;border:0;border-radius:0;background:none;text-align:left;padding:.5rem .9rem;min-height:3.1rem}
        .row:hover{background:var(--soft)}
        .row:focus-visible{outline-offset:-2px}
        .row .what{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
        .row b{font-weight:600}
        .row .n{text-align:right;font-variant-numeric:tabular-nums}
        .row .end{display:flex;white-space:nowrap;gap:.4rem;align-items:center;justify-content:flex-end;text-align:right}
        .track{height:18px}
        .pill{border-radius:6px;padding:.05rem .45rem;font-weight:600;font-size:.87rem;background:var(--soft);white-space:nowrap}
        .pill.good{color:var(--good)}.pill.warning{color:var(--warning)}.pill.violation{color:var(--violation)}
        .detail{padding:.3rem 1.1rem 1.2rem;background:var(--soft);border-top:1px solid var(--rule)}
        .detail .story{font-size:1rem;max-width:75ch;overflow-wrap:anywhere}
        .detail h3{margin-top:1rem}
        .detail ul{margin:.2rem 0;padding-left:1.1rem}
        .detail .key{padding:0;margin:.5rem 0 0}
        .detail td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}
        .fall{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:1rem 1rem .5rem;margin:.7rem 0}
        .finding{margin:.45rem 0;max-width:85ch;overflow-wrap:anywhere}
        #more{display:block;margin:.8rem auto}
        footer{color:var(--dim);font-size:.85rem;padding-top:2rem;padding-bottom:3rem}
        [hidden]{display:none!important}
        @media (max-width:760px){body{font-size:16px}header,main,footer{padding-left:.9rem;padding-right:.9rem}
        .answers{grid-template-columns:1fr}.rules summary{grid-template-columns:minmax(0,1fr) 3rem}.rules summary svg{display:none}
        .row{grid-template-columns:minmax(0,1fr) auto;gap:.25rem .8rem;padding:.7rem .9rem}
        .row .when{grid-area:3/1}.row .what{grid-area:1/1}.row .track{grid-area:2/1/3/3}.row .end{grid-area:1/2}
        .row .n{grid-area:3/2}.card{padding:.8rem .9rem}.tiles{grid-template-columns:repeat(2,1fr)}}
        @media (prefers-reduced-motion:no-preference){.row,button{transition:background .12s,border-color .12s}}
        @media print{:root,:root[data-theme]{color-scheme:light;--back:#fff;--card:#fff;--ink:#000;--dim:#444;--rule:#ccc;--soft:#f4f4f4;
        --client:#3a62d8;--server:#2b8a5b;--wait:#d9dce4;--hatch:#a9afbd}
        body{font-size:10.5pt}.bar,.chips,#more,#theme,.skip{display:none!important}.card,#list>li,figure{break-inside:avoid}
        .answers{grid-template-columns:repeat(2,1fr)}.tiles{grid-template-columns:repeat(4,1fr)}h2{break-after:avoid}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
        """#
}
