const d=4706,o=[4706],s={4706:((function(r,t,e){e.d(t,{EventStreamSerde:()=>_.t,eventStreamSerdeProvider:()=>_.r});var _=e(5202)}))};export{d as id,o as ids,s as modules};
