const s=2517,c=[2517],d={2517:((e,t,_)=>{_.d(t,{getExecOutput:()=>o.tn});var o=_(4322)})};export{s as id,c as ids,d as modules};
