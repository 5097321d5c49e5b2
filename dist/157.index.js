const n=157,u=[157],c={157:((s,o,t)=>{t.r(o),t.d(o,{createGitHub:()=>d.t});var d=t(5099)})};export{n as id,u as ids,c as modules};
