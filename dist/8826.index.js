const c=8826,e=[8826],n={8826:((s,d,o)=>{o.r(d),o.d(d,{proxiedFetch:()=>t.t});var t=o(7978)})};export{c as id,e as ids,n as modules};
