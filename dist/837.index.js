const n=837,c=[837],E={837:((function(s,o,t){t.r(o),t.d(o,{createGit:()=>d.t});var d=t(638)}))};export{n as id,c as ids,E as modules};
