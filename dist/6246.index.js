const n=6246,c=[6246],E={6246:((s,o,t)=>{t.r(o),t.d(o,{createGit:()=>d.t});var d=t(638)})};export{n as id,c as ids,E as modules};
