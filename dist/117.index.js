const e=117,d=[117],c={117:((function(t,s,_){_.d(s,{createAws:()=>o.t});var o=_(163)}))};export{e as id,d as ids,c as modules};
