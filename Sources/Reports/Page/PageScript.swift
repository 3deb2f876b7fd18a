/// The script of the HTML report, in parts that together are one function. Their hash stands in `PageFrame`.
///
/// Foreign text gets into the page as text nodes only: `make` knows no other way. No part asks the network for anything,
/// and all that it knows stands in the page, in the element `data`.
enum PageScript {
    static let parts: [StaticString] = [base, charts, waterfall, list]

    /// Elements, numbers and words.
    static let base: StaticString = #"""
        (function(){"use strict";
        const data=JSON.parse(document.getElementById("data").textContent);
        const byId=id=>document.getElementById(id);
        function make(space,tag,attributes,children){
          const element=space?document.createElementNS("http://www.w3.org/2000/svg",tag):document.createElement(tag);
          for(const name in attributes){
            const value=attributes[name];
            if(value===undefined||value===null||value===false)continue;
            if(name.startsWith("on"))element.addEventListener(name.slice(2),value);
            else element.setAttribute(name,value===true?"":String(value));
          }
          for(const child of children.flat(9))if(child!==null&&child!==undefined&&child!==false)
            element.append(child instanceof Node?child:document.createTextNode(String(child)));
          return element;
        }
        const h=(tag,attributes,...children)=>make(false,tag,attributes||{},children);
        const s=(tag,attributes,...children)=>make(true,tag,attributes||{},children);
        const two=n=>String(n).padStart(2,"0");
        function duration(ms){
          const sign=ms<0?"-":"",t=Math.abs(ms);
          if(t<9.95)return sign+t.toFixed(1)+" ms";
          if(t<999.5)return sign+Math.round(t)+" ms";
          if(t<9995)return sign+(t/1e3).toFixed(2)+" s";
          if(t<59950)return sign+(t/1e3).toFixed(1)+" s";
          const sec=Math.round(t/1e3);
          if(sec<3600)return sign+Math.floor(sec/60)+" min "+two(sec%60)+" s";
          const min=Math.round(t/6e4);
          return sign+Math.floor(min/60)+" h "+two(min%60)+" min";
        }
        const units=[[864e5," d"],[36e5," h"],[6e4," min"],[1e3," s"],[1," ms"],[1e-3," µs"]];
        function short(ms){
          const unit=units.find(u=>ms>=u[0]&&(u[0]<=1e3||Math.abs(ms/u[0]-Math.round(ms/u[0]))<1e-6))||units[5];
          return +(ms/unit[0]).toFixed(2)+unit[1];
        }
        function clock(ms,fraction){
          const d=new Date(ms);
          return two(d.getUTCHours())+":"+two(d.getUTCMinutes())+":"+two(d.getUTCSeconds())
            +(fraction?"."+String(d.getUTCMilliseconds()).padStart(3,"0"):"");
        }
        const day=ms=>new Date(ms).toISOString().slice(0,10);
        const count=(n,noun)=>n.toLocaleString("en")+" "+noun+(n===1?"":"s");
        const kind=status=>status===100?"c100":status===102?"c102":status===103?"c103":"other";
        const meaning={100:"go on, send the content",102:"still working on it",103:"hints for what to load meanwhile",
          104:"the upload can be resumed"};
        /* One exchange: the columns of a row, by name. */
        const text=i=>data.strings[i];
        function exchange(r,index){
          const f=r[15];
          return {index,capture:text(r[0]),id:r[1]+"."+r[2],at:data.start+r[3],frame:r[4],
            asked:r[5]!==0,method:text(r[5]),target:r[6],host:text(r[7]),agent:text(r[8]),client:text(r[9]),
            server:text(r[10]),asking:r[11],body:r[12],interims:r[13],interimCount:r[14],
            final:f&&{status:f[0],reason:text(f[1]),first:f[2],end:f[3],body:f[4],frame:f[5]},
            outcome:text(r[16]),wait:r[17],silence:r[18],silenceAt:r[19],total:r[20],webdav:text(r[21]),
            pattern:text(r[22]),doubts:text(r[23]),findings:r[24],upstream:r[25],downstream:r[26]};
        }
        const all=data.rows.map(exchange);
        const cut={reset_by_client:"the client reset the connection",reset_by_server:"the server reset the connection",
          closed_by_client:"the client closed the connection",closed_by_server:"the server closed the connection",
          unanswered:"the capture ended first",lost:"the capture missed the rest"};
        const ending=x=>x.outcome==="unanswered"&&!x.asked&&!x.doubts?"no request waited for it":cut[x.outcome];
        const cutShort={reset_by_client:"client reset",reset_by_server:"server reset",closed_by_client:"client left",
          closed_by_server:"server left",unanswered:"no answer seen",lost:"lost"};
        const rank={violation:3,warning:2,note:1};
        const worst=x=>x.findings.reduce((most,f)=>Math.max(most,rank[data.rules[f[0]].severity]),0);
        const tone=x=>x.final&&!cut[x.outcome]?(x.final.status<400?"good":x.final.status<500?"warning":"violation"):
          x.outcome==="unanswered"?"warning":"violation";

        """#
}
