const n=117,c=[117],E={117:((d,o,s)=>{s.r(o),s.d(o,{createAws:()=>t.t});var t=s(163)})};export{n as id,c as ids,E as modules};
