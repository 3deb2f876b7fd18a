extension PageScript {
    /// The charts: waits and silences against the ladder of timers, interim responses over time, findings by rule.
    static let charts: StaticString = #"""
        const swatch=name=>s("svg",{"aria-hidden":"true"},s("rect",{width:14,height:10,rx:2,class:"f-"+name}));
        const key=entries=>h("ul",{class:"key"},entries.map(e=>h("li",{},swatch(e[0]),e[1])));
        const nice=[1,2,3,5,10,20,50,100,200,500,1e3,2e3,5e3,1e4,2e4,5e4,1e5,2e5,5e5,1e6,1e7,1e8];
        function drawWaits(box){
          const d=data.waits,width=Math.max(280,box.clientWidth),tall=190,top=46,left=34,right=8;
          let low=d.bounds.length,high=0;
          d.waits.forEach((n,i)=>{if(n||d.silences[i]){low=Math.min(low,i);high=Math.max(high,i)}});
          if(high<low){box.replaceChildren(h("p",{class:"dim"},"No wait could be measured."));return}
          const from=Math.max(0,Math.min(low,18)),to=Math.min(d.bounds.length-1,Math.max(high+1,46));
          const x=i=>left+(i-from)/(to-from+1)*(width-left-right);
          const place=ms=>{let i=from;while(i<to&&d.bounds[i+1]<=ms)i++;
            const a=d.bounds[i]||d.bounds[i+1]/1.47,b=d.bounds[i+1]||a*1.47;
            return x(i+Math.min(1,Math.max(0,Math.log(ms/a)/Math.log(b/a))))};
          const most=Math.max(...d.waits,...d.silences),y=n=>top+tall-(n?Math.log1p(n)/Math.log1p(most)*tall:0);
          const picture=s("svg",{height:top+tall+26,role:"img","aria-labelledby":"waits-title"});
          for(const n of nice)if(n<=most&&String(n)[0]==="1")picture.append(
            s("line",{class:"axis",x1:left,x2:width-right,y1:y(n),y2:y(n)}),
            s("text",{x:left-6,y:y(n)+4,"text-anchor":"end"},n.toLocaleString("en")));
          const limits=new Map();
          for(const t of data.timers)limits.set(t.seconds,(limits.get(t.seconds)||0)+t.beyond);
          const labels=[-99,-99,-99];
          const end=d.bounds[to+1]||Infinity;
          for(const [seconds,beyond] of [...limits].sort((a,b)=>a[0]-b[0])){
            if(seconds*1e3<d.bounds[from]||seconds*1e3>=end)continue;
            const at=place(seconds*1e3),lane=labels.findIndex(last=>at-last>44);
            picture.append(s("line",{class:beyond?"timer hit":"timer",x1:at,x2:at,y1:lane<0?top-4:10+lane*13,y2:top+tall},
              s("title",{},"timers of "+seconds+" s: "+count(beyond,"exchange")+" beyond")));
            if(lane>=0){labels[lane]=at;picture.append(s("text",{x:at+3,y:12+lane*13,class:beyond?"strong":null},short(seconds*1e3)))}
          }
          let line="";
          for(let i=from;i<=to;i++){
            const w=d.waits[i],q=d.silences[i];
            if(w)picture.append(s("rect",{class:"f-client",x:x(i)+1,y:y(w),width:Math.max(2,x(i+1)-x(i)-2),height:top+tall-y(w),rx:2},
              s("title",{},count(w,"wait")+" from "+duration(d.bounds[i])+" on")));
            line+=(line?"L":"M")+x(i)+" "+y(q)+"L"+x(i+1)+" "+y(q);
          }
          picture.append(s("path",{class:"f-line",d:line}),s("line",{class:"axis",x1:left,x2:width-right,y1:top+tall,y2:top+tall}));
          for(const ms of [1,10,100,1e3,1e4,6e4,6e5,36e5])if(ms>=d.bounds[from]*.9&&(!d.bounds[to+1]||ms<=d.bounds[to+1]))
            picture.append(s("text",{x:place(ms),y:top+tall+18,"text-anchor":"middle"},short(ms)));
          box.replaceChildren(picture,key([["client","waits (logarithmic in time and number)"],["c102","longest silence of each wait"],
            ["hatch","default of a known timer"],["cut","one that a wait here went beyond"]]));
        }
        function drawLadder(box){
          const rungs=new Map();
          for(const t of data.timers){
            const name=t.seconds+(t.silence?"s":"w");
            if(!rungs.has(name))rungs.set(name,{seconds:t.seconds,silence:t.silence,beyond:0,names:[]});
            const rung=rungs.get(name);rung.beyond=Math.max(rung.beyond,t.beyond);rung.names.push(t.label);
          }
          const sorted=[...rungs.values()].sort((a,b)=>a.seconds-b.seconds),hit=sorted.filter(r=>r.beyond);
          const table=rows=>h("div",{class:"scroll"},h("table",{class:"ladder"},
            h("thead",{},h("tr",{},h("th",{},"Timer"),h("th",{},"Counts"),h("th",{},"Whose default it is"),h("th",{class:"n"},"Beyond"))),
            h("tbody",{},rows.map(r=>h("tr",{class:r.beyond?"hit":null},h("td",{},short(r.seconds*1e3)),
              h("td",{},r.silence?"silence":"whole wait"),h("td",{},[...new Set(r.names)].join("; ")),
              h("td",{class:"n"},r.beyond?count(r.beyond,"exchange"):"none"))))));
          box.replaceChildren(hit.length?table(hit):h("p",{},"No wait went beyond a known timer."),
            h("details",{},h("summary",{class:"dim"},"The whole ladder of timers that run while a client waits"),table(sorted)));
        }
        function drawInterims(box){
          const d=data.interims,names=["c100","c102","c103","other"],labels=["100 Continue","102 Processing","103 Early Hints","others"];
          if(!d.bins.length){box.replaceChildren(h("p",{class:"dim"},"No interim response was seen: no server said a word before its answer."));return}
          const width=Math.max(280,box.clientWidth),tall=110,left=34,right=8,top=8;
          const sum=b=>b[0]+b[1]+b[2]+b[3],most=Math.max(...d.bins.map(sum));
          const step=(width-left-right)/d.bins.length,y=n=>top+tall-n/most*tall;
          const picture=s("svg",{height:top+tall+24,role:"img","aria-labelledby":"interims-title"},
            s("text",{x:left-6,y:top+4,"text-anchor":"end"},most.toLocaleString("en")),
            s("line",{class:"axis",x1:left,x2:width-right,y1:top+tall,y2:top+tall}));
          d.bins.forEach((bin,i)=>{
            let base=0;
            names.forEach((name,k)=>{
              if(!bin[k])return;
              picture.append(s("rect",{class:"f-"+name,x:left+i*step,width:Math.max(1.5,Math.min(step-.5,40)),y:y(base+bin[k]),
                height:y(base)-y(base+bin[k])},s("title",{},clock(d.start+i*d.width)+": "+count(bin[k],"response")+" "+labels[k])));
              base+=bin[k];
            });
          });
          const end=d.start+d.bins.length*d.width,ticks=width<500?2:5,fine=end-d.start<2e4;
          for(let i=0;i<=ticks;i++)picture.append(s("text",{x:left+(width-left-right)*i/ticks,y:top+tall+17,
            "text-anchor":i===0?"start":i===ticks?"end":"middle"},clock(d.start+(end-d.start)*i/ticks,fine)));
          const seen=names.map((name,k)=>[name,labels[k],d.bins.some(b=>b[k])]).filter(e=>e[2]);
          box.replaceChildren(picture,key(seen),h("p",{class:"dim small"},"A bar is "+short(d.width)+" from "+day(d.start)+" on, UTC."));
        }
        function drawRules(box){
          if(!data.rules.length){box.replaceChildren(h("p",{class:"dim"},"Nothing was found."));return}
          const most=Math.max(...data.rules.map(r=>r.count));
          const sorted=data.rules.map((r,i)=>[r,i]).sort((a,b)=>rank[b[0].severity]-rank[a[0].severity]||b[0].count-a[0].count||a[1]-b[1]);
          box.replaceChildren(h("ul",{class:"rules"},sorted.map(([r,i])=>h("li",{},h("details",{},
            h("summary",{},h("span",{},h("span",{class:"dot "+r.severity}),h("b",{},r.title)," ",
                h("span",{class:"dim small"},r.severity+" · "+r.id)),
              s("svg",{height:10,"aria-hidden":"true"},s("rect",{class:"f-"+r.severity,height:10,rx:3,
                width:Math.max(1.5,100*Math.sqrt(r.count/most))+"%"})),
              h("span",{class:"n"},r.count.toLocaleString("en"))),
            h("div",{class:"why"},h("p",{},r.wire),h("p",{},h("b",{},"Why it matters. "),r.matters),
              h("p",{},h("b",{},"What to do. "),r.remedy),h("p",{class:"dim small"},r.citation),
              h("button",{type:"button",onclick:()=>filterByRule(i)},"Show these exchanges")))))));
        }

        """#
}
