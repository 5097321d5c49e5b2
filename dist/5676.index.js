const t=5676,l=[5676],E={5676:((function(n,d,o){o.r(d),o.d(d,{parseConfig:()=>s.n});var s=o(5148)}))};export{t as id,l as ids,E as modules};
