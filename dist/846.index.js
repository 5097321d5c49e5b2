const n=846,u=[846],c={846:((function(s,o,t){t.r(o),t.d(o,{createGitHub:()=>d.t});var d=t(157)}))};export{n as id,u as ids,c as modules};
