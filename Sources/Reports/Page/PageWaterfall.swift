extension PageScript {
    /// One exchange: its track in the list, its waterfall, and what happened in words.
    static let waterfall: StaticString = #"""
        const percent=n=>Math.max(0,Math.min(100,n)).toFixed(3)+"%";
        /* How long the track of a wait is: 0.3 ms to 300 s on a logarithmic scale. */
        const stretch=ms=>Math.max(4,Math.min(100,100*Math.log10(Math.max(ms,.3)/.3)/6));
        function span(x){
          const points=[0,x.total];
          if(x.asking!==null)points.push(x.asking);
          if(x.final)points.push(x.final.first,x.final.end);
          for(const i of x.interims)points.push(i[1]);
          const from=Math.min(...points);
          return {from,to:Math.max(...points,from+.001)};
        }
        function bars(x,place,top,tall){
          const parts=[],until=x.final?x.final.first:x.total,sent=x.asking===null?0:x.asking;
          const rect=(name,a,b,inset,least)=>{
            const start=place(a),wide=Math.max(place(b)-start,least||0);
            parts.push(s("rect",{class:"f-"+name,x:percent(Math.min(start,100-wide)),width:percent(wide),y:top+inset,
              height:tall-2*inset,rx:inset?1:2}));
          };
          if(x.asked&&x.wait!==null){
            rect("wait",Math.min(sent,until),until,tall*.28);
            if(x.silence>=1000&&x.silenceAt!==null)rect("hatch",x.silenceAt,x.silenceAt+x.silence,tall*.42);
            rect("client",0,Math.max(0,Math.min(sent,x.total)),0,.9);
          }
          for(const i of x.interims)rect(kind(i[0]),i[1],i[1],tall*.06,.8);
          if(x.final)rect(tone(x)==="good"?"server":tone(x)==="warning"?"c102":"cut",x.final.first,x.final.end,0,.9);
          if(cut[x.outcome])rect("cut",x.total,x.total,0,.9);
          return parts;
        }
        function track(x){
          const range=span(x),long=stretch(range.to-range.from);
          return s("svg",{class:"track",height:18,"aria-hidden":"true"},
            bars(x,ms=>(ms-range.from)/(range.to-range.from)*long,1,16));
        }
        const steps=[.001,.01,.1,1,2,5,10,20,50,100,200,500,1e3,2e3,5e3,1e4,15e3,3e4,6e4,12e4,3e5,6e5,18e5,36e5,72e5,36e6,864e5];
        function fall(x){
          const range=span(x),long=range.to-range.from,place=ms=>(ms-range.from)/long*100;
          const picture=s("svg",{height:96,role:"img","aria-label":story(x)});
          const step=steps.find(n=>long/n<=6)||long/4;
          for(let t=Math.ceil(range.from/step)*step;t<=range.to;t+=step)picture.append(
            s("line",{class:"axis",x1:percent(place(t)),x2:percent(place(t)),y1:16,y2:74}),
            s("text",{x:percent(place(t)),y:90,"text-anchor":place(t)<4?"start":place(t)>96?"end":"middle"},t===0?"0":short(+t.toFixed(3))));
          const start=x.asking===null?0:x.asking;
          const limits=[...new Set(data.timers.filter(t=>t.silence?t.seconds*1e3<=(x.silence||0):t.seconds*1e3<=(x.wait||0))
            .map(t=>(t.silence?x.silenceAt:start)+t.seconds*1e3))];
          for(const at of limits)if(at<=range.to)picture.append(
            s("line",{class:"timer hit",x1:percent(place(at)),x2:percent(place(at)),y1:20,y2:74}));
          picture.append(...bars(x,place,30,34));
          let last=-99;
          for(const i of x.interims){
            const at=place(i[1]);
            if(at-last<4.5)continue;
            last=at;
            picture.append(s("text",{x:percent(at),y:24,class:"strong","text-anchor":at<3?"start":at>97?"end":"middle"},i[0]));
          }
          if(x.final&&place(x.final.first)-last>=4.5){
            const at=place(x.final.first);
            picture.append(s("text",{x:percent(at),y:24,class:"strong","text-anchor":at<3?"start":at>90?"end":"middle"},x.final.status));
          }
          const kinds=[...new Set(x.interims.map(i=>kind(i[0])))].map(name=>[name,{c100:"100",c102:"102",c103:"103",other:"other 1xx"}[name]]);
          return h("div",{class:"fall"},picture,key([x.asked&&["client","request"],["wait","waiting"],
            x.silence>=1000&&["hatch","longest silence"],...kinds,x.final&&[tone(x)==="good"?"server":tone(x)==="warning"?"c102":"cut","final response"],
            (limits.length||cut[x.outcome])&&["cut",limits.length?"a known timer would have run out":"cut off"]].filter(Boolean)));
        }
        /* What happened, for somebody who has never read an RFC. */
        function story(x){
          const said=x.interimCount,parts=[];
          parts.push(x.asked?"The client asked "+x.method+" "+x.target+".":x.doubts?"The capture does not hold the request.":"No HTTP request asked for this.");
          const heartbeat=x.interims.filter(i=>i[0]===102).length;
          if(said){
            const words=[...new Set(x.interims.map(i=>i[0]))].map(n=>n+(meaning[n]?" (“"+meaning[n]+"”)":"")).join(" and ");
            parts.push("Before its answer the server said "+words+", "+(said===1?"once":said+" times")+" in all.");
          }
          if(x.wait!==null&&x.wait>=1000){
            parts.push("The client waited "+duration(x.wait)+"; "
              +(x.silence>=x.wait*.999?"the server was silent all the while.":"the longest silence was "+duration(x.silence)+"."));
          }else if(x.wait!==null)parts.push("The client waited "+duration(x.wait)+".");
          if(x.final)parts.push((said||x.wait>=1000?"Then came the final response, ":"The answer was ")+x.final.status
            +(x.final.reason?" "+x.final.reason:"")+".");
          if(cut[x.outcome])parts.push((x.final?"It is not whole: ":"No final response was seen: ")+ending(x)
            +(heartbeat&&x.outcome.endsWith("by_client")?", in spite of 102.":"."));
          if(x.outcome==="switched_protocols")parts.push("From here on the connection speaks another protocol.");
          return parts.join(" ");
        }
        function events(x){
          const list=[],frame=n=>n?"frame "+n:"";
          if(x.asked){
            list.push([0,"client","begins "+x.method,frame(x.frame)]);
            if(x.asking!==null&&x.asking>0)list.push([x.asking,"client","has said all"+(x.body?", "+count(x.body,"octet")+" of content":""),""]);
          }
          for(const i of x.interims)list.push([i[1],"server",i[0]+" "+text(i[2])+(meaning[i[0]]?": "+meaning[i[0]]:""),frame(i[3])]);
          if(x.final){
            list.push([x.final.first,"server","final response "+x.final.status+" "+x.final.reason,frame(x.final.frame)]);
            if(x.final.end>x.final.first)list.push([x.final.end,"server","last octet seen, "+count(x.final.body,"octet")+" of content",""]);
          }
          if(cut[x.outcome])list.push([x.total,"end",ending(x),""]);
          list.sort((a,b)=>a[0]-b[0]);
          const rows=[];
          list.forEach((e,i)=>{
            const gap=i?e[0]-list[i-1][0]:0;
            if(gap>=1000)rows.push(h("tr",{},h("td",{class:"dim"},"…"),h("td",{class:"dim"},"nobody"),
              h("td",{class:"dim"},duration(gap)+" without a word"),h("td",{})));
            rows.push(h("tr",{},h("td",{},duration(e[0])),h("td",{},e[1]),h("td",{},e[2]),h("td",{class:"dim"},e[3])));
          });
          const hidden=x.interimCount-x.interims.length;
          return h("div",{class:"scroll"},h("table",{},h("thead",{},h("tr",{},["When","Who","What","Where"].map(t=>h("th",{},t)))),
            h("tbody",{},rows)),hidden>0&&h("p",{class:"dim small"},count(hidden,"more interim response")+" not shown; JSON and CSV have all."));
        }
        function detail(x){
          return h("div",{class:"detail"},h("p",{class:"story"},story(x)),fall(x),
            x.findings.map(f=>{const r=data.rules[f[0]];return h("div",{class:"finding"},h("span",{class:"dot "+r.severity}),
              h("b",{},r.title)," ",h("span",{class:"dim small"},r.severity+" · "+r.id),h("br"),f[2],
              h("details",{class:"small"},h("summary",{},"Why it matters, what to do"),h("p",{},r.matters),h("p",{},r.remedy)))}),
            h("h3",{},"Step by step"),events(x),
            h("p",{class:"dim small"},["exchange "+x.id+" of "+x.capture,x.client+" → "+x.server,x.host&&"host "+x.host,
              x.agent&&"client software "+x.agent,x.webdav!=="none"&&"WebDAV: "+(x.webdav==="legacy"?"legacy (RFC 2518)":"RFC 4918"),
              x.upstream&&"the proxy asked the next server for it by exchange "+x.upstream,
              x.downstream&&"made by a proxy for exchange "+x.downstream,
              x.doubts&&"the capture cannot prove all of it: "+x.doubts].filter(Boolean).join(" · ")));
        }

        """#
}
