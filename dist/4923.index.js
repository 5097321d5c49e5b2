const t=4923,e=[4923],n={4923:((function(d,s,_){_.d(s,{fromEnv:()=>o.s});var o=_(2449)}))};export{t as id,e as ids,n as modules};
