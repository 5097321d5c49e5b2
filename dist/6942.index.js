const E=6942,n=[6942],l={6942:((function(t,_,o){o.r(_),o.d(_,{default:()=>s});var d=o(854);const s=(0,d.t)()}))};export{E as id,n as ids,l as modules};
