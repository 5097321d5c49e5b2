const e=4846,d=[4846],n={4846:((s,o,_)=>{_.d(o,{proxyAgent:()=>t.t});var t=_(9382)})};export{e as id,d as ids,n as modules};
