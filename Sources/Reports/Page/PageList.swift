extension PageScript {
    /// The list of exchanges with its filters, the keyboard, the colours, and what starts it all.
    static let list: StaticString = #"""
        const views={
          all:["All",()=>true],
          findings:["With warnings",x=>worst(x)>1],
          interim:["With interim responses",x=>x.interimCount>0],
          processing:["102",x=>x.interims.some(i=>i[0]===102)],
          silent:["Held in silence",x=>x.silence>=1000],
          cut:["Cut off",x=>cut[x.outcome]!==undefined],
          legacy:["Legacy WebDAV",x=>x.webdav==="legacy"],
          doubt:["Not whole in the capture",x=>x.doubts!==""]};
        const orders={
          time:["in order of time",(a,b)=>a.index-b.index],
          wait:["longest wait first",(a,b)=>(b.wait??-1)-(a.wait??-1)],
          silence:["longest silence first",(a,b)=>(b.silence??-1)-(a.silence??-1)],
          interims:["most interim responses first",(a,b)=>b.interimCount-a.interimCount],
          severity:["worst finding first",(a,b)=>worst(b)-worst(a)],
          status:["by final status",(a,b)=>(a.final?a.final.status:0)-(b.final?b.final.status:0)]};
        let view="all",rule=-1,shown=[],drawn=0;
        const page=100,list=byId("list"),more=byId("more"),find=byId("find"),order=byId("order"),chips=byId("chips");
        function row(x){
          const open=h("button",{type:"button",class:"row","aria-expanded":"false",onclick:()=>{
            const isOpen=open.getAttribute("aria-expanded")==="true";
            open.setAttribute("aria-expanded",String(!isOpen));
            if(isOpen)open.nextSibling.remove();else open.after(detail(x));
          }},
          h("span",{class:"when dim small"},clock(x.at,true)),
          h("span",{class:"what"},x.asked?[h("b",{},x.method)," ",h("span",{class:"mono"},x.target)]:h("i",{},x.doubts?"request not captured":"no HTTP request")),
          track(x),
          h("span",{class:"n"},x.wait===null?"–":duration(x.wait)),
          h("span",{class:"end"},worst(x)>0&&h("span",{class:"dot "+["","note","warning","violation"][worst(x)],
              title:count(x.findings.length,"finding")}),
            x.interimCount>0&&h("span",{class:"dim small"},[...new Set(x.interims.map(i=>i[0]))].slice(0,2).join(" ")
              +(x.interimCount>1?"×"+x.interimCount:"")+" →"),
            h("span",{class:"pill "+tone(x)},x.final?x.final.status:cutShort[x.outcome]||x.outcome)));
          return h("li",{},open);
        }
        function draw(){
          const next=shown.slice(drawn,drawn+page);
          list.append(...next.map(row));
          drawn+=next.length;
          more.hidden=drawn>=shown.length;
          more.textContent="Show more ("+(shown.length-drawn).toLocaleString("en")+" left)";
        }
        function refresh(){
          const words=find.value.toLowerCase().split(/\s+/).filter(Boolean);
          shown=all.filter(x=>views[view][1](x)&&(rule<0||x.findings.some(f=>f[0]===rule))&&words.every(w=>
            (x.method+" "+x.target+" "+x.host+" "+x.agent+" "+x.client+" "+x.server+" "+x.id+" "+x.outcome+" "+x.pattern+" "
              +x.capture+" "+(x.final?x.final.status:"")+" "+x.interims.map(i=>i[0]).join(" ")+" "
              +x.findings.map(f=>data.rules[f[0]].id).join(" ")).toLowerCase().includes(w)));
          shown.sort((a,b)=>orders[order.value][1](a,b)||a.index-b.index);
          list.replaceChildren();
          drawn=0;
          draw();
          byId("count").textContent=shown.length===all.length?"":count(shown.length,"exchange")+" of "+all.length.toLocaleString("en");
          list.hidden=!shown.length;
          for(const chip of chips.children)chip.setAttribute("aria-pressed",
            String(chip.dataset.view===view&&rule<0||chip.dataset.rule!==undefined&&rule>=0));
        }
        function buildChips(){
          chips.replaceChildren();
          for(const name in views){
            const n=all.filter(views[name][1]).length;
            if(n||name==="all")chips.append(h("button",{type:"button","data-view":name,onclick:()=>{view=name;rule=-1;buildChips();refresh()}},
              views[name][0]+" "+n.toLocaleString("en")));
          }
          if(rule>=0)chips.append(h("button",{type:"button","data-rule":rule,title:"Show all again",
            onclick:()=>{rule=-1;buildChips();refresh()}},data.rules[rule].id+" ✕"));
        }
        function filterByRule(index){
          rule=index;view="all";find.value="";buildChips();refresh();
          byId("exchanges").scrollIntoView();
          const first=list.querySelector(".row");
          if(first)first.focus({preventScroll:true});
        }
        const dark=matchMedia("(prefers-color-scheme:dark)");
        byId("theme").addEventListener("click",()=>{
          const now=document.documentElement.dataset.theme||(dark.matches?"dark":"light");
          document.documentElement.dataset.theme=now==="dark"?"light":"dark";
        });
        for(const name in orders)order.append(h("option",{value:name},orders[name][0]));
        order.addEventListener("change",refresh);
        let typing=0;
        find.addEventListener("input",()=>{clearTimeout(typing);typing=setTimeout(refresh,120)});
        more.addEventListener("click",draw);
        if("IntersectionObserver" in window)new IntersectionObserver(seen=>{
          if(seen.some(e=>e.isIntersecting)&&!more.hidden&&drawn>=page)draw();
        },{rootMargin:"400px"}).observe(more);
        document.addEventListener("keydown",event=>{
          if(event.ctrlKey||event.metaKey||event.altKey)return;
          const inField=/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
          if(event.key==="/"&&!inField){event.preventDefault();find.focus();return}
          if(event.key==="Escape"&&event.target===find){find.value="";refresh();return}
          if((event.key==="ArrowDown"||event.key==="ArrowUp")&&event.target.classList&&event.target.classList.contains("row")){
            const item=event.target.parentNode,next=event.key==="ArrowDown"?item.nextElementSibling:item.previousElementSibling;
            if(next){event.preventDefault();next.querySelector(".row").focus()}
          }
        });
        function charts(){drawWaits(byId("waits"));drawInterims(byId("interims"))}
        let wide=0;
        if("ResizeObserver" in window)new ResizeObserver(()=>{
          const now=byId("waits").clientWidth;
          if(now!==wide){wide=now;charts()}
        }).observe(byId("waits"));
        charts();drawLadder(byId("ladder"));drawRules(byId("rules"));buildChips();refresh();
        for(const part of document.querySelectorAll(".scripted"))part.hidden=false;
        charts();
        /* #exchange-1.2 opens that exchange. */
        const wanted=location.hash.match(/^#exchange-(\d+\.\d+)$/),target=wanted?shown.findIndex(x=>x.id===wanted[1]):-1;
        if(target>=0){
          while(drawn<=target)draw();
          const opened=list.children[target].querySelector(".row");
          opened.click();
          opened.scrollIntoView();
        }
        })();

        """#
}
